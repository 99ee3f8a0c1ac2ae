"""How far gradients flow in a graph, and which of its values are called a loss."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from app.engine.ops import INPUT, REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.program import Node

_LOSS = re.compile(r"L|J|[Ll]oss|[Cc]ost|total_(loss|cost)")
_SOME_LOSS = re.compile(
    r"[LJ]_\w+|\w*_?loss|\w+_cost|(loss|cost)_\w+|(loss|cost)\d+|mse|sse|rmse|nll|bce|obj(ective)?|cross_?entropy"
)
_READ = 2000
"""Nodes behind a value that are searched for what it is computed from."""
_GRADIENT = re.compile(r"(\w+_)?(delta|grad|gradient)s?\d*|(grad|gradient)s?_\w+", re.IGNORECASE)


def times_itself(nodes: Sequence[Node], node: Node) -> bool:
    """Whether a node is the square of an input, however that is written."""
    slots: tuple[int, ...] = (0, 1) if node.op.is_product else ()
    if not slots:
        numbers = tuple([value if type(value := nodes[i].value) is float else None for i in node.inputs])
        same = node.op.same_as(numbers)
        slots = same[1] if same is not None and REGISTRY[same[0]].is_product else ()
    return bool(slots) and len({node.inputs[slot] for slot in slots}) == 1


def is_loss(node: Node) -> bool:
    """Whether the name of a node says that it is what is minimised."""
    return node.name is not None and _LOSS.fullmatch(node.name) is not None


def is_some_loss(node: Node) -> bool:
    """Whether it says that it is a loss, one of several: `loss_d`, `data_loss`, `mse`."""
    return node.name is not None and is_some_loss_name(node.name)


def is_some_loss_name(name: str) -> bool:
    return not like_gradient(name) and bool(_LOSS.fullmatch(name) or _SOME_LOSS.fullmatch(name))


def like_gradient(name: str) -> bool:
    """Whether a name says of a value that it is a gradient, of whatever."""
    return _GRADIENT.fullmatch(name) is not None


def reach(
    nodes: Sequence[Node], roots: Sequence[int], *, through_masks: bool = False, end: int | None = None
) -> bytearray:
    """One byte for each node: 1 if a gradient can flow from it back to one of `roots`, or it is one. end: the node
    before which to stop; those behind it get 0."""
    marks = bytearray(len(nodes))
    for root in roots:
        marks[root] = 1
    for i in range(min(roots, default=len(nodes)), len(nodes) if end is None else end):
        node = nodes[i]
        if node.inputs and not marks[i]:
            # Written out, as all nodes of a large program are gone through.
            for j in node.inputs if through_masks or not node.op.chooses else node.inputs[1:]:
                if marks[j]:
                    marks[i] = through_masks or node.op.kind != "mask"
                    break
    return marks


def reach_of_inputs(nodes: Sequence[Node], *, through_masks: bool = False) -> bytearray:
    """The same of all inputs."""
    inputs = [i for i, node in enumerate(nodes) if node.op is INPUT]
    return reach(nodes, inputs, through_masks=through_masks)


def reached(nodes: Sequence[Node], end: int) -> bytearray:
    """One byte for each node: 1 if a gradient can flow from `end` back to it, or it is `end`."""
    marks = bytearray(len(nodes))
    marks[end] = 1
    for i in range(end, -1, -1):
        if marks[i]:
            for j in _sources(nodes[i]):
                marks[j] = 1
    return marks


def _sources(node: Node) -> Sequence[int]:
    """The inputs of a node that its gradient flows on to."""
    if node.op.kind == "mask":
        return ()
    return node.inputs[1:] if node.op.chooses else node.inputs


def most_leaves(nodes: Sequence[Node], candidates: Sequence[int]) -> int:
    """Of these nodes the one that most leaves lead to, the last of several."""
    leads: list[int] = [0] * len(nodes)
    bit = 1
    for i, node in enumerate(nodes):
        if node.op is INPUT:
            leads[i] = bit
            bit <<= 1
        elif node.op.kind != "mask":
            for j in node.inputs:
                leads[i] |= leads[j]
    # Of equals the last: `max` keeps the first.
    return max(reversed(candidates), key=lambda i: leads[i].bit_count())


def single(shapes: Sequence[Shape], index: int) -> bool:
    """Whether a node is one number."""
    return count(shapes[index]) == 1


def read_for(nodes: Sequence[Node], index: int) -> set[int]:
    """The nodes that one is computed from, the nearest ones first, at most so many."""
    found, waiting = {index}, deque([index])
    while waiting and len(found) < _READ:
        new = [i for i in nodes[waiting.popleft()].inputs if i not in found]
        found.update(new)
        waiting += new
    return found
