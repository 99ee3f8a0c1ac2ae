"""Finds inputs at which a kink or a comparison is on its other side.

A line that forgets a mask is right as long as the mask is 1 everywhere. If random inputs do not flip the mask, one of
its operands is moved: one input at a time is changed along the operand's gradient, further each time, until the mask
flips.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.passes.backward import backward_steps, run_backward
from app.engine.execution.plan import Plan, Trace
from app.engine.execution.values import as_value
from app.engine.ops import INPUT
from app.engine.ops.axes import count
from app.engine.support.errstate import ignore_fp_errors

_EACH, _ALL = 16, 96
"""Most elements of one node, and of all nodes, whose sides are covered."""
_INPUTS = 4
"""Most inputs that are tried, the steepest first."""
_STEPS = 5
"""Steps in each direction, each twice as long as the one before."""


class Goal(NamedTuple):
    """A side to be reached: -1 or 1, of one element (flat index) of a node (its index)."""

    node: int
    element: int
    side: float


def run_at(plan: Plan, values: Mapping[str, Any]) -> Trace | None:
    """A run at other values; None where the text takes another course for them."""
    try:
        return plan.run(values)
    except ValueProblem:
        return None


Turned = tuple[int, int]
"""The index of a node, and the flat index of an element of its result."""


class SideCoverage:
    """The sides that runs of one plan have covered. run: the run with which the others are compared."""

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

        return ignore_fp_errors(look)

    def _met(self, run: Trace) -> list[Goal]:
        sides = self._sides(run)
        return [goal for goal in self.goals if sides[goal.node][goal.element] == goal.side]

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
        return bool(self._sides(run)[goal.node][goal.element] == goal.side)

    def turned(self, run: Trace) -> frozenset[Turned]:
        """The elements that are on another side than in the first run."""
        there = self._sides(run)
        return frozenset((i, int(k)) for i, sides in self.here.items() for k in np.flatnonzero(sides * there[i] < 0))


def only_in(these: Sequence[frozenset[Turned]], others: Sequence[frozenset[Turned]]) -> frozenset[int]:
    """The nodes that are turned in all of these runs and in none of the others: by the same element if there is one,
    else by any element."""

    def left(found: Sequence[frozenset[Any]], without: Sequence[frozenset[Any]]) -> frozenset[Any]:
        return frozenset.intersection(*found).difference(*without)

    elements = left(these, others)
    if elements:
        return frozenset(i for i, _ in elements)
    return left(
        [frozenset(i for i, _ in turned) for turned in these], [frozenset(i for i, _ in each) for each in others]
    )


def _kernels(run: Trace) -> list[tuple[int, Any]]:
    """(index, kernel) for each node with sides; the kernel computes the sides of its elements."""
    schedule = run.structure.schedule
    found: list[tuple[int, Any]] = []
    elements = 0
    for i in schedule.graph:
        rule = schedule.rules[i]
        kernel = None if rule is None else rule.side_kernel()
        if kernel is not None and elements < _ALL:
            found.append((i, kernel))
            elements += min(_EACH, count(schedule.shapes[i]))
    return found


class SideSearch:
    """Searches for runs that reach a goal, starting from a given run."""

    def __init__(self, run: Trace, leaves: Sequence[str], goal: Goal) -> None:
        self.run, self.goal = run, goal
        self.schedule = run.structure.schedule
        self.leaves = leaves

    def runs(self) -> Iterator[Trace]:
        plan, schedule = self.run.plan, self.schedule
        held = {node.id: self.run.values[node.id] for node in self.run.structure.nodes if node.op is INPUT}
        for source in schedule.inputs[self.goal.node]:
            slopes = ignore_fp_errors(self._slopes, source)
            size = 1.0 + float(np.max(np.abs(self.run.values[schedule.nodes[source].id]), initial=0.0))
            # One input at a time: moving both factors of a product may only make it larger.
            for id, slope in list(slopes.items())[:_INPUTS]:
                for k in range(_STEPS):
                    for sign in (1.0, -1.0):
                        # If the operand were linear, this would move it by half its own size, then by its size, ...
                        step = sign * 0.5 * 2.0**k * size / float(np.sum(np.square(slope)))
                        other = run_at(plan, {id: held[id] + step * slope})
                        if other is not None:
                            yield other

    def _slopes(self, source: int) -> dict[str, Any]:
        """The gradient of the goal's element of an operand by each input that may move, the largest first; only finite
        ones that are not 0."""
        schedule = self.schedule
        values = self.run.value_list
        start = np.zeros(schedule.shapes[source])
        if start.size:
            # A broadcast operand has fewer elements than the result.
            whole = np.broadcast_to(np.arange(start.size).reshape(start.shape), schedule.shapes[self.goal.node])
            # An op with several kinks has the elements of each, one after another.
            start.flat[int(whole.flat[self.goal.element % whole.size])] = 1.0
        grads: list[Any] = [None] * len(schedule.nodes)
        grads[source] = as_value(start)
        carrying = [() if rule is None else rule.carrying for rule in schedule.rules]
        run_backward(backward_steps(schedule, range(source, -1, -1), ieee=True, slots=carrying), values, grads)
        found = {schedule.nodes[i].id: grad for i, grad in enumerate(grads) if grad is not None}
        moving = {id: found[id] for id in self.leaves if id in found}
        steep = {id: slope for id, slope in moving.items() if np.isfinite(slope).all() and np.any(slope)}
        return dict(sorted(steep.items(), key=lambda item: -float(np.sum(np.square(item[1])))))
