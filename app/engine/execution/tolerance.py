"""When two gradients count as equal. How far they may be apart depends on why right ones are apart at all:

ROUNDING, TINY   both are computed by a right formula, and differ by rounding alone
OTHERWISE        one of them was come to in another way: as the difference of sums, which loses digits, or by a formula
                 without the small number, such as 1e-8, that the forward pass adds
DIGITS           one of them is a finite difference, or a like approximation: right in all but the last digits
STEPPED          one of them is a difference quotient, (f(x + h) - f(x - h)) / (2 * h), with a step that is not small
CLEARLY          what is farther apart is explained by no rounding
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.execution.values import shape_of
from app.engine.program import Value

ROUNDING, TINY = 1e-9, 1e-12
"""Relative to each element; absolute, for elements that are 0."""
OTHERWISE = 1e-7
_CANCELLED = 1e-10
"""What cancels in a difference, as a share of the largest number that it is a difference of."""
DIGITS = 1e-5
"""As a share of the largest element."""
STEPPED = 1e-2
"""The same, of a difference quotient: as much as its step leaves out."""
CLEARLY = 1e-6

_FEW = 64
"""Most elements that are compared without a look at some of them first."""


def _some(array: Any) -> Any:
    """Four elements of an array, for a quick test that rejects most unequal arrays."""
    flat = np.asarray(array).flat
    return np.array([flat[i] for i in (0, 1, len(flat) // 2, len(flat) - 1)])


def close(given: Any, wanted: Any, relative: float = ROUNDING) -> bool:
    """Whether both have the same shape and the same numbers; NaN equals NaN here."""
    if np.shape(given) != np.shape(wanted):
        return False
    if type(given) is float and type(wanted) is float:
        if given - given != 0 or wanted - wanted != 0:
            return given == wanted or (given != given and wanted != wanted)
        return abs(given - wanted) <= TINY + relative * abs(wanted)
    if np.size(given) > _FEW and not np.allclose(_some(given), _some(wanted), relative, TINY, equal_nan=True):
        return False
    return bool(np.allclose(given, wanted, relative, TINY, equal_nan=True))


def close_by_broadcasting(value: Value, wanted: Value) -> bool:
    """The same of a value that broadcasts to the shape of `wanted`; see `fits`."""
    return bool(np.allclose(value, wanted, ROUNDING, TINY, equal_nan=True))


def close_difference(given: Any, wanted: Any, *beside: Any) -> bool:
    """Whether a difference is what it should be, in shape and numbers. beside: what it is a difference of."""
    if given is None or wanted is None or np.shape(given) != np.shape(wanted):
        return False
    size = max([_largest(each) for each in (wanted, *beside)])
    return bool(np.allclose(given, wanted, OTHERWISE, _CANCELLED * max(1.0, size), equal_nan=True))


def _largest(value: Any) -> float:
    array = np.abs(np.asarray(0.0 if value is None else value, dtype=float))
    return float(np.max(array, initial=0.0)) if np.isfinite(array).all() else 0.0


def telling(value: Value, wanted: Value) -> bool:
    """Whether a value that nothing calls a gradient is this one, and no such number as many others are: round-off, or a
    single 1."""
    if shape_of(value) != shape_of(wanted) or not np.all(np.isfinite(value)):
        return False
    largest = float(np.max(np.abs(value), initial=0.0))
    apart = float(np.max(np.abs(np.subtract(value, wanted)), initial=0.0))
    return largest > TINY and apart <= OTHERWISE * largest and (np.size(value) > 1 or largest != 1)


def nearly(value: Value, wanted: Value) -> bool:
    """Whether a value is right in all but the last digits."""
    largest = float(np.max(np.abs(wanted), initial=0.0))
    return 0 < largest < np.inf and bool(np.all(np.abs(np.subtract(value, wanted)) <= DIGITS * largest))


def approximates(value: Value, wanted: Value | None) -> bool:
    """Whether a value is a gradient but for what a finite difference with a step of 0.01 may lack."""
    if wanted is None or shape_of(value) != shape_of(wanted):
        return False
    largest = float(np.max(np.abs(wanted), initial=0.0))
    return 0 < largest < np.inf and bool(np.all(np.abs(np.subtract(value, wanted)) <= STEPPED * largest))


def clearly_apart(value: Any, wanted: Any) -> bool:
    """Whether a finite value differs from a gradient by more than any rounding explains."""
    if not np.isfinite(value).all():
        return False
    if not fits(value, wanted) or not np.isfinite(wanted).all():
        return True
    size = float(np.max(np.abs(wanted), initial=0.0))
    return not np.allclose(value, wanted, CLEARLY, CLEARLY * size)


def is_zero_times_infinity(value: Any, wanted: Any) -> bool:
    """Whether a value is nan only where the gradient is 0, and right elsewhere: a mask of 0 was multiplied by an
    infinite gradient."""
    if not fits(value, wanted):
        return False
    given = np.broadcast_to(value, np.shape(wanted))
    lost = np.isnan(given) & (np.asarray(wanted) == 0)
    return bool(lost.any()) and close(np.where(lost, 0.0, given), np.asarray(wanted))


def fits(value: Any, wanted: Any) -> bool:
    """Whether the shape of a value is, or broadcasts to, that of a gradient."""
    try:
        return bool(np.broadcast_shapes(np.shape(value), np.shape(wanted)) == np.shape(wanted))
    except ValueError:
        return False


def folded(array: Any, shape: tuple[int, ...]) -> Any:
    """An array summed over the axes along which broadcasting from `shape` copies; None if it does not fit."""
    held = np.asarray(array, dtype=np.float64)
    if held.ndim < len(shape):
        return None
    held = held.sum(axis=tuple(range(held.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1 and held.shape[i] != 1)
    held = held.sum(axis=stretched, keepdims=True)
    return held if held.shape == shape else None
