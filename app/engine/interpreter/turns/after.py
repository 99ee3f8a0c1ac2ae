"""The number of a text that computes it once its training is over, `print(f(p))` after the loop: what it would have
been after every turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node, Value, ancestors

_MOST = 2_000
"""Nodes, larger arrays counting more, that the number may be computed from."""


@dataclass(frozen=True, slots=True, eq=False)
class After:
    """A number as a function of what is trained. nodes, shapes: what it is computed from, the number last. trained: by
    address, where the leaves stand that training steps change. held: where these stand in a turn, in the same order;
    empty while that is not known."""

    nodes: tuple[Node, ...]
    shapes: tuple[Shape, ...]
    trained: tuple[tuple[str, int], ...]
    held: tuple[int, ...] = ()

    def in_turn(self, nodes: Sequence[Node], first: int, end: int) -> After | None:
        """The same after a turn: with the last value of each address. (The first step may be none of a leaf yet.) None
        where there is none in the turn."""
        made = {nodes[i].name: i for i in range(first, end)}
        if any(address not in made for address, _ in self.trained):
            return None
        return replace(self, held=tuple([made[address] for address, _ in self.trained]))

    def measured(self, value: Callable[[int], Value]) -> float:
        """The number. value: that of a node of the turn."""
        known = {at: value(i) for (_, at), i in zip(self.trained, self.held, strict=True)}
        with np.errstate(all="ignore"):
            found = Evaluator(self.nodes, self.shapes, {}, known).value(len(self.nodes) - 1)
        return float(np.reshape(found, -1)[0])

    def shifted(self, by: int) -> After | None:
        """The same, counted from another node; None where a leaf stands before it."""
        moved = tuple([i - by for i in self.held])
        return replace(self, held=moved) if all(i >= 0 for i in moved) else None


def after(graph: GraphBuilder, end: int, trained: Collection[int]) -> After | None:
    """The output `end`, computed from the leaves `trained` that the last steps have made; None where it is computed
    from none of them, or from too much."""
    used = ancestors(graph.nodes, [end])
    places = [i for i, needed in enumerate(used) if needed]
    leaves = [i for i in trained if used[i] and graph.nodes[i].name]
    if not leaves or sum(1 + count(graph.shapes[i]) // 8 for i in places) > _MOST:
        return None
    at = {i: place for place, i in enumerate(places)}
    # What is no leaf of the training has the value that it has.
    nodes = tuple(
        [
            node._replace(inputs=tuple([at[j] for j in node.inputs]), value=graph.value(i) if not node.inputs else None)
            for i in places
            for node in [graph.nodes[i]]
        ]
    )
    names = tuple([(graph.nodes[i].name or "", at[i]) for i in leaves])
    return After(nodes, tuple([graph.shapes[i] for i in places]), names)
