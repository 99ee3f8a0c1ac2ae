"""Steps whose result is mapped on before the next turn: `x = soft(x - t * g)`, and `u = u / norm(u)` below a step."""

from __future__ import annotations

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.beginnings import summands
from app.engine.interpreter.training.forms.descents import is_judged
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.program import ancestors

_SEARCHED = 40
"""Nodes that such a map is made of, at most."""


def inner_step(interpreter: Interpreter, old: int, new: int) -> int | None:
    """The sum that the leaf `old` is a summand of, and through which alone `new` is computed from it: x - t * g of
    `soft(x - t * g)`. None where there is none."""
    graph = interpreter.graph
    waiting, seen, found = [new], {new}, None
    while waiting:
        i = waiting.pop()
        if i == old or len(seen) > _SEARCHED:
            return None
        node = graph.nodes[i]
        sums = i != new and node.op.is_sum and graph.shapes[i] == graph.shapes[old]
        if sums and old in summands(graph.nodes, i):
            if found not in (None, i):
                return None
            found = i
            continue
        inputs = [j for j in node.inputs if j >= old and j not in seen]
        seen.update(inputs)
        waiting += inputs
    return found


def goes_on_from(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether `new` is a function of the leaf `old` alone, which a step has just made, and of numbers; nothing else has
    been computed from the leaf, and no loss."""
    graph = interpreter.graph
    if old not in interpreter.training.origins or new - old > _SEARCHED:
        return False
    nodes = graph.nodes
    needed = ancestors(nodes, [new])
    for i in range(old + 1, len(nodes)):
        node = nodes[i]
        reads = any(j >= old for j in node.inputs)
        if reads and not needed[i]:
            return False
        others = [j for j in node.inputs if j < old] if needed[i] else []
        if any(nodes[j].op is not CONSTANT and count(graph.shapes[j]) != 1 for j in others):
            return False
    return bool(needed[old]) and not is_judged(interpreter, old, new)
