"""What a numerical derivative says of a gradient: that it is right, or why the two differ.

Differences lose to round-off what the run's roundings (see `roundoff.py`) are of ε. The complex step
Im f(x+ih) / h takes no difference, so h may be as small as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.assess.gradcheck.difference import Difference, Step, vanishes
from app.engine.assess.gradcheck.rerun import Moved

Method = Literal["central", "forward", "complex"]
Verdict = Literal[
    "agrees",
    "kink",
    "kink within the step",
    "edge within the step",
    "step too large",
    "step too small",
    "disagrees",
    "no path",
    "not finite",
]

SEVERITY: tuple[Verdict, ...] = (
    "agrees", "kink within the step", "edge within the step", "step too large", "step too small", "kink", "not finite",
    "disagrees", "no path",
)  # fmt: skip
"""The verdict on an array is the last of these that one of its elements has."""

TOLERANCE = {"central": 1e-6, "forward": 1e-4, "complex": 1e-12}
"""Relative error up to which a gradient agrees without a second look."""

NOTHING = 1e-9
"""Up to this a difference is as good as none once a second look has found the gradient right."""

BLUR = 1e-3
"""Part of a gradient, or of a thousandth, that round-off may reach before a difference stops being evidence."""

BEND = 1e-3
"""Part of the slope by which the slopes on both sides may differ before a kink is looked for."""

BEST = 2.0**-17
"""A step at which truncation and round-off of a central difference are about as large: the cube root of 2⁻⁵²."""

FINEST = 2.0**-20
"""Part of the step that a second look goes down to where nothing is rounded."""

COMPLEX_STEP = 1e-20
"""So small that its square is nothing beside any number that a student meets."""

RUNS = 10
"""Evaluations of the output per number, at the most: on both sides, with five steps; looks at kinks counted as one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found for one number.

    error: the difference of the numerical derivative and the gradient as a part of the larger of both; as it is, beside
    a gradient that is zero within its round-off.
    negligible: they agree, both being zero within their round-off.
    """

    numeric: float
    error: float
    verdict: Verdict
    negligible: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One number that is moved: where it is, the gradient that it is said to have, the output as it is; how far
    rounding may move the output (noise) and may have moved the gradient (round_off)."""

    moved: Moved
    index: tuple[int, ...]
    wanted: float
    middle: float
    on_kink: bool
    noise: float
    round_off: float

    @property
    def relative(self) -> bool:
        """Whether the gradient is more than its round-off, so that an error can be a part of it."""
        return not abs(self.wanted) <= self.round_off

    def error(self, numeric: float) -> float:
        """How far a numerical derivative is off, as in `Judged`."""
        off = abs(self.wanted - numeric)
        return off / max(abs(self.wanted), abs(numeric)) if self.relative else off

    def judge(self, epsilon: float, method: Method) -> Judged:
        """The numerical derivative, and what it says of the gradient."""
        if method == "complex":
            found, verdict = _by_complex_step(self)
            blur = max(self.round_off, COMPLEX_STEP)
        else:
            found, verdict = _by_difference(self, epsilon, method)
            blur = self.noise / epsilon
        zero = verdict == "agrees" and not self.relative and abs(found) <= blur
        return Judged(found, self.error(found), verdict, zero)

    def strides_over_a_kink(self, epsilon: float) -> bool:
        """Whether something behind stands on another side with the step than against it, and on no edge without."""
        return not self.on_kink and self._changes_sides(epsilon, on_edge=False)

    def stands_on_an_edge(self, epsilon: float) -> bool:
        """Whether a choice behind is made by a comparison of two equal numbers, and otherwise on either side."""
        return self._changes_sides(epsilon, on_edge=True)

    def strides_over_a_pole(self, epsilon: float) -> bool:
        """Whether something that is divided by behind is 0 between a step back and a step ahead."""
        left, here, right = (self.moved.divisors(self.index, step) for step in (-epsilon, 0.0, epsilon))
        return any(bool(np.any(vanishes(a, b, c))) for a, b, c in zip(left, here, right, strict=True))

    def _changes_sides(self, epsilon: float, *, on_edge: bool) -> bool:
        left, here, right = (self.moved.sides(self.index, step) for step in (-epsilon, 0.0, epsilon))
        return any(bool(np.any((a * c < 0) & ((b == 0) == on_edge))) for a, b, c in zip(left, here, right, strict=True))


def _by_difference(place: Place, epsilon: float, method: Difference) -> tuple[float, Verdict]:
    first = _step(place, epsilon)
    found = first.slope(method)
    if not (np.isfinite(place.middle) and np.isfinite(place.wanted)):
        return found, "not finite"
    return found, _verdict(_Difference(place, method, first, found))


def _step(place: Place, size: float) -> Step:
    at = place.moved.along(place.index)
    return Step(size, place.middle, at(size), at(-size), place.noise / size)


