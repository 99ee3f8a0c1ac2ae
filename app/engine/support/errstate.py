"""Runs NumPy without floating-point warnings: inf and nan are valid results."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from app.engine.support.checkpoints import carried

T = TypeVar("T")


def _context() -> contextvars.Context:
    context = contextvars.copy_context()
    context.run(np.seterr, all="ignore")
    return context


FP_ERRORS_IGNORED = _context()


def ignore_fp_errors(function: Callable[..., T], *arguments: Any) -> T:
    """Calls a function with floating-point warnings ignored. NumPy keeps this setting in the context, so running in a
    prepared context does what `np.errstate` does at a quarter of its cost."""
    return carried(FP_ERRORS_IGNORED.copy()).run(function, *arguments)
