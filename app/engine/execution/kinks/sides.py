"""The sides of the kinks that a run stands on: for each, the local rule as it is just beside the corner.

At a corner there is no one slope; every mixture of the slopes around it is a subgradient (F. H. Clarke, *Optimization
and Nonsmooth Analysis*, 1983), and a program has to take one. Here nothing is known of single operations: an operand is
moved by the smallest step that a double can take, and the op's own rule tells what comes back there. A comparison that
stands on its edge is turned over, where that changes no result: then the program is continuous, and both branches are
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from app.engine.execution.schedule import Schedule
from app.engine.support.errstate import quietly

MOST = 400
"""Sides that are told apart; of more elements on kinks, only those are that take the same side."""
_GROUPS = 2_000
"""Results of one reduction that are looked at one by one."""
_JUMPS = 50
"""Elements of a comparison that are turned over one by one where not all of them can be."""


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One side of one kink.

    kink: sides of the same one share a number, and their shares add up to one at most. at: the position of the node
    that stands on it. arguments: by position, what the rules of nodes compute with on that side: result and operands.
    """

    kink: int
    at: int
    arguments: dict[int, tuple[Any, ...]]


def whole_sides(schedule: Schedule, values: Sequence[Any]) -> list[list[Side]]:
    """Per node on a kink its sides, all its elements on the same one. values: by position in the schedule."""
    return quietly(lambda: [sides for sides, _ in _found(schedule, values)])


def single_sides(schedule: Schedule, values: Sequence[Any]) -> list[list[Side]] | None:
    """The same with every element for itself; None where there are too many."""

    def look() -> list[list[Side]] | None:
        found: list[list[Side]] = []
        total = 0
        for _, parts in _found(schedule, values):
            for sides in parts:
                total += len(sides)
                if total > MOST:
                    return None
                # A comparison may jump at some of its elements.
                found += [sides] if sides else []
        # Each element is a kink of its own.
        return [[Side(k, side.at, side.arguments) for side in sides] for k, sides in enumerate(found)]

    return quietly(look)


def _found(schedule: Schedule, values: Sequence[Any]) -> Iterator[tuple[list[Side], Iterator[list[Side]]]]:
    """Per node on a kink its sides with all elements together, and those of each element, when they are asked for."""
    number = 0
    users: list[list[int]] = [[] for _ in schedule.nodes]
    for i in schedule.graph:
        for j in schedule.inputs[i]:
            users[j].append(i)
    for i in schedule.graph:
        rule = schedule.rules[i]
        if rule is None or number >= MOST:
            continue
        if rule.op.kind == "mask":
            finder: Any = _Comparison
        elif rule.kink(schedule.inputs[i]) is not None and schedule.senders[i]:
            finder = _Corner if rule.op.partials is not None else _Tie
        else:
            continue
        found = finder(schedule, values, users, i, number)
        whole = found.whole() if found.stands else []
        if whole:
            yield whole, found.single()
            number += 1


