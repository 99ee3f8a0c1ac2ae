"""What a numerical derivative says of a gradient: that it is right, or why the two differ.

Differences as in any textbook of numerical analysis: forward (f(x+ε) − f(x)) / ε with an error of the order of ε,
central (f(x+ε) − f(x−ε)) / 2ε with one of the order of ε². Both lose about |f| · 2⁻⁵² / ε to round-off. The complex
step Im f(x+ih) / h takes no difference, so h may be as small as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.assess.gradcheck.rerun import Moved

Difference = Literal["central", "forward"]
Method = Literal["central", "forward", "complex"]
Verdict = Literal[
    "agrees",
    "kink",
    "kink within the step",
    "step too large",
    "step too small",
    "disagrees",
    "no path",
    "not finite",
]

SEVERITY: tuple[Verdict, ...] = (
    "agrees", "kink within the step", "step too large", "step too small", "kink", "not finite", "disagrees", "no path",
)  # fmt: skip
"""The verdict on an array is the last of these that one of its elements has."""

TOLERANCE = {"central": 1e-6, "forward": 1e-4, "complex": 1e-12}
"""Relative error up to which a gradient agrees without a second look."""

ROUND_OFF = 64 * 2.0**-52
"""Part of the output's size that one evaluation may be off by: a few dozen roundings."""

NOTHING = 1e-9
"""Beside a gradient of exactly zero so small a difference is zero, too: there is nothing to be a part of."""

BLUR = 1e-3
"""Part of a gradient, or of a thousandth, that round-off may reach before a difference stops being evidence."""

BEND = 1e-3
"""Part of the slope by which the slopes on both sides may differ before a kink is looked for."""

BEST = 2.0**-17
"""A step at which truncation and round-off of a central difference are about as large: the cube root of 2⁻⁵²."""

COMPLEX_STEP = 1e-20
"""So small that its square is nothing beside any number that a student meets."""

RUNS = 8
"""Evaluations of the output per number, at the most: on both sides, with four steps; looks at kinks counted as one."""


def relative_error(grad: float, numeric: float) -> float:
    """Their difference as a part of the larger of both; as it is, where the gradient is 0."""
    off = abs(grad - numeric)
    return off if grad == 0 else off / max(abs(grad), abs(numeric))


@dataclass(frozen=True, slots=True)
class Place:
    """One number that is moved: where it is, the gradient that it is said to have, the output as it is, and the largest
    gradient of the run."""

    moved: Moved
    index: tuple[int, ...]
    wanted: float
    middle: float
    on_kink: bool
    largest_grad: float

    def judge(self, epsilon: float, method: Method) -> tuple[float, Verdict]:
        """The numerical derivative, and what it says of the gradient."""
        if method == "complex":
            return _by_complex_step(self)
        return _by_difference(self, epsilon, method)

    def strides_over_a_kink(self, epsilon: float) -> bool:
        """Whether something behind stands on another side with the step than against it, and on no edge without."""
        return not self.on_kink and self._changes_sides(epsilon, on_edge=False)

    def stands_on_an_edge(self, epsilon: float) -> bool:
        """Whether a choice behind is made by a comparison of two equal numbers, and otherwise on either side."""
        return self._changes_sides(epsilon, on_edge=True)

    def _changes_sides(self, epsilon: float, *, on_edge: bool) -> bool:
        left, here, right = (self.moved.sides(self.index, step) for step in (-epsilon, 0.0, epsilon))
        return any(bool(np.any((a * c < 0) & ((b == 0) == on_edge))) for a, b, c in zip(left, here, right, strict=True))


@dataclass(frozen=True, slots=True)
class _Step:
    """The output with one number moved to both sides."""

    size: float
    middle: float
    right: float
    left: float

    @property
    def bend(self) -> float:
        """How far the slopes on both sides are apart."""
        return abs(self.right - 2 * self.middle + self.left) / self.size

    @property
    def steepest(self) -> float:
        return max(abs(self.right - self.middle), abs(self.middle - self.left)) / self.size

    def slope(self, method: Difference) -> float:
        return slope(self.right, self.middle, self.left, self.size, method)


def slope(right: float, middle: float, left: float, size: float, method: Difference) -> float:
    """The difference quotient."""
    return (right - left) / (2 * size) if method == "central" else (right - middle) / size


def _by_difference(place: Place, epsilon: float, method: Difference) -> tuple[float, Verdict]:
    at, middle, wanted = place.moved.along(place.index), place.middle, place.wanted

    def step(size: float) -> _Step:
        return _Step(size, middle, at(size), at(-size))

    first = step(epsilon)
    found = first.slope(method)
    if not all(map(np.isfinite, (first.right, first.left, middle, wanted))):
        return found, "not finite"
    noise = ROUND_OFF * abs(middle) / epsilon
    off, size = abs(found - wanted), max(abs(wanted), abs(found))
    within = off <= TOLERANCE[method] * size or (wanted == 0 and off <= NOTHING)
    close = within or off <= noise
    bent = first.bend > BEND * first.steepest + 4 * noise
    if bent or (not close and first.bend > 4 * noise):
        # Where a function is smooth, the slopes of both sides come together with the step; at a kink they never do.
        finer = step(epsilon / 8)
        if finer.bend > first.bend / 2 + 32 * noise:
            return found, _kink_near(place, epsilon / 8, "kink")
    if close:
        # Where round-off alone could be a thousandth of it, being close says nothing.
        blurred = not within and noise > BLUR * max(size, BLUR)
        return found, "step too small" if blurred else "agrees"
    if abs(step(epsilon / 10).slope(method) - wanted) < off / 3:
        return found, _kink_near(place, epsilon, "step too large")
    if epsilon < BEST and abs(step(BEST).slope(method) - wanted) < off / 3:
        return found, "step too small"
    return found, "kink" if place.stands_on_an_edge(epsilon) else "disagrees"


def _kink_near(place: Place, epsilon: float, otherwise: Verdict) -> Verdict:
    return "kink within the step" if place.strides_over_a_kink(epsilon) else otherwise


def _by_complex_step(place: Place) -> tuple[float, Verdict]:
    found = place.moved.slope_by_complex_step(place.index, COMPLEX_STEP)
    if not all(map(np.isfinite, (found, place.middle, place.wanted))):
        return found, "not finite"
    off, size = abs(found - place.wanted), max(abs(found), abs(place.wanted))
    return found, "agrees" if off <= max(TOLERANCE["complex"] * size, ROUND_OFF * place.largest_grad) else "disagrees"
