"""The loss that a text does not write down and whose gradient it begins with: `dyhat = 2 * (yhat - y) / y.size` is that
of squared errors."""

from __future__ import annotations

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.output.error_slopes import slopes_by, times_slope
from app.engine.interpreter.training.reach import reach, single
from app.engine.interpreter.turns.errors import SQUARES, Errors
from app.engine.ops import INPUT
from app.engine.ops.axes import count

_NEAR = 2e-3


def stated(interpreter: Interpreter, found: Candidates, output: int) -> Errors | None:
    """The errors of an array that would be the output, as its gradient has them; None where that is no multiple of
    them, or where it has none."""
    if single(found.shapes, output):
        return None
    graph = interpreter.graph
    for gradient in [m.node for m in found.manual if m.target == output][::-1]:
        error = _error(found, gradient, output)
        if error is None or found.shapes[gradient] != found.shapes[output]:
            continue
        wrong, sent = np.ravel(graph.value(error)), np.ravel(graph.value(gradient))
        largest = int(np.argmax(np.abs(wrong)))
        sign = 1 if found.nodes[error].inputs[0] == output else -1
        scale = float(sent[largest] / wrong[largest]) * sign if wrong[largest] else 0.0
        if scale > 0 and np.isfinite(scale):
            errors = Errors(SQUARES, scale, sign, ((output, error),))
            return errors._replace(scale=scale * _mean_later(interpreter, found, errors))
    return None


def _mean_later(interpreter: Interpreter, found: Candidates, errors: Errors) -> float:
    """1 / n where the gradients by leaves are those of a mean of n, which the first one leaves out: `dz = p - y` and
    `dw = x.T @ dz / n`. Else 1."""
    nodes, shapes = found.nodes, found.shapes
    lengths = {n for n in (*shapes[errors.pairs[0][0]], count(shapes[errors.pairs[0][0]])) if n > 1}
    for m in found.manual:
        if nodes[m.target].op is not INPUT or shapes[m.node] != shapes[m.target]:
            continue
        slopes = slopes_by(interpreter, errors, m.target)
        times = None if slopes is None else times_slope(interpreter, m.node, slopes)
        mean = None if times is None else next((n for n in lengths if abs(n * times - 1) <= _NEAR), None)
        if mean is not None:
            return 1 / mean
    return 1.0


def _error(found: Candidates, gradient: int, output: int) -> int | None:
    """The difference `out - y` that numbers scale in a gradient; None where it is something else."""
    nodes, shapes = found.nodes, found.shapes
    index = gradient
    while not nodes[index].op.is_difference:
        arrays = [i for i in nodes[index].inputs if count(shapes[i]) > 1]
        if not nodes[index].op.scales or len(arrays) != 1:
            return None
        index = arrays[0]
    sides = nodes[index].inputs
    label = next((i for i in sides if i != output), None)
    if output not in sides or label is None or shapes[index] != shapes[output]:
        return None
    return None if reach(nodes, [output], end=label + 1)[label] else index
