"""What each object of a learner's engine sent to each of its operands, beside what it should have sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.assess.own_engine.numbers import Numbers, is_nothing
from app.engine.execution.tolerance import close_difference
from app.engine.own_pass import Stored


@dataclass(slots=True)
class Sent:
    """One message. gradient: that of the sender when it was sent; message: what arrived. replaces: whether the gradient
    that was there is lost."""

    sender: int
    receiver: int
    gradient: Any
    message: Any
    line: int
    replaces: bool
    before: Any
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Course:
    """The pass as it ran. gradients: of each object in the end; first: what was there as it began."""

    gradients: list[Any]
    first: list[Any]
    sent: list[Sent] = field(default_factory=list)
    unknown: set[int] = field(default_factory=set)
    """Objects whose gradient changed, and nobody knows from what."""


def course(numbers: Numbers, within: Callable[[int, str], bool]) -> Course:
    """Replays the stores of a pass. within: whether a line belongs to a function of the text."""
    own = numbers.own
    first = [numbers.held(each.before) for each in own.objects]
    found = Course([numbers.held(each.final) for each in own.objects], first)
    now = list(first)
    root_shape = np.shape(numbers.number(own.root))
    now[own.root] = np.ones(root_shape) if root_shape else 1.0
    places = [each.before for each in own.objects]
    places[own.root] = own.objects[own.root].final
    counts: dict[tuple[int, int], int] = {}
    recent: list[int] = [own.root]
    for store in own.stores:
        before, after = numbers.held(store.before), numbers.held(store.after)
        receiver = store.object
        replaces = not store.adds
        message = after if replaces or is_nothing(before) else _difference(after, before)
        sender = _sender(numbers, store, message, now, counts, recent, within)
        doubtful = store.before.node < 0 or (sender is not None and store.before.node == places[sender].node)
        if sender is not None and doubtful and not is_nothing(before):
            # A number of the host leaves no trace in what is computed from it; the sender's own gradient always does.
            likely = _likely(numbers, sender, receiver, now[sender])
            if any(close_difference(after, each) for each in likely):
                difference = _difference(after, before)
                if not any(close_difference(difference, each) for each in likely):
                    replaces, message = True, after
        if sender is None:
            if receiver != own.root:
                found.unknown.add(receiver)
        else:
            counts[sender, receiver] = counts.get((sender, receiver), 0) + 1
            lost = replaces and not is_nothing(before)
            found.sent.append(Sent(sender, receiver, now[sender], message, store.line, lost, before, store.lines))
        now[receiver], places[receiver] = after, store.after
        recent.append(receiver)
    return found


def _difference(after: Any, before: Any) -> Any:
    try:
        return np.subtract(after, before) if np.shape(after) else float(np.subtract(after, before))
    except (ValueError, TypeError):
        return after


def _sender(
    numbers: Numbers,
    store: Stored,
    message: Any,
    now: list[Any],
    counts: dict[tuple[int, int], int],
    recent: list[int],
    within: Callable[[int, str], bool],
) -> int | None:
    """Which object sends what a store adds: one that the line knows, by its function, the innermost name; where it
    knows none, the one that was given something last."""
    receiver = store.object
    users = numbers.users[receiver]
    if not users:
        return None

    def left(user: int) -> bool:
        return counts.get((user, receiver), 0) < numbers.operands[user].count(receiver)

    own = numbers.own.objects
    named = [u for u in store.among if u in users and within(store.line, own[u].operation)]
    sources = [u for u in store.sources if u in users]
    known = [u for u in store.among if u in users]
    order = {each: i for i, each in enumerate(recent)}
    for some in (named, [u for u in sources if left(u)], [u for u in known if left(u)], sources):
        if some:
            return max(some, key=lambda u: (left(u), u in sources, store.among.index(u) if u in store.among else -1))
    fitting = [
        u
        for u in users
        if left(u) and not is_nothing(message) and close_difference(message, _of(numbers, u, receiver, now[u]))
    ]
    waiting = fitting or [u for u in users if left(u)] or known or list(users)
    return max(waiting, key=lambda u: order.get(u, -1))


def _likely(numbers: Numbers, sender: int, receiver: int, gradient: Any) -> list[Any]:
    """The right messages: the whole one, and those of single uses."""
    place = numbers.places[receiver]
    slots = [k for k, j in enumerate(numbers.schedule.inputs[numbers.places[sender]]) if j == place]
    alone = [numbers.slot_message(sender, slot, gradient) for slot in slots] if len(slots) > 1 else []
    return [each for each in (_of(numbers, sender, receiver, gradient), *alone) if each is not None]


def _of(numbers: Numbers, sender: int, receiver: int, gradient: Any) -> Any:
    return numbers.messages(sender, gradient).get(receiver)
