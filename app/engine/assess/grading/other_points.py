"""Other values for the inputs of a run: what is right, or explained, at one point may be so by chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.engine.assess.grading.scope import Scope
from app.engine.execution.plan import Trace
from app.engine.notation.roles import uses
from app.engine.ops import INPUT

_SEED = 20_061
_TRIES = 4
_NODES, _ELEMENTS, _PRODUCTS = 3_000, 40_000, 4_000_000
"""What a run may have that is done again only to be sure."""


def others(run: Trace) -> Iterator[Trace]:
    """Runs with other values of the inputs, from a fixed seed, without end.

    Near by and far off in turn: some functions live on one side of a number. Targets stay, and what looks like them:
    many a formula is right for labels and for shares of a whole alone.
    """
    rng = np.random.default_rng(_SEED)
    structure, plan = run.structure, run.plan
    roles = uses(structure.nodes)
    held = {node.id: run.values[node.id] for node in structure.nodes if node.op is INPUT}
    moving = [
        node.id
        for node, role in zip(structure.nodes, roles, strict=True)
        if node.op is INPUT and node.id not in structure.fixed and role != "target" and not _labels(held[node.id])
    ]
    turn = 0
    while True:
        turn += 1
        reach = (0.3, 1.0, 3.0)[turn % 3]
        values: dict[str, Any] = {}
        for id in moving:
            now = np.asarray(held[id], dtype=np.float64)
            # Points are shown: two digits are enough to be anywhere.
            moved = np.round(now + reach * np.maximum(1.0, np.abs(now)) * rng.normal(size=now.shape), 2)
            values[id] = moved if now.shape else float(moved)
        yield plan.run(values)


def _labels(value: Any) -> bool:
    """Whether an array of several numbers holds labels, or shares that add up to one."""
    if np.size(value) < 2:
        return False
    array = np.asarray(value)
    if np.isin(np.abs(array), (0.0, 1.0)).all():
        return True
    return bool((array >= 0).all() and np.allclose(array.sum(axis=-1), 1.0))


def elsewhere(run: Trace) -> Trace | None:
    """One such run at which as many gradients as can be are something other than zero; None where that costs too
    much."""
    structure = run.structure
    elements = sum(int(np.size(value)) for value in run.value_list)
    if len(structure.nodes) > _NODES or elements > _ELEMENTS or structure.schedule.multiplications > _PRODUCTS:
        return None
    wanted = Scope(run).wanted
    best: tuple[int, Trace] | None = None
    for other, _ in zip(others(run), range(_TRIES), strict=False):
        grads = [other.grad_list[place] for place in wanted]
        if any(not np.isfinite(grad).all() for grad in grads if grad is not None):
            continue
        zeros = sum(int(np.sum(np.asarray(grad) == 0)) for grad in grads if grad is not None)
        if best is None or zeros < best[0]:
            best = (zeros, other)
        if zeros == 0:
            break
    return None if best is None else best[1]
