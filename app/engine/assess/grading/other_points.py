"""Other values for the inputs of a run: what is right, or explained, at one point may be so by chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from app.engine.assess.grading.otherside import Aim, Seen, Turned
from app.engine.assess.grading.scope import Scope
from app.engine.execution.plan import Trace
from app.engine.notation.roles import uses
from app.engine.ops import INPUT

_SEED = 20_061
_TRIES, _PLAIN, _POOL = 4, 2, 16
"""Runs that are drawn, those of them that are taken, and how many are drawn to see other sides."""
_RUNS, _STARTS = 6, 3
"""Runs at the most, and those of them from which a kink is aimed at."""
_WORK = 20_000
"""Nodes that all runs together may compute."""
_NODES, _ELEMENTS, _PRODUCTS = 3_000, 40_000, 4_000_000
"""What a run may have that is done again only to be sure."""


def others(run: Trace) -> Iterator[Trace]:
    """Runs with other values of the inputs, from a fixed seed, without end.

    Near by and far off in turn: some functions live on one side of a number. Targets stay, and what looks like them:
    many a formula is right for labels and for shares of a whole alone.
    """
    rng = np.random.default_rng(_SEED)
    structure, plan = run.structure, run.plan
    held = {node.id: run.values[node.id] for node in structure.nodes if node.op is INPUT}
    leaves = moving(run)
    turn = 0
    while True:
        turn += 1
        reach = (0.3, 1.0, 3.0)[turn % 3]
        values: dict[str, Any] = {}
        for id in leaves:
            now = np.asarray(held[id], dtype=np.float64)
            # Points are shown: two digits are enough to be anywhere.
            moved = np.round(now + reach * np.maximum(1.0, np.abs(now)) * rng.normal(size=now.shape), 2)
            values[id] = moved if now.shape else float(moved)
        yield plan.run(values)


def moving(run: Trace) -> list[str]:
    """The ids of the inputs that are given other values."""
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
    """Whether an array of several numbers holds labels, or shares that add up to one."""
    if np.size(value) < 2:
        return False
    array = np.asarray(value)
    if np.isin(np.abs(array), (0.0, 1.0)).all():
        return True
    return bool((array >= 0).all() and np.allclose(array.sum(axis=-1), 1.0))


class Elsewhere(NamedTuple):
    """Another run of the same plan. turned: the kinks and comparisons that stand on the other side."""

    run: Trace
    turned: frozenset[Turned]


def elsewhere(run: Trace) -> list[Elsewhere]:
    """Such runs; none where that costs too much.

    Some are only other values, those first at which as many gradients as can be are something other than zero. The
    others are there so that every kink and every comparison stands on both its sides somewhere, the run itself counted,
    as far as values of the inputs are found that do that.
    """
    structure = run.structure
    elements = sum(int(np.size(value)) for value in run.value_list)
    if len(structure.nodes) > _NODES or elements > _ELEMENTS or structure.schedule.multiplications > _PRODUCTS:
        return []
    wanted = Scope(run).wanted
    drawn = [other for other in islice(others(run), _TRIES) if _is_finite(other)]
    drawn.sort(key=lambda other: _zeros(other, wanted))
    seen = Seen(run)
    found = drawn[:_PLAIN]
    for other in found:
        seen.note(other)
    weight = len(structure.nodes) + elements // 64 + structure.schedule.multiplications // 1_000
    tries = _WORK // weight
    if seen.missing():
        for other in islice(others(run), _TRIES, min(_POOL, tries)):
            if len(found) < _RUNS and _is_finite(other) and seen.adds(other):
                found.append(other)
                seen.note(other)
    leaves = moving(run)
    for goal in seen.missing():
        for start in [run, *found][:_STARTS]:
            if len(found) < _RUNS and tries > 0 and seen.lacks(goal):
                aimed = Aim(start, leaves, goal)
                for other in islice(aimed.runs(), tries):
                    tries -= 1
                    if seen.has(other, goal) and _is_finite(other):
                        found.append(other)
                        seen.note(other)
                        break
    return [Elsewhere(other, seen.turned(other)) for other in found]


def _is_finite(run: Trace) -> bool:
    return all(np.isfinite(grad).all() for grad in run.grad_list if grad is not None)


def _zeros(run: Trace, wanted: list[int]) -> int:
    grads = [run.grad_list[place] for place in wanted]
    return sum(int(np.sum(np.asarray(grad) == 0)) for grad in grads if grad is not None)
