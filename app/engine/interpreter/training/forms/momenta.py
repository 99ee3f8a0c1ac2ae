"""What a training step follows, seen through what an optimizer remembers: g of `v = 0.9 * v + g; w -= lr * v`."""

from __future__ import annotations

import re

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.beginnings import summands
from app.engine.interpreter.training.naming import RATES, plain
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count

LIKE_ONE = re.compile(r"g_?[A-Za-z]{0,2}_?\d*|g_\w+")
"""Names that say gradient beside a step, if only by a letter: `gw`, `g1`, `g_out`."""
_SEARCHED = 60
"""Nodes behind a step that are looked at."""


def behind_momenta(interpreter: Interpreter, old: int, new: int) -> int | None:
    """The named value that a step `new` of the leaf `old` follows where an optimizer remembers it; None where there is
    none, or several."""
    nodes = interpreter.graph.nodes
    found: set[int] = set()
    waiting, seen = [i for i in summands(nodes, new) if i != old], 0
    while waiting and seen < _SEARCHED:
        i = waiting.pop()
        seen += 1
        others = _taken_up(interpreter, i)
        if others is not None:
            found.update([named for j in others if (named := _named(interpreter, j)) is not None])
            continue
        scaled = _scaled(interpreter, i)
        if scaled is not None and scaled != old:
            waiting.append(scaled)
    # What `v` was before, in Nesterov's step, has taken up the gradient of the turn before.
    names = {nodes[i].name for i in found}
    return max(found) if len(names) == 1 else None


def _taken_up(interpreter: Interpreter, index: int) -> list[int] | None:
    """What is added to a multiple of the value that the same name held before: of `v = 0.9 * v + g` the g. None where a
    value is no such sum."""
    nodes = interpreter.graph.nodes
    name = nodes[index].name
    if name is None or not nodes[index].op.is_sum:
        return None
    parts = summands(nodes, index)
    before = [i for i in parts if _is_same(interpreter, i, plain(name))]
    return [i for i in parts if i not in before] if len(before) == 1 else None


def _is_same(interpreter: Interpreter, index: int, name: str) -> bool:
    """Whether a summand is a multiple of what this name held before, which may be a round that was not kept."""
    nodes, held = interpreter.graph.nodes, index
    while held not in interpreter.training.cut and (nodes[held].name is None or plain(nodes[held].name or "") != name):
        scaled = _scaled(interpreter, held)
        if scaled is None:
            return False
        held = scaled
    return True


def _named(interpreter: Interpreter, index: int) -> int | None:
    """The named value that numbers scale here."""
    nodes = interpreter.graph.nodes
    while nodes[index].name is None or not nodes[index].inputs:
        scaled = _scaled(interpreter, index)
        if scaled is None:
            return None
        index = scaled
    return index


def _scaled(interpreter: Interpreter, index: int) -> int | None:
    """What numbers scale in a product, or what is divided: m of `lr * m / (np.sqrt(v) + eps)`."""
    node = interpreter.graph.nodes[index]
    if node.op.is_quotient or node.op.is_negative:
        return node.inputs[0]
    if not node.op.is_product:
        return None
    factors = [i for i in node.inputs if not _is_number(interpreter, i)]
    return factors[0] if len(factors) == 1 else None


def _is_number(interpreter: Interpreter, index: int) -> bool:
    """Whether a factor is a rate: a number that is written down, or made of such ones, or called like one."""
    node = interpreter.graph.nodes[index]
    if RATES.fullmatch(node.name or ""):
        return True
    if count(interpreter.graph.shapes[index]) != 1:
        return False
    if node.op in (CONSTANT, INPUT):
        return index not in interpreter.training.cut
    return node.name is None and all(_is_number(interpreter, i) for i in node.inputs)
