"""The verdict of a numerical derivative on a gradient: they agree, or the reason why they differ.

A difference quotient has a round-off of the order of the run's rounding errors (see `roundoff.py`) divided by ε. The
complex step Im f(x+ih) / h takes no difference, so h can be arbitrarily small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.assess.gradcheck.difference import Difference, Probe, vanishes
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
"""From best to worst: the verdict on an array is the worst of its elements."""

TOLERANCE = {"central": 1e-6, "forward": 1e-4, "complex": 1e-12}
"""Relative error up to which a gradient agrees without further checks."""

NOTHING = 1e-9
"""Absolute error up to which a gradient agrees after further checks found it right."""

BLUR = 1e-3
"""Round-off above this part of the gradient (or of 1e-3, if that is more) makes a difference quotient useless."""

BEND = 1e-3
"""Relative difference of the slopes on both sides above which a kink is suspected."""

BEST = 2.0**-17
"""A step at which truncation and round-off of a central difference are about equal: near the cube root of 2⁻⁵²."""

FINEST = 2.0**-20
"""The smallest step of further checks, as a part of the step, if there is no round-off."""

COMPLEX_STEP = 1e-20
"""So small that its square is negligible beside any number."""

RUNS = 10
"""Most evaluations of the output for one number: on both sides, with five steps; the search for kinks included."""


@dataclass(frozen=True, slots=True)
class Derivative:
    """The numerical derivative by one number, beside its gradient.

    numeric: the numerical derivative. error: its difference from the gradient, relative to the larger of both; absolute
    if the gradient is zero within its round-off.
    negligible: both are zero within their round-off, and so agree.
    """

    numeric: float
    error: float
    verdict: Verdict
    negligible: bool


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """One element of a node, to be checked.

    wanted: its gradient. middle: the weighted output of the run. on_kink: whether a descendant is on a kink.
    noise, round_off: bounds of the rounding errors of the output and of the gradient.
    """

    moved: Moved
    element: tuple[int, ...]
    wanted: float
    middle: float
    on_kink: bool
    noise: float
    round_off: float

    @property
    def relative(self) -> bool:
        """Whether errors are relative: the gradient is larger than its round-off."""
        return not abs(self.wanted) <= self.round_off

    def error(self, numeric: float) -> float:
        """The error of a numerical derivative, as in `Derivative`."""
        off = abs(self.wanted - numeric)
        return off / max(abs(self.wanted), abs(numeric)) if self.relative else off

    def judge(self, epsilon: float, method: Method) -> Derivative:
        """The numerical derivative by this method, with the verdict."""
        if method == "complex":
            found, verdict = _by_complex_step(self)
            blur = max(self.round_off, COMPLEX_STEP)
        else:
            found, verdict = _by_difference(self, epsilon, method)
            blur = self.noise / epsilon
        zero = verdict == "agrees" and not self.relative and abs(found) <= blur
        return Derivative(found, self.error(found), verdict, zero)

    def strides_over_a_kink(self, epsilon: float) -> bool:
        """Whether a descendant is on different sides of a kink at x − ε and x + ε, and not on the kink at x."""
        return not self.on_kink and self._changes_sides(epsilon, on_edge=False)

    def stands_on_an_edge(self, epsilon: float) -> bool:
        """Whether a descendant compares two equal numbers at x, and is on different sides at x − ε and x + ε."""
        return self._changes_sides(epsilon, on_edge=True)

    def strides_over_a_pole(self, epsilon: float) -> bool:
        """Whether a divisor of a descendant reaches 0 between x − ε and x + ε."""
        left, here, right = (self.moved.divisors(self.element, step) for step in (-epsilon, 0.0, epsilon))
        return any(bool(np.any(vanishes(a, b, c))) for a, b, c in zip(left, here, right, strict=True))

    def _changes_sides(self, epsilon: float, *, on_edge: bool) -> bool:
        left, here, right = (self.moved.sides(self.element, step) for step in (-epsilon, 0.0, epsilon))
        return any(bool(np.any((a * c < 0) & ((b == 0) == on_edge))) for a, b, c in zip(left, here, right, strict=True))


def _by_difference(number: CheckedNumber, epsilon: float, method: Difference) -> tuple[float, Verdict]:
    first = _step(number, epsilon)
    found = first.slope(method)
    if not (np.isfinite(number.middle) and np.isfinite(number.wanted)):
        return found, "not finite"
    return found, _verdict(_Difference(number, method, first, found))


def _step(number: CheckedNumber, size: float) -> Probe:
    at = number.moved.along(number.element)
    return Probe(size, number.middle, at(size), at(-size), number.noise / size)


@dataclass(frozen=True, slots=True)
class _Difference:
    """A difference quotient beside the gradient. off: their distance; size: the larger of both."""

    number: CheckedNumber
    method: Difference
    step: Probe
    found: float

    @property
    def off(self) -> float:
        return abs(self.found - self.number.wanted) if self.step.finite else np.inf

    @property
    def size(self) -> float:
        return max(abs(self.number.wanted), abs(self.found)) if self.step.finite else abs(self.number.wanted)

    @property
    def within(self) -> bool:
        return self.off <= TOLERANCE[self.method] * self.size

    @property
    def close(self) -> bool:
        return self.step.finite and (self.within or self.off <= self.step.noise)

    @property
    def blurred(self) -> bool:
        """Whether round-off is so large that agreement proves nothing."""
        return not self.within and self.step.noise > BLUR * max(self.size, BLUR)

    @property
    def bent(self) -> bool:
        return self.step.bend > BEND * self.step.steepest + 4 * self.step.noise

    @property
    def spread(self) -> float:
        """The size of the numbers that were subtracted: more than their mean if the slopes on both sides cancel."""
        return max(self.size, self.step.steepest) if self.step.finite else self.size

    @property
    def cancels(self) -> bool:
        """Whether the error is small beside the numbers that were subtracted."""
        return self.off <= max(TOLERANCE[self.method] * self.spread, NOTHING)


def _verdict(seen: _Difference) -> Verdict:
    if seen.close and not seen.bent and not seen.blurred:
        return "agrees"
    number = seen.number
    if number.moved.analytic:
        exact = number.moved.slope_by_complex_step(number.element, COMPLEX_STEP)
        if np.isfinite(exact):
            return _reason(seen) if _same(number, exact, TOLERANCE["central"]) else "disagrees"
    return _on_finer_steps(seen)


def _on_finer_steps(seen: _Difference) -> Verdict:
    """The verdict if the complex step is not possible. With smaller steps, the slopes on both sides converge where the
    function is smooth, but not at a kink; a pole or a kink nearby is outside of a small enough step."""
    number, epsilon = seen.number, seen.step.size
    # The smallest step whose round-off is below the tolerance.
    # Of a spread near the smallest number the tolerance rounds to 0.
    allowed = TOLERANCE["central"] * seen.spread
    enough = number.noise / allowed if allowed > 0 else 0.0
    size = min(epsilon / 8, enough or epsilon * FINEST)
    fine, coarse = _step(number, size), _step(number, 8 * size) if 8 * size < epsilon else seen.step
    if not fine.finite:
        return "not finite"
    bend = fine.bend - 4 * fine.noise
    if bend > 0 and (seen.bent or not seen.close or not seen.step.finite) and bend > coarse.bend / 2:
        return "kink within the step" if number.strides_over_a_kink(size) else "kink"
    if seen.close:
        return _reason(seen)
    if _comes_together(seen, fine, coarse):
        return _reason(seen)
    if _wider_is_closer(seen):
        return "step too small"
    return "kink" if number.stands_on_an_edge(epsilon) else "disagrees"


def _comes_together(seen: _Difference, fine: Probe, coarse: Probe) -> bool:
    """Whether the slope at a smaller step is the gradient, and not only because round-off hides a difference."""
    found = fine.slope("central")
    off = abs(found - seen.number.wanted)
    truncation = abs(coarse.slope("central") - found) / 8
    return (seen.cancels or off < seen.off / 3) and (
        off <= TOLERANCE["central"] * seen.spread + 4 * fine.noise + truncation
    )


def _reason(seen: _Difference) -> Verdict:
    """The verdict on a right gradient: why the difference quotient is off or proves nothing, or that they agree."""
    number, epsilon = seen.number, seen.step.size
    if seen.close:
        return "step too small" if seen.blurred else "agrees"
    if seen.step.finite:
        if seen.cancels:
            return "agrees"
        if number.strides_over_a_kink(epsilon):
            return "kink within the step"
    if not seen.step.finite or number.strides_over_a_pole(epsilon):
        return "edge within the step"
    return "step too small" if _wider_is_closer(seen) else "step too large"


def _wider_is_closer(seen: _Difference) -> bool:
    number = seen.number
    return seen.step.size < BEST and abs(_step(number, BEST).slope(seen.method) - number.wanted) < seen.off / 3


def _by_complex_step(number: CheckedNumber) -> tuple[float, Verdict]:
    found = number.moved.slope_by_complex_step(number.element, COMPLEX_STEP)
    if not all(map(np.isfinite, (found, number.middle, number.wanted))):
        return found, "not finite"
    return found, "agrees" if _same(number, found, TOLERANCE["complex"]) else "disagrees"


def _same(number: CheckedNumber, exact: float, tolerance: float) -> bool:
    """Whether a gradient equals the derivative by the complex step, up to rounding and the step's square."""
    part = tolerance * max(abs(exact), abs(number.wanted))
    return abs(exact - number.wanted) <= max(part, number.round_off, COMPLEX_STEP)
