"""Runs a schedule node by node with ready-made kernels: quick to start, for programs that run once or a few times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.engine.execution.schedule import Schedule
from app.engine.ops import CONSTANT
from app.engine.program import Value

Columns = tuple[Sequence[Value], Sequence[Value | None], Sequence[Value | None], Sequence[Value]]
"""Values and gradients of the graph's nodes, messages of its edges, values aside: in the order of the schedule's
tuples."""

Kernel = Callable[..., Any]
Runner = Callable[[Sequence[Value], Value], Columns]


Forward = tuple[int, Kernel, int, int, tuple[int, ...] | None]
"""Target, kernel, first and second input; for other than one or two inputs -1, -1 and all of them."""

Backward = tuple[int, Kernel, int, int, int, tuple[int, ...] | None, tuple[int, ...]]
"""Sender, kernel, its first edge, two inputs (or -1, -1 and all of them), the slots that are sent to."""


def _forward(plan: Schedule, ieee: bool) -> list[Forward]:
    forward: list[Forward] = []
    for i, rule in enumerate(plan.rules):
        if rule is None:
            continue
        arguments = plan.inputs[i]
        run = rule.forward_kernel(ieee)
        if len(arguments) == 2:
            forward.append((i, run, arguments[0], arguments[1], None))
        elif len(arguments) == 1:
            forward.append((i, run, arguments[0], -1, None))
        else:
            forward.append((i, run, -1, -1, arguments))
    return forward


def _backward(plan: Schedule, ieee: bool) -> list[Backward]:
    backward: list[Backward] = []
    for i in reversed(plan.graph):
        slots = plan.senders[i]
        rule = plan.rules[i]
        if not slots or rule is None:
            continue
        arguments = plan.inputs[i]
        run = rule.backward_kernel(slots, ieee)
        edge = plan.first_edge[i]
        if len(arguments) == 2 and len(slots) == 2:
            backward.append((i, run, edge, arguments[0], arguments[1], None, slots))
        else:
            backward.append((i, run, edge, -1, -1, arguments, slots))
    return backward


def steps(plan: Schedule, ieee: bool = False) -> Runner:
    """A function from leaf values and seed to all columns.

    The quick kernels raise OverflowError, ValueError or ZeroDivisionError where Python does; those of `ieee` never do.
    """
    start: list[Any] = [node.value if node.op is CONSTANT else None for node in plan.nodes]
    forward, backward = _forward(plan, ieee), _backward(plan, ieee)
    leaves, output, n_edges = plan.leaves, plan.output, plan.n_edges
    n = len(plan.graph) if plan.aside else 0

    def run_steps(given: Sequence[Value], seed: Value) -> Columns:
        values = start.copy()
        for i, value in zip(leaves, given, strict=True):
            values[i] = value
        for i, apply, a, b, rest in forward:
            if b >= 0:
                values[i] = apply(values[a], values[b])
            elif rest is None:
                values[i] = apply(values[a])
            else:
                values[i] = apply(*[values[j] for j in rest])
        grads: list[Any] = [None] * len(values)
        messages: list[Any] = [None] * n_edges
        grads[output] = seed
        for i, apply, edge, a, b, rest, slots in backward:
            if rest is None:
                # Two inputs, both sent to: the common case, without a loop.
                first, second = apply(grads[i], values[i], values[a], values[b])
                messages[edge] = first
                messages[edge + 1] = second
                before = grads[a]
                grads[a] = first if before is None else before + first
                before = grads[b]
                grads[b] = second if before is None else before + second
            else:
                for slot, message in zip(slots, apply(grads[i], values[i], *[values[j] for j in rest]), strict=True):
                    messages[edge + slot] = message
                    before = grads[rest[slot]]
                    grads[rest[slot]] = message if before is None else before + message
        if not n:
            return values, grads, messages, ()
        return values[:n], grads[:n], messages, values[n:]

    return run_steps
