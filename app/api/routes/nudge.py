"""`POST /api/v1/nudge`: one number moved, predicted and true."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import traced
from app.engine import Limits
from app.engine.assess.nudge import nudge


def add(router: APIRouter, path: str, limits: Limits, evaluations: int) -> None:
    """Adds the route. evaluations: most evaluations of a node for one request."""

    @router.post(path, summary="Move one number", **describe(schemas.NudgeAnswer))
    def nudged(ask: schemas.NudgeRequest) -> bytes:
        """What a gradient predicts for a small step, beside what the step does: at the output and at every node."""
        run = traced(ask, limits)
        return numbers.write(nudge(run, ask.node, ask.delta, ask.index, ask.steps, evaluations))
