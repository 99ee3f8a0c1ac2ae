"""How the learning rate changes from step to step: factors by which the optimizer's rate is multiplied."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.engine.errors import ValueProblem
from app.engine.wording import said


@dataclass(frozen=True, slots=True)
class Rate:
    """A course of the rate. over: after how many steps it has run its course, or falls again; factor: by what it
    falls."""

    course: str = "constant"
    over: int = 100
    factor: float = 0.1

    def at(self, step: int) -> float:
        """The factor for a step, counted from 0."""
        return COURSES[self.course](self, step)


def _power(factor: float, exponent: float) -> float:
    try:
        return float(factor**exponent)
    except OverflowError:
        return math.inf


def _steps(rate: Rate, step: int) -> float:
    return _power(rate.factor, step // rate.over)


def _exponential(rate: Rate, step: int) -> float:
    return _power(rate.factor, step / rate.over)


def _cosine(rate: Rate, step: int) -> float:
    done = min(step / rate.over, 1.0)
    return rate.factor + (1 - rate.factor) * (1 + math.cos(math.pi * done)) / 2


def _warmup(rate: Rate, step: int) -> float:
    return min((step + 1) / rate.over, 1.0)


COURSES: Mapping[str, Callable[[Rate, int], float]] = {
    "constant": lambda rate, step: 1.0,
    "steps": _steps,
    "exponential": _exponential,
    "cosine": _cosine,
    "warmup": _warmup,
}
"""constant; steps: by `factor` every `over` steps; exponential: the same, smoothly; cosine: down to `factor` in `over`
steps along half a cosine (Loshchilov, Hutter 2017, without restarts); warmup: up from 0 in `over` steps."""


def check_rate(rate: Rate) -> None:
    """Raises ValueProblem for a course that there is not."""
    if rate.course not in COURSES:
        raise ValueProblem(said("values.course_unknown", course=rate.course, courses=", ".join(COURSES)))
