"""Whether a step that no name gives away follows the slope of a loss: found by values.

The loss is computed anew with the leaf moved a little along a few directions. The step follows its slope if something
that it is computed from is in proportion to that: `x = x - 0.1 * v` with a velocity v is no training step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.reach import reach
from app.engine.ops import Op
from app.engine.ops.axes import count
from app.engine.program import Value, ancestors

_DIRECTIONS = 3
MOVE = 1e-5
"""How far the leaf is moved, relative to its largest element."""
_CLOSE = 1e-3
"""Up to this share two slopes are the same."""
_MOST = 400_000
"""Nodes, larger arrays counting more, that are computed for one question; beyond it the step is believed."""


def follows_slope(
    interpreter: Interpreter,
    losses: Sequence[int],
    old: int,
    new: int,
    became: Mapping[int, int] | None = None,
    *,
    believed: bool = True,
) -> bool:
    """Whether something that the step `new` of the leaf `old` is computed from is in proportion to the slope of one of
    these losses. Where a slope is 0, there is no saying, and the step is `believed` or not. became: the leaves
    that the last steps made of others, where the losses are computed from these; their slope is that before the steps.
    """
    graph = interpreter.graph
    needed = ancestors(graph.nodes, [new])
    shape = graph.shapes[old]
    found = followed_in(interpreter, old, new)
    directions = directions_of(np.shape(graph.value(old)))
    before = {after: graph.value(leaf) for leaf, after in (became or {}).items()}
    for loss in losses:
        slopes = _slopes(interpreter, loss, old if became is None else became[old], directions, before)
        if slopes is None or not np.any(slopes):
            if believed:
                return True
            continue
        for i in found:
            along = np.array([float(np.sum(np.asarray(graph.value(i)) * d)) for d in directions])
            if in_proportion(along, slopes, _ratios(interpreter, needed, old) if count(shape) == 1 else None):
                return True
    return False


def followed_in(interpreter: Interpreter, old: int, new: int) -> list[int]:
    """The values of the leaf's shape that are added up, scaled, or multiplied by a matrix in the step."""
    graph = interpreter.graph
    led = reach(graph.nodes, [old], end=new + 1)
    waiting, found = [new], {new}
    while waiting:
        node = graph.nodes[waiting.pop()]
        if _hands_on(node.op):
            more = [i for i in node.inputs if i > old and led[i] and i not in found]
            found.update(more)
            waiting += more
    return [i for i in found - {new} if graph.shapes[i] == graph.shapes[old]]


def _hands_on(op: Op) -> bool:
    """Whether it may stand between a gradient and the step that follows it."""
    linear = bool(op.signs) or op.scales or op.kind == "matmul"
    return linear or op.chooses or op.bounds or op.preconditions or op.indexed == "set"


def directions_of(shape: tuple[int, ...]) -> list[Value]:
    chance = np.random.default_rng(0)
    return [chance.standard_normal(shape) if shape else 1.0 for _ in range(_DIRECTIONS if shape else 1)]


def _slopes(
    interpreter: Interpreter, loss: int, old: int, directions: Sequence[Value], before: Mapping[int, Value]
) -> np.ndarray | None:
    """The slope of a loss along each direction, by central differences; None where that is too much to compute. before:
    other values for some leaves."""
    graph = interpreter.graph
    nodes, held = graph.nodes, before.get(old, graph.value(old))
    behind, moved = ancestors(nodes, [loss]), reach(nodes, [old, *before], through_masks=True, end=loss + 1)
    between = [i for i in range(min(old, *before, loss), loss + 1) if behind[i] and moved[i] and nodes[i].inputs]
    if sum(8 + count(graph.shapes[i]) // 8 for i in between) > _MOST // (2 * len(directions)):
        return None
    known = {j: graph.value(j) for i in between for j in nodes[i].inputs if not moved[j]} | dict(before)
    size = MOVE * max(1.0, float(np.max(np.abs(held), initial=0.0)))
    found = []
    for direction in directions:
        ends = [
            Evaluator(nodes, graph.shapes, {}, {**known, old: held + side * size * direction}).value(loss)
            for side in (1, -1)
        ]
        found.append(float(np.sum(np.asarray(ends[0]) - ends[1])) / (2 * size))
    return np.array(found) if np.all(np.isfinite(found)) else None


def in_proportion(along: np.ndarray, slopes: np.ndarray, ratios: Sequence[float] | None) -> bool:
    """Whether a value has along each direction the same multiple of the slope; of a single number, which always has,
    one of these multiples."""
    ratio = proportion(along, slopes)
    return ratio is not None and (ratios is None or any(abs(abs(ratio) - each) <= _CLOSE * each for each in ratios))


def proportion(along: np.ndarray, slopes: np.ndarray) -> float | None:
    """What multiple of the slope a value has along each direction; None where that differs."""
    ratio = float(along @ slopes) / float(slopes @ slopes)
    same = np.isfinite(ratio) and ratio != 0 and np.allclose(along, ratio * slopes, _CLOSE, 1e-12)
    return ratio if same else None


def _ratios(interpreter: Interpreter, needed: bytearray, old: int) -> list[float]:
    """By what a gradient of a number is written too large or too small: 2 for a half that is left out, the number of
    examples for a mean."""
    counts = {1, *_lengths(interpreter, needed, old)}
    return [float(a * b) for a in (0.5, 1, 2) for n in counts for b in (n, 1 / n)]


def _lengths(interpreter: Interpreter, needed: bytearray, old: int) -> Iterator[int]:
    shapes = interpreter.graph.shapes
    for i in range(old + 1, len(needed)):
        if needed[i]:
            yield from [n for n in shapes[i] if n > 1]
