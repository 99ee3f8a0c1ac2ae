"""What a training step may begin from: a leaf, or the first value of what a function trains.

`W = np.zeros(3)` inside a function is no leaf, and neither is the 0 of `self.bias = 0` or of `weights = [0, 0]`. A step
that follows its gradient makes it one for the turns that come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import RATES, called, plain, stem, tells_of
from app.engine.interpreter.training.reach import like_gradient
from app.engine.interpreter.values import Address, Literal, Ref
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import Node

_SEARCHED = 400
"""Nodes behind a step that are searched for what it began from."""
_FACTORS = 30
"""Nodes behind what is added to a number that are searched for the gradient among its factors, and in it."""
_ERROR = re.compile(r"(\w+_)?(err(or)?|loss|diff|delta|residual|grad(ient)?)s?(_\w+)?", re.IGNORECASE)
"""Names of what a step follows."""
_MADE = 8
"""Nodes that a number may be made of, as a first value is."""
_MADE_ARRAY = 60
"""The same for an array."""
"""Ops whose value is the same whatever that of their input is."""
_SUMMANDS = 8
"""Values that are added up in a training step."""

_ITEMS, _DEPTH = 1_000, 4
"""Items of a list that is held against the list before it, and lists in one another."""


def beginning(interpreter: Interpreter, before: Any, after: Ref, name: str, line: int | None) -> Ref | None:
    """The node that `after` may be a training step of, given what its name held before; None where it is no such.

    name: the name that it gets; "" for an attribute or an item, whose node has its name already. line: that of the
    step, on which a learning rate is multiplied; None where it may have been before.
    """
    nodes = interpreter.graph.nodes
    if type(before) is Literal:
        before = before.ref
    if type(before) is Ref:
        old, new = before.index, after.index
        op = nodes[old].op
        if op is INPUT:
            return before if _is_used(interpreter, old, new) else None
        if old in interpreter.training.cut:
            return None
        if interpreter.graph.shapes[old]:
            made = op is CONSTANT or op.filled is not None or _settled(nodes, old, most=_MADE_ARRAY)
            return before if made and _depends(interpreter, old, new) else None
        if not _adds_to(nodes, old, new) or not _settled(nodes, old):
            return None
        return before if _follows(interpreter, old, new, name, line) else None
    if type(before) in (int, float):
        numbers = [i for i in summands(nodes, after.index) if nodes[i].op is CONSTANT and type(nodes[i].value) is float]
        own = next((i for i in numbers if nodes[i].value == before), None)
        if own is not None and _follows(interpreter, own, after.index, name, line):
            return Ref(own, python=True)
    return None


def namesake(interpreter: Interpreter, after: Ref, name: str) -> Ref | None:
    """The array of the same name that something is taken away from, where the name is a new one: `W1` of
    `W1 = params["W1"] - rate * grads["dW1"]` in the function that takes the step."""
    nodes = interpreter.graph.nodes
    node = nodes[after.index]
    if not name or not node.op.is_sum:
        return None
    first = node.inputs[0]
    held = nodes[first]
    return Ref(first) if held.op in (INPUT, CONSTANT) and plain(held.name or "") == name else None


def _is_used(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether something is computed from a leaf. The 0 in `errors = [0.0, 0.0]` is none: `errors[j] += ...` begins a
    sum."""
    graph = interpreter.graph
    node = graph.nodes[old]
    zero = type(node.value) is float and node.value == 0.0
    if not zero or old in interpreter.training.predecessors or not (node.name or "").endswith("]"):
        return True
    return any(old in graph.nodes[i].inputs for i in range(old + 1, new))


def _settled(nodes: Sequence[Node], index: int, *, most: int = _MADE) -> bool:
    """Whether a value is computed from constants alone, `(b - a) * random.random() + a`, or from a leaf of its own
    name: `W = np.insert(W, 0, 0, axis=0)` adds the row of the biases."""
    name = nodes[index].name
    waiting, seen = [index], 0
    while waiting and seen < most:
        node = nodes[waiting.pop()]
        if node.op is INPUT and (name is None or node.name != name):
            return False
        waiting += node.inputs
        seen += 1
    return not waiting


