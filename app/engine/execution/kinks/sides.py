"""The sides of the kinks that a run is on: for each, the local rule just beside the kink.

At a kink there is no single slope. Every convex combination of the slopes around it is a subgradient (F. H. Clarke,
*Optimization and Nonsmooth Analysis*, 1983), and a program takes one of them. This module knows nothing of single
operations: it moves an operand by the smallest step of a double and evaluates the op's own rule there. A comparison of
equal numbers is inverted if that changes no result: then the program is continuous, and both branches are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from app.engine.execution.schedule import Schedule
from app.engine.execution.values import as_value
from app.engine.ops.axes import count
from app.engine.support.errstate import ignore_fp_errors

MOST = 400
"""Most sides that are distinguished. If more elements are on kinks, all elements of a node take the same side."""
_GROUPS = 2_000
"""Most results of one reduction that are examined one by one."""
_JUMPS = 50
"""Most elements of a comparison that are inverted one by one, if not all of them can be."""


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One side of one kink.

    kink: the number of the kink; the shares of its sides add up to at most one. at: the index of its node.
    arguments: index of a node -> the result and operands that its rules use on this side.
    """

    kink: int
    at: int
    arguments: dict[int, tuple[Any, ...]]


def whole_sides(schedule: Schedule, values: Sequence[Any]) -> list[list[Side]]:
    """For each node on a kink, its sides if all its elements take the same one. values: by index in the schedule."""
    return ignore_fp_errors(lambda: [sides for sides, _ in _found(schedule, values)])


def single_sides(schedule: Schedule, values: Sequence[Any]) -> list[list[Side]] | None:
    """The same with every element taking a side of its own; None if there are too many."""

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

    return ignore_fp_errors(look)


def _found(schedule: Schedule, values: Sequence[Any]) -> Iterator[tuple[list[Side], Iterator[list[Side]]]]:
    """For each node on a kink, its sides for all elements together, and lazily those for each element."""
    number = 0
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
        found = finder(schedule, values, i, number)
        whole = found.whole() if found.stands else []
        if whole:
            yield whole, found.single()
            number += 1


class _Kinked:
    """A node on its kink. there: the elements of the result that are on the kink, as a mask."""

    def __init__(self, schedule: Schedule, values: Sequence[Any], i: int, number: int) -> None:
        self.schedule, self.values, self.i, self.number = schedule, values, i, number
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
        # The mask of a reduction has no kept axes; its result may have some.
        return there.reshape(self.shape) if there.size == count(self.shape) else np.broadcast_to(there, self.shape)

    def elements(self) -> Iterator[Any]:
        """One mask for each element that is on the kink."""
        for index in map(tuple, np.argwhere(self.there)):
            one = np.zeros(self.shape, dtype=bool)
            one[index] = True
            yield one

    def messages(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        one = np.ones(self.shape) if self.shape else 1.0
        kernel = self.rule.backward_kernel(self.schedule.senders[self.i], ieee=True)
        return kernel(one, *arguments)  # type: ignore[no-any-return]

    def distinct(self, arguments: Iterator[tuple[Any, ...]]) -> list[Side]:
        """The sides whose messages differ from those of the node and from one another."""
        seen = [self.messages((self.values[self.i], *self.operands))]
        sides: list[Side] = []
        for one in arguments:
            sent = self.messages(one)
            if not any(all(map(_same, sent, other)) for other in seen):
                seen.append(sent)
                sides.append(Side(self.number, self.i, {self.i: one}))
        return sides

    def with_result(self, operands: Sequence[Any]) -> tuple[Any, ...]:
        held = [as_value(x) for x in operands]
        return (as_value(self.rule.forward_kernel(ieee=True)(*held)), *held)


class _Corner(_Kinked):
    """An elementwise op: each of its operands may be a little lower or higher."""

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
    """A maximum or minimum that several elements share: each of them may be the only one."""

    def tied(self) -> Iterator[Any]:
        """For each result on the kink, the flat indices of its tied input elements."""
        kernel = self.rule.backward_kernel((0,), ieee=True)
        for one in self.elements():
            shares = kernel(as_value(one), self.values[self.i], *self.operands)[0]
            yield np.flatnonzero(shares)

    def look(self) -> Any:
        there = super().look()
        return there if np.count_nonzero(there) <= _GROUPS else None

    def alone(self, chosen: Sequence[tuple[Any, int]]) -> Iterator[tuple[Any, ...]]:
        """In each group of tied elements, the chosen one moved up or down past the others."""
        for towards in (np.inf, -np.inf):
            moved = np.array(self.operands[0], dtype=np.float64)
            for indices, which in chosen:
                moved.flat[indices[which]] = np.nextafter(moved.flat[indices[which]], towards)
            yield self.with_result([moved])

    def whole(self) -> list[Side]:
        groups = list(self.tied())
        most = max(map(len, groups))
        picks = ([(indices, min(k, len(indices) - 1)) for indices in groups] for k in range(min(most, MOST)))
        return self.distinct(each for pick in picks for each in self.alone(pick))

    def single(self) -> Iterator[list[Side]]:
        for indices in self.tied():
            yield self.distinct(each for k in range(min(len(indices), MOST)) for each in self.alone([(indices, k)]))


class _Comparison(_Kinked):
    """A comparison of two equal numbers, inverted if no result changes by it."""

    def look(self) -> Any:
        kernel = self.rule.side_kernel()
        if kernel is None:
            return None
        return np.broadcast_to(np.asarray(kernel(self.values[self.i], *self.operands)) == 0, self.shape)

    def turned(self, where: Any) -> list[Side]:
        """The sides with the comparison inverted at a mask: the arguments of the nodes that depend on it."""
        schedule = self.schedule
        now = np.asarray(self.values[self.i])
        seen: dict[int, Any] = {self.i: as_value(np.where(where, 1.0 - now, now))}
        arguments: dict[int, tuple[Any, ...]] = {}
        waiting = sorted(set(schedule.users[self.i]))
        while waiting:
            # In the order of the graph.
            i = heappop(waiting)
            rule = schedule.rules[i]
            assert rule is not None
            operands = [seen.get(j, self.values[j]) for j in schedule.inputs[i]]
            result = rule.forward_kernel(ieee=True)(*operands)
            if _same(result, self.values[i]):
                result = self.values[i]
            else:
                seen[i] = result
                for user in schedule.users[i]:
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
        # If the program jumps at some elements, the others may still be inverted.
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
