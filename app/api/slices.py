"""A slice through the loss of a program, and the path of its run over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np

from app.api import schemas, training
from app.api.subject import record_of, resolve
from app.engine import Limits, Plan
from app.engine.training.slices import Element, Slice, along_directions, between_elements, loss_cost, losses

_STEPS = 60
"""Most steps of a path."""
_ROOM = 0.3
"""How far the grid reaches beyond the path, as a share of its extent."""

_COARSEST = 8
"""Fewest points along an axis that still show a shape, unless fewer are asked for."""

Coordinates = tuple[float, float]
"""A point of a slice, along its two axes."""


@dataclass(frozen=True, slots=True)
class Path:
    """Where a run goes over a slice: the two numbers that are moved, where the program is, (step, place) of the run,
    and the parameters at the place that was asked for."""

    names: Sequence[str]
    origin: Coordinates
    path: Sequence[tuple[float, ...]]
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The answer of the route (`schemas.SurfaceAnswer`): what a program predicts on a grid, or a slice of its loss."""

    of: str
    axes: Sequence[Any]
    values: Sequence[Any] | np.ndarray[Any, Any]
    choices: Sequence[str] = ()
    x: str = ""
    target: str | None = None
    level: float | None = None
    classes: int = 0
    examples: Sequence[Any] | np.ndarray[Any, Any] = ()
    targets: Sequence[Any] | np.ndarray[Any, Any] = ()
    aside: Sequence[int] = ()
    slice: Path | None = None


def sliced(ask: schemas.SurfaceRequest, wish: schemas.Slice, limits: Limits, evaluations: int) -> Drawn:
    """The answer. At a step of a run the loss is that of the step's own examples, as in its trace. Raises
    `RequestProblem`, `EngineError`."""
    plan = resolve(ask, limits).compile(ask, limits)
    found = _slice(plan, ask, wish)
    path = [] if wish.place is not None else _path(found, ask, wish, limits)
    places = [found.origin, *[place for _, place in path]]
    resolution = _affordable(ask.resolution, plan, evaluations)
    axes = [] if wish.place is not None else [_axis(wish, found, places, k, resolution) for k in (0, 1)]
    parameters = {} if wish.place is None else dict(zip(found.leaves, found.moved(wish.place), strict=True))
    return Drawn(
        of=plan.structure.output,
        axes=axes,
        values=losses(found, axes, evaluations)[:, None] if axes else (),
        slice=Path(found.names, found.origin, [(step, *place) for step, place in path], parameters),
    )


def _affordable(resolution: int, plan: Plan, evaluations: int) -> int:
    """As many points along an axis as are asked for, or as can be computed: a large network has a coarser grid."""
    most = isqrt(evaluations // max(1, loss_cost(plan)))
    return resolution if most < _COARSEST else min(resolution, most)


def _slice(plan: Plan, ask: schemas.SurfaceRequest, wish: schemas.Slice) -> Slice:
    if wish.elements is None:
        named = () if ask.run is None else ask.run.parameters
        return along_directions(plan, named, wish.random_seed)
    first, second = [Element(each.leaf, tuple(each.index)) for each in wish.elements]
    return between_elements(plan, first, second)


def _path(
    found: Slice, ask: schemas.SurfaceRequest, wish: schemas.Slice, limits: Limits
) -> list[tuple[int, Coordinates]]:
    """Steps of the run, evenly spread, the last one among them."""
    if ask.run is None or ask.run.own or not wish.last:
        return []
    record = record_of(ask, limits)
    training.check_cost(record, 0, wish.last)
    steps = sorted({round(step) for step in np.linspace(0, wish.last, _STEPS)})
    path = []
    for step in steps:
        values = dict(zip(record.trainer.parameters, record.state(step).weights, strict=True))
        # What is not learned stays where it is.
        own = dict(zip(found.leaves, found.here, strict=True))
        path.append((step, found.seen({**own, **values})))
    return path


def _axis(
    wish: schemas.Slice, found: Slice, places: Sequence[Coordinates], axis: int, resolution: int
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The numbers of an axis, around what is not moved or around the path."""
    origin = found.origin[axis]
    if wish.reach is not None:
        return np.linspace(origin - wish.reach, origin + wish.reach, resolution)
    along = [place[axis] for place in places if np.isfinite(place[axis])] or [0.0]
    low, high = min(along), max(along)
    room = max((high - low) * _ROOM, 0.75 - (high - low) / 2)
    return np.linspace(low - room, high + room, resolution)
