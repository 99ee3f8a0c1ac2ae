"""The backward pass: adjoints are accumulated from the messages that users send back.

`run_backward` computes messages and adds them up. `resweep` starts from a pass that is done, and computes again only
what changes when some of its messages do.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from app.engine.execution.schedule import Schedule

Kernel = Callable[..., Any]

BackwardStep = tuple[int, Kernel, int, int, int, tuple[int, ...] | None, tuple[int, ...]]
"""Sender, kernel, its first edge, two inputs (or -1, -1 and all of them), the slots that are sent to."""

Send = Callable[[int, Any], Iterable[tuple[int, Any]]]
"""From a node and its adjoint to the edges that it sends along, each with its message."""


def backward_steps(
    schedule: Schedule,
    part: Iterable[int],
    *,
    ieee: bool = False,
    slots: Sequence[tuple[int, ...]] | None = None,
    wanted: Container[int] | None = None,
) -> list[BackwardStep]:
    """What sends the messages of `part`, which runs from last to first.

    slots: per node the inputs that are sent to; those that a gradient reaches the output from, by default.
    wanted: where only these nodes' adjoints are asked for, nothing is sent that does not lead to one of them.
    """
    sent_to = schedule.senders if slots is None else slots
    leads = None if wanted is None else _leading(schedule, wanted)
    steps: list[BackwardStep] = []
    for i in part:
        inputs, rule = schedule.inputs[i], schedule.rules[i]
        taken = sent_to[i] if leads is None else tuple([slot for slot in sent_to[i] if leads[inputs[slot]]])
        if not taken or rule is None:
            continue
        run = rule.backward_kernel(taken, ieee)
        edge = schedule.first_edge[i]
        if len(inputs) == 2 and len(taken) == 2:
            steps.append((i, run, edge, inputs[0], inputs[1], None, taken))
        else:
            steps.append((i, run, edge, -1, -1, inputs, taken))
    return steps


def _leading(schedule: Schedule, wanted: Container[int]) -> list[bool]:
    """Per node whether it is one of `wanted`, or computed from one."""
    leads: list[bool] = []
    for i, inputs in enumerate(schedule.inputs):
        leads.append(i in wanted or any(leads[j] for j in inputs))
    return leads


def run_backward(
    steps: Sequence[BackwardStep], values: Sequence[Any], grads: list[Any], messages: list[Any] | None = None
) -> None:
    """Accumulates adjoints. `grads` holds the seeds, by index (one for each output), and None elsewhere; what no seed
    reaches stays None. `messages`, where given, takes every message by its edge."""
    for i, run, edge, a, b, rest, slots in steps:
        grad = grads[i]
        if grad is None:
            continue
        if rest is None:
            # Two inputs, both sent to: the common case, without a loop.
            first, second = run(grad, values[i], values[a], values[b])
            if messages is not None:
                messages[edge] = first
                messages[edge + 1] = second
            before = grads[a]
            grads[a] = first if before is None else before + first
            before = grads[b]
            grads[b] = second if before is None else before + second
        else:
            for slot, message in zip(slots, run(grad, values[i], *[values[j] for j in rest]), strict=True):
                if messages is not None:
                    messages[edge + slot] = message
                before = grads[rest[slot]]
                grads[rest[slot]] = message if before is None else before + message


def resweep(
    schedule: Schedule,
    messages: Sequence[Any],
    part: Iterable[int],
    send: Send,
    changed: Mapping[int, Any],
    add: Callable[[Any, Any], Any] = lambda total, message: total + message,
) -> dict[int, Any]:
    """The adjoints of `part` (from last to first) that are other ones when messages change: by index.

    messages: those of the pass that was done, by edge. changed: the edges whose messages are given to begin with. send:
    what a node whose adjoint has changed sends instead; it is also asked of nodes whose adjoint has not, with None.
    """
    new = dict(changed)
    found: dict[int, Any] = {}
    for i in part:
        arrived = schedule.receives[i]
        if not new.keys().isdisjoint(arrived):
            total: Any = None
            for edge in arrived:
                message = new.get(edge, messages[edge])
                total = message if total is None else add(total, message)
            found[i] = total
        new.update(send(i, found.get(i)))
    return found
