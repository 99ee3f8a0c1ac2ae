"""The other side of a kink or a comparison: values of the inputs at which it stands there.

A line that forgets a mask is right as long as the mask lets everything through. Where random values do not turn the
mask over, one of its operands is moved: the inputs go along its gradient, one at a time and further each time, until
the mask turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from app.engine.execution.passes.backward import backward_steps, run_backward
from app.engine.execution.plan import Trace
from app.engine.ops import INPUT
from app.engine.support.errstate import quietly

_EACH, _ALL = 16, 96
"""Elements of one node, and of all, whose sides are looked for."""
_INPUTS = 4
"""Inputs that are tried, the steepest first."""
_STEPS = 5
"""How often one way is gone further, each time twice as far."""


class Goal(NamedTuple):
    """A side to be seen: of an element of the node at a position, -1 or 1."""

    position: int
    element: int
    side: float


Turned = tuple[int, int]
"""A node's position, and the element of its result."""


class Seen:
    """Which sides some runs of one plan stand on. `run` is the one that others are compared with."""

    def __init__(self, run: Trace) -> None:
        self.structure = run.structure
        self.kernels = _kernels(run)
        self.here = self._sides(run)
        self.goals = {
            Goal(i, k, side): None for i, sides in self.here.items() for k in range(len(sides)) for side in (-1.0, 1.0)
        }
        self.note(run)

    def _sides(self, run: Trace) -> dict[int, Any]:
        values = run.value_list
        inputs = self.structure.schedule.inputs

        def look() -> dict[int, Any]:
            return {
                i: np.ravel(kernel(values[i], *[values[j] for j in inputs[i]]))[:_EACH] for i, kernel in self.kernels
            }

        return quietly(look)

    def _met(self, run: Trace) -> list[Goal]:
        sides = self._sides(run)
        return [goal for goal in self.goals if sides[goal.position][goal.element] == goal.side]

    def note(self, run: Trace) -> None:
        for goal in self._met(run):
            del self.goals[goal]

    def missing(self) -> list[Goal]:
        return list(self.goals)

    def lacks(self, goal: Goal) -> bool:
        return goal in self.goals

    def adds(self, run: Trace) -> bool:
        return bool(self._met(run))

    def has(self, run: Trace, goal: Goal) -> bool:
        return bool(self._sides(run)[goal.position][goal.element] == goal.side)

    def turned(self, run: Trace) -> frozenset[Turned]:
        """What stands on another side than in the run that is compared with."""
        there = self._sides(run)
        return frozenset((i, int(k)) for i, sides in self.here.items() for k in np.flatnonzero(sides * there[i] < 0))


def only_in(these: Sequence[frozenset[Turned]], others: Sequence[frozenset[Turned]]) -> frozenset[int]:
    """The positions of what turns in each of these runs and in none of the others: one element of it, or any."""

    def left(found: Sequence[frozenset[Any]], without: Sequence[frozenset[Any]]) -> frozenset[Any]:
        return frozenset.intersection(*found).difference(*without)

    elements = left(these, others)
    if elements:
        return frozenset(i for i, _ in elements)
    return left(
        [frozenset(i for i, _ in turned) for turned in these], [frozenset(i for i, _ in each) for each in others]
    )


def _kernels(run: Trace) -> list[tuple[int, Any]]:
    """Per node with sides, what tells them."""
    schedule = run.structure.schedule
    found: list[tuple[int, Any]] = []
    elements = 0
    for i in schedule.graph:
        rule = schedule.rules[i]
        kernel = None if rule is None else rule.side_kernel()
        if kernel is not None and elements < _ALL:
            found.append((i, kernel))
            elements += min(_EACH, int(np.prod(schedule.shapes[i], dtype=np.int64)))
    return found


class Aim:
    """Runs that come nearer and nearer to a goal, from one that is away from it."""

    def __init__(self, run: Trace, leaves: Sequence[str], goal: Goal) -> None:
        self.run, self.goal = run, goal
        self.schedule = run.structure.schedule
        self.leaves = leaves

    def runs(self) -> Iterator[Trace]:
        plan, schedule = self.run.plan, self.schedule
        held = {node.id: self.run.values[node.id] for node in self.run.structure.nodes if node.op is INPUT}
        for source in schedule.inputs[self.goal.position]:
            slopes = quietly(self._slopes, source)
            size = 1.0 + float(np.max(np.abs(self.run.values[schedule.nodes[source].id]), initial=0.0))
            # One input at a time: along two factors at once a product may only grow.
            for id, slope in list(slopes.items())[:_INPUTS]:
                for k in range(_STEPS):
                    for sign in (1.0, -1.0):
                        # So far that the operand moves by its own size, were it linear.
                        step = sign * 0.5 * 2.0**k * size / float(np.sum(np.square(slope)))
                        yield plan.run({id: held[id] + step * slope})

    def _slopes(self, source: int) -> dict[str, Any]:
        """How the goal's element of an operand changes with each input that may move; those that it depends on."""
        schedule = self.schedule
        values = self.run.value_list
        start = np.zeros(schedule.shapes[source])
        if start.size:
            # An operand that is copied to fit has fewer elements than the result.
            whole = np.broadcast_to(np.arange(start.size).reshape(start.shape), schedule.shapes[self.goal.position])
            # Of several kinks the elements follow one another.
            start.flat[int(whole.flat[self.goal.element % whole.size])] = 1.0
        grads: list[Any] = [None] * len(schedule.nodes)
        grads[source] = start if start.shape else float(start)
        carrying = [() if rule is None else rule.carrying for rule in schedule.rules]
        run_backward(backward_steps(schedule, range(source, -1, -1), ieee=True, slots=carrying), values, grads)
        found = {schedule.nodes[i].id: grad for i, grad in enumerate(grads) if grad is not None}
        moving = {id: found[id] for id in self.leaves if id in found}
        steep = {id: slope for id, slope in moving.items() if np.isfinite(slope).all() and np.any(slope)}
        # First what moves the operand most.
        return dict(sorted(steep.items(), key=lambda item: -float(np.sum(np.square(item[1])))))
