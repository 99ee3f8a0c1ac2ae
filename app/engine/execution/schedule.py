"""From a program and the shapes of its inputs to a schedule: everything that is decided before values are known.

Shapes are inferred and every limit is checked here, before anything is allocated. A Schedule is immutable and shared by
all runs, node by node (`node_by_node.py`) or compiled (`codegen.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from app.engine.errors import EngineError, ShapeError
from app.engine.execution.sizes import check_prints, check_traffic
from app.engine.execution.values import shape_of
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call, Op
from app.engine.ops.axes import count
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.rules import Rule, rule
from app.engine.ops.sizes import check_array, check_totals
from app.engine.program import Node, Program, ancestors
from app.engine.support.checkpoints import checkpoint

Literals = tuple[float | None, ...]


class Edge(NamedTuple):
    """One use of a value. source, target: indices of nodes; slot: index among the target's inputs."""

    source: int
    target: int
    slot: int


@dataclass(frozen=True, eq=False)
class Schedule:
    """The nodes that are computed, with their shapes and rules.

    nodes: first those that lead to the output, then those only needed for prints and manual gradients; both in
        topological order. Indices below are into this tuple.
    leaves: the indices of inputs and array constants, in the order in which `run` takes their values.
    graph: the indices of the nodes that lead to the output; aside: those of the others.
    index: index in `program.nodes` -> index here.
    first_edge: for each node of the graph, the index of its first edge; its edges are consecutive, by slot.
    senders: for each node, the slots that it sends a message to.
    active: for each node, whether a gradient reaches it.
    scalar_share: the fraction of nodes that are scalars.
    """

    nodes: tuple[Node, ...]
    inputs: Sequence[tuple[int, ...]]
    shapes: Sequence[Shape]
    rules: Sequence[Rule | None]
    leaves: Sequence[int]
    graph: range
    aside: range
    first_edge: Sequence[int]
    n_edges: int
    senders: Sequence[tuple[int, ...]]
    active: Sequence[bool]
    output: int
    index: Mapping[int, int]
    scalar_share: float

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The edges of the graph, by target and slot."""
        return tuple(
            [Edge(source, target, slot) for target in self.graph for slot, source in enumerate(self.inputs[target])]
        )

    @cached_property
    def users(self) -> list[list[int]]:
        """For each node, the nodes of the graph that it is an input of, in order, once for each use."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for target in self.graph:
            for source in self.inputs[target]:
                found[source].append(target)
        return found

    @cached_property
    def receives(self) -> tuple[tuple[int, ...], ...]:
        """For each node, the edges whose messages add up to its gradient, in the order of the backward pass."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for target in reversed(self.graph):
            for slot in self.senders[target]:
                found[self.inputs[target][slot]].append(self.first_edge[target] + slot)
        return tuple(map(tuple, found))

    @cached_property
    def multiplications(self) -> int:
        """Scalar multiplications of all matrix products of one forward pass."""
        return self.products_in(self.graph)

    def products_in(self, indices: Iterable[int]) -> int:
        """Scalar multiplications of the matrix products among these nodes."""
        rules = [self.rules[i] for i in indices]
        return sum(rule.op.multiplications(rule.call) for rule in rules if rule is not None)

    def cost(self, indices: Sequence[int]) -> int:
        """The cost of computing these nodes once, in evaluations of about 1 µs; large arrays and products cost more."""
        elements = sum(count(self.shapes[i]) for i in indices)
        return len(indices) + elements // 64 + self.products_in(indices) // 1_000

    def message(self, edge: int) -> Expr:
        """The expression of the message along an edge; there must be one."""
        used = self.edges[edge]
        rule = self.rules[used.target]
        assert rule is not None
        found = rule.message_expressions[used.slot]
        assert found is not None
        return found

    def sends(self, edge: int) -> bool:
        """Whether a message is sent along an edge."""
        return self.edges[edge].slot in self.senders[self.edges[edge].target]


def schedule(program: Program, known: Mapping[int, Shape] | Sequence[Shape], limits: Limits) -> Schedule:
    """The schedule of a program for inputs of these shapes (by index in `program.nodes`). known: at least the shapes of
    inputs; those of other nodes are inferred where they are not known.

    Raises ShapeError, with the place in the text, if shapes do not fit; LimitError if arrays are too large.
    """
    wanted = program.wanted
    needed = ancestors(program.nodes, wanted)
    in_graph = needed if len(wanted) == 1 else ancestors(program.nodes, [program.output])
    if all(in_graph):
        index: Mapping[int, int] = range_map(len(in_graph))
        nodes = program.nodes
        inputs: Sequence[tuple[int, ...]] = [node.inputs for node in nodes]
        graph = range(len(nodes))
    else:
        order = [i for i, mark in enumerate(in_graph) if mark]
        graph = range(len(order))
        if in_graph is not needed:
            order += [i for i, mark in enumerate(needed) if mark and not in_graph[i]]
        index = {old: new for new, old in enumerate(order)}
        nodes = tuple([program.nodes[i] for i in order])
        inputs = [tuple([index[j] for j in node.inputs]) for node in nodes]
    if nodes is not program.nodes:
        pairs = enumerate(known) if isinstance(known, Sequence) else known.items()
        known = {index[i]: shape for i, shape in pairs if i in index}
    elif isinstance(known, Sequence):
        known = dict(enumerate(known))
    shapes, rules = _inferred(nodes, inputs, known, limits)
    output = index[program.output]
    first_edge, n_edges, senders, active = _connect(nodes, inputs, rules, graph, output)
    check_traffic(nodes, inputs, shapes, senders, limits)
    check_prints(program, index, shapes, limits)
    return Schedule(
        nodes=nodes,
        inputs=inputs,
        shapes=shapes,
        rules=rules,
        leaves=[
            i
            for i, rule in enumerate(rules)
            if rule is None and (nodes[i].op is INPUT or type(nodes[i].value) is not float)
        ],
        graph=graph,
        aside=range(len(graph), len(nodes)),
        first_edge=first_edge,
        n_edges=n_edges,
        senders=senders,
        active=active,
        output=output,
        index=index,
        scalar_share=shapes.count(()) / len(nodes),
    )


def range_map(n: int) -> Mapping[int, int]:
    """The identity on indices below n."""
    return dict(zip(range(n), range(n), strict=True))


def _inferred(
    nodes: tuple[Node, ...], inputs: Sequence[tuple[int, ...]], known: Mapping[int, Shape], limits: Limits
) -> tuple[list[Shape], list[Rule | None]]:
    """The shape and the rule of every node."""
    shapes: list[Shape] = []
    rules: list[Rule | None] = []
    elements = len(nodes)
    multiplications = 0
    arrays = False
    on_scalars: dict[tuple[Op, Literals], Rule] = {}
    check_totals(elements, multiplications, limits, nodes[0].span)
    checkpoint(len(nodes))
    for index, node in enumerate(nodes):
        op = node.op
        literals = _literals(op, nodes, inputs[index]) if op.literal else ()
        again = on_scalars.get((op, literals))
        if again is not None and not (arrays and any(map(shapes.__getitem__, inputs[index]))):
            rules.append(again)
            shapes.append(())
            continue
        if op is INPUT or op is CONSTANT:
            shape = known[index] if op is INPUT else shape_of(node.value)  # type: ignore[arg-type]
            rules.append(None)
        else:
            checkpoint(2)
            given = tuple([shapes[i] for i in inputs[index]])
            found_shape = known.get(index)
            shape = _shape(op, node, given) if found_shape is None else found_shape
            found = rule(op, node.attrs, given, shape, literals or (None,) * len(given))
            rules.append(found)
            if not any(given):
                if op.partials is not None and not op.parameters and not op.variadic:
                    # The rule of a scalar use is the same for every such node.
                    on_scalars[op, literals] = found
            else:
                multiplications += op.multiplications(found.call)
        shapes.append(shape)
        if shape:
            arrays = True
            elements += check_array(shape, limits, node.span)
        if shape or multiplications:
            check_totals(elements, multiplications, limits, node.span)
    return shapes, rules


def _shape(op: Op, node: Node, given: tuple[Shape, ...]) -> Shape:
    try:
        return op.shape(Call(node.attrs, given))
    except EngineError as error:
        raise placed(error, node) from None


def placed(error: EngineError, node: Node) -> EngineError:
    """The error with the node's place in the text, unless it has one."""
    if error.line is None and node.span is not None:
        return ShapeError(error.message, span=node.span, hint=error.hint)
    return error


