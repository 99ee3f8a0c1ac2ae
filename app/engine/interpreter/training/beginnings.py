"""What a training step may begin from: a leaf, or the first value of what a function trains.

`W = np.zeros(3)` inside a function is no leaf, and neither is the 0 of `self.bias = 0`. A step that follows its
gradient makes it one for the turns that come.
"""

from __future__ import annotations

import ast
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


def namesake(interpreter: Interpreter, after: Ref, where: ast.AST) -> Ref | None:
    """The array of the same name that something is taken away from, where the name is a new one: `W1` of
    `W1 = params["W1"] - rate * grads["dW1"]` in the function that takes the step."""
    nodes = interpreter.graph.nodes
    node = nodes[after.index]
    if not isinstance(where, ast.Name) or node.op.name not in ("add", "subtract"):
        return None
    first = node.inputs[0]
    held = nodes[first]
    return Ref(first) if held.op in (INPUT, CONSTANT) and plain(held.name or "") == where.id else None


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
