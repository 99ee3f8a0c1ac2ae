"""What a training step may begin from: a leaf, or the first value of what a function trains.

`W = np.zeros(3)` inside a function is no leaf, and neither is the 0 of `self.bias = 0`. A step that follows its
gradient makes it one for the turns that come.
"""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import plain, targets
from app.engine.interpreter.values import Literal, Ref
from app.engine.ops import CONSTANT, INPUT

_SEARCHED = 400
"""Nodes behind a step that are searched for what it began from."""


def beginning(interpreter: Interpreter, before: Any, after: Ref, name: str) -> Ref | None:
    """The node that `after` may be a training step of, given what its name held before; None where it is no such.

    name: the name that it gets; "" for an attribute or an item, whose node has its name already.
    """
    nodes = interpreter.graph.nodes
    if type(before) is Literal:
        before = before.ref
    if type(before) is Ref:
        op = nodes[before.index].op
        if op is INPUT:
            return before
        if op is not CONSTANT or before.index in interpreter.cut:
            return None
        array = bool(interpreter.graph.shapes[before.index])
        begins = _depends(interpreter, before.index, after.index) if array else _follows(interpreter, after.index, name)
        return before if begins else None
    if type(before) in (int, float):
        inputs = nodes[after.index].inputs
        numbers = [i for i in inputs if nodes[i].op is CONSTANT and type(nodes[i].value) is float]
        own = next((i for i in numbers if nodes[i].value == before), None)
        if own is not None and _follows(interpreter, after.index, name or plain(nodes[after.index].name or "")):
            return Ref(own, python=True)
    return None


def _depends(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether what is added to an array is computed from it."""
    nodes = interpreter.graph.nodes
    waiting = [i for i in nodes[new].inputs if i != old]
    seen = set(waiting)
    while waiting and len(seen) < _SEARCHED:
        inputs = [j for j in nodes[waiting.pop()].inputs if j not in seen]
        if old in inputs:
            return True
        seen.update(inputs)
        waiting += inputs
    return False


def _follows(interpreter: Interpreter, new: int, name: str) -> bool:
    """Whether what is added to a number is called its gradient, or a number times it."""
    nodes = interpreter.graph.nodes
    waiting = list(nodes[new].inputs)
    for _ in range(6):
        if not waiting:
            break
        node = nodes[waiting.pop()]
        if any(target == name for target, _ in targets(plain(node.name or ""))):
            return True
        if node.op.name in ("multiply", "divide", "negative"):
            waiting += node.inputs
    return False