def _literals(op: Op, nodes: Sequence[Node], inputs: tuple[int, ...]) -> Literals:
    """The numbers that stand in the slots whose literals the rule of `op` depends on; None for other inputs."""
    return tuple([_literal(nodes[i]) if slot in op.literal else None for slot, i in enumerate(inputs)])


def _literal(node: Node) -> float | None:
    return node.value if node.op is CONSTANT and type(node.value) is float else None


def _connect(
    nodes: tuple[Node, ...],
    inputs: Sequence[tuple[int, ...]],
    rules: Sequence[Rule | None],
    graph: range,
    output: int,
) -> tuple[list[int], int, list[tuple[int, ...]], list[bool]]:
    """The fields first_edge, n_edges, senders and active of the schedule, found by walking back from the output."""
    *first_edge, n_edges = accumulate(map(len, inputs[: len(graph)]), initial=0)
    first_edge += [0] * (len(nodes) - len(graph))
    # No messages are sent to nodes that depend on no input by a differentiable path.
    # Named values are exceptions, because a reader may ask for their gradients: W = 0.01 * np.ones((2, 3)).
    moves: list[bool] = []
    for target, node in enumerate(nodes):
        op = node.op
        if op is CONSTANT or op.kind == "mask":
            moves.append(False)
        elif op is INPUT or node.name is not None:
            moves.append(True)
        else:
            moves.append(target in graph and any(map(moves.__getitem__, inputs[target])))
    still = frozenset([i for i, moved in enumerate(moves) if not moved])
    active = [False] * len(nodes)
    active[output] = True
    senders: list[tuple[int, ...]] = [()] * len(nodes)
    for target in reversed(graph):
        held = rules[target]
        if held is None or not active[target]:
            continue
        carrying = held.carrying
        sources = inputs[target]
        if not still.isdisjoint(sources):
            carrying = tuple([slot for slot in carrying if moves[sources[slot]]])
        for slot in carrying:
            active[sources[slot]] = True
        senders[target] = carrying
    return first_edge, n_edges, senders, active
