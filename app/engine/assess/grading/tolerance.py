"""When two gradients count as equal: the same shape, and the same numbers up to rounding."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.execution.manual import ABSOLUTE, RELATIVE, fits

_FEW = 64
_CLEARLY = 1e-6


def _some(array: Any) -> Any:
    """Four elements of an array, for a quick test that rejects most unequal arrays."""
    flat = np.asarray(array).flat
    return np.array([flat[i] for i in (0, 1, len(flat) // 2, len(flat) - 1)])


def close(given: Any, wanted: Any, relative: float = RELATIVE) -> bool:
    """Whether both have the same shape and the same numbers; NaN equals NaN here."""
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
    """An array summed over the axes along which broadcasting from `shape` copies; None if it does not fit."""
    held = np.asarray(array, dtype=np.float64)
    if held.ndim < len(shape):
        return None
    held = held.sum(axis=tuple(range(held.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1 and held.shape[i] != 1)
    held = held.sum(axis=stretched, keepdims=True)
    return held if held.shape == shape else None


def clearly_apart(value: Any, wanted: Any) -> bool:
    """Whether a finite value differs from a gradient by more than any rounding explains."""
    if not np.isfinite(value).all():
        return False
    if not fits(value, wanted) or not np.isfinite(wanted).all():
        return True
    size = float(np.max(np.abs(wanted), initial=0.0))
    return not np.allclose(value, wanted, _CLEARLY, _CLEARLY * size)


def is_zero_times_infinity(value: Any, wanted: Any) -> bool:
    """Whether a value is nan only where the gradient is 0, and right elsewhere: a mask of 0 was multiplied by an
    infinite gradient."""
    if not fits(value, wanted):
        return False
    given = np.broadcast_to(value, np.shape(wanted))
    lost = np.isnan(given) & (np.asarray(wanted) == 0)
    return bool(lost.any()) and close(np.where(lost, 0.0, given), np.asarray(wanted))
