"""Compares two ways to compute one gradient, an op's rule and the chain rule through its steps, and says where and why
they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.engine.program import Value

Why = Literal["rounding", "kink", "not finite", "unexplained"]

CLOSE = 1e-9
"""Largest relative difference at which two numbers count as the same."""

_WHYS: tuple[Why, ...] = ("rounding", "kink", "not finite", "unexplained")


@dataclass(frozen=True, slots=True)
class Apart:
    """One element in which they differ. why: "rounding", where rounding alone may cause it; "kink", where the point is
    a kink, and the two follow different conventions; "not finite", where one of them is not a finite number."""

    index: tuple[int, ...]
    rule: float
    steps: float
    why: Why


def apart(rule: Value, steps: Value, round_off: Any, on_kink: Any = False) -> Apart | None:
    """Of the elements that differ for the worst reason, the one with the largest difference; None where all are the
    same.

    round_off: how far rounding may have moved them; on_kink: whether the place is a kink; numbers, or an array of them.
    """
    a, b = np.asarray(rule, dtype=np.float64), np.asarray(steps, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        off = np.abs(a - b)
        same = (a == b) | (np.isnan(a) & np.isnan(b)) | (off <= CLOSE * np.maximum(np.abs(a), np.abs(b)))
    why = np.where(on_kink, 1, 3)
    why = np.where(off <= round_off, 0, why)
    why = np.where(np.isfinite(a) & np.isfinite(b), why, 2)
    why, off = (np.broadcast_to(each, a.shape) for each in (np.where(same, -1, why), np.nan_to_num(off, nan=np.inf)))
    if not np.any(why >= 0):
        return None
    worst = int(why.max())
    index = np.unravel_index(int(np.argmax(np.where(why == worst, off, -1.0))), a.shape)
    place = tuple(map(int, index))
    return Apart(place, float(a[place]), float(b[place]), _WHYS[worst])
