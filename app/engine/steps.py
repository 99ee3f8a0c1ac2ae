"""Runs a schedule node by node with ready-made kernels: quick to start, for programs that run once or a few times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.engine.ops import CONSTANT
from app.engine.program import Value
from app.engine.schedule import Schedule

Columns = tuple[Sequence[Value], Sequence[Value | None], Sequence[Value | None], Sequence[Value]]
"""Values and gradients of the graph's nodes, messages of its edges, values aside: in the order of the schedule's tuples."""

Runner = Callable[[Sequence[Value], Value], Columns]


def steps(plan: Schedule, ieee: bool = False) -> Runner:
    """A function from leaf values and seed to all columns.

    The quick kernels raise OverflowError, ValueError or ZeroDivisionError where Python does; those of `ieee` never do.
    """
    start: list[Any] = [None] * len(plan.nodes)
    forward: list[tuple[int, Callable[..., Any], int, int, tuple[int, ...] | None]] = []
    for i, node in enumerate(plan.nodes):
        rule = plan.rules[i]
        if rule is None:
            if node.op is CONSTANT:
                start[i] = node.value
            continue
        arguments = plan.inputs[i]
        run = rule.forward_kernel(ieee)
        if len(arguments) == 1:
            forward.append((i, run, arguments[0], -1, None))
        elif len(arguments) == 2:
            forward.append((i, run, arguments[0], arguments[1], None))
        else:
            forward.append((i, run, -1, -1, arguments))
    backward: list[tuple[int, Callable[..., Any], tuple[int, ...], tuple[tuple[int, int], ...]]] = []
    for i in reversed(plan.graph):
        sending = plan.senders[i]
        rule = plan.rules[i]
        if sending and rule is not None:
            run = rule.backward_kernel(tuple([plan.edges[e].slot for e in sending]), ieee)
            backward.append((i, run, plan.inputs[i], tuple([(e, plan.edges[e].source) for e in sending])))
    leaves, output, n_edges = plan.leaves, plan.output, len(plan.edges)
    graph, aside = plan.graph, plan.aside

    def run_steps(given: Sequence[Value], seed: Value) -> Columns:
        values = start.copy()
        for i, value in zip(leaves, given, strict=True):
            values[i] = value
        for i, apply, a, b, rest in forward:
            if rest is not None:
                values[i] = apply(*[values[j] for j in rest])
            elif b < 0:
                values[i] = apply(values[a])
            else:
                values[i] = apply(values[a], values[b])
        grads: list[Any] = [None] * len(values)
        messages: list[Any] = [None] * n_edges
        grads[output] = seed
        for i, apply, arguments, targets in backward:
            sent = apply(grads[i], values[i], *[values[j] for j in arguments])
            for (edge, source), message in zip(targets, sent, strict=True):
                messages[edge] = message
                before = grads[source]
                grads[source] = message if before is None else before + message
        if not aside:
            return values, grads, messages, ()
        return (
            [values[i] for i in graph],
            [grads[i] for i in graph],
            messages,
            [values[i] for i in aside],
        )

    return run_steps
