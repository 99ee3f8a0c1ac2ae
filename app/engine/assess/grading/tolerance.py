"""When two gradients are the same: up to rounding, in one shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.execution.manual import ABSOLUTE, RELATIVE

_FEW = 64


def _some(array: Any) -> Any:
    """A few of many numbers: enough to see that most others are not the same."""
    flat = np.asarray(array).flat
    return np.array([flat[i] for i in (0, 1, len(flat) // 2, len(flat) - 1)])


def close(given: Any, wanted: Any, relative: float = RELATIVE) -> bool:
    """Whether both have one shape and the same numbers; NaN equals NaN here."""
    if np.shape(given) != np.shape(wanted):
        return False
    if type(given) is float and type(wanted) is float:
        if given - given != 0 or wanted - wanted != 0:
            return given == wanted or (given != given and wanted != wanted)
        return abs(given - wanted) <= ABSOLUTE + relative * abs(wanted)
    if np.size(given) > _FEW and not np.allclose(_some(given), _some(wanted), relative, ABSOLUTE, equal_nan=True):
        return False
    return bool(np.allclose(given, wanted, relative, ABSOLUTE, equal_nan=True))


def folded(array: Any, shape: tuple[int, ...]) -> Any:
    """An array added up along the axes that broadcasting `shape` to its own would copy; None where it does not fit."""
    held = np.asarray(array, dtype=np.float64)
    if held.ndim < len(shape):
        return None
    held = held.sum(axis=tuple(range(held.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1 and held.shape[i] != 1)
    held = held.sum(axis=stretched, keepdims=True)
    return held if held.shape == shape else None
