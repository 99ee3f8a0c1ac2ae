"""How a loss that is known by its errors changes with a leaf, found by values."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.interpreter.graph.evaluator import Evaluator
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.slopes import MOVE, directions_of, proportion
from app.engine.interpreter.training.reach import reach
from app.engine.interpreter.turns.errors import Errors
from app.engine.ops.axes import count
from app.engine.program import Value, ancestors

_MOST = 100_000
"""Nodes, larger arrays counting more, that are computed to ask one leaf."""


def slopes_by(interpreter: Interpreter, errors: Errors, leaf: int) -> np.ndarray | None:
    """The slope of the loss along each of `directions_of` the leaf, by central differences; None where it is 0 along
    all of them, or too much to compute."""
    graph = interpreter.graph
    nodes, held, last = graph.nodes, graph.value(leaf), errors.pairs[-1][1]
    behind = ancestors(nodes, [i for _, i in errors.pairs])
    moved = reach(nodes, [leaf], through_masks=True, end=last + 1)
    between = [i for i in range(leaf, last + 1) if behind[i] and moved[i]]
    directions = directions_of(np.shape(held))
    if not between or sum(8 + count(graph.shapes[i]) // 8 for i in between) > _MOST // (2 * len(directions)):
        return None
    known: dict[int, Value] = {j: graph.value(j) for i in between[1:] for j in nodes[i].inputs if not moved[j]}
    size = MOVE * max(1.0, float(np.max(np.abs(held), initial=0.0)))

    def at(place: Any) -> float:
        return errors.measured(Evaluator(nodes, graph.shapes, {}, {**known, leaf: place}).value)

    slopes = np.array([(at(held + size * d) - at(held - size * d)) / (2 * size) for d in directions])
    return slopes if np.all(np.isfinite(slopes)) and np.any(slopes) else None


def times_slope(interpreter: Interpreter, index: int, slopes: np.ndarray) -> float | None:
    """How many times these slopes by a leaf a node of its shape is; None where it is not in proportion to them."""
    value = np.asarray(interpreter.graph.value(index))
    return proportion(np.array([float(np.sum(value * d)) for d in directions_of(value.shape)]), slopes)
