"""One number moved by Δ: what its gradient predicts, and what happens, at the output and at every node before it.

The prediction at a node is its tangent times Δ, by forward mode; at the output that is gradient · Δ. What happens is a
run of the same plan with the moved number. The output is weighted by the seed, as the backward pass has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.forward_mode import directional_derivative
from app.engine.ops import INPUT
from app.engine.program import Array, Value
from app.engine.trace import Trace

TANGENT_RUNS = 4
"""What the tangents take, in runs: they go step by step, with arrays throughout."""


@dataclass(frozen=True, slots=True)
class Nudged:
    """One element of one input, moved by delta."""

    id: str
    index: tuple[int, ...]
    value: float
    """Where it stood."""
    delta: float
    gradient: float | None
    """None: no path leads to the output."""
    output: float
    """The output, weighted by the seed, before it was moved."""
    outputs: tuple[float, ...]
    """The same with the number moved by each of the steps that were asked for."""
    predicted: tuple[Value, ...]
    """By node, in forward order: how far the tangents say it moves."""
    true: tuple[Value, ...]
    """By node, in forward order: how far it moves."""
    predicted_output: float
    true_output: float


def nudge(
    run: Trace,
    id: str,
    delta: float,
    index: Sequence[int] = (),
    steps: Sequence[float] = (),
    most: int = 10**7,
) -> Nudged:
    """Moves the element `index` of an input by delta, and the output alone also by each of `steps`.

    most: evaluations of a node that may be spent on it all; LimitError where it would be more.
    Raises ValueProblem for an id that is no input of the graph, one that has to keep its value, and an index that is no
    element of it.
    """
    plan = run.plan
    inputs = [node.id for node in plan.nodes if node.op is INPUT and node.id not in plan.fixed]
    if id not in inputs:
        raise ValueProblem(f"{id} is no input that can be moved", hint=f"Name one of {', '.join(inputs[:12])}.")
    value = np.asarray(run.values[id], dtype=np.float64)
    place = tuple(index)
    if len(place) != value.ndim or not all(0 <= i < size for i, size in zip(place, value.shape, strict=True)):
        shape = "×".join(map(str, value.shape)) or "a single number"
        raise ValueProblem(
            f"{list(place)} is no element of {id}, which is {shape}",
            hint="Give one index per axis, counted from 0; [] for a single number.",
        )
    held = sum(int(np.size(each)) for each in run.value_list)
    # Beside the nodes themselves: what their arrays hold, and what their products take, in nodes of about 1 µs.
    runs = TANGENT_RUNS + 1 + len(steps)
    cost = runs * (len(plan.nodes) + held // 64 + plan.schedule.multiplications // 1_000)
    if cost > most:
        raise LimitError(
            f"moving {id} takes {cost:,} evaluations of a node; at most {most:,} are made",
            hint="Ask for fewer steps.",
        )
    values = {node.id: run.values[node.id] for node in plan.nodes if node.op is INPUT}

    def moved_by(step: float) -> Trace:
        moved = value.copy()
        moved[place] += step
        return plan.run({**values, id: moved if moved.shape else float(moved)}, run.seed)

    direction: Array = np.zeros(value.shape)
    direction[place] = 1.0
    tangents = directional_derivative(run, {id: direction})
    grad = run.grads[id]
    gradient = None if grad is None else float(np.asarray(grad)[place])
    with np.errstate(all="ignore"):
        moved = moved_by(delta)
        output = _weighted(run)
        return Nudged(
            id=id,
            index=place,
            value=float(value[place]),
            delta=delta,
            gradient=gradient,
            output=output,
            outputs=tuple(_weighted(moved_by(step)) for step in steps),
            predicted=tuple(tangents[node.id] * delta for node in plan.nodes),
            true=tuple(after - before for after, before in zip(moved.value_list, run.value_list, strict=True)),
            predicted_output=0.0 if gradient is None else gradient * delta,
            true_output=_weighted(moved) - output,
        )


def _weighted(run: Trace) -> float:
    return float(np.sum(np.asarray(run.seed) * np.asarray(run.output)))
