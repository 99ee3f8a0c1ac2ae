"""The backward pass: gradients are accumulated from messages.

`run_backward` computes messages and adds them up. `resweep` starts from a finished pass and recomputes only what
changes if some of its messages change.

These passes go node by node. A structure that runs often has a compiled one instead, whose generated text does the
same (`execution/codegen.py`; `runners.py` decides which).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from app.engine.execution.schedule import Schedule
from app.engine.ops.rules import Rule
from app.engine.program import descendants

Kernel = Callable[..., Any]

BackwardStep = tuple[int, Kernel, int, int, int, tuple[int, ...] | None, tuple[int, ...]]
"""Sender, kernel, its first edge, its two inputs and None (or -1, -1 and all inputs), the slots that it sends to."""

Send = Callable[[int, Any], Iterable[tuple[int, Any]]]
"""(node, gradient) -> the edges that it sends along, each with its message."""


def backward_steps(
    schedule: Schedule,
    part: Iterable[int],
    *,
    ieee: bool = False,
    slots: Sequence[tuple[int, ...]] | None = None,
    wanted: Collection[int] | None = None,
    kernel: Callable[[Rule, tuple[int, ...]], Kernel] | None = None,
) -> list[BackwardStep]:
    """The steps that send the messages of the nodes in `part`, which are in backward order.

    slots: for each node, the slots to send to; by default `schedule.senders`.
    wanted: if given, only messages that contribute to the gradients of these nodes are sent.
    kernel: what sends the messages of a rule to some slots; by default, the rule's own kernel, in IEEE arithmetic if
        `ieee`.
    """
    sent_to = schedule.senders if slots is None else slots
    leads = None if wanted is None else descendants(schedule.inputs, wanted)
    steps: list[BackwardStep] = []
    all_inputs, rules, first_edge = schedule.inputs, schedule.rules, schedule.first_edge
    # Thousands of nodes share a few rules.
    kernel = cache(kernel or partial(Rule.backward_kernel, ieee=ieee))
    for i in part:
        taken, rule = sent_to[i], rules[i]
        if not taken or rule is None:
            continue
        inputs = all_inputs[i]
        if leads is not None:
            taken = tuple([slot for slot in taken if leads[inputs[slot]]])
            if not taken:
                continue
        run = kernel(rule, taken)
        edge = first_edge[i]
        if len(inputs) == 2 and len(taken) == 2:
            steps.append((i, run, edge, inputs[0], inputs[1], None, taken))
        else:
            steps.append((i, run, edge, -1, -1, inputs, taken))
    return steps


def run_backward(
    steps: Sequence[BackwardStep], values: Sequence[Any], grads: list[Any], messages: list[Any] | None = None
) -> None:
    """Accumulates gradients. grads: by index, the seeds of the outputs, None elsewhere; nodes that no seed reaches stay
    None. messages: if given, receives every message, by edge."""
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
    """Index -> gradient, for the nodes of `part` (in backward order) whose gradients change if messages do.

    messages: of the finished pass, by edge. changed: edge -> its new message. send: gives the new messages of a node;
    it is called with None if the node's gradient has not changed.
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
