"""Compiles the text of an expression to a function."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from app.engine.ops.axes import count
from app.engine.ops.dialects import kernel_namespace
from app.engine.ops.expression import Shape

_SMALL = 4096
"""Most elements of a constant array that is shared."""


@lru_cache(maxsize=64)
def _kept(shape: Shape, value: float) -> Any:
    array = np.full(shape, value)
    array.setflags(write=False)
    return array


def _filled(shape: Shape, value: float) -> Any:
    """A constant array; small ones are shared."""
    return _kept(shape, value) if count(shape) <= _SMALL else np.full(shape, value)


@lru_cache(maxsize=1)
def namespace() -> dict[str, Any]:
    """The globals of all compiled code."""
    return kernel_namespace() | {"filled": _filled}


@lru_cache(maxsize=4096)
def kernel(text: str) -> Callable[..., Any]:
    """A function from its text, which consists of the vocabulary and generated names only."""
    made: Callable[..., Any] = eval(text, namespace())  # noqa: S307
    return made
