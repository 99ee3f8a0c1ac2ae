"""Steps that follow an error, or a decision, without a rate by its name: `b[u] += 0.05 * (r - pred)`, and `w += y * x`
of a perceptron."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.descents import scaled
from app.engine.interpreter.training.naming import like_parameter
from app.engine.interpreter.training.reach import reach
from app.engine.ops import CONSTANT

_SEARCHED = 40
"""Nodes behind a step that are searched for an error."""
_DECISIONS = 200
"""Decisions before a step that are looked at, the last ones."""


def corrects(interpreter: Interpreter, old: int, new: int, added: Sequence[int]) -> bool:
    """Whether a small number scales an error in what is added: a difference of something computed from the leaf `old`
    and something that is not. Parts of the leaf are no such value: `u[1:] - u[:-1]` goes on in time. It is found once
    for a line of the text: a label of 1 looks like part of a derivative."""
    span, found = interpreter.graph.nodes[new].span, interpreter.training.downhill
    found[span] = found.get(span, False) or _has_error(interpreter, old, added)
    return found[span]


def _has_error(interpreter: Interpreter, old: int, added: Sequence[int]) -> bool:
    nodes = interpreter.graph.nodes
    led = reach(nodes, [old])
    waiting, seen = [i for i in added if scaled(nodes, i)], 0
    while waiting and seen < _SEARCHED:
        node = nodes[waiting.pop()]
        seen += 1
        if node.op.is_difference:
            a, b = node.inputs
            out, label = (a, b) if led[a] else (b, a)
            computed = led[out] and not (nodes[out].op.indexed == "get" or nodes[out].op.is_product)
            one = nodes[label].op is CONSTANT and nodes[label].value == 1
            if computed and not led[label] and not one:
                return True
        if node.op.signs or node.op.scales:
            waiting += [i for i in node.inputs if i > old]
    return False


def is_decided(interpreter: Interpreter, old: int, new: int, added: Sequence[int]) -> bool:
    """Whether an array that is called like a parameter gets something added because of what it says: since it has its
    value, the text has asked about something that is computed from it."""
    graph = interpreter.graph
    if not graph.shapes[old] or not like_parameter(graph.nodes[old].name or ""):
        return False
    if not any(graph.nodes[i].inputs for i in added):
        return False
    # One decision may change two rows, `W[t] += x` and `W[guess] -= x`.
    first = interpreter.training.predecessors.get(old, old)
    led = reach(graph.nodes, [first, old], through_masks=True)
    last = islice(reversed(interpreter.guards), _DECISIONS)
    return any(question != "begins" and first < node < new and led[node] for node, question in last)
