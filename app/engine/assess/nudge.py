"""One number moved by Δ: what its gradient predicts, and what happens, at the output, at every node before it, and
along every edge.

The prediction at a node is its tangent times Δ, by forward mode; at the output that is gradient · Δ. What happens is
found by computing what lies behind the number again. The output is weighted by the seed, as the backward pass has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.assess.gradcheck.check import require_movable
from app.engine.assess.gradcheck.rerun import Moved, Rerun
from app.engine.errors import LimitError, ValueProblem
from app.engine.execution.passes.tangent import directional_derivative
from app.engine.execution.plan import Trace
from app.engine.program import Array, Value
from app.engine.support.errstate import quietly

TANGENT_RUNS = 4
"""What the tangents take, in runs: they go step by step, with arrays throughout."""
EDGES = 20_000
"""Evaluations of a node that may be spent on telling the edges apart; where it would be more, none is told."""


@dataclass(frozen=True, slots=True)
class Along:
    """What comes along one edge alone, the other inputs of its target standing still.

    edge: its place in `structure.edges`.
    """

    edge: int
    predicted: Value
    true: Value


@dataclass(frozen=True, slots=True)
class Moves:
    """How far every node moves, in forward order: as the tangents say, and truly."""

    predicted: tuple[Value, ...]
    true: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """One element of one node, moved by delta: as `POST /api/v1/nudge` answers it."""

    node: str
    index: tuple[int, ...]
    value: float
    """Where it stood."""
    delta: float
    gradient: float | None
    """None: no path leads to the output."""
    output: float
    """The output, weighted by the seed, before it was moved."""
    predicted: float
    """How far the gradient says that the output moves."""
    true: float
    """How far it moves."""
    outputs: tuple[float, ...]
    """The output with the number moved by each of the steps that were asked for."""
    nodes: Moves
    edges: tuple[Along, ...]
    """The edges that the move goes along, in forward order."""


def nudge(
    run: Trace,
    id: str,
    delta: float,
    index: Sequence[int] = (),
    steps: Sequence[float] = (),
    most: int = 10**7,
) -> Nudged:
    """Moves the element `index` of an input or an operation by delta, and the output alone also by each of `steps`.
    What an operation is made of stays as it is.

    most: evaluations of a node that may be spent on it all; LimitError where it would be more.
    Raises ValueProblem for an id whose value cannot be another one, and for an index that is no element of it.
    """
    rerun = Rerun(run)
    require_movable(rerun, id)
    shape = np.shape(rerun.values[rerun.index[id]])
    place = tuple(index)
    if len(place) != len(shape) or not all(0 <= i < size for i, size in zip(place, shape, strict=True)):
        raise ValueProblem(
            f"{list(place)} is no element of {id}, which is {'×'.join(map(str, shape)) or 'a single number'}",
            hint="Give one index per axis, counted from 0; [] for a single number.",
        )
    behind = rerun.behind(id)
    whole = rerun.weight(rerun.schedule.graph)
    cost = TANGENT_RUNS * whole + (1 + len(steps)) * rerun.weight(behind)
    if cost > most:
        raise LimitError(
            f"moving {id} takes {cost:,} evaluations of a node; at most {most:,} are made",
            hint="Ask for fewer steps.",
        )
    moved = Moved(rerun, id, behind)
    return quietly(lambda: _nudge(rerun, id, moved, delta, place, steps))


def _nudge(rerun: Rerun, id: str, moved: Moved, delta: float, place: tuple[int, ...], steps: Sequence[float]) -> Nudged:
    run = rerun.run
    direction: Array = np.zeros(moved.value.shape)
    direction[place] = 1.0
    tangents = directional_derivative(run, {id: direction})
    grad = run.grads[id]
    gradient = None if grad is None else float(np.asarray(grad)[place])
    output = moved.along(place)
    after = moved.values(place, delta)
    return Nudged(
        node=id,
        index=place,
        value=float(moved.value[place]),
        delta=delta,
        gradient=gradient,
        output=rerun.middle,
        predicted=0.0 if gradient is None else gradient * delta,
        true=output(delta) - rerun.middle,
        outputs=tuple(output(step) for step in steps),
        nodes=Moves(
            predicted=tuple(tangents[node.id] * delta for node in run.structure.nodes),
            true=tuple(_less(now, before) for now, before in zip(after, run.value_list, strict=True)),
        ),
        edges=_edges(rerun, moved, tangents, after, delta),
    )


def _edges(
    rerun: Rerun, moved: Moved, tangents: Mapping[str, Value], after: Sequence[Value], delta: float
) -> tuple[Along, ...]:
    schedule = rerun.schedule
    moving = {*moved.behind, moved.at}
    on_the_way = [
        (e, edge) for e, edge in enumerate(schedule.edges) if edge.target in moved.behind_set and edge.source in moving
    ]
    if sum(rerun.weight([edge.target]) + len(schedule.inputs[edge.target]) for _, edge in on_the_way) > EDGES:
        return ()
    found = []
    for e, (source, target, slot) in on_the_way:
        rule, shape = schedule.rules[target], schedule.shapes[target]
        assert rule is not None
        own = rerun.values[target]
        xs = [rerun.values[j] for j in schedule.inputs[target]]
        still = [np.zeros(np.shape(x)) for x in xs]
        still[slot] = np.asarray(tangents[schedule.nodes[source].id]) * delta
        tangent = np.asarray(rule.tangent_kernel()(*still, np.asarray(own), *map(np.asarray, xs)), dtype=np.float64)
        alone = rule.forward_kernel(ieee=True)(*[after[source] if k == slot else x for k, x in enumerate(xs)])
        spread = np.broadcast_to(tangent, shape)
        found.append(Along(e, spread if shape else float(spread), _less(alone, own)))
    return tuple(found)


def _less(now: Value, before: Value) -> Value:
    found = np.subtract(now, before)
    return found if found.shape else float(found)
