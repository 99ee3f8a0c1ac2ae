"""Difference quotients, as in any textbook of numerical analysis: the forward difference (f(x+ε) − f(x)) / ε with an
error of order ε, and the central one (f(x+ε) − f(x−ε)) / 2ε with an error of order ε²."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.engine.program import Array

Difference = Literal["central", "forward"]

TOUCH = 1e-9
"""A parabola whose vertex is below this part of its neighbours counts as touching 0."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The output at x (middle), x + size (right) and x − size (left). noise: bound of the round-off in a slope."""

    size: float
    middle: float
    right: float
    left: float
    noise: float

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(self.right) and np.isfinite(self.left))

    @property
    def bend(self) -> float:
        """The difference of the slopes on both sides."""
        return abs(self.right - 2 * self.middle + self.left) / self.size

    @property
    def steepest(self) -> float:
        return max(abs(self.right - self.middle), abs(self.middle - self.left)) / self.size

    def slope(self, method: Difference) -> float:
        return slope(self.right, self.middle, self.left, self.size, method)


def slope(right: float, middle: float, left: float, size: float, method: Difference) -> float:
    """The difference quotient."""
    return (right - left) / (2 * size) if method == "central" else (right - middle) / size


def vanishes(left: Array, here: Array, right: Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether a function reaches 0 between three points, given its values there: it changes sign, or the parabola
    through them touches 0 in between."""
    rise, bow = (right - left) / 2, (right + left) / 2 - here
    lowest = here - rise * rise / (4 * bow)
    touches = (np.abs(rise) <= 2 * np.abs(bow)) & (np.abs(lowest) <= TOUCH * np.maximum(np.abs(left), np.abs(right)))
    return (left * right <= 0) | touches
