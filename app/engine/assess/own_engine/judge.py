"""Judges the gradients of a learner's own engine node by node, and finds what is wrong first: a message, how it was
added, or when it was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.engine.assess.own_engine.edges import Course, Sent, course
from app.engine.assess.own_engine.faults import kind_of
from app.engine.assess.own_engine.numbers import Numbers, is_nothing
from app.engine.execution.tolerance import close_difference

Status = Literal["right", "wrong", "follows", "unclear"]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that goes wrong at one object. kind: what. receiver: the object whose gradient is wrong by it; sender:
    what sends, None where nothing does. given, wanted: the message, or the gradient. line: where it goes wrong.
    gradient: that of the sender when it sent; lines: where the message was computed."""

    kind: str
    receiver: int
    sender: int | None
    given: Any
    wanted: Any
    line: int
    gradient: Any = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The pass as it ran. statuses: of each object: "follows", if its gradient is wrong by those of others alone;
    "unclear", if several gradients are right."""

    course: Course
    statuses: tuple[Status, ...]
    found: tuple[Found, ...]


def judge(numbers: Numbers, within: Callable[[int, str], bool]) -> Judged:
    """The verdict on each object, and what is wrong, in the order in which it ran. within: whether a line belongs to a
    function of the text."""
    ran = course(numbers, within)
    found = [*_beginning(numbers, ran), *_stale(numbers, ran)]
    by_edge: dict[tuple[int, int], list[Sent]] = {}
    for sent in ran.sent:
        by_edge.setdefault((sent.sender, sent.receiver), []).append(sent)
    senders = {sent.sender for sent in ran.sent}
    shared = {i for places in numbers.at.values() if len(places) > 1 for i in places}
    order = {id(sent): i for i, sent in enumerate(ran.sent)}
    by_time: list[tuple[int, Found]] = []
    for sender, operands in enumerate(numbers.operands):
        if sender in shared:
            continue
        wanted = numbers.messages(sender, ran.gradients[sender])
        for receiver in dict.fromkeys(operands):
            if receiver in shared or receiver in ran.unknown:
                continue
            edge = by_edge.get((sender, receiver), [])
            new = _edge(numbers, ran, sender, receiver, edge, wanted.get(receiver), sends=sender in senders)
            if new is not None:
                at = min([order[id(sent)] for sent in edge], default=len(order))
                by_time.append((at, new))
    found += [each for _, each in sorted(by_time, key=lambda pair: pair[0])]
    right = [_is_right(numbers, ran, i) for i in range(len(numbers.places))]
    # A sender that is not known for certain may be taken for another one: where the sum is right, each message is.
    found = [each for each in found if not right[each.receiver]]
    return Judged(ran, _statuses(right, found, shared | ran.unknown), tuple(found))


def _beginning(numbers: Numbers, ran: Course) -> list[Found]:
    root = numbers.own.root
    given, wanted = ran.gradients[root], numbers.adjoints[root]
    if close_difference(given, wanted):
        return []
    return [Found("seed", root, None, given, wanted, numbers.own.begins)]


def _stale(numbers: Numbers, ran: Course) -> list[Found]:
    """Gradients that still hold what an earlier pass has left, and that this one adds to."""
    found = []
    seen: set[int] = {numbers.own.root}
    for sent in ran.sent:
        if sent.receiver in seen:
            continue
        seen.add(sent.receiver)
        left = ran.first[sent.receiver]
        if not is_nothing(left) and not sent.replaces and not close_difference(left, 0.0 * np.asarray(left)):
            found.append(Found("stale", sent.receiver, None, left, 0.0, sent.line))
    return found


def _edge(
    numbers: Numbers, ran: Course, sender: int, receiver: int, edge: list[Sent], wanted: Any, *, sends: bool
) -> Found | None:
    """What is wrong with what one object sent to one of its operands; None where nothing is."""
    line = edge[-1].line if edge else numbers.own.objects[sender].line
    if not edge:
        if is_nothing(wanted):
            return None
        kind = "forgets" if sends else "silent"
        if not sends and (user := _unlinked(numbers, sender)) is not None:
            return Found("unlinked", receiver, user, 0.0, wanted, numbers.own.objects[user].line, ran.gradients[sender])
        return Found(kind, receiver, sender, 0.0, wanted, line, ran.gradients[sender])
    lost = next((sent for sent in edge if sent.replaces and not _left(ran, sent, receiver)), None)
    if lost is not None:
        return Found("replaces", receiver, sender, lost.before, lost.message, lost.line, lost.gradient)
    total = _sum([sent.message for sent in edge])
    beside = [sent.before for sent in edge]
    if close_difference(total, wanted, *beside):
        return None
    expected = _expected(numbers, sender, receiver, edge)
    uses = numbers.operands[sender].count(receiver)
    if expected is not None and close_difference(total, expected, *beside):
        # Each message is right for the gradient that there was; that had not been complete.
        kind = "twice" if len(edge) > uses else "early"
        return Found(kind, receiver, sender, edge[0].gradient, ran.gradients[sender], line, edge[0].gradient)
    if len(edge) == 2 * uses and close_difference(total, _times(wanted, 2), *beside):
        return Found("twice", receiver, sender, edge[0].gradient, ran.gradients[sender], line, edge[0].gradient)
    if sender in numbers.kinks and numbers.is_between(sender, receiver, edge[-1].gradient, total):
        return None
    apart = _of_two(numbers, edge) if uses == len(edge) == 2 else None
    if apart is not None:
        return apart
    one = Sent(sender, receiver, edge[-1].gradient, total, line, False, None)
    # An operand that is used twice has two messages, of which one may be missing.
    true = expected if expected is not None else wanted
    kind = "forgets" if len(edge) < uses and close_difference(total, _times(true, 0.5)) else kind_of(numbers, one, true)
    return Found(kind, receiver, sender, total, true, line, edge[-1].gradient, edge[-1].lines)


def _unlinked(numbers: Numbers, silent: int) -> int | None:
    """What is computed from an object that never sends, and keeps it nowhere, though others keep what they come from:
    a pass that follows these links never comes to it."""
    objects, users = numbers.own.objects, numbers.users[silent]
    if not users or any(silent in objects[user].holds for user in users):
        return None
    linked = any(set(numbers.operands[i]) & set(each.holds) for i, each in enumerate(objects))
    return users[-1] if linked else None


def _of_two(numbers: Numbers, edge: list[Sent]) -> Found | None:
    """Which of the two messages of `x - x` is wrong; None where it is not known."""
    for order in ((0, 1), (1, 0)):
        true = [numbers.slot_message(sent.sender, slot, sent.gradient) for sent, slot in zip(edge, order, strict=True)]
        fits = [close_difference(sent.message, each, sent.before) for sent, each in zip(edge, true, strict=True)]
        if fits.count(True) == 1:
            at = fits.index(False)
            sent = edge[at]
            kind = kind_of(numbers, sent, true[at], order[at])
            return Found(kind, sent.receiver, sent.sender, sent.message, true[at], sent.line, sent.gradient, sent.lines)
    return None


def _left(ran: Course, sent: Sent, receiver: int) -> bool:
    """Whether what a message replaced was there before the pass."""
    first = ran.first[receiver]
    return sent.before is first or close_difference(sent.before, first)


def _expected(numbers: Numbers, sender: int, receiver: int, edge: list[Sent]) -> Any:
    """What should have been sent for the gradients that there were: once for each time that all uses were sent."""
    uses = max(1, numbers.operands[sender].count(receiver))
    parts = []
    for sent in edge[::uses]:
        part = numbers.messages(sender, sent.gradient).get(receiver)
        if part is None:
            return None
        parts.append(part)
    return _sum(parts)


def _sum(values: list[Any]) -> Any:
    total = values[0]
    for each in values[1:]:
        try:
            total = np.add(total, each) if np.shape(total) or np.shape(each) else total + each
        except (ValueError, TypeError):
            return each
    return total


def _times(value: Any, times: float) -> Any:
    return None if value is None else np.multiply(value, times) if np.shape(value) else value * times


def _is_right(numbers: Numbers, ran: Course, i: int) -> bool:
    given, wanted = ran.gradients[i], numbers.adjoints[i]
    return close_difference(given, wanted) or (is_nothing(given) and is_nothing(wanted))


def _statuses(right: list[bool], found: list[Found], unclear: set[int]) -> tuple[Status, ...]:
    blamed = {each.receiver for each in found}

    def status(i: int) -> Status:
        if right[i]:
            return "right"
        if i in blamed:
            return "wrong"
        if unclear and (i in unclear or not found):
            return "unclear"
        # Every message is right: the object is at a kink, and its gradient takes another side of it.
        return "follows" if found else "right"

    return tuple([status(i) for i in range(len(right))])
