"""A program settled for the shapes of its inputs, ready to run with any values of those shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import Span, ValueProblem
from app.engine.limits import Limits
from app.engine.ops import CONSTANT
from app.engine.program import Group, Node, Program, Value
from app.engine.quiet import QUIET, quietly
from app.engine.runners import Runners
from app.engine.schedule import Edge, Schedule
from app.engine.trace import Trace
from app.engine.values import shape_of, to_value
from app.engine.views import Views

_ARRAY, _FLOAT64 = np.ndarray, np.dtype(np.float64)


@dataclass(frozen=True, slots=True)
class Element:
    """Where a scalar leaf comes from when a program is opened to scalar detail: an element of a leaf of the text."""

    leaf: str
    index: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An input whose number decides a shape, an index or a loop: `value` as in the text, the line that it decides, and
    where it stands."""

    value: Value | None
    line: int
    span: Span | None


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


def as_seed(seed: Any, shape: tuple[int, ...], limits: Limits) -> Value:
    """The gradient at the output from outside: one number for all of it, or an array in its shape."""
    value = to_value(seed, "seed", limits)
    if shape_of(value) == shape:
        return value
    if type(value) is float:
        return np.full(shape, value)
    raise ValueProblem(
        f"the seed has shape {shape_of(value)}, and the output has shape {shape}",
        hint="Give one number, or an array in the shape of the output.",
    )


def check_fixed(fixed: Mapping[str, Fixed], given: Mapping[str, Any]) -> None:
    """Raises ValueProblem for another value of an input that the structure was decided with."""
    for name, held in fixed.items():
        if name in given and not np.array_equal(given[name], held.value):  # type: ignore[arg-type]
            raise ValueProblem(
                f"{name} shapes the program in line {held.line}, so its value is fixed by the text",
                span=held.span,
                hint=f"Change {name} in the program itself.",
            )


def check_names(program: Program, inputs: frozenset[str], given: Iterable[str]) -> None:
    """Raises ValueProblem for a name that no input has; inputs that nothing uses may be given all the same."""
    for name in given:
        if name in inputs:
            continue
        computed = any(node.id == name and node.op is not CONSTANT for node in program.nodes)
        raise ValueProblem(
            f"{name} is computed by the program, so it takes no value"
            if computed
            else f"the program has no input {name}",
            hint=f"Its inputs are {', '.join(sorted(inputs)[:12])}." if inputs else "It has no inputs at all.",
        )
