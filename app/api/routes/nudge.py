"""`POST /api/v1/nudge`: one number moved, predicted and true."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.assess.nudge import nudge


def add(router: APIRouter, path: str, limits: Limits, evaluations: int) -> None:
    """Adds the route. `evaluations`: of a node, how many one request may take."""

    @router.post(path, summary="Move one number", **describe(schemas.NudgeAnswer))
    def nudged(ask: schemas.NudgeRequest) -> bytes:
        """What a gradient predicts for a small step, beside what the step does: at the output and at every node."""
        run = resolve(ask, limits).compile(ask, limits).run()
        found = nudge(run, ask.node, ask.delta, ask.index, ask.steps, evaluations)
        content = {
            "node": found.id,
            "index": list(found.index),
            "value": found.value,
            "delta": found.delta,
            "gradient": found.gradient,
            "output": found.output,
            "predicted": found.predicted_output,
            "true": found.true_output,
            "outputs": list(found.outputs),
            "nodes": {"predicted": list(found.predicted), "true": list(found.true)},
            "edges": [asdict(along) for along in found.edges],
        }
        return numbers.write(content, nulls=int(found.gradient is None))
