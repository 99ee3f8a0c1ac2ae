"""What is looked for at a step of a training: each look sees one thing that goes wrong, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.engine.execution.plan import Trace
from app.engine.program import Array, Node, Value, ancestors
from app.engine.training.learned import examples, held
from app.engine.training.surface import predictions, value_of
from app.engine.training.trainer import State, Trainer
from app.engine.wording import Said, said

_FLAT = 1e-3
"""A unit whose slope is at most this for every example hardly passes a gradient on."""
_TINY = 5e-324
"""The smallest slope that is not 0."""
_VANISHED = 1e-4
"""A layer whose gradient, per weight, is this part of the largest one hardly moves beside it."""
_EXPLODED = 1e3
"""A gradient that has grown so many times since the first step, and is above it."""
_CLIMBED = 1.5
"""A loss that is so many times the lowest one before it."""
_CONSTANT = 1e-3
"""Predictions that differ by less than this part of what the targets do."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a run may be given otherwise, to see whether that helps."""

    settings: dict[str, float]
    clip: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look has found; says has its advice as its hint. extent: how many parts of the node it is about; with
    fewer of them it was less."""

    says: Said
    node: str | None = None
    trial: Trial | None = None
    extent: int = 1

    def was(self, before: Seen | None) -> bool:
        """Whether it was so before, no less than now."""
        return before is not None and before.node == self.node and before.extent >= self.extent


@dataclass(frozen=True, slots=True)
class Point:
    """A step of a run. trace: with all examples; start: that of the first step."""

    trainer: Trainer
    state: State
    trace: Trace
    start: Trace


def _nonfinite(at: Point) -> Seen | None:
    """The first value that is no number. Where the run began well with such values, they are meant to be there: the
    minus infinities with which attention hides what is ahead."""
    meant = {node.id for node, _ in _unbounded(at.start)} if np.all(np.isfinite(at.start.output)) else set()
    for node, i in _unbounded(at.trace):
        if node.id in meant:
            continue
        made = at.trace.structure.schedule.inputs[i]
        sizes = [float(np.max(np.abs(at.trace.value_list[j]))) for j in made]
        name = _named(at.trace, i)
        grown = said("diagnosis.nonfinite_of", name=name, size=_written(max(sizes))) if sizes else None
        return Seen(grown or said("diagnosis.nonfinite", name=name), node.id, _slower(at, 1.0))
    return None


def _unbounded(trace: Trace) -> Iterator[tuple[Node, int]]:
    """The nodes whose values are not all finite, and their indices."""
    for i, (node, value) in enumerate(zip(trace.structure.nodes, trace.value_list, strict=True)):
        if not np.all(np.isfinite(value)):
            yield node, i


def _climbing(at: Point) -> Seen | None:
    """A loss above what it was."""
    loss, first = float(np.squeeze(at.trace.output)), float(np.squeeze(at.start.output))
    # The loss of a batch, or with something left out, is no measure for that of all examples.
    alike = at.trainer.takes_all and not at.trainer.counts
    lowest = min(first, at.state.best) if alike else first
    if not math.isfinite(loss) or loss <= _CLIMBED * abs(lowest) + abs(lowest) * 1e-9 or loss - lowest < 1e-9:
        return None
    return Seen(said("diagnosis.climbing", loss=_written(loss), lowest=_written(lowest)), trial=_slower(at))


def _exploded(at: Point) -> Seen | None:
    """A gradient that has grown beyond measure."""
    for name in at.trainer.parameters:
        now, then = _size(at.trace, name), _size(at.start, name)
        if math.isfinite(now) and now > _EXPLODED and now > _EXPLODED * then:
            grown = said("diagnosis.exploded", name=name, now=_written(now), then=_written(then))
            return Seen(grown, name, _slower(at, 1.0))
    return None


def _unreached(at: Point) -> Seen | None:
    """Parameters that no gradient reaches."""
    sizes = {name: _size(at.trace, name) for name in at.trainer.parameters}
    still = [name for name, size in sizes.items() if size == 0.0]
    if not still:
        return None
    if len(still) == len(sizes):
        return Seen(said("diagnosis.unreached_all"), still[0], extent=len(still))
    return Seen(said("diagnosis.unreached", names=_joined(still), count=len(still)), still[0], extent=len(still))


def _vanished(at: Point) -> Seen | None:
    """A weight that moves far less than another."""
    sizes = {
        name: _size(at.trace, name) / math.sqrt(np.size(at.trace.values[name]))
        for name in at.trainer.parameters
        if np.ndim(at.trace.values[name]) > 1
    }
    moving = {name: size for name, size in sizes.items() if 0.0 < size < math.inf}
    if len(moving) < 2:
        return None
    least, most = min(moving, key=moving.__getitem__), max(moving, key=moving.__getitem__)
    if moving[least] >= _VANISHED * moving[most]:
        return None
    times = _written(moving[most] / moving[least])
    return Seen(said("diagnosis.vanished", least=least, times=times, most=most), least)


def _dead(at: Point) -> Seen | None:
    """Units that pass no gradient on for any example."""
    return _locked(at, 0.0, 0.0, lambda **facts: said("diagnosis.dead", **facts))


def _saturated(at: Point) -> Seen | None:
    """Units that are flat for every example."""
    return _locked(at, _TINY, _FLAT, lambda **facts: said("diagnosis.saturated", **facts))


def _alike(at: Point) -> Seen | None:
    """Units that all compute the same."""
    for target, slopes in _units(at):
        node, value = at.trace.structure.nodes[target], np.asarray(at.trace.value_list[target])
        if (
            value.shape == slopes.shape
            and slopes.shape[1] > 1
            and np.all(np.ptp(value, axis=1) == 0.0)
            and np.any(slopes)
        ):
            return Seen(said("diagnosis.alike", units=slopes.shape[1], name=_named(at.trace, target)), node.id)
    return None


def _constant(at: Point) -> Seen | None:
    """The same prediction for every example."""
    plan = at.trace.plan
    names, _number = examples(at.trace.structure, held(plan), None, at.trainer.parameters)
    if len(names) < 2 or names[0] not in at.trace.structure.leaves.index:
        return None
    made, targets = predictions(plan, names[0]), np.asarray(held(plan)[names[1]])
    if not made or len(targets) < 2:
        return None
    spread, wanted = _spread(value_of(at.trace, made[-1])), _spread(targets)
    if not spread < _CONSTANT * wanted:
        return None
    return Seen(said("diagnosis.constant", name=made[-1], wanted=_written(wanted)))


def _slower(at: Point, clip: float | None = None) -> Trial | None:
    """A tenth of the rate."""
    rate = at.trainer.numbers(at.trainer.phase(at.state.step), at.state.step).get("lr")
    return None if rate is None else Trial({"lr": float(f"{rate / 10:.6g}")}, clip)


def _units(at: Point) -> Iterator[tuple[int, Array]]:
    """The nodes that bend the units of a hidden layer, each with the slopes: a row for each example and a column for
    each unit, or one column where the rows are no examples."""
    structure = at.trace.structure
    rows = {len(np.asarray(held(at.trace.plan)[name])) for name in at.trainer.data}
    hidden = _hidden(at)
    for edge, local in zip(structure.edges, at.trace.local_list, strict=True):
        shape = structure.shapes[edge.target]
        if local is None or edge.target not in hidden or not structure.nodes[edge.target].op.bends:
            continue
        if structure.nodes[edge.source].role != "constant" and np.all(np.isfinite(local)):
            slopes = np.broadcast_to(local, shape)
            yield edge.target, slopes if len(shape) == 2 and shape[0] in rows else slopes.reshape(-1, 1)


def _hidden(at: Point) -> set[int]:
    """What is multiplied by a weight later on."""
    structure = at.trace.structure
    nodes, index = structure.program.nodes, structure.schedule.index
    learned: list[bool] = []
    multiplied: list[int] = []
    for node in nodes:
        made = [learned[j] for j in node.inputs]
        learned.append(node.id in at.trainer.parameters or (bool(made) and all(made)))
        if any(made) and not all(made) and (node.op.kind == "matmul" or node.op.is_product):
            multiplied += [j for j in node.inputs if not learned[j]]
    leads = ancestors(nodes, multiplied)
    return {index[i] for i in range(len(nodes)) if leads[i] and i in index}


def _locked(at: Point, least: float, most: float, says: Callable[..., Said]) -> Seen | None:
    """The first node with units whose slope lies between these for every example. says: what is said of it."""
    for target, slopes in _units(at):
        steepest = np.max(np.abs(slopes), axis=0)
        flat = np.count_nonzero((steepest >= least) & (steepest <= most))
        if flat:
            name = _named(at.trace, target)
            node = at.trace.structure.nodes[target].id
            seen = Seen(says(name=name, flat=int(flat), units=len(steepest)), node, None, int(flat))
            if at.trace is at.start or seen.was(_locked(replace(at, trace=at.start), least, most, says)):
                return seen
            # Weights that a rate has led there, it may not with a smaller one.
            return replace(seen, trial=_slower(at))
    return None


def _size(trace: Trace, name: str) -> float:
    """The Euclidean norm of a gradient; 0 where none flows."""
    grad = trace.grads.get(name)
    return 0.0 if grad is None else float(np.linalg.norm(np.ravel(grad)))


def _spread(values: Any) -> float:
    rows: np.ndarray[Any, Any] = np.asarray(values, dtype=float).reshape(len(values), -1)
    return float(np.max(np.ptp(rows, axis=0))) if rows.size else math.nan


def _named(trace: Trace, index: int) -> str:
    """A node by its name, or by its operation and the line that it is part of."""
    node = trace.structure.nodes[index]
    if node.name is not None:
        return node.name
    return f"{node.op.name} in {node.id.rpartition('.')[0] or node.id}"


def _written(x: Value) -> str:
    return f"{float(x):.3g}"


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


LOOKS: Mapping[str, Callable[[Point], Seen | None]] = {
    "nonfinite": _nonfinite,
    "climbing": _climbing,
    "exploded": _exploded,
    "dead": _dead,
    "saturated": _saturated,
    "alike": _alike,
    "unreached": _unreached,
    "vanished": _vanished,
    "constant": _constant,
}
"""By kind, what is looked for: causes before what follows from them."""
