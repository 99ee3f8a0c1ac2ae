"""`POST /api/v1/histograms`: how parameters and gradients are distributed, over the steps of a training."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas, training
from app.api.routing import describe
from app.api.subject import record_at
from app.engine import Limits
from app.engine.training.histograms import distributions


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Parameters and gradients over the steps", **describe(schemas.HistogramsAnswer))
    def distributed(ask: schemas.HistogramsRequest) -> bytes:
        """How many numbers of each parameter, and of its gradient, lie in which range: at the steps of a run that are
        kept, at most some 65."""
        record = record_at(ask, limits)
        steps, found = distributions(record, ask.step, ask.ranges, ask.parameters, training.AT_ONCE // 4)
        return numbers.write({"steps": steps, "distributions": found})
