"""A run as a program that runs by itself: every value, then every gradient, each line tied to its nodes.

One walk (`walk.py`) says what is written in which order; an emitter says how its language binds values and asks for
gradients; how each operation is spelled stands in the ops' own vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.engine.emit.jax import emit_jax
from app.engine.emit.micrograd import emit_micrograd
from app.engine.emit.notebook import as_notebook
from app.engine.emit.numpy import emit_numpy
from app.engine.emit.page import Emitted, EmittedLine, Pass, Section
from app.engine.emit.torch import emit_torch
from app.engine.execution.plan import Trace

TARGETS: Mapping[str, Callable[[Trace], Emitted]] = {
    "numpy": emit_numpy,
    "torch": emit_torch,
    "jax": emit_jax,
    "micrograd": emit_micrograd,
}


def emit(run: Trace, target: str = "numpy") -> Emitted:
    """The run in one of TARGETS. Raises TargetError where it cannot be written there."""
    return TARGETS[target](run)


__all__ = ["TARGETS", "Emitted", "EmittedLine", "Pass", "Section", "as_notebook", "emit", "emit_numpy"]
