"""From a program and the shapes of its inputs to everything that is decided before numbers flow.

Shapes are inferred and every limit is checked here, before anything is allocated. A Schedule is frozen and shared: the same
one serves every run, by steps (`steps.py`) or as straight-line code (`straight.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.errors import EngineError, LimitError, ShapeError
from app.engine.limits import Limits
from app.engine.ops import CONSTANT, INPUT, Call
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Program, ancestors
from app.engine.rules import Rule, rule


@dataclass(frozen=True, slots=True)
class Edge:
    """One use of a value: `slot` is the place among the user's inputs. Positions are places in `Schedule.nodes`."""

    source: int
    target: int
    slot: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The nodes that are computed, in topological order, and what happens at each.

    nodes: first-to-last; positions below count in this tuple.
    leaves: positions that receive a value (inputs and array constants), in the order in which `run` takes them.
    graph: positions of what leads to the output; the rest is computed for prints and manual gradients only.
    edges: the edges of the graph, by target and slot.
    active: whether a gradient reaches the node. `senders`: per node, the edges that carry a message, in slot order.
    receives: per node, the edges whose messages add up to its gradient, in the order of the backward pass.
    """

    nodes: tuple[Node, ...]
    inputs: tuple[tuple[int, ...], ...]
    shapes: tuple[Shape, ...]
    rules: tuple[Rule | None, ...]
    leaves: tuple[int, ...]
    graph: tuple[int, ...]
    aside: tuple[int, ...]
    edges: tuple[Edge, ...]
    senders: tuple[tuple[int, ...], ...]
    receives: tuple[tuple[int, ...], ...]
    active: tuple[bool, ...]
    output: int
    place: Mapping[int, int]
    scalar_share: float


def schedule(program: Program, leaf_shapes: Mapping[int, Shape], limits: Limits) -> Schedule:
    """Settles a program for inputs of these shapes (by position in `program.nodes`).

    Raises ShapeError with the place where shapes do not fit, LimitError where the arrays would be too large.
    """
    wanted = [program.output]
    wanted += [i for printed in program.prints for i in printed.items if isinstance(i, int)]
    wanted += [m.node for m in program.manual]
    needed = ancestors(program.nodes, wanted)
    in_graph = ancestors(program.nodes, [program.output])
    place = {old: new for new, old in enumerate(i for i, mark in enumerate(needed) if mark)}
    nodes = tuple(program.nodes[i] for i in place)
    inputs = tuple(tuple(place[j] for j in node.inputs) for node in nodes)
    shapes, rules = _settle(nodes, inputs, {place[i]: s for i, s in leaf_shapes.items() if i in place}, limits)
    graph = tuple(place[i] for i in place if in_graph[i])
    output = place[program.output]
    edges, senders, receives, active = _connect(nodes, inputs, rules, graph, output)
    scalars = sum(not shape for shape in shapes)
    return Schedule(
        nodes=nodes,
        inputs=inputs,
        shapes=shapes,
        rules=rules,
        leaves=tuple(i for i, node in enumerate(nodes) if node.op is INPUT or (node.op is CONSTANT and shapes[i])),
        graph=graph,
        aside=tuple(place[i] for i in place if not in_graph[i]),
        edges=edges,
        senders=senders,
        receives=receives,
        active=active,
        output=output,
        place=place,
        scalar_share=scalars / len(nodes),
    )


def _settle(
    nodes: tuple[Node, ...], inputs: tuple[tuple[int, ...], ...], leaf_shapes: Mapping[int, Shape], limits: Limits
) -> tuple[tuple[Shape, ...], tuple[Rule | None, ...]]:
    """The shape and the rule of every node."""
    shapes: list[Shape] = []
    rules: list[Rule | None] = []
    elements = multiplications = 0
    for position, node in enumerate(nodes):
        op = node.op
        if op is INPUT:
            shape = leaf_shapes[position]
            rules.append(None)
        elif op is CONSTANT:
            shape = () if type(node.value) is float else node.value.shape  # type: ignore[union-attr]
            rules.append(None)
        else:
            given = tuple([shapes[i] for i in inputs[position]])
            try:
                shape = op.shape(Call(node.attrs, given)) if any(given) or node.attrs else _scalar_shape(node, given)
            except EngineError as error:
                raise _placed(error, node) from None
            literals: tuple[float | None, ...] = (None,) * len(given)
            if op.literal:
                literals = tuple(
                    _literal(nodes[i]) if slot in op.literal else None for slot, i in enumerate(inputs[position])
                )
            rules.append(rule(op, node.attrs, given, shape, literals))
            if op.kind == "matmul" and any(given):
                multiplications += count(shape) * (given[0][-1] if given[0] else 1)
        shapes.append(shape)
        if shape:
            size = count(shape)
            elements += size
            if size > limits.array_elements or len(shape) > limits.dimensions:
                raise LimitError(
                    f"this array would have {size:,} elements in {len(shape)} dimensions; "
                    f"at most {limits.array_elements:,} in {limits.dimensions} are accepted",
                    span=node.span,
                    hint="Use smaller arrays.",
                )
        else:
            elements += 1
        if elements > limits.total_elements or multiplications > limits.multiplications:
            raise LimitError(
                f"up to this line the program computes more than {limits.total_elements:,} elements"
                if elements > limits.total_elements
                else f"up to this line the matrix products take more than {limits.multiplications:,} multiplications",
                span=node.span,
                hint="Use smaller arrays, or fewer of them.",
            )
    return tuple(shapes), tuple(rules)


def _scalar_shape(node: Node, given: tuple[Shape, ...]) -> Shape:
    """Scalars in, scalar out: true of every elementwise op, and quicker than asking."""
    return (
        () if node.op.kind in ("elementwise", "mask") and node.op.partials else node.op.shape(Call(node.attrs, given))
    )


def _placed(error: EngineError, node: Node) -> EngineError:
    """The error with the place of the node that it is about."""
    if error.line is None and node.span is not None:
        return ShapeError(error.message, span=node.span, hint=error.hint)
    return error


def _literal(node: Node) -> float | None:
    return node.value if node.op is CONSTANT and type(node.value) is float else None


def _connect(
    nodes: tuple[Node, ...],
    inputs: tuple[tuple[int, ...], ...],
    rules: tuple[Rule | None, ...],
    graph: tuple[int, ...],
    output: int,
) -> tuple[tuple[Edge, ...], tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], tuple[bool, ...]]:
    """Which edges carry a message, found by walking back from the output."""
    edges: list[Edge] = []
    first: dict[int, int] = {}
    for target in graph:
        first[target] = len(edges)
        edges.extend([Edge(source, target, slot) for slot, source in enumerate(inputs[target])])
    active = [False] * len(nodes)
    active[output] = True
    senders: list[tuple[int, ...]] = [()] * len(nodes)
    receives: list[list[int]] = [[] for _ in nodes]
    for target in reversed(graph):
        held = rules[target]
        if not active[target] or held is None:
            continue
        sending = []
        for slot, source in enumerate(inputs[target]):
            if nodes[source].op is not CONSTANT and held.carries(slot):
                active[source] = True
                edge = first[target] + slot
                receives[source].append(edge)
                sending.append(edge)
        senders[target] = tuple(sending)
    return tuple(edges), tuple(senders), tuple(map(tuple, receives)), tuple(active)
