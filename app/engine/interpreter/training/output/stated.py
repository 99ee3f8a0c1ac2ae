"""The loss that a text does not write down and whose gradient it begins with: `dyhat = 2 * (yhat - y) / y.size` is that
of squared errors."""

from __future__ import annotations

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.reach import reach, single
from app.engine.interpreter.turns.errors import SQUARES, Errors
from app.engine.ops.axes import count


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
            return Errors(SQUARES, scale, sign, ((output, error),))
    return None


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
