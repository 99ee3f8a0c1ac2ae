"""A program scheduled for the shapes of its inputs: everything that does not depend on values, and what is derived from
its runs. Shared by a plan and all its traces."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.kinks.judge import Judge
from app.engine.execution.leaves import Element, Fixed, Leaves
from app.engine.execution.manual import Graded
from app.engine.execution.prints import Line, line
from app.engine.execution.runners import Runners
from app.engine.execution.schedule import Edge, Schedule
from app.engine.execution.values import shape_of, to_value
from app.engine.limits import Limits
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.ops.expression import Number
from app.engine.program import Group, Node, NumberKind, Program, ShapeItem, Value, ancestors
from app.engine.support.deadline import checkpoint
from app.engine.support.errstate import ignore_fp_errors

_CONVENTION = (
    "Another convention at a kink: the value stands exactly on it, and every slope between its two sides is as right. "
    "The gradient shown takes another one."
)
_CONFLICT = (
    "By itself this is right at a kink, but the lines above take another side of it. One side belongs in all lines."
)


@dataclass(frozen=True, eq=False)
class Structure:
    """A program with its schedule. Thread-safe.

    inputs: the ids that the text's inputs have, also of those that nothing needs.
    fixed: the inputs that cannot take another value without another plan.
    elements: in scalar detail, where each scalar leaf comes from.

    Indices are into `schedule.nodes`; since the graph comes first there, they are also indices into `nodes`.
    """

    program: Program
    schedule: Schedule
    limits: Limits
    inputs: frozenset[str]
    fixed: Mapping[str, Fixed] = field(default_factory=dict)
    detail: str = "tensor"
    elements: Mapping[str, Element] = field(default_factory=dict)

    @cached_property
    def runners(self) -> Runners:
        """The functions that run it."""
        return Runners(self.schedule)

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.program.groups

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges between `nodes`, by target and slot."""
        return self.schedule.edges

    @cached_property
    def leaves(self) -> Leaves:
        """What receives a value."""
        return Leaves(self.program, self.schedule, self.limits, self.inputs, self.fixed, self.elements)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that lead to the output, in forward order."""
        return self.schedule.nodes[: len(self.schedule.graph)]

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of `nodes`."""
        return tuple(self.schedule.shapes[: len(self.schedule.graph)])

    @cached_property
    def output(self) -> str:
        """The id of the output."""
        return self.schedule.nodes[self.schedule.output].id

    @cached_property
    def index(self) -> dict[str, int]:
        """Node id -> index in `nodes`."""
        return {node.id: i for i, node in enumerate(self.nodes)}

    @cached_property
    def edge_index(self) -> dict[tuple[str, str, int], int]:
        """(source id, target id, slot) -> index in `edges`."""
        nodes = self.schedule.nodes
        return {(nodes[e.source].id, nodes[e.target].id, e.slot): i for i, e in enumerate(self.schedule.edges)}

    @cached_property
    def backward(self) -> tuple[str, ...]:
        """The ids of the operations that send messages, in the order of the backward pass."""
        schedule = self.schedule
        return tuple(schedule.nodes[i].id for i in reversed(schedule.graph) if schedule.senders[i])

    def as_seed(self, seed: Any) -> Value:
        """Checks and converts a seed: an array in the output's shape, or one number for all its elements."""
        shape = self.schedule.shapes[self.schedule.output]
        value = to_value(seed, "seed", self.limits)
        if shape_of(value) == shape:
            return value
        if type(value) is float:
            return np.full(shape, value)
        raise ValueProblem(
            f"the seed has shape {shape_of(value)}, and the output has shape {shape}",
            hint="Give one number, or an array in the shape of the output.",
        )

    # -- results derived from a run ------------------------------------------------------------------------------

    @cached_property
    def _partials(self) -> tuple[list[Value | None], list[tuple[int, Callable[..., Any], int, tuple[int, ...], bool]]]:
        """Per edge, the local derivatives that do not depend on values (the 1 of a sum); and kernels for the others."""
        schedule = self.schedule
        fixed: list[Value | None] = [None] * schedule.n_edges
        found = []
        for e, edge in enumerate(schedule.edges):
            rule = schedule.rules[edge.target]
            if rule is None or edge.slot not in schedule.senders[edge.target]:
                continue
            constant = rule.partial_expressions[edge.slot]
            if isinstance(constant, Number):
                fixed[e] = constant.value
                continue
            single = count(schedule.shapes[edge.target]) == 1 == count(schedule.shapes[edge.source])
            run = rule.partial_kernel(edge.slot) or (rule.slope_kernel(edge.slot) if single else None)
            if run is not None:
                scalar = not schedule.shapes[edge.target]
                found.append((e, run, edge.target, schedule.inputs[edge.target], scalar))
        return fixed, found

    def locals(self, values: Sequence[Value]) -> list[Value | None]:
        """The local derivative of each edge; see Trace.local_list."""
        fixed, computed = self._partials
        result = fixed.copy()

        checkpoint(len(computed))

        def compute() -> None:
            for edge, run, target, inputs, scalar in computed:
                found = run(values[target], *[values[i] for i in inputs])
                if type(found) is float:
                    result[edge] = found
                elif scalar or not found.shape:
                    result[edge] = float(found if type(found) is bool else found.item())
                else:
                    result[edge] = found if found.dtype == np.float64 else found.astype(np.float64)

        ignore_fp_errors(compute)
        return result

    @cached_property
    def _kinks(self) -> list[tuple[str, Callable[..., Any], int, tuple[int, ...], str]]:
        schedule = self.schedule
        found = []
        for i in schedule.graph:
            rule = schedule.rules[i]
            run = rule.kink_kernel(schedule.inputs[i]) if rule is not None and schedule.active[i] else None
            if run is not None and rule is not None and rule.op.kink is not None:
                found.append((schedule.nodes[i].id, run, i, schedule.inputs[i], rule.op.kink.says))
        return found

    def kinks(self, values: Sequence[Value]) -> dict[str, str]:
        """The nodes on a kink; see Trace.kinks."""

        def compute() -> dict[str, str]:
            found = {}
            for id, run, own, inputs, says in self._kinks:
                there = run(values[own], *[values[i] for i in inputs])
                if there if type(there) is bool else there.any():
                    found[id] = says
            return found

        return ignore_fp_errors(compute)

    def _read(self, values: Sequence[Value], aside: Sequence[Value], program_index: int) -> Value:
        """The value of a node of the program."""
        i = self.schedule.index[program_index]
        return values[i] if i < len(values) else aside[i - len(values)]

    def printed(self, values: Sequence[Value], aside: Sequence[Value]) -> tuple[Line, ...]:
        """The printed lines; see Trace.prints."""
        nodes = self.program.nodes

        def shown(item: str | int | ShapeItem) -> str | tuple[Value, NumberKind]:
            if isinstance(item, str):
                return item
            if isinstance(item, ShapeItem):
                return str(self.schedule.shapes[self.schedule.index[item.node]])
            return self._read(values, aside, item), nodes[item].kind

        return tuple(line(p.line, [shown(item) for item in p.items]) for p in self.program.prints)

    def graded(
        self,
        values: Sequence[Value],
        grads: Sequence[Value | None],
        messages: Sequence[Value | None],
        aside: Sequence[Value],
    ) -> tuple[Graded, ...]:
        """The manual gradients, graded; see Trace.manual."""
        judge = Judge(self.schedule, values, grads, messages)
        result = []
        gradients: set[int] = set()
        for m in self.program.manual:
            index: int | None = self.schedule.index.get(m.target)
            index = None if index is None or index >= len(grads) else index
            adjoint = None if index is None else grads[index]
            id = self.program.nodes[m.target].id
            value = self._read(values, aside, m.node)
            judged = judge.judge(m.name, id, index, value, keep=True)
            if (
                judged.agrees
                or m.target == self.program.output
                or not self._is_number(m.node, value, adjoint, gradients)
            ):
                gradients.add(m.node)
                note = _CONFLICT if judged.conflict else _CONVENTION if judged.convention else judged.note
                result.append(Graded(m.name, id, m.line, value, adjoint, judged.agrees, note))
        return tuple(result)

    def _is_number(self, node: int, value: Value, adjoint: Value | None, gradients: Container[int]) -> bool:
        """Whether a name that looks like a gradient holds a constant instead, such as `dt = 0.01` in a program with a
        t: it depends on no node of the forward pass and on no gradient. An array of the gradient's shape is a
        gradient."""
        if adjoint is not None and np.shape(value) and np.shape(value) == np.shape(adjoint):
            return False
        nodes = self.program.nodes
        leads = ancestors(nodes, [node])
        read = [i for i, each in enumerate(nodes) if leads[i] and each.op is not CONSTANT]
        graph = self.schedule.graph
        return not any(i in gradients or self.schedule.index.get(i, len(graph)) in graph for i in read)
