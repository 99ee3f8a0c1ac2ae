"""A program settled for the shapes of its inputs, ready to run with any values of those; and what a run gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.leaves import Element, Fixed, as_seed, check_fixed, check_names
from app.engine.execution.manual import Graded
from app.engine.execution.prints import Line
from app.engine.execution.runners import Runners
from app.engine.execution.schedule import Edge, Schedule
from app.engine.execution.values import shape_of, to_value
from app.engine.execution.views import Views
from app.engine.limits import Limits
from app.engine.program import Group, Node, Program, Value
from app.engine.support.errstate import QUIET, quietly
from app.engine.support.lazy import lazy

_ARRAY, _FLOAT64 = np.ndarray, np.dtype(np.float64)


class Column(Mapping[Any, Any]):
    """One column of a trace, read by id."""

    __slots__ = ("_items", "_places")

    def __init__(self, places: Mapping[Any, int], items: Sequence[Any]) -> None:
        self._places = places
        self._items = items

    def __getitem__(self, key: Any) -> Any:
        return self._items[self._places[key]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))


# Not frozen: setting fields the frozen way costs more than a small net's whole backward pass.
@dataclass(eq=False)
class Trace:
    """What one run of a plan gave.

    value_list, grad_list: one entry per node of `plan.nodes`, in forward order. A value is a float where the node's
    shape is (), else a float64 array; a gradient has the same shape, or is None where no path leads to the output.
    message_list: one entry per edge of `plan.edges`: what this use sends back to that input, in the input's shape;
    None where nothing is sent. A node's gradient is the sum of its messages. Arrays are shared, not copied: do not
    write into them.
    """

    plan: Plan
    value_list: Sequence[Value]
    grad_list: Sequence[Value | None]
    message_list: Sequence[Value | None]
    aside_list: Sequence[Value]
    seed: Value

    @property
    def values(self) -> Mapping[str, Value]:
        """Values by node id."""
        return Column(self.plan.views.places, self.value_list)

    @property
    def grads(self) -> Mapping[str, Value | None]:
        """Gradients of the output (weighted by the seed) by node id."""
        return Column(self.plan.views.places, self.grad_list)

    @property
    def messages(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Messages by (source id, target id, slot)."""
        return Column(self.plan.views.edge_places, self.message_list)

    @lazy
    def local_list(self) -> Sequence[Value | None]:
        """Per edge the local derivative of the target towards the source, broadcastable to the target's shape; None
        where no gradient flows, and where target and source are tied by more than one number each (matrix products,
        sums)."""
        return self.plan.views.locals(self.value_list)

    @property
    def locals(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Local derivatives by (source id, target id, slot)."""
        return Column(self.plan.views.edge_places, self.local_list)

    @lazy
    def kinks(self) -> Mapping[str, str]:
        """Nodes that stand exactly where they are not differentiable, each with the convention taken."""
        return self.plan.views.kinks(self.value_list)

    @lazy
    def prints(self) -> tuple[Line, ...]:
        """What the program's print calls show."""
        return self.plan.views.printed(self.value_list, self.aside_list)

    @lazy
    def manual(self) -> tuple[Graded, ...]:
        """The reader's own `dX = ...` lines, each beside the true adjoint."""
        return self.plan.views.graded(self.value_list, self.grad_list, self.aside_list)

    @property
    def output(self) -> Value:
        return self.value_list[self.plan.views.output_place]

    def __repr__(self) -> str:
        lines = [f"Trace of {self.plan.output} (seed {self.seed})"]
        for node, value, grad in zip(self.plan.nodes, self.value_list, self.grad_list, strict=True):
            lines.append(f"  {node.id}: {value}  grad {grad}")
        return "\n".join(lines)


@dataclass(frozen=True, eq=False)
class Plan:
    """A program with shapes inferred, limits checked and every step resolved. Safe to share between threads.

    defaults: one value per leaf, from the text or given when the plan was made.
    seed: the gradient at the output; ones unless given.
    inputs: the ids that the text's inputs have, also of those that nothing needs.
    fixed: the inputs that cannot take another value without another plan.
    elements: in scalar detail, where each scalar leaf comes from.
    """

    program: Program
    schedule: Schedule
    limits: Limits
    defaults: tuple[Value, ...]
    seed: Value
    views: Views
    inputs: frozenset[str]
    fixed: Mapping[str, Fixed] = field(default_factory=dict)
    detail: str = "tensor"
    elements: Mapping[str, Element] = field(default_factory=dict)
    _runners: Runners = field(default=None, repr=False)  # type: ignore[assignment]

    # -- running -------------------------------------------------------------------------------------------------

    def run(self, values: Mapping[str, Any] | None = None, seed: Any = None) -> Trace:
        """One forward and backward pass.

        values: by leaf id, for the leaves that shall differ from the defaults; each in the leaf's shape.
        seed: the gradient at the output, in its shape or as one number for all of it.
        Raises ValueProblem for unknown names, other shapes, and anything that is not a number.
        """
        leaves: Sequence[Value] = self.defaults if not values else self.leaf_values(values)
        start = self.seed if seed is None else as_seed(seed, self.schedule.shapes[self.schedule.output], self.limits)
        runners = self._runners
        try:
            runner = runners.hot or runners.quick()
            columns = QUIET.copy().run(runner, leaves, start) if runners.arrays else runner(leaves, start)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Where Python's arithmetic raises, IEEE arithmetic goes on with inf or nan.
            columns = quietly(runners.ieee(), leaves, start)
        return Trace(self, *columns, start)

    def compile(self) -> Plan:
        """Writes the straight-line code now, instead of after the first runs."""
        self._runners.compile()
        return self

    def leaf_values(self, values: Mapping[str, Any]) -> list[Value]:
        """One value per leaf: those given, in the leaf's shape, else the defaults; ValueProblem as from `run`."""
        if self.fixed:
            check_fixed(self.fixed, values)
        leaves = list(self.defaults)
        places, shapes = self.views.leaf_places, self.views.leaf_shapes
        for name, given in values.items():
            place = places.get(name)
            if place is None:
                self._set_other(name, given, leaves)
                continue
            shape = shapes[place]
            kind = type(given)
            # The two kinds that need no conversion are let through first: this loop is a fifth of a small net's run.
            if kind is float:
                if not shape:
                    leaves[place] = given
                    continue
            elif kind is _ARRAY and given.dtype is _FLOAT64 and given.shape == shape and shape:
                leaves[place] = given
                continue
            value = to_value(given, name, self.limits)
            if shape_of(value) != shape:
                raise self._wrong_shape(name, shape_of(value), shape)
            leaves[place] = value
        return leaves

    def _wrong_shape(self, name: str, given: tuple[int, ...], wanted: tuple[int, ...]) -> ValueProblem:
        return ValueProblem(
            f"the value of {name} has shape {given}, and this plan was made for {wanted}",
            hint="Make a new plan with compile_program for values of other shapes.",
        )

    def _set_other(self, name: str, given: Any, leaves: list[Value]) -> None:
        """A name that is no leaf itself: an array whose elements are leaves, a leaf that nothing uses, or a mistake."""
        owned = self._elements_of.get(name)
        if owned is not None:
            array = np.asarray(to_value(given, name, self.limits), dtype=np.float64)
            wanted = self._opened_shapes[name]
            if array.shape != wanted:
                raise self._wrong_shape(name, array.shape, wanted)
            for place, index in owned:
                leaves[place] = float(array[index])
            return
        check_names(self.program, self.inputs, [name])

    @cached_property
    def _elements_of(self) -> dict[str, list[tuple[int, tuple[int, ...]]]]:
        owned: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
        for id, element in self.elements.items():
            if id in self.views.leaf_places:
                owned.setdefault(element.leaf, []).append((self.views.leaf_places[id], element.index))
        return owned

    @cached_property
    def _opened_shapes(self) -> dict[str, tuple[int, ...]]:
        shapes: dict[str, tuple[int, ...]] = {}
        for element in self.elements.values():
            before = shapes.get(element.leaf, (0,) * len(element.index))
            shapes[element.leaf] = tuple(max(n, i + 1) for n, i in zip(before, element.index, strict=True))
        return shapes

    def bound(self, defaults: tuple[Value, ...], seed: Value | None) -> Plan:
        """The same plan with other defaults; nothing is planned again."""
        other = object.__new__(Plan)
        # dataclasses.replace would check every field anew: twenty times the cost, on each drag of a slider.
        other.__dict__.update(self.__dict__)
        other.__dict__["defaults"] = defaults
        if seed is not None:
            other.__dict__["seed"] = seed
        return other

    # -- what it looks like (see views.py) -------------------------------------------------------------------------

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that lead to the output, in forward order."""
        return self.views.nodes

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of `nodes`."""
        return self.views.shapes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges between `nodes`, by target and slot. Positions count in `schedule.nodes`."""
        return self.schedule.edges

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.program.groups

    @property
    def output(self) -> str:
        """The id of the output."""
        return self.views.output

    @property
    def backward(self) -> tuple[str, ...]:
        """The operations that hand messages to their inputs, in the order of the backward pass."""
        return self.views.backward