def summands(nodes: Sequence[Node], index: int) -> list[int]:
    """What is added up, and taken away, in a node: W, lr * dW and lr * reg * W of `W - lr * dW - lr * reg * W`."""
    found: list[int] = []
    node = nodes[index]
    waiting = list(node.inputs[::-1]) if node.op.is_sum else [index]
    while waiting and len(found) < _SUMMANDS:
        i = waiting.pop()
        node = nodes[i]
        if node.name is None and node.op.is_sum:
            waiting += node.inputs[::-1]
        else:
            found.append(i)
    return found


def _adds_to(nodes: Sequence[Node], old: int, new: int) -> bool:
    """Whether a value is one of those that are added up in another. Most sums are of two that have names, where this
    needs no search."""
    node = nodes[new]
    if node.op.is_sum and old not in node.inputs:
        first, second = node.inputs
        if nodes[first].name is not None and nodes[second].name is not None:
            return False
    return old in summands(nodes, new)


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


def _follows(interpreter: Interpreter, old: int, new: int, name: str, line: int | None) -> bool:
    """Whether what is added to a number is called its gradient, or a number times it; or else a learning rate times
    what holds an error, `l_rate * error * x`. To an item other than 0, where no sum begins, it may be any gradient."""
    nodes = interpreter.graph.nodes
    place = not name and interpreter.graph.value(old) != 0
    graded = {m.node for lines in interpreter.training.manual.values() for m in lines.values()} if place else set()
    own = frozenset({name}) | called(name or nodes[new].name or "")
    waiting = [i for i in summands(nodes, new) if i != old]
    rated, others = False, []
    for _ in range(_FACTORS):
        if not waiting:
            break
        i = waiting.pop()
        node = nodes[i]
        spelled = node.name or ""
        if (
            i in interpreter.training.given
            or tells_of(stem(spelled), own)
            or (place and (like_gradient(stem(spelled)) or i in graded))
        ):
            return True
        if not node.op.scales:
            others.append(i)
            continue
        if line is None or (node.span is not None and node.span.line == line):
            rated = rated or any(RATES.fullmatch(nodes[j].name or "") for j in node.inputs)
        waiting += node.inputs
        if _ERROR.fullmatch(stem(spelled)):
            others.append(i)
    if not rated or any(_ERROR.fullmatch(each) for each in own):
        return False
    return line is None or _holds_error(interpreter, others)


def _holds_error(interpreter: Interpreter, factors: list[int]) -> bool:
    """Whether one of these is called an error, or computed from a difference (`1 - y` is part of a derivative)."""
    nodes = interpreter.graph.nodes
    waiting = factors
    for _ in range(_FACTORS):
        if not waiting:
            break
        node = nodes[waiting.pop(0)]
        if _ERROR.fullmatch(stem(node.name or "")):
            return True
        if node.op.is_difference and not (nodes[node.inputs[0]].op is CONSTANT and nodes[node.inputs[0]].value == 1):
            return True
        if node.op.scales or node.op.is_sum:
            waiting += node.inputs
    return False


def counterparts(before: Any, after: Any, address: Address) -> Iterator[tuple[Any, Any, Any, Address] | None]:
    """The items of a container of numbers, each as (what holds it, its key in that, what stood in its place before, how
    one points at it). None, and no more, where the two are not built alike."""
    waiting, looked = [(before, after, address, 0)], 0
    while waiting:
        old, new, own, depth = waiting.pop()
        alike = _kind(new) == _kind(old) != "" and len(new) == len(old)
        alike = alike and (not isinstance(new, dict) or new.keys() == old.keys())
        looked += 1 + len(new)
        if not alike or looked > _ITEMS or depth > _DEPTH:
            yield None
            return
        inside = []
        for key in new if isinstance(new, dict) else range(len(new)):
            if type(new[key]) in (list, dict, tuple):
                inside.append((old[key], new[key], own.item(key), depth + 1))
            else:
                yield new, key, old[key], own.item(key)
        waiting += inside[::-1]


def _kind(value: Any) -> str:
    """How a container is built: a step may give a tuple where there was a list."""
    return "dictionary" if isinstance(value, dict) else "sequence" if isinstance(value, list | tuple) else ""
