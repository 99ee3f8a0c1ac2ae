"""The forward pass: values from the values of inputs, for all of a graph or a part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.engine.execution.rules import Rule
from app.engine.execution.schedule import Schedule

Kernel = Callable[..., Any]

ForwardStep = tuple[int, Kernel, int, int, tuple[int, ...] | None]
"""Target, kernel, first and second input; for other than one or two inputs -1, -1 and all of them."""


def quick(rule: Rule) -> Kernel:
    """Python's own arithmetic, which raises OverflowError, ValueError or ZeroDivisionError."""
    return rule.forward_kernel()


def ieee(rule: Rule) -> Kernel:
    """Arithmetic that never raises: inf and nan instead."""
    return rule.forward_kernel(ieee=True)


def forward_steps(schedule: Schedule, part: Iterable[int], kernel: Callable[[Rule], Kernel]) -> list[ForwardStep]:
    """What computes the operations of `part`, which is in topological order. Leaves in it are left out."""
    steps: list[ForwardStep] = []
    for i in part:
        rule = schedule.rules[i]
        if rule is None:
            continue
        inputs = schedule.inputs[i]
        run = kernel(rule)
        if len(inputs) == 2:
            steps.append((i, run, inputs[0], inputs[1], None))
        elif len(inputs) == 1:
            steps.append((i, run, inputs[0], -1, None))
        else:
            steps.append((i, run, -1, -1, inputs))
    return steps


def run_forward(steps: Sequence[ForwardStep], values: list[Any]) -> None:
    """Computes these steps. `values` holds what they start from, by index."""
    for i, run, a, b, rest in steps:
        if b >= 0:
            values[i] = run(values[a], values[b])
        elif rest is None:
            values[i] = run(values[a])
        else:
            values[i] = run(*[values[j] for j in rest])
