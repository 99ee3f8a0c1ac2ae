"""Steps of a part of an array: which part is stored, and whether what is added to it is computed from the array."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from app.engine.interpreter.interpreter import Interpreter
from app.engine.program import Node

_SEARCHED = 400
"""Nodes behind a step that are searched for the array."""
_EARLIER = 50
"""Steps of parts of an array that may be taken with values of before the first of them."""


def leads(interpreter: Interpreter, old: int, added: Sequence[int]) -> bool:
    """Whether what is added to a part of `old` is computed from it, as it is or as it was a few steps before; the part
    itself is no such value."""
    nodes, before = interpreter.graph.nodes, interpreter.training.predecessors
    leaves = {old}
    while (first := before.get(min(leaves))) is not None and len(leaves) < _EARLIER:
        leaves.add(first)
    waiting = deque([i for i in added if old not in nodes[i].inputs and not is_part(nodes, i, old)])
    seen: set[int] = set()
    while waiting and len(seen) < _SEARCHED:
        i = waiting.popleft()
        if i in leaves:
            return True
        if i not in seen:
            seen.add(i)
            waiting += nodes[i].inputs
    return False


def part_of(nodes: Sequence[Node], old: int, new: int) -> int | None:
    """The new value of a part of the array `old`, where no more than that is stored: of W[i] in `W[i] -= lr * dw`, and
    of an element in `W[i][k] -= lr * d`."""
    node, part = nodes[new], None
    while node.op.indexed == "set" and (node.inputs[0] == old if part is None else is_part(nodes, node.inputs[0], old)):
        part = node.inputs[1]
        node = nodes[part]
    return part


def is_part(nodes: Sequence[Node], index: int, old: int) -> bool:
    """Whether a node is a part of the array `old`, or of a part of it: `W[i][k]`."""
    while nodes[index].op.indexed == "get":
        index = nodes[index].inputs[0]
        if index == old:
            return True
    return False
