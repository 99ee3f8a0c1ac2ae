"""Runs a schedule node by node with cached kernels: quick to start, for programs that run only a few times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.engine.execution.passes.backward import backward_steps, run_backward
from app.engine.execution.passes.forward import forward_steps, ieee, quick, run_forward
from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.program import Value

Columns = tuple[Sequence[Value], Sequence[Value | None], Sequence[Value | None], Sequence[Value]]
"""Values and gradients of the graph's nodes, messages of its edges, values of the nodes aside; each by index."""

Runner = Callable[[Sequence[Value], Value], Columns]


def node_by_node(schedule: Schedule, *, careful: bool = False) -> Runner:
    """A function from leaf values and seed to all columns.

    It raises OverflowError, ValueError or ZeroDivisionError where Python's arithmetic does; if `careful`, it continues
    with inf or nan instead.
    """
    forward = forward_steps(schedule, range(len(schedule.nodes)), ieee if careful else quick)
    backward = backward_steps(schedule, reversed(schedule.graph), ieee=careful)
    constants: list[Any] = [node.value if node.op is CONSTANT else None for node in schedule.nodes]
    leaves, output, n_edges, n = schedule.leaves, schedule.output, schedule.n_edges, len(schedule.graph)

    def run(given: Sequence[Value], seed: Value) -> Columns:
        values = constants.copy()
        for i, value in zip(leaves, given, strict=True):
            values[i] = value
        run_forward(forward, values)
        grads: list[Any] = [None] * n
        messages: list[Any] = [None] * n_edges
        grads[output] = seed
        run_backward(backward, values, grads, messages)
        return (values, grads, messages, ()) if n == len(values) else (values[:n], grads, messages, values[n:])

    return run
