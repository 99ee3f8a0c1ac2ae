"""Which parts of a program are written within another's line of code.

A part of an expression that has no name in the program gets none in the code either, unless one is needed: `W1 @ x`
within `z1 = W1 @ x + b1` is used once, no rule of the backward pass needs its value, and its gradient is that of z1, so
that `dW1 = dz1 @ x.T`. Which parts these are is decided once, for all languages and all explanations, so that a name
means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.execution.schedule import Schedule
from app.engine.ops.dialects import NUMPY
from app.engine.ops.expression import Symbol, symbols_of
from app.engine.ops.word import Written
from app.engine.support.checkpoints import checkpoint

_SHORT = 40
"""Longest part that is written within another expression, characters."""


def parts_within(schedule: Schedule, code: Sequence[Written]) -> frozenset[int]:
    """The nodes that are written within another's line. code: what each is called where it has a line of its own."""
    uses = [0] * len(schedule.nodes)
    for edge in schedule.edges:
        uses[edge.source] += 1
    asked, mentioned = _asked_for(schedule), _mentioned_once(schedule)
    names = list(code)
    found: set[int] = set()
    for i in schedule.graph:
        checkpoint(5)
        rule = schedule.rules[i]
        if rule is None or i == schedule.output or schedule.nodes[i].name is not None or i in asked:
            continue
        if uses[i] != 1 or i not in mentioned or not _passes_on(schedule, i):
            continue
        symbols = {f"x{slot}": names[source] for slot, source in enumerate(schedule.inputs[i])}
        text, binds = NUMPY.bound(rule.written_expression, symbols)
        if len(text) <= _SHORT:
            names[i] = (text, binds)
            found.add(i)
    return frozenset(found)


def _asked_for(schedule: Schedule) -> set[int]:
    """The nodes whose values the backward pass needs."""
    found: set[int] = set()
    for target in schedule.graph:
        checkpoint(5)
        rule = schedule.rules[target]
        for slot in schedule.senders[target]:
            assert rule is not None
            for key in symbols_of(rule.message_expressions[slot]):
                if key == "y":
                    found.add(target)
                elif key != "g":
                    found.add(schedule.inputs[target][int(key[1:])])
    return found


def _passes_on(schedule: Schedule, i: int) -> bool:
    """Whether the gradient of a node with one user needs no line: there is none, or it is that of its user."""
    if not schedule.receives[i]:
        return True
    message = schedule.message(schedule.receives[i][0])
    return isinstance(message, Symbol) and message.key == "g"


def _mentioned_once(schedule: Schedule) -> set[int]:
    """The nodes that occur exactly once in the code of the forward pass."""
    counts: dict[int, int] = {}
    for target in schedule.graph:
        rule = schedule.rules[target]
        if rule is not None:
            for key in symbols_of(rule.written_expression):
                source = schedule.inputs[target][int(key[1:])]
                counts[source] = counts.get(source, 0) + 1
    return {i for i, count in counts.items() if count == 1}
