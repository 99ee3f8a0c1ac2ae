"""From a program and the shapes of its inputs to everything that is decided before numbers flow.

Shapes are inferred and every limit is checked here, before anything is allocated. A Schedule is frozen and shared:
the same one serves every run, by steps (`steps.py`) or as straight-line code (`straight.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.engine.errors import EngineError, LimitError, ShapeError
from app.engine.execution.doubts import check_doubts
from app.engine.execution.rules import Rule, rule
from app.engine.execution.values import shape_of
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call, Op
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Program, ancestors
from app.engine.support.deadline import checkpoint


class Edge(NamedTuple):
    """One use of a value: `slot` is the place among the user's inputs. Source and target are indices."""

    source: int
    target: int
    slot: int


@dataclass(frozen=True, eq=False)
class Schedule:
    """The nodes that are computed, in topological order, and what happens at each.

    nodes: what leads to the output, then what is computed for prints and manual gradients only; each part in
        topological order. An index below counts in this tuple.
    leaves: what receives a value (inputs and array constants), in the order in which `run` takes them.
    graph: the indices of the first part; `aside`: those of the second.
    index: the index of a node of the program, by its index in `program.nodes`.
    first_edge: per node of the graph the number of its first edge; its edges follow one another by slot.
    senders: per node the slots that a message is sent to.
    active: whether a gradient reaches the node.
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
    def receives(self) -> tuple[tuple[int, ...], ...]:
        """Per node, the edges whose messages add up to its gradient, in the order of the backward pass."""
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
        products = [i for i in indices if self.nodes[i].op.kind == "matmul"]
        return sum(_products(self.shapes[i], self.shapes[self.inputs[i][0]]) for i in products)

    def sends(self, edge: int) -> bool:
        """Whether a message travels along this edge."""
        return self.edges[edge].slot in self.senders[self.edges[edge].target]


def schedule(program: Program, leaf_shapes: Mapping[int, Shape], limits: Limits) -> Schedule:
    """Settles a program for inputs of these shapes (by index in `program.nodes`).

    Raises ShapeError with the place where shapes do not fit, LimitError where the arrays would be too large.
    """
    wanted = [program.output]
    wanted += [i for printed in program.prints for i in printed.nodes]
    wanted += [m.node for m in program.manual]
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
    shapes, rules = _settle(nodes, inputs, {index[i]: s for i, s in leaf_shapes.items() if i in index}, limits)
    check_doubts(program, index, shapes)
    output = index[program.output]
    first_edge, n_edges, senders, active = _connect(nodes, inputs, rules, graph, output)
    _check_traffic(nodes, inputs, shapes, senders, limits)
    _check_prints(program, index, shapes, limits)
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
    """Every index as itself."""
    return dict(zip(range(n), range(n), strict=True))


def _settle(
    nodes: tuple[Node, ...], inputs: Sequence[tuple[int, ...]], leaf_shapes: Mapping[int, Shape], limits: Limits
) -> tuple[list[Shape], list[Rule | None]]:
    """The shape and the rule of every node."""
    shapes: list[Shape] = []
    rules: list[Rule | None] = []
    elements = len(nodes)
    multiplications = 0
    on_scalars: dict[Op, Rule] = {}
    for position, node in enumerate(nodes):
        checkpoint(3)
        op = node.op
        if op is INPUT or op is CONSTANT:
            shape = leaf_shapes[position] if op is INPUT else shape_of(node.value)  # type: ignore[arg-type]
            rules.append(None)
        else:
            given = tuple([shapes[i] for i in inputs[position]])
            if not any(given) and op in on_scalars:
                rules.append(on_scalars[op])
                shapes.append(())
                continue
            try:
                shape = op.shape(Call(node.attrs, given))
            except EngineError as error:
                raise placed(error, node) from None
            literals: tuple[float | None, ...] = (None,) * len(given)
            if op.literal:
                literals = tuple(
                    [_literal(nodes[i]) if slot in op.literal else None for slot, i in enumerate(inputs[position])]
                )
            found = rule(op, node.attrs, given, shape, literals)
            rules.append(found)
            if not any(given):
                if op.partials is not None and not op.literal and not op.parameters and not op.variadic:
                    # Scalars in, scalar out, nothing else to decide: the same rule for every such node.
                    on_scalars[op] = found
            elif op.kind == "matmul":
                multiplications += _products(shape, given[0])
        shapes.append(shape)
        if shape:
            elements += _sized(shape, node, limits)
            if elements > limits.total_elements or multiplications > limits.multiplications:
                raise _too_much(elements, node, limits)
    return shapes, rules


def _products(shape: Shape, left: Shape) -> int:
    """Scalar multiplications of a matrix product of this shape, by that of its left factor."""
    return count(shape) * (left[-1] if left else 1)


def _sized(shape: Shape, node: Node, limits: Limits) -> int:
    """How many elements an array has; LimitError where it may not have so many."""
    size = count(shape)
    if size > limits.array_elements or len(shape) > limits.dimensions:
        raise LimitError(
            f"this array would have {size:,} elements in {len(shape)} dimensions; "
            f"at most {limits.array_elements:,} in {limits.dimensions} are accepted",
            span=node.span,
            hint="Use smaller arrays.",
        )
    return size


def _too_much(elements: int, node: Node, limits: Limits) -> LimitError:
    return LimitError(
        f"up to this line the program computes more than {limits.total_elements:,} elements"
        if elements > limits.total_elements
        else f"up to this line the matrix products take more than {limits.multiplications:,} multiplications",
        span=node.span,
        hint="Use smaller arrays, or fewer of them.",
    )


def _check_traffic(
    nodes: tuple[Node, ...],
    inputs: Sequence[tuple[int, ...]],
    shapes: Sequence[Shape],
    senders: Sequence[tuple[int, ...]],
    limits: Limits,
) -> None:
    """Bounds messages and local derivatives together: a value has as many of both as it has uses."""
    if not any(shapes):
        return
    allowed = 4 * limits.total_elements
    elements = 0
    for target, slots in enumerate(senders):
        # Only elementwise ops have local derivatives, each in the shape of the result.
        local = count(shapes[target]) if slots and nodes[target].op.partials is not None else 0
        for slot in slots:
            elements += count(shapes[inputs[target][slot]]) + local
        if elements > allowed:
            raise LimitError(
                f"the messages of the backward pass hold more than {allowed:,} elements",
                span=nodes[target].span,
                hint="Use smaller arrays, or use the large ones less often.",
            )


def _check_prints(program: Program, index: Mapping[int, int], shapes: Sequence[Shape], limits: Limits) -> None:
    """Bounds what is printed and graded: one array, or one text, may be shown as often as there are lines. Writing
    a number out takes a microsecond or two."""
    allowed = limits.array_elements
    shown = [(p.line, item) for p in program.prints for item in p.items] + [(m.line, m.node) for m in program.manual]
    elements = 0
    for line, item in shown:
        elements += 1
        if isinstance(item, int):
            elements += count(shapes[index[item]])
        elif isinstance(item, str):
            elements += len(item) // 10
        if elements > allowed:
            raise LimitError(
                f"the program prints and grades more than {allowed:,} elements",
                line=line,
                hint="Print less, or smaller arrays.",
            )


def placed(error: EngineError, node: Node) -> EngineError:
    """The error with the place of the node that it is about."""
    if error.line is None and node.span is not None:
        return ShapeError(error.message, span=node.span, hint=error.hint)
    return error


def _literal(node: Node) -> float | None:
    return node.value if node.op is CONSTANT and type(node.value) is float else None


def _connect(
    nodes: tuple[Node, ...],
    inputs: Sequence[tuple[int, ...]],
    rules: Sequence[Rule | None],
    graph: range,
    output: int,
) -> tuple[list[int], int, list[tuple[int, ...]], list[bool]]:
    """Which edges carry a message, found by walking back from the output."""
    first_edge = [0] * len(nodes)
    n_edges = 0
    for target in graph:
        first_edge[target] = n_edges
        n_edges += len(inputs[target])
    # What depends on no input, by a way that gradients can take, cannot be moved: it is sent nothing.
    # But a value with a name is one that somebody may ask about, such as W = 0.01 * np.ones((2, 3)).
    moves = [
        node.op is INPUT or (node.name is not None and node.op is not CONSTANT and node.op.kind != "mask")
        for node in nodes
    ]
    for target in graph:
        if rules[target] is not None and nodes[target].op.kind != "mask":
            for source in inputs[target]:
                if moves[source]:
                    moves[target] = True
                    break
    active = [False] * len(nodes)
    active[output] = True
    senders: list[tuple[int, ...]] = [()] * len(nodes)
    for target in reversed(graph):
        held = rules[target]
        if held is None or not active[target]:
            continue
        carrying = held.carrying
        sources = inputs[target]
        for slot in carrying:
            if not moves[sources[slot]]:
                carrying = tuple([slot for slot in carrying if moves[sources[slot]]])
                break
        for slot in carrying:
            active[sources[slot]] = True
        senders[target] = carrying
    return first_edge, n_edges, senders, active
