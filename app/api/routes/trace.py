"""`POST /api/v1/trace`: forward and backward pass of a program or a network."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.api import schemas
from app.api.answers import trace_answer
from app.api.desk import Desk
from app.api.routing import describe
from app.api.structure import Structures
from app.api.subject import resolve
from app.engine import Limits


def add(router: APIRouter, path: str, desk: Desk, structures: Structures, limits: Limits) -> None:
    """Adds the route, at work with these."""

    @router.post(path, summary="Trace a program", **describe(schemas.TraceAnswer))
    async def trace(request: Request, ask: schemas.TraceRequest) -> bytes:
        """Every value, every gradient, and one message per edge, in forward order."""

        def work() -> bytes:
            subject = resolve(ask, limits)
            told = None if ask.network is None else subject.program
            return trace_answer(subject.compile(ask, limits).run(), structures, ask.include, told)

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)
