"""`POST /api/v1/check`: the numerical derivative beside every gradient."""

from __future__ import annotations

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import traced
from app.engine import Limits
from app.engine.assess.gradcheck.check import Budget, check
from app.engine.assess.gradcheck.sweep import sweep
from app.engine.assess.gradcheck.verdict import COMPLEX_STEP


def add(router: APIRouter, path: str, limits: Limits, evaluations: int) -> None:
    """Adds the route. evaluations: most evaluations of a node for one request."""

    @router.post(path, summary="Check the gradients", **describe(schemas.CheckAnswer))
    def checks(ask: schemas.CheckRequest) -> bytes:
        """Numerical derivatives beside the gradients, each with a verdict: agreement, a kink, an unsuitable step."""
        run = traced(ask, limits)
        budget = Budget(run, evaluations)
        swept = None if ask.sweep is None else sweep(run, ask.sweep, ask.index, ask.epsilon, budget)
        found = check(run, ask.nodes, ask.epsilon, ask.method, budget)
        step = COMPLEX_STEP if ask.method == "complex" else ask.epsilon
        content = {"epsilon": step, "method": ask.method, "checks": found}
        return numbers.write(content if swept is None else content | {"sweep": swept})
