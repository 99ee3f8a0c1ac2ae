"""Re-runs a program at other input values, because agreement at a single point may be coincidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.side_search import SideCoverage, SideSearch, Turned, run_at
from app.engine.execution.plan import Trace
from app.engine.execution.values import as_value
from app.engine.notation.roles import uses
from app.engine.ops import INPUT

_SEED = 20_061
_TRIES, _PLAIN, _POOL = 4, 2, 16
"""Random runs that are drawn, how many of them are kept, and how many are drawn at most to reach other sides."""
_RUNS, _STARTS = 6, 3
"""Most runs, and how many of them serve as starting points for reaching a side."""
_WORK = 20_000
"""Most node evaluations of all runs together."""
_MISSES = 40
"""Points one after the other at which the text may take another course."""
_NODES, _ELEMENTS, _PRODUCTS = 3_000, 40_000, 4_000_000
"""Largest run (nodes, elements, multiplications) that is repeated at other points."""


def random_runs(run: Trace) -> Iterator[Trace]:
    """Runs with random other values of the inputs, from a fixed seed, without end unless the text takes another course
    nearly everywhere; near and far in turn, because some
    functions are defined on one side only. Targets, and arrays that look like labels or probabilities, keep their
    values, because many formulas are right only for those.
    """
    rng = np.random.default_rng(_SEED)
    structure, plan = run.structure, run.plan
    held = {node.id: run.values[node.id] for node in structure.nodes if node.op is INPUT}
    leaves = movable_inputs(run)
    turn = misses = 0
    while True:
        turn += 1
        reach = (0.3, 1.0, 3.0)[turn % 3]
        values: dict[str, Any] = {}
        for id in leaves:
            now = np.asarray(held[id], dtype=np.float64)
            # Points may be shown to the reader, so they have two decimals. Infinity and nan stay non-finite.
            with np.errstate(all="ignore"):
                moved = np.round(now + reach * np.maximum(1.0, np.abs(now)) * rng.normal(size=now.shape), 2)
            values[id] = as_value(moved)
        other = run_at(plan, values)
        misses = 0 if other is not None else misses + 1
        if other is not None:
            yield other
        elif misses > _MISSES:
            return


def movable_inputs(run: Trace) -> list[str]:
    """The ids of the inputs that get other values."""
    structure = run.structure
    return [
        node.id
        for node, role in zip(structure.nodes, uses(structure.nodes), strict=True)
        if node.op is INPUT
        and node.id not in structure.fixed
        and role != "target"
        and (role == "parameter" or not _labels(run.values[node.id]))
    ]


def _labels(value: Any) -> bool:
    """Whether an array of several numbers holds labels, or probabilities that add up to 1."""
    if np.size(value) < 2:
        return False
    array = np.asarray(value)
    if np.isin(np.abs(array), (0.0, 1.0)).all():
        return True
    return bool((array >= 0).all() and np.allclose(array.sum(axis=-1), 1.0))


class OtherRun(NamedTuple):
    """Another run of the same plan. turned: the kinks and comparisons that are on the other side there."""

    run: Trace
    turned: frozenset[Turned]


def other_runs(run: Trace) -> list[OtherRun]:
    """Runs at other points; none if that costs too much.

    The first are at random points, preferring those with few zero gradients. The others are chosen so that, as far as
    such points are found, every kink and comparison is on each of its sides in some run, the run itself included.
    """
    structure = run.structure
    elements = sum(int(np.size(value)) for value in run.value_list)
    if len(structure.nodes) > _NODES or elements > _ELEMENTS or structure.schedule.multiplications > _PRODUCTS:
        return []
    wanted = Scope(run).wanted
    drawn = [other for other in islice(random_runs(run), _TRIES) if _is_finite(other)]
    drawn.sort(key=lambda other: _zeros(other, wanted))
    coverage = SideCoverage(run)
    found = drawn[:_PLAIN]
    for other in found:
        coverage.note(other)
    tries = _WORK // structure.schedule.cost(structure.schedule.graph)
    if coverage.missing():
        for other in islice(random_runs(run), _TRIES, min(_POOL, tries)):
            if len(found) < _RUNS and _is_finite(other) and coverage.adds(other):
                found.append(other)
                coverage.note(other)
    leaves = movable_inputs(run)
    for goal in coverage.missing():
        for start in [run, *found][:_STARTS]:
            if len(found) < _RUNS and tries > 0 and coverage.lacks(goal):
                search = SideSearch(start, leaves, goal)
                for other in islice(search.runs(), tries):
                    tries -= 1
                    if coverage.has(other, goal) and _is_finite(other):
                        found.append(other)
                        coverage.note(other)
                        break
    return [OtherRun(other, coverage.turned(other)) for other in found]


def _is_finite(run: Trace) -> bool:
    return all(np.isfinite(grad).all() for grad in run.grad_list if grad is not None)


def _zeros(run: Trace, wanted: list[int]) -> int:
    grads = [run.grad_list[i] for i in wanted]
    return sum(int(np.sum(np.asarray(grad) == 0)) for grad in grads if grad is not None)
