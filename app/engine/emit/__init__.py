"""Emits a run as a standalone program: every value, then every gradient, each line tied to its nodes.

One walk (`walk.py`) gives the lines in order; an emitter says how its language binds values and computes gradients; the
vocabulary of the ops says how each operation is spelled.
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
    """The program in one of TARGETS. Raises TargetError if that language cannot express it."""
    return TARGETS[target](run)


__all__ = ["TARGETS", "Emitted", "EmittedLine", "Pass", "Section", "as_notebook", "emit", "emit_numpy"]
