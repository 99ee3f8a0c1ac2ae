"""What can be read off a plan and its runs: made when first asked for, once per structure, shared by all runs."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.judging import Judge
from app.engine.manual import Graded
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count
from app.engine.ops.expression import Number
from app.engine.prints import Line, line
from app.engine.program import Node, NumberKind, Program, ShapeItem, Value, ancestors
from app.engine.quiet import quietly
from app.engine.schedule import Schedule

_CONVENTION = (
    "Another convention at a kink: the value stands exactly on it, and every slope between its two sides is as right. "
    "The gradient shown takes another one."
)
_CONFLICT = (
    "By itself this is right at a kink, but the lines above take another side of it. One side belongs in all lines."
)


class Views:
    """Columns by id, local derivatives, kinks, printed lines and graded manual gradients of one schedule."""

    def __init__(self, program: Program, schedule: Schedule) -> None:
        self.program = program
        self.schedule = schedule

    @cached_property
    def leaf_places(self) -> dict[str, int]:
        """Input id to place among the leaves."""
        nodes = self.schedule.nodes
        return {nodes[i].id: place for place, i in enumerate(self.schedule.leaves) if nodes[i].op is INPUT}

    @cached_property
    def leaf_shapes(self) -> list[tuple[int, ...]]:
        return [self.schedule.shapes[i] for i in self.schedule.leaves]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that lead to the output, in forward order."""
        return tuple(self.schedule.nodes[i] for i in self.schedule.graph)

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of `nodes`."""
        return tuple(self.schedule.shapes[i] for i in self.schedule.graph)

    @cached_property
    def output(self) -> str:
        """The id of the output."""
        return self.schedule.nodes[self.schedule.output].id

    @cached_property
    def places(self) -> dict[str, int]:
        """Node id to place in `nodes`."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    @cached_property
    def output_place(self) -> int:
        return self.places[self.output]

    @cached_property
    def edge_places(self) -> dict[tuple[str, str, int], int]:
        """(source id, target id, slot) to place in `edges`."""
        nodes = self.schedule.nodes
        return {(nodes[e.source].id, nodes[e.target].id, e.slot): place for place, e in enumerate(self.schedule.edges)}

    @cached_property
    def backward(self) -> tuple[str, ...]:
        """The operations that hand messages to their inputs, in the order of the backward pass."""
        schedule = self.schedule
        return tuple(schedule.nodes[i].id for i in reversed(schedule.graph) if schedule.senders[i])

    # -- what is read off a run ----------------------------------------------------------------------------------

    @cached_property
    def _place_in_graph(self) -> dict[int, int]:
        return {i: place for place, i in enumerate(self.schedule.graph)}

    @cached_property
    def _partials(self) -> tuple[list[Value | None], list[tuple[int, Callable[..., Any], int, list[int], bool]]]:
        """Local derivatives that are the same for all values (the 1 of a sum), and how to compute the others."""
        schedule, place = self.schedule, self._place_in_graph
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
                found.append((e, run, place[edge.target], [place[i] for i in schedule.inputs[edge.target]], scalar))
        return fixed, found

    def locals(self, values: Sequence[Value]) -> list[Value | None]:
        """Local derivatives per edge; see Trace.local_list."""
        fixed, computed = self._partials
        result = fixed.copy()

        def compute() -> None:
            for edge, run, target, inputs, scalar in computed:
                found = run(values[target], *[values[i] for i in inputs])
                if type(found) is float:
                    result[edge] = found
                elif scalar or not found.shape:
                    result[edge] = float(found if type(found) is bool else found.item())
                else:
                    result[edge] = found if found.dtype == np.float64 else found.astype(np.float64)

        quietly(compute)
        return result

    @cached_property
    def _kinks(self) -> list[tuple[str, Callable[..., Any], int, list[int], str]]:
        schedule, place = self.schedule, self._place_in_graph
        found = []
        for i in schedule.graph:
            rule = schedule.rules[i]
            run = rule.kink_kernel() if rule is not None and schedule.active[i] else None
            if run is not None and rule is not None and rule.op.kink is not None:
                inputs = [place[j] for j in schedule.inputs[i]]
                found.append((schedule.nodes[i].id, run, place[i], inputs, rule.op.kink.says))
        return found

    def kinks(self, values: Sequence[Value]) -> dict[str, str]:
        """Nodes on a kink; see Trace.kinks."""

        def compute() -> dict[str, str]:
            found = {}
            for id, run, own, inputs, says in self._kinks:
                there = run(values[own], *[values[i] for i in inputs])
                if there if type(there) is bool else there.any():
                    found[id] = says
            return found

        return quietly(compute)

    @cached_property
    def _readings(self) -> dict[int, tuple[bool, int]]:
        """Position in the program to (in the graph?, place in that column)."""
        graph = {i: (True, place) for place, i in enumerate(self.schedule.graph)}
        aside = {i: (False, place) for place, i in enumerate(self.schedule.aside)}
        both = graph | aside
        return {old: both[new] for old, new in self.schedule.place.items()}

    def printed(self, values: Sequence[Value], aside: Sequence[Value]) -> tuple[Line, ...]:
        """What the print calls show; see Trace.prints."""
        nodes = self.program.nodes

        def shown(item: str | int | ShapeItem) -> str | tuple[Value, NumberKind]:
            if isinstance(item, str):
                return item
            if isinstance(item, ShapeItem):
                return str(self.schedule.shapes[self.schedule.place[item.node]])
            inside, place = self._readings[item]
            return (values[place] if inside else aside[place]), nodes[item].kind

        return tuple(line(p.line, [shown(item) for item in p.items]) for p in self.program.prints)

    def graded(
        self,
        values: Sequence[Value],
        grads: Sequence[Value | None],
        messages: Sequence[Value | None],
        aside: Sequence[Value],
    ) -> tuple[Graded, ...]:
        """The manual gradients beside the true ones; see Trace.manual."""
        judge = Judge(self.schedule, values, grads, messages)
        result = []
        gradients: set[int] = set()
        for m in self.program.manual:
            inside, place = self._readings[m.node]
            value = values[place] if inside else aside[place]
            target = self._readings.get(m.target)
            at = target[1] if target is not None and target[0] else None
            adjoint = None if at is None else grads[at]
            id = self.program.nodes[m.target].id
            position = None if at is None else self.schedule.graph[at]
            told = judge.judge(m.name, id, position, m.line, value, keep=True)
            if told.agrees or m.target == self.program.output or not self._is_number(m.node, value, adjoint, gradients):
                gradients.add(m.node)
                note = _CONFLICT if told.conflict else _CONVENTION if told.convention else told.note
                result.append(Graded(m.name, id, m.line, value, adjoint, told.agrees, note))
        return tuple(result)

    def _is_number(self, node: int, value: Value, adjoint: Value | None, gradients: Container[int]) -> bool:
        """Whether a name that looks like a gradient holds a constant of the reader's own, such as `dt = 0.01` after a
        t: nothing of the forward pass leads to it, and no gradient does. An array in just the shape of a gradient is
        one."""
        if adjoint is not None and np.shape(value) and np.shape(value) == np.shape(adjoint):
            return False
        nodes = self.program.nodes
        leads = ancestors(nodes, [node])
        read = [i for i, each in enumerate(nodes) if leads[i] and each.op is not CONSTANT]
        return not any(i in gradients or self._readings.get(i, (False, 0))[0] for i in read)
