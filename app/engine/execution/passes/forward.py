"""The forward pass: computes the values of the graph, or of a part of it, from those of its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from app.engine.execution.schedule import Schedule
from app.engine.ops.rules import Rule

Kernel = Callable[..., Any]

ForwardStep = tuple[int, Kernel, int, int, tuple[int, ...] | None]
"""Target, kernel, first and second input (-1 if there is one) and None; or -1, -1 and all inputs."""


def quick(rule: Rule) -> Kernel:
    """The kernel in Python's arithmetic, which raises OverflowError, ValueError or ZeroDivisionError."""
    return rule.forward_kernel()


def ieee(rule: Rule) -> Kernel:
    """The kernel in IEEE arithmetic, which never raises but gives inf and nan."""
    return rule.forward_kernel(ieee=True)


def forward_steps(schedule: Schedule, part: Iterable[int], kernel: Callable[[Rule], Kernel]) -> list[ForwardStep]:
    """The steps that compute the operations in `part`, which is in topological order; leaves are skipped."""
    steps: list[ForwardStep] = []
    rules, all_inputs = schedule.rules, schedule.inputs
    # Thousands of nodes share a few rules.
    kernel = cache(kernel)
    for i in part:
        rule = rules[i]
        if rule is None:
            continue
        inputs = all_inputs[i]
        run = kernel(rule)
        if len(inputs) == 2:
            steps.append((i, run, inputs[0], inputs[1], None))
        elif len(inputs) == 1:
            steps.append((i, run, inputs[0], -1, None))
        else:
            steps.append((i, run, -1, -1, inputs))
    return steps


def run_forward(steps: Sequence[ForwardStep], values: list[Any]) -> None:
    """Runs the steps. values: by index, those of the inputs, to which the results are added."""
    for i, run, a, b, rest in steps:
        if b >= 0:
            values[i] = run(values[a], values[b])
        elif rest is None:
            values[i] = run(values[a])
        else:
            values[i] = run(*[values[j] for j in rest])
