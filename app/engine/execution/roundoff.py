"""First-order bounds of the rounding errors of a run's output and of its gradients.

The output: the sum over all nodes of the magnitude that rounds there (`ops/rounding.py`) times the node's gradient. A
gradient: the sum of the magnitudes that all paths contribute (where the gradients themselves may cancel), times the
number of operations on the longest path. Values are taken as exact: the effect of their rounding on slopes is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from app.engine.execution.passes.backward import backward_steps, run_backward
from app.engine.execution.plan import Trace
from app.engine.execution.schedule import Schedule
from app.engine.ops.dialects import IEEE
from app.engine.ops.rounding import majorant, rounding
from app.engine.ops.rules import Rule, Y, kernel
from app.engine.program import Array, Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.support.lazy import lazy

UNIT = 2.0**-53
"""Largest relative error of one rounding."""

OUTPUT_ROUNDINGS = 4
"""Units per operation: functions such as exp, and long sums, have errors of more than one unit."""

GRADIENT_ROUNDINGS = 4
"""Units per operation of a gradient: a slope is computed and multiplied by, then messages are added."""


FAINT = 1e-10
"""A gradient larger than this part of the largest one is no rounding: only below it are the bounds asked."""


class Rounding(NamedTuple):
    """What is 0 but for rounding. nodes: by index, where that is all that their gradients are; edges: by index, where
    it is all that their messages are."""

    nodes: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()


def zero_within_rounding(run: Trace, places: Collection[int] | None = None) -> Rounding:
    """The gradients that are nothing but rounding: not 0, and within the bound of their own error, as that of the
    maximum that is subtracted in a softmax. Takes as long as a backward pass where there may be some. places: the nodes
    that are asked for, by index; all by default."""
    return ignore_fp_errors(lambda: _zero_within_rounding(run, places))


def _largest(grad: Value | None) -> float:
    if type(grad) is float:
        return abs(grad)
    return 0.0 if grad is None else float(np.max(np.abs(grad), initial=0.0))


def _zero_within_rounding(run: Trace, places: Collection[int] | None) -> Rounding:
    sizes = [_largest(grad) for grad in run.grad_list]
    most = max(sizes, default=0.0)
    asked = range(len(sizes)) if places is None else places
    faint = [i for i in asked if 0.0 < sizes[i] <= FAINT * most]
    if not faint:
        return Rounding()
    bounds = RoundOff(run).gradients
    found = {i for i in faint if i in bounds and bool(np.all(np.abs(np.asarray(run.grad_list[i])) <= bounds[i]))}
    edges = run.structure.edges
    sent = Counter(edge.source for edge, message in zip(edges, run.message_list, strict=True) if message is not None)
    # What comes of rounding is rounding; and so is the only message of a sum that is.
    return Rounding(
        tuple(sorted(found)),
        tuple(
            i
            for i, (edge, message) in enumerate(zip(edges, run.message_list, strict=True))
            if message is not None and (edge.target in found or (edge.source in found and sent[edge.source] == 1))
        ),
    )


class RoundOff:
    """The bounds for one run, each computed on first access."""

    def __init__(self, run: Trace) -> None:
        self._run = run
        self._schedule: Schedule = run.structure.schedule
        self._values = run.value_list

    @lazy
    def outputs(self) -> dict[int, float]:
        """Index -> bound of the output's error by rounding at that node alone."""
        return ignore_fp_errors(self._outputs)

    def _outputs(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for i, grad in enumerate(self._run.grad_list):
            checkpoint(5)
            rule = self._schedule.rules[i]
            if rule is None or grad is None:
                continue
            y, *x = self._values_at(i)
            found[i] = _finite(np.sum(np.abs(grad) * _rounding_kernel(rule)(y, *x))) * OUTPUT_ROUNDINGS * UNIT
        return found

    @lazy
    def summing(self) -> float:
        """Bound of the error of summing an array output, weighted by the seed."""
        output = np.asarray(self._run.output)
        return _finite(np.sum(np.abs(self._run.seed * output))) * OUTPUT_ROUNDINGS * UNIT if output.shape else 0.0

    @lazy
    def gradients(self) -> dict[int, Array]:
        """Index -> bound of the error of its gradient, in its shape; only for nodes with a gradient."""
        return ignore_fp_errors(self._gradients)

    def _gradients(self) -> dict[int, Array]:
        schedule = self._schedule
        carrying = [() if rule is None else rule.carrying for rule in schedule.rules]
        steps = backward_steps(schedule, reversed(schedule.graph), slots=carrying, kernel=_majorants)
        sizes: list[Any] = [None] * len(schedule.nodes)
        sizes[schedule.output] = np.abs(self._run.seed)
        run_backward(steps, self._values, sizes)
        longest = {schedule.output: 0}
        for i, *_, slots in steps:
            if i in longest:
                sources = [schedule.inputs[i][slot] for slot in slots]
                longest |= {j: max(longest.get(j, 0), longest[i] + 1) for j in sources}
        return {i: _all_finite(sizes[i]) * (n * GRADIENT_ROUNDINGS * UNIT) for i, n in longest.items()}

    def _values_at(self, i: int) -> list[Any]:
        return [self._values[i], *[self._values[j] for j in self._schedule.inputs[i]]]


def _finite(size: Any) -> float:
    """The size, or 0 if it is not finite: such numbers are refused before their round-off matters."""
    return float(size) if np.isfinite(size) else 0.0


def _all_finite(size: Any) -> Array:
    return np.where(np.isfinite(size), size, 0.0)


@lru_cache(maxsize=4096)
def _rounding_kernel(rule: Rule) -> Callable[..., Any]:
    """(y, x0, x1, ...) -> the magnitude that the result's roundings are relative to."""
    return _kernel(rule, "", rounding(rule.forward_expression, Y))


@lru_cache(maxsize=4096)
def _majorant_kernel(rule: Rule, slot: int) -> Callable[..., Any]:
    """(|g|, y, x0, x1, ...) -> a bound of |message| to one input, to which a gradient flows."""
    message = rule.message_expressions[slot]
    assert message is not None
    return _kernel(rule, "g, ", majorant(message))


def _majorants(rule: Rule, slots: tuple[int, ...]) -> Callable[..., Any]:
    """(|g|, y, x0, x1, ...) -> the bounds of the messages to these slots."""
    kernels = [_majorant_kernel(rule, slot) for slot in slots]

    def bounds(size: Any, *values: Any) -> list[Any]:
        checkpoint(10)
        return [back(size, *values) for back in kernels]

    return bounds


def _kernel(rule: Rule, first: str, expression: Any) -> Callable[..., Any]:
    names = ["y", *(f"x{slot}" for slot in range(len(rule.literals)))]
    text = IEEE.print(expression, {name: name for name in ["g", *names]})
    return kernel(f"lambda {first}{', '.join(names)}: {text}")
