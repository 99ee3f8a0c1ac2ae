"""`POST /api/v1/check`: the numerical derivative beside every gradient of an input."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.api import numbers, schemas
from app.api.desk import Desk
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.check import check


def add(router: APIRouter, path: str, desk: Desk, limits: Limits, evaluations: int) -> None:
    """Adds the route, at work with these. `evaluations`: of a node, how many one request may take."""

    @router.post(path, summary="Check the gradients", **describe(schemas.CheckAnswer))
    async def checks(request: Request, ask: schemas.CheckRequest) -> bytes:
        """Differences in the place of derivatives, each with a verdict: agreement, a kink, an unfit step."""

        def work() -> bytes:
            run = resolve(ask, limits).compile(ask, limits).run()
            found = check(run, ask.nodes, ask.epsilon, ask.method, evaluations)
            told = [
                {
                    "id": one.id,
                    "grad": one.grad,
                    "numeric": one.numeric,
                    "relative_error": one.relative_error,
                    "verdict": one.verdict,
                }
                for one in found
            ]
            content = {"epsilon": ask.epsilon, "method": ask.method, "checks": told}
            return numbers.write(content, nulls=sum(one.grad is None for one in found))

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)
