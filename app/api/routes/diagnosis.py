"""`POST /api/v1/diagnosis`: what goes wrong in a training."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas, training
from app.api.routing import describe
from app.api.subject import record_at
from app.engine import Limits
from app.engine.training.diagnosis import diagnosis


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="What goes wrong in a training", **describe(schemas.DiagnosisAnswer))
    def diagnosed(ask: schemas.DiagnosisRequest) -> bytes:
        """What goes wrong at a step of a run: units that are dead, a gradient that vanishes, a rate that is too large;
        each with the first step at which it is so."""
        record = record_at(ask, limits)
        found = diagnosis(record, ask.step, training.AT_ONCE // 10)
        return numbers.write({"findings": found})
