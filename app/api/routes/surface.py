"""`POST /api/v1/surface`: what a program predicts for examples on a grid."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.slices import Drawn, sliced
from app.api.subject import record_of, resolve
from app.engine import Limits, ValueProblem
from app.engine.training.surface import Examples, Surface, own_examples, surface
from app.engine.wording import said

_SHOWN = 2_000
"""Most examples of one answer."""
_ROOM = 0.12
"""How far the grid reaches beyond the examples, as a share of their extent."""


def add(router: APIRouter, path: str, limits: Limits, evaluations: int) -> None:
    """Adds the route. evaluations: most evaluations of a node for one request."""

    @router.post(path, summary="What a program predicts over a grid", **describe(schemas.SurfaceAnswer))
    def predicted(ask: schemas.SurfaceRequest) -> bytes:
        """The value of a node for examples on a grid, beside the program's own examples and their targets; or the loss
        where two elements of its parameters are moved, or all along two directions."""
        if ask.slice is not None:
            return numbers.write(sliced(ask, ask.slice, limits, evaluations))
        plan = resolve(ask, limits, whole=True).compile(ask, limits)
        own = own_examples(plan)
        if own.rows.shape[1] > 2:
            raise ValueProblem(said("values.surface_no_plane", x=own.x, shape=own.rows.shape[1]))
        axes = [_axis(column, ask.resolution) for column in own.rows.T]
        grid = np.stack([each.ravel() for each in np.meshgrid(*axes, indexing="ij")], axis=1)
        found = surface(plan, own.x, grid, ask.of, evaluations)
        return numbers.write(
            Drawn(
                of=found.of,
                choices=found.choices,
                x=own.x,
                target=own.target,
                axes=axes,
                values=found.values,
                level=_level(found, own),
                classes=_classes(found, own),
                examples=own.rows[:_SHOWN],
                targets=() if own.targets is None else own.targets[:_SHOWN],
                aside=_aside(ask, limits),
            )
        )


def _aside(ask: schemas.SurfaceRequest, limits: Limits) -> list[int]:
    """The rows that the request's run keeps aside."""
    if ask.run is None or ask.run.own or not ask.run.validation:
        return []
    kept = record_of(ask, limits).trainer.split.validation
    return [int(row) for row in kept[kept < _SHOWN]]


def _level(found: Surface, own: Examples) -> float | None:
    """Where two classes meet: half-way between their targets, at 0 for logits; None where nothing is known."""
    if own.targets is None or own.targets.shape[1] > 2:
        return None
    classes = np.unique(own.targets)
    if len(classes) != 2:
        return None
    if found.logits:
        return 0.0
    return float(classes.mean()) if found.final else None


def _classes(found: Surface, own: Examples) -> int:
    """How many classes have a column each, in the targets and in what is compared with them; 0 if not more than two."""
    targets = own.targets
    if targets is None or targets.shape[1] < 3 or found.values.shape[1] != targets.shape[1]:
        return 0
    one_hot = np.all((targets == 0) | (targets == 1)) and np.all(np.sum(targets, axis=1) == 1)
    return targets.shape[1] if one_hot and (found.final or found.logits) else 0


def _axis(column: np.ndarray, resolution: int) -> np.ndarray:
    low, high = (float(np.min(column)), float(np.max(column))) if np.all(np.isfinite(column)) else (-1.0, 1.0)
    room = (high - low) * _ROOM or 1.0
    return np.linspace(low - room, high + room, resolution)
