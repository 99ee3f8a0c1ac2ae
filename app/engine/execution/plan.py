"""A plan, which is a structure with values for its leaves, and a trace, which is the result of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.engine.execution.graded import graded_lines
from app.engine.execution.manual import Graded
from app.engine.execution.structure import Structure
from app.engine.interpreter.prints import Line
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import FP_ERRORS_IGNORED, ignore_fp_errors
from app.engine.support.lazy import lazy


class Column(Mapping[Any, Any]):
    """One column of a trace, as a mapping by id."""

    __slots__ = ("_index", "_items")

    def __init__(self, index: Mapping[Any, int], items: Sequence[Any]) -> None:
        self._index = index
        self._items = items

    def __getitem__(self, key: Any) -> Any:
        return self._items[self._index[key]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def __repr__(self) -> str:
        return repr(dict(self))


# Not frozen: setting fields the frozen way costs more than a small net's whole backward pass.
@dataclass(eq=False)
class Trace:
    """The result of one run of a plan.

    value_list, grad_list: one entry per node of `structure.nodes`, in forward order. A value is a float where the
    node's shape is (), else a float64 array; a gradient has the same shape, or is None if no path leads to the output.
    message_list: one entry per edge of `structure.edges`: the message to its source, in the source's shape; None if
    nothing is sent. A node's gradient is the sum of its messages. Arrays are shared, not copied: do not modify them.
    aside_list: the values of the nodes aside.
    """

    structure: Structure
    value_list: Sequence[Value]
    grad_list: Sequence[Value | None]
    message_list: Sequence[Value | None]
    aside_list: Sequence[Value]
    seed: Value

    @property
    def plan(self) -> Plan:
        """The plan whose defaults are the values of this run."""
        values = [*self.value_list, *self.aside_list]
        return Plan(self.structure, tuple([values[i] for i in self.structure.schedule.leaves]), self.seed)

    @property
    def values(self) -> Mapping[str, Value]:
        """Values by node id."""
        return Column(self.structure.index, self.value_list)

    @property
    def grads(self) -> Mapping[str, Value | None]:
        """Gradients of the output (weighted by the seed) by node id."""
        return Column(self.structure.index, self.grad_list)

    @property
    def messages(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Messages by (source id, target id, slot)."""
        return Column(self.structure.edge_index, self.message_list)

    @lazy
    def local_list(self) -> Sequence[Value | None]:
        """For each edge, the derivative of the target by the source, element by element, broadcastable to the target's
        shape; None if no gradient flows or the derivative is no single number per element (matrix products, sums)."""
        return self.structure.locals(self.value_list)

    @property
    def locals(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Local derivatives by (source id, target id, slot)."""
        return Column(self.structure.edge_index, self.local_list)

    @lazy
    def kinks(self) -> Mapping[str, str]:
        """The ids of the nodes that are on a kink, each with the convention taken."""
        return self.structure.kinks(self.value_list)

    @lazy
    def prints(self) -> tuple[Line, ...]:
        """The lines that the program prints."""
        return self.structure.printed(self.value_list, self.aside_list)

    @lazy
    def manual(self) -> tuple[Graded, ...]:
        """The reader's own `dX = ...` lines, each beside the true adjoint."""
        columns = self.value_list, self.grad_list, self.message_list, self.aside_list
        return graded_lines(self.structure, columns, self.seed)

    def about(self, output: int) -> Trace | None:
        """The same run with another scalar as its output, a node of the program; None where that is computed from an
        input that has no value."""
        structure = self.structure.about(output)
        if structure is None:
            return None
        ids = [node.id for node in self.structure.schedule.nodes]
        leaves = structure.leaf_values(dict(zip(ids, [*self.value_list, *self.aside_list], strict=True)))
        return Plan(structure, tuple(leaves), structure.as_seed(1.0), raises=False).run()

    @property
    def output(self) -> Value:
        return self.value_list[self.structure.schedule.output]

    def __repr__(self) -> str:
        lines = [f"Trace of {self.structure.output} (seed {self.seed})"]
        for node, value, grad in zip(self.structure.nodes, self.value_list, self.grad_list, strict=True):
            lines.append(f"  {node.id}: {value}  grad {grad}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A structure with values for its leaves, to be run with these or others of the same shapes. Thread-safe.

    defaults: one value per leaf, from the text or given when the plan was made.
    seed: the gradient at the output; ones unless given.
    raises: whether a run raises where Python does; else it goes on with inf and nan.
    """

    structure: Structure
    defaults: tuple[Value, ...]
    seed: Value
    raises: bool = True

    def going_on(self) -> Plan:
        """The same plan, going on with inf and nan where Python raises, as a training does at its steps."""
        return replace(self, raises=False)

    def run(self, values: Mapping[str, Any] | None = None, seed: Any = None) -> Trace:
        """One forward and backward pass.

        values: by leaf id, instead of the defaults; each in the leaf's shape.
        seed: the gradient at the output, in its shape or as one number for all elements.
        Raises ValueProblem for unknown names, other shapes, and anything that is not a number.
        """
        leaves: Sequence[Value] = self.defaults if not values else self.structure.leaves.values(self.defaults, values)
        if values:
            self.structure.check_course(leaves, values)
        start = self.seed if seed is None else self.structure.as_seed(seed)
        runners = self.structure.runners
        checkpoint(len(self.structure.schedule.nodes))
        try:
            runner = runners.hot or runners.quick()
            columns = FP_ERRORS_IGNORED.copy().run(runner, leaves, start) if runners.arrays else runner(leaves, start)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Python's arithmetic raises where IEEE arithmetic continues with inf or nan.
            columns = ignore_fp_errors(runners.ieee(), leaves, start)
        if self.raises:
            self.structure.check_python(columns[0], columns[3])
        return Trace(self.structure, *columns, start)

    def compile(self) -> Plan:
        """Compiles the plan now, instead of after the first runs."""
        self.structure.runners.compile()
        return self
