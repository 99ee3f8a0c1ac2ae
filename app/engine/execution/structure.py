"""A program scheduled for the shapes of its inputs: everything that does not depend on values, and what is derived from
its runs. Shared by a plan and all its traces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.leaves import Element, Leaves
from app.engine.execution.runners import Runners
from app.engine.execution.schedule import Edge, Schedule, schedule
from app.engine.execution.values import shape_of, to_value
from app.engine.interpreter import Reading
from app.engine.interpreter.graph.raising import first_error
from app.engine.interpreter.prints import Line, line, lines, shown
from app.engine.limits import Limits
from app.engine.ops import INPUT
from app.engine.ops.axes import count
from app.engine.ops.expression import Number
from app.engine.program import Composed, Group, Item, Node, Program, Value, ancestors
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import said


@dataclass(frozen=True, eq=False)
class Structure:
    """A program with its schedule. Thread-safe.

    inputs: the ids that the text's inputs have, also of those that nothing needs.
    fixed: the inputs whose values decide shapes, indices and loops: with another value it is another program.
    elements: in scalar detail, where each scalar leaf comes from.
    reading: the text as it was read, with the decisions that it took by values.

    Indices are into `schedule.nodes`; since the graph comes first there, they are also indices into `nodes`.
    """

    program: Program
    schedule: Schedule
    limits: Limits
    inputs: frozenset[str]
    fixed: frozenset[str] = frozenset()
    detail: str = "tensor"
    elements: Mapping[str, Element] = field(default_factory=dict)
    reading: Reading | None = None

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
        return Leaves(self.program, self.schedule, self.limits, self.inputs, self.elements)

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

    def index_of(self, id: str) -> int:
        """The index of a node of the graph. Raises ValueProblem for an id that none of them has."""
        found = self.index.get(id)
        if found is None:
            raise ValueProblem(said("values.node_unknown", id=id[:100]))
        return found

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

    def check_course(self, leaves: Sequence[Value], given: Mapping[str, Any], *, begun: bool = True) -> None:
        """Raises ValueProblem if the text would take another course with these values: then it is another program.
        begun: whether earlier turns count, which were computed with the values that there were."""
        if self.reading is None or not self.reading.program.guards:
            return
        # What only decides is no leaf: it is what the text was read with.
        values: dict[str, Value] = dict(self.reading.used)
        for name, at in self.leaves.index.items():
            element = self.elements.get(name)
            if element is None:
                values[name] = leaves[at]
                continue
            array = values.get(element.leaf)
            if array is None:
                array = values[element.leaf] = np.zeros(self.leaves.opened_shapes[element.leaf])
            array[element.index] = leaves[at]  # type: ignore[index]
        values |= {name: to_value(value, name, self.limits) for name, value in given.items() if name in self.inputs}
        broken = self.reading.broken(values, begun=begun)
        if broken is not None:
            raise ValueProblem(said("values.other_branch_taken", line=broken.line))

    @cached_property
    def _by_python(self) -> tuple[int, ...]:
        """The operations of Python's own numbers."""
        schedule = self.schedule
        return tuple([i for i, node in enumerate(schedule.nodes) if node.python is not None and not schedule.shapes[i]])

    def check_python(self, values: Sequence[Value], aside: Sequence[Value]) -> None:
        """Raises ProgramError if Python raises for these values of the nodes where IEEE arithmetic goes on."""
        if self._by_python:
            schedule = self.schedule
            found = values if not aside else [*values, *aside]
            error = first_error(schedule.nodes, self._by_python, found, schedule.inputs)
            if error is not None:
                raise error

    def as_seed(self, seed: Any) -> Value:
        """Checks and converts a seed: an array in the output's shape, or one number for all its elements."""
        shape = self.schedule.shapes[self.schedule.output]
        value = to_value(seed, "seed", self.limits)
        if shape_of(value) == shape:
            return value
        if type(value) is float:
            return np.full(shape, value)
        raise ValueProblem(said("values.seed_shape_differs", value=shape_of(value), shape=shape))

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

    def read(self, values: Sequence[Value], aside: Sequence[Value], program_index: int) -> Value:
        """The value of a node of the program."""
        i = self.schedule.index[program_index]
        return values[i] if i < len(values) else aside[i - len(values)]

    def printed(self, values: Sequence[Value], aside: Sequence[Value]) -> tuple[Line, ...]:
        """The printed lines; see Trace.prints."""
        nodes = self.program.nodes

        def item(held: Item) -> Any:
            if isinstance(held, str):
                return held
            if isinstance(held, Composed):
                return "".join([str(item(part)) for part in held.parts])
            return shown(held, self.read(values, aside, held.node), nodes[held.node].kind)

        with np.printoptions(threshold=1000):
            return lines(
                [(line(p.line, [item(each) for each in p.items], p.separator), p.end) for p in self.program.prints]
            )

    def about(self, output: int) -> Structure | None:
        """The same with another scalar as its output, a node of the program; None where that is computed from an input
        that has no value."""
        if output not in self._others:
            self._others[output] = self._about(output)
        return self._others[output]

    def leaf_values(self, held: Mapping[str, Value]) -> list[Value]:
        """The values of the leaves, in their order. held: those of a run of the same program, by id; of an array of the
        text that nothing in it needed, the text has the value."""
        found = [held.get(node.id, node.value) for node in [self.schedule.nodes[i] for i in self.schedule.leaves]]
        return [value for value in found if value is not None]

    @cached_property
    def _others(self) -> dict[int, Structure | None]:
        """The same about other outputs, as they are needed. A race between threads only costs time."""
        return {}

    def _about(self, output: int) -> Structure | None:
        own, nodes = self.schedule, self.program.nodes
        needed = ancestors(nodes, [output])
        known: dict[int, tuple[int, ...]] = {}
        for i, node in enumerate(nodes):
            if not needed[i] or node.op is not INPUT:
                continue
            if i in own.index:
                known[i] = own.shapes[own.index[i]]
            elif node.value is not None:
                known[i] = shape_of(node.value)
            else:
                return None
        program = replace(self.program, output=output, prints=(), manual=(), kept=())
        return replace(self, program=program, schedule=schedule(program, known, self.limits))
