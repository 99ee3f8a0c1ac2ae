"""Moves one number by Δ, and compares the predicted with the true change of the output, of every node and along every
edge.

The predicted change of a node is its tangent times Δ, by forward mode; for the output this is gradient · Δ. The true
change is found by recomputing the descendants of the number. The output is weighted by the seed, as in the backward
pass.
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
from app.engine.execution.values import as_value, has_element
from app.engine.program import Array, Value
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import said

TANGENT_RUNS = 4
"""Cost of the tangents, in forward passes: they are computed node by node, always with arrays."""
EDGES = 20_000
"""Most evaluations of a node for the changes along edges; if more are needed, there are none."""


@dataclass(frozen=True, slots=True)
class Along:
    """The change of an edge's target if only its source moves. edge: index into `structure.edges`."""

    edge: int
    predicted: Value
    true: Value


@dataclass(frozen=True, slots=True)
class Moves:
    """The predicted and the true change of every node, in forward order."""

    predicted: tuple[Value, ...]
    true: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """One element of one node, moved by delta: the answer to `POST /api/v1/nudge`."""

    node: str
    index: tuple[int, ...]
    value: float
    """The number before the move."""
    delta: float
    gradient: float | None
    """None if no path leads to the output."""
    output: float
    """The output, weighted by the seed, before the move."""
    predicted: float
    """The predicted change of the output."""
    true: float
    """The true change of the output."""
    outputs: tuple[float, ...]
    """The output after a move by each of `steps`."""
    nodes: Moves
    edges: tuple[Along, ...]
    """The edges along which something changes, in forward order."""


def nudge(
    run: Trace,
    id: str,
    delta: float,
    index: Sequence[int] = (),
    steps: Sequence[float] = (),
    most: int = 10**7,
) -> Nudged:
    """Moves the element `index` of an input or an operation by delta; the inputs of an operation stay as they are.

    steps: further moves of the same element, each on its own, for which only the output is computed.
    most: most evaluations of a node; LimitError if more are needed.
    Raises ValueProblem for an id whose value cannot be changed, and for an index that is no element of it.
    """
    rerun = Rerun(run)
    require_movable(rerun, id)
    shape = np.shape(rerun.values[rerun.index[id]])
    element = tuple(index)
    if not has_element(shape, element):
        if not shape:
            raise ValueProblem(said("values.moved_outside_number", element=list(element), id=id))
        raise ValueProblem(
            said("values.moved_outside_array", element=list(element), id=id, shape="×".join(map(str, shape)))
        )
    descendants = rerun.descendants(id)
    whole = rerun.weight(rerun.schedule.graph)
    cost = TANGENT_RUNS * whole + (1 + len(steps)) * rerun.weight(descendants)
    if cost > most:
        raise LimitError(said("limits.nudge_too_long", id=id, cost=cost, most=most))
    moved = Moved(rerun, id, descendants)
    return ignore_fp_errors(lambda: _nudge(rerun, id, moved, delta, element, steps))


def _nudge(
    rerun: Rerun, id: str, moved: Moved, delta: float, element: tuple[int, ...], steps: Sequence[float]
) -> Nudged:
    run = rerun.run
    direction: Array = np.zeros(moved.value.shape)
    direction[element] = 1.0
    tangents = directional_derivative(run, {id: direction})
    grad = run.grads[id]
    gradient = None if grad is None else float(np.asarray(grad)[element])
    output = moved.along(element)
    after = moved.values(element, delta)
    return Nudged(
        node=id,
        index=element,
        value=float(moved.value[element]),
        delta=delta,
        gradient=gradient,
        output=rerun.middle,
        predicted=0.0 if gradient is None else gradient * delta,
        true=output(delta) - rerun.middle,
        outputs=tuple(output(step) for step in steps),
        nodes=Moves(
            predicted=tuple(tangents[node.id] * delta for node in run.structure.nodes),
            true=tuple(as_value(np.subtract(now, before)) for now, before in zip(after, run.value_list, strict=True)),
        ),
        edges=_edges(rerun, moved, tangents, after, delta),
    )


def _edges(
    rerun: Rerun, moved: Moved, tangents: Mapping[str, Value], after: Sequence[Value], delta: float
) -> tuple[Along, ...]:
    schedule = rerun.schedule
    descendants = frozenset(moved.descendants)
    moving = descendants | {moved.index}
    affected = [
        (e, edge) for e, edge in enumerate(schedule.edges) if edge.target in descendants and edge.source in moving
    ]
    if sum(rerun.weight([edge.target]) + len(schedule.inputs[edge.target]) for _, edge in affected) > EDGES:
        return ()
    found = []
    for e, (source, target, slot) in affected:
        rule, shape = schedule.rules[target], schedule.shapes[target]
        assert rule is not None
        own = rerun.values[target]
        xs = [rerun.values[j] for j in schedule.inputs[target]]
        still = [np.zeros(np.shape(x)) for x in xs]
        still[slot] = np.asarray(tangents[schedule.nodes[source].id]) * delta
        tangent = np.asarray(rule.tangent_kernel()(*still, np.asarray(own), *map(np.asarray, xs)), dtype=np.float64)
        alone = rule.forward_kernel(ieee=True)(*[after[source] if k == slot else x for k, x in enumerate(xs)])
        found.append(Along(e, as_value(np.broadcast_to(tangent, shape)), as_value(np.subtract(alone, own))))
    return tuple(found)
