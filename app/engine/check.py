"""The numerical derivative beside every gradient of an input: the output is computed again with one number moved.

Differences as in any textbook of numerical analysis: forward (f(x+ε) − f(x)) / ε with an error of the order of ε,
central (f(x+ε) − f(x−ε)) / 2ε with one of the order of ε². Both lose about |f| · 2⁻⁵² / ε to round-off. The output is
weighted by the seed, so what is checked is exactly what the backward pass computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.ops import INPUT
from app.engine.program import Array, Value
from app.engine.trace import Trace

Method = Literal["central", "forward"]
Verdict = Literal["agrees", "kink", "step too large", "step too small", "disagrees", "no path", "not finite"]

TOLERANCE = {"central": 1e-6, "forward": 1e-4}
"""Relative error up to which a gradient agrees without a second look."""

ROUND_OFF = 64 * 2.0**-52
"""Part of the output's size that one evaluation may be off by: a few dozen roundings."""

NOTHING = 1e-9
"""Beside a gradient of exactly zero so small a difference is zero, too: there is nothing to be a part of."""

BLUR = 1e-3
"""Part of a gradient, or of a thousandth, that round-off may reach before a difference stops being evidence."""

SMALLEST = 1e-15
"""The smallest step: below it nearly every number is moved by nothing at all."""

BEND = 1e-3
"""Part of the slope by which the slopes on both sides may differ before a kink is looked for."""

BEST = 2.0**-17
"""A step at which truncation and round-off of a central difference are about as large: the cube root of 2⁻⁵²."""

RUNS = 8
"""Evaluations of the output per number, at the most: on both sides, with four steps."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One input: its gradient (None: no path), the numerical one, the larger of their relative errors, and the verdict
    of the element that is worst off."""

    id: str
    grad: Value | None
    numeric: Value
    relative_error: float
    verdict: Verdict


def check(
    run: Trace, ids: Iterable[str] | None = None, epsilon: float = 1e-5, method: Method = "central", most: int = 10**7
) -> tuple[Checked, ...]:
    """Every input of a run, or those named, checked element by element.

    epsilon: how far each number is moved, in its own unit; at least SMALLEST.
    most: evaluations of a node that may be spent on it all; LimitError where it could be more.
    Raises ValueProblem for an id that is no input of the graph, and for an input that has to keep its value.
    """
    plan = run.plan
    inputs = [node.id for node in plan.nodes if node.op is INPUT and node.id not in plan.fixed]
    chosen = inputs if ids is None else list(dict.fromkeys(ids))
    for id in chosen:
        if id not in inputs:
            raise ValueProblem(f"{id} is no input that can be moved", hint=f"Name some of {', '.join(inputs[:12])}.")
    if not (SMALLEST <= epsilon < np.inf):
        raise ValueProblem(f"epsilon is {epsilon}", hint=f"Give a step of at least {SMALLEST}, such as 1e-5.")
    elements = sum(int(np.size(run.values[id])) for id in chosen)
    held = sum(int(np.size(value)) for value in run.value_list)
    # Beside the nodes themselves: what their arrays hold, and what their products take, in nodes of about 1 µs.
    cost = RUNS * elements * (len(plan.nodes) + held // 64 + plan.schedule.multiplications // 1_000)
    if cost > most:
        raise LimitError(
            f"checking {elements:,} numbers takes {cost:,} evaluations of a node; at most {most:,} are made",
            hint="Name fewer inputs.",
        )
    return tuple([_check(run, id, epsilon, method) for id in chosen])


def _check(run: Trace, id: str, epsilon: float, method: Method) -> Checked:
    value, grad = np.asarray(run.values[id], dtype=np.float64), run.grads[id]
    numeric = np.empty(value.shape)
    errors: list[float] = [0.0]
    verdicts: list[Verdict] = []
    middle = _weighted(run)
    for index in np.ndindex(value.shape):
        at = _along(run, id, value, index)
        wanted = 0.0 if grad is None else float(np.asarray(grad)[index])
        found, verdict = _judge(at, middle, wanted, epsilon, method)
        numeric[index] = found
        if grad is not None:
            errors.append(relative_error(wanted, found))
            verdicts.append(verdict)
    worst: Verdict = "no path" if grad is None else max(verdicts, key=_SEVERITY.index, default="agrees")
    error = max(errors, key=lambda e: (e != e, e))
    shown: Value = numeric if value.shape else float(numeric)
    return Checked(id, grad, shown, error, worst)


_SEVERITY: tuple[Verdict, ...] = (
    "agrees", "step too large", "step too small", "kink", "not finite", "disagrees", "no path",
)  # fmt: skip


def relative_error(grad: float, numeric: float) -> float:
    """Their difference as a part of the larger of both; as it is, where the gradient is 0."""
    off = abs(grad - numeric)
    return off if grad == 0 else off / max(abs(grad), abs(numeric))


def _weighted(run: Trace) -> float:
    return float(np.sum(np.asarray(run.seed) * np.asarray(run.output)))


def _along(run: Trace, id: str, value: Array, index: tuple[int, ...]) -> Callable[[float], float]:
    """The output, weighted by the seed, as a function of one element; everything else as it was in the run."""
    values = {node.id: run.values[node.id] for node in run.plan.nodes if node.op is INPUT}

    def output(x: float) -> float:
        moved = value.copy()
        moved[index] = x
        return _weighted(run.plan.run({**values, id: moved if value.shape else float(moved)}, run.seed))

    start = float(value[index])
    return lambda step: output(start + step)


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

    def slope(self, method: Method) -> float:
        if method == "central":
            return (self.right - self.left) / (2 * self.size)
        return (self.right - self.middle) / self.size


def _judge(
    at: Callable[[float], float], middle: float, wanted: float, epsilon: float, method: Method
) -> tuple[float, Verdict]:
    """The numerical derivative for a step, and what it says of the gradient."""

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
            return found, "kink"
    if close:
        # Where round-off alone could be a thousandth of it, being close says nothing.
        blurred = not within and noise > BLUR * max(size, BLUR)
        return found, "step too small" if blurred else "agrees"
    if abs(step(epsilon / 10).slope(method) - wanted) < off / 3:
        return found, "step too large"
    if epsilon < BEST and abs(step(BEST).slope(method) - wanted) < off / 3:
        return found, "step too small"
    return found, "disagrees"
