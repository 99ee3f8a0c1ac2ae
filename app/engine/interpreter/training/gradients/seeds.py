"""Gradients handed in from above: `dout = np.random.randn(*out.shape)`, where no loss is written.

The gradients computed from dout are those of L = np.sum(out * dout), whose gradient at out is dout. Where the text has
such a scalar, it is the output; else L is added to the graph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.engine.interpreter.training.naming import plain, targets
from app.engine.interpreter.training.reach import is_some_loss, reach, single
from app.engine.ops import INPUT, REGISTRY
from app.engine.program import Manual, Node
from app.engine.wording import Said, said

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder

NAME = "L"
"""What the added scalar is called."""


_HANDED = re.compile(r"[Gg]|[Gg]_?(out|y|up)\w*|\w*grad\w*|up(stream)?_?\w*|seed|cotangents?|ct|\w+_bar")
"""Names of gradients from above, that a text computes from sizes alone: `G = np.ones_like(Y) * np.arange(3)`."""
_PARTS = 12
"""Nodes that a gradient from above may be computed from."""


class Seed(NamedTuple):
    """The gradient `given` is handed in for the value `at`. guessed: whether its name does not say so."""

    given: int
    at: int
    guessed: bool = False


def seeds(graph: GraphBuilder, manual: Sequence[Manual]) -> list[Seed]:
    """The gradients that are handed in from above."""
    nodes, shapes = graph.nodes, graph.shapes
    if not manual or graph.given is None:
        return []
    names = {m.name for m in manual}
    found = [Seed(m.node, m.target) for m in manual if nodes[m.target].inputs and shapes[m.node] == shapes[m.target]]
    computed = reach(nodes, [i for i, node in enumerate(nodes) if node.op is INPUT and node.name not in names])
    found = [seed for seed in found if not computed[seed.given] and nodes[seed.at].kind == "float"]
    if not found:
        found = _unnamed(graph, manual)
    found = [seed for seed in found if _begins(graph, seed)]
    return [] if all(_uniform(graph, seed) for seed in found) else list(dict.fromkeys(found))


def _uniform(graph: GraphBuilder, seed: Seed) -> bool:
    """Whether a seed is 1, or an array of equal numbers: then the value itself is the output."""
    value = np.asarray(graph.value(seed.given))
    return not value.shape or bool(np.all(value == (1 if value.size == 1 else value.flat[0])))


def _begins(graph: GraphBuilder, seed: Seed) -> bool:
    """Whether something is computed from a seed, and no loss is computed from the value that it is given for. What an
    input leads to beside the seed, be it that of the value, are gradients."""
    nodes = graph.nodes
    if not any(seed.given in node.inputs for node in nodes):
        return False
    led, from_seed = reach(nodes, [seed.at]), reach(nodes, [seed.given])
    # A matrix called J is a Jacobian.
    losses = [i for i, node in enumerate(nodes) if is_some_loss(node) and single(graph.shapes, i)]
    return not any(led[i] and not from_seed[i] for i in losses)


def _unnamed(graph: GraphBuilder, manual: Sequence[Manual]) -> list[Seed]:
    """A drawn dout where no out is: for the last value of its shape that the targets lead to."""
    nodes, shapes = graph.nodes, graph.shapes
    tried: set[str | None] = set()
    for given in range(len(nodes) - 1, -1, -1):
        node = nodes[given]
        name = plain(node.name or "")
        if node.name is None or node.name in tried or single(shapes, given):
            continue
        says = node.op is INPUT and any(targets(name))
        if not says and not (_HANDED.fullmatch(name) and _is_given(graph, given)):
            continue
        # Of a name that every turn gives anew, the last.
        tried.add(node.name)
        after = reach(nodes, [given], through_masks=True)
        from_it = [m for m in manual if m.node != given and after[m.node] and not after[m.target]]
        if not from_it:
            continue
        led = [reach(nodes, [m.target]) for m in from_it]
        first = min(m.node for m in from_it)
        if not says and any(after[i] for i in range(given + 1, first) if nodes[i].name is not None):
            # It is a value of the forward pass.
            continue
        fitting = (
            i
            for i in range(first - 1, -1, -1)
            if nodes[i].name is not None and shapes[i] == shapes[given] and not after[i] and nodes[i].inputs
        )
        at = next((i for i in fitting if all(marks[i] for marks in led)), None)
        if at is not None:
            return [Seed(given, at, guessed=True)]
    return []


def _is_given(graph: GraphBuilder, index: int) -> bool:
    """Whether a value depends on no input but numbers such as sizes, and on what it shows the shape of."""
    waiting = [index]
    for _ in range(_PARTS):
        if not waiting:
            return True
        i = waiting.pop()
        node = graph.nodes[i]
        if node.op is INPUT and i != index and node.kind != "int":
            return False
        if node.op.filled is None:
            waiting += node.inputs
    return False


def with_seeds(manual: Sequence[Manual], found: Sequence[Seed]) -> list[Manual]:
    """The gradients with those computed from a guessed seed as not certain."""
    if not any(seed.guessed for seed in found):
        return list(manual)
    return [m.in_doubt() for m in manual]


def seed_note(nodes: Sequence[Node], found: Sequence[Seed]) -> Said:
    """The note about an added scalar."""

    def name(index: int) -> str:
        return nodes[index].name or nodes[index].id

    terms = " + ".join([f"np.sum({name(seed.at)} * {name(seed.given)})" for seed in found])
    given = " and ".join([name(seed.given) for seed in found])
    return said("notes.seed_handed_in", count=len(found), given=given, name=NAME, terms=terms)


def seeded_output(graph: GraphBuilder, found: Sequence[Seed], assigned: Sequence[int]) -> int:
    """The scalar whose gradients the seeds begin: one of the text, the last of `assigned`, or one that is added."""
    nodes = graph.nodes
    marks = [reach(nodes, [i]) for seed in found for i in (seed.at, seed.given)]
    own = [i for i in assigned if nodes[i].inputs and single(graph.shapes, i) and all(m[i] for m in marks)]
    if own:
        return own[-1]
    total: int | None = None
    for seed in found:
        span = nodes[seed.given].span
        assert span is not None
        graph.statement = graph.statement if total is not None else graph.begin(NAME)
        product = graph.operation(REGISTRY["multiply"], (seed.at, seed.given), {}, span)
        attrs = {"axis": None, "keepdims": False}
        last = graph.operation(REGISTRY["sum"], (product.index,), attrs, span).index
        total = last if total is None else graph.operation(REGISTRY["add"], (total, last), {}, span).index
    assert total is not None
    nodes[total] = nodes[total]._replace(id=graph.statement, name=NAME)
    return total
