"""Outputs that are computed from what earlier rounds left, of which the graph is not kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.engine.program import Node, ancestors


class Cut(Exception):
    """The output is computed from such values: all rounds must be read."""


def without_earlier(
    nodes: Sequence[Node], end: int, cut: Collection[int], carried: Collection[int], *, chosen: bool
) -> int:
    """An output that adds up something over all rounds, `total += loss`, is what the last round adds to it. cut: the
    constants that stand for nodes that are not kept. carried: those that are numbers in any case, as the state is that
    a recurrent network goes on from. chosen: whether the reader has asked for this output. Raises Cut."""
    while cut:
        used = ancestors(nodes, [end])
        if not any(used[i] for i in cut):
            break
        node = nodes[end]
        own = [i for i in node.inputs if i not in cut and not _leads(nodes, i, cut)]
        if chosen or not node.op.is_addition or len(own) != 1 or not nodes[own[0]].inputs:
            if all(i in carried for i in cut if used[i]):
                break
            raise Cut
        end = own[0]
    return end


def _leads(nodes: Sequence[Node], end: int, cut: Collection[int]) -> bool:
    used = ancestors(nodes, [end])
    return any(used[i] for i in cut)
