"""Gradients that are added up in a variable, which is no training step of it."""

from __future__ import annotations

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import collects, stem, targets
from app.engine.ops import INPUT


def adds_up(interpreter: Interpreter, old: int, new: int) -> bool:
    """Whether a gradient is added up in the leaf `old`: `self.grad += out.grad`; `dw = 0.0` and `dw += dh * x` beside
    a w."""
    nodes = interpreter.graph.nodes
    name = nodes[old].name or ""
    if collects(name):
        return True
    empty = nodes[old].op is INPUT and not nodes[new].op.is_difference and not np.any(interpreter.graph.value(old))
    return empty and any(target in interpreter.graph.named for target, _ in targets(stem(name)))