@dataclass(frozen=True, slots=True)
class _Difference:
    """A difference and the gradient that it stands beside."""

    place: Place
    method: Difference
    step: Step
    found: float

    @property
    def off(self) -> float:
        return abs(self.found - self.place.wanted) if self.step.finite else np.inf

    @property
    def size(self) -> float:
        return max(abs(self.place.wanted), abs(self.found)) if self.step.finite else abs(self.place.wanted)

    @property
    def within(self) -> bool:
        return self.off <= TOLERANCE[self.method] * self.size

    @property
    def close(self) -> bool:
        return self.step.finite and (self.within or self.off <= self.step.noise)

    @property
    def blurred(self) -> bool:
        """Where round-off alone could be a thousandth of it, being close says nothing."""
        return not self.within and self.step.noise > BLUR * max(self.size, BLUR)

    @property
    def bent(self) -> bool:
        return self.step.bend > BEND * self.step.steepest + 4 * self.step.noise

    @property
    def spread(self) -> float:
        """How large what is subtracted can be seen to be: where slopes on both sides cancel, more than their mean."""
        return max(self.size, self.step.steepest) if self.step.finite else self.size

    @property
    def cancels(self) -> bool:
        """Whether the difference is small beside what was subtracted for it."""
        return self.off <= max(TOLERANCE[self.method] * self.spread, NOTHING)


def _verdict(seen: _Difference) -> Verdict:
    if seen.close and not seen.bent and not seen.blurred:
        return "agrees"
    place = seen.place
    if place.moved.analytic:
        exact = place.moved.slope_by_complex_step(place.index, COMPLEX_STEP)
        if np.isfinite(exact):
            return _reason(seen) if _same(place, exact, TOLERANCE["central"]) else "disagrees"
    return _on_finer_steps(seen)


def _on_finer_steps(seen: _Difference) -> Verdict:
    """Where no complex step passes. Where a function is smooth, the slopes of both sides come together with the step;
    at a kink they never do. A pole or a kink beside the place is left behind by a step that is small enough."""
    place, epsilon = seen.place, seen.step.size
    # As small as can be while round-off stays below what counts as a difference.
    enough = place.noise / (TOLERANCE["central"] * seen.spread) if seen.spread > 0 else 0.0
    size = min(epsilon / 8, enough or epsilon * FINEST)
    fine, coarse = _step(place, size), _step(place, 8 * size) if 8 * size < epsilon else seen.step
    if not fine.finite:
        return "not finite"
    bend = fine.bend - 4 * fine.noise
    if bend > 0 and (seen.bent or not seen.close or not seen.step.finite) and bend > coarse.bend / 2:
        return "kink within the step" if place.strides_over_a_kink(size) else "kink"
    if seen.close:
        return _reason(seen)
    if _comes_together(seen, fine, coarse):
        return _reason(seen)
    if _wider_is_closer(seen):
        return "step too small"
    return "kink" if place.stands_on_an_edge(epsilon) else "disagrees"


def _comes_together(seen: _Difference, fine: Step, coarse: Step) -> bool:
    """Whether the slope at a finer step is the gradient, and not merely too blurred to be another."""
    found = fine.slope("central")
    off = abs(found - seen.place.wanted)
    truncation = abs(coarse.slope("central") - found) / 8
    return (seen.cancels or off < seen.off / 3) and (
        off <= TOLERANCE["central"] * seen.spread + 4 * fine.noise + truncation
    )


def _reason(seen: _Difference) -> Verdict:
    """Why a difference is off, or says nothing, beside a gradient that is right."""
    place, epsilon = seen.place, seen.step.size
    if seen.close:
        return "step too small" if seen.blurred else "agrees"
    if seen.step.finite:
        if seen.cancels:
            return "agrees"
        if place.strides_over_a_kink(epsilon):
            return "kink within the step"
    if not seen.step.finite or place.strides_over_a_pole(epsilon):
        return "edge within the step"
    return "step too small" if _wider_is_closer(seen) else "step too large"


def _wider_is_closer(seen: _Difference) -> bool:
    place = seen.place
    return seen.step.size < BEST and abs(_step(place, BEST).slope(seen.method) - place.wanted) < seen.off / 3


def _by_complex_step(place: Place) -> tuple[float, Verdict]:
    found = place.moved.slope_by_complex_step(place.index, COMPLEX_STEP)
    if not all(map(np.isfinite, (found, place.middle, place.wanted))):
        return found, "not finite"
    return found, "agrees" if _same(place, found, TOLERANCE["complex"]) else "disagrees"


def _same(place: Place, exact: float, tolerance: float) -> bool:
    """Whether a gradient is what the complex step says, whose own error is of the order of its square."""
    part = tolerance * max(abs(exact), abs(place.wanted))
    return abs(exact - place.wanted) <= max(part, place.round_off, COMPLEX_STEP)