class _Kinked:
    """A node and where it stands on its kink. `there`: by element of the result."""

    def __init__(
        self, schedule: Schedule, values: Sequence[Any], users: Sequence[Sequence[int]], i: int, number: int
    ) -> None:
        self.schedule, self.values, self.users, self.i, self.number = schedule, values, users, i, number
        rule = schedule.rules[i]
        assert rule is not None
        self.rule = rule
        self.shape = schedule.shapes[i]
        self.operands = [values[j] for j in schedule.inputs[i]]
        self.there = self.look()
        self.stands = self.there is not None and bool(np.any(self.there))

    def look(self) -> Any:
        kernel = self.rule.kink_kernel(self.schedule.inputs[self.i])
        assert kernel is not None
        there = np.asarray(kernel(self.values[self.i], *self.operands))
        # A reduction tells it without the axes that its result may have kept.
        return there.reshape(self.shape) if there.size == np.prod(self.shape) else np.broadcast_to(there, self.shape)

    def elements(self) -> Iterator[Any]:
        """One mask for each element that stands on the kink."""
        for index in map(tuple, np.argwhere(self.there)):
            one = np.zeros(self.shape, dtype=bool)
            one[index] = True
            yield one

    def messages(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        one = np.ones(self.shape) if self.shape else 1.0
        kernel = self.rule.backward_kernel(self.schedule.senders[self.i], ieee=True)
        return kernel(one, *arguments)  # type: ignore[no-any-return]

    def distinct(self, arguments: Iterator[tuple[Any, ...]]) -> list[Side]:
        """The sides that send back something else than the node does, and than each other."""
        seen = [self.messages((self.values[self.i], *self.operands))]
        sides: list[Side] = []
        for one in arguments:
            sent = self.messages(one)
            if not any(all(map(_same, sent, other)) for other in seen):
                seen.append(sent)
                sides.append(Side(self.number, self.i, {self.i: one}))
        return sides

    def with_result(self, operands: Sequence[Any]) -> tuple[Any, ...]:
        held = [_settled(x, np.shape(x)) for x in operands]
        return (_settled(self.rule.forward_kernel(ieee=True)(*held), self.shape), *held)


class _Corner(_Kinked):
    """An elementwise op: each of its operands may lie a little lower or higher."""

    def sides(self, where: Any) -> list[Side]:
        return self.distinct(self.beside(where))

    def beside(self, where: Any) -> Iterator[tuple[Any, ...]]:
        broad = [np.broadcast_to(np.asarray(x, dtype=np.float64), self.shape) for x in self.operands]
        for towards in (np.inf, -np.inf):
            for slot, x in enumerate(broad):
                moved = np.where(where, np.nextafter(x, towards), x)
                yield self.with_result([*broad[:slot], moved, *broad[slot + 1 :]])

    def whole(self) -> list[Side]:
        return self.sides(self.there)

    def single(self) -> Iterator[list[Side]]:
        return map(self.sides, self.elements())


class _Tie(_Kinked):
    """The largest or smallest of an array, which several elements are: each of them may be the only one."""

    def tied(self) -> Iterator[Any]:
        """Per result on the kink the places of its extreme elements in the flat input."""
        kernel = self.rule.backward_kernel((0,), ieee=True)
        for one in self.elements():
            shares = kernel(_settled(one, self.shape), self.values[self.i], *self.operands)[0]
            yield np.flatnonzero(shares)

    def look(self) -> Any:
        there = super().look()
        return there if np.count_nonzero(there) <= _GROUPS else None

    def alone(self, chosen: Sequence[tuple[Any, int]]) -> Iterator[tuple[Any, ...]]:
        """Of each group of places the one chosen, moved up or down past the others."""
        for towards in (np.inf, -np.inf):
            moved = np.array(self.operands[0], dtype=np.float64)
            for places, which in chosen:
                moved.flat[places[which]] = np.nextafter(moved.flat[places[which]], towards)
            yield self.with_result([moved])

    def whole(self) -> list[Side]:
        groups = list(self.tied())
        most = max(map(len, groups))
        picks = ([(places, min(k, len(places) - 1)) for places in groups] for k in range(min(most, MOST)))
        return self.distinct(each for pick in picks for each in self.alone(pick))

    def single(self) -> Iterator[list[Side]]:
        for places in self.tied():
            yield self.distinct(each for k in range(min(len(places), MOST)) for each in self.alone([(places, k)]))


class _Comparison(_Kinked):
    """A comparison of two equal numbers, the other way round, where no result changes by it."""

    def look(self) -> Any:
        kernel = self.rule.side_kernel()
        if kernel is None:
            return None
        return np.broadcast_to(np.asarray(kernel(self.values[self.i], *self.operands)) == 0, self.shape)

    def turned(self, where: Any) -> list[Side]:
        """What the users of the comparison see when it is turned over."""
        schedule = self.schedule
        now = np.asarray(self.values[self.i])
        seen: dict[int, Any] = {self.i: _settled(np.where(where, 1.0 - now, now), self.shape)}
        arguments: dict[int, tuple[Any, ...]] = {}
        waiting = sorted(set(self.users[self.i]))
        while waiting:
            # The order of the graph: users come after what they use.
            i = heappop(waiting)
            rule = schedule.rules[i]
            assert rule is not None
            operands = [seen.get(j, self.values[j]) for j in schedule.inputs[i]]
            result = rule.forward_kernel(ieee=True)(*operands)
            if _same(result, self.values[i]):
                result = self.values[i]
            else:
                seen[i] = result
                for user in self.users[i]:
                    if user not in waiting:
                        heappush(waiting, user)
            if schedule.senders[i]:
                arguments[i] = (result, *operands)
        if schedule.output in seen or not arguments:
            return []
        return [Side(self.number, self.i, arguments)]

    def whole(self) -> list[Side]:
        together = self.turned(self.there)
        if together:
            return together
        # Where the program jumps at some elements, the others may be turned all the same.
        smooth = np.zeros(self.shape, dtype=bool)
        for _, one in zip(range(_JUMPS), self.elements(), strict=False):
            if self.turned(one):
                smooth |= one
        return self.turned(smooth) if smooth.any() else []

    def single(self) -> Iterator[list[Side]]:
        for _, one in zip(range(MOST + 1), self.elements(), strict=False):
            yield self.turned(one)


def _same(a: Any, b: Any) -> bool:
    return bool(np.array_equal(np.asarray(a), np.asarray(b), equal_nan=True))


def _settled(value: Any, shape: tuple[int, ...]) -> Any:
    """A float where there is no axis, else an array of doubles."""
    return np.asarray(value, dtype=np.float64) if shape else float(value)
