"""`POST /api/v1/code`: the same passes as source code that runs by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.api import numbers, schemas
from app.api.desk import Desk
from app.api.routing import DirectRoute, describe
from app.api.subject import resolve
from app.engine import Limits, compile_program
from app.engine.emit import emit_numpy


def router(desk: Desk, limits: Limits) -> APIRouter:
    """The route, at work with these."""
    routes = APIRouter(route_class=DirectRoute)

    @routes.post("/code", summary="Write a program as NumPy code", **describe(schemas.CodeAnswer))
    async def code(request: Request, ask: schemas.CodeRequest) -> Response:
        """Source that binds the values and afterwards holds every name and its gradient, with its lines' nodes."""

        def work() -> bytes:
            subject = resolve(ask, limits)
            plan = compile_program(subject.program, subject.values, subject.output, ask.seed, ask.detail, limits)
            emitted = emit_numpy(plan.run())
            lines = [{"line": one.line, "node": one.node, "pass": one.passes} for one in emitted.lines]
            return numbers.write({"source": emitted.source, "lines": lines}, nulls=0)

        return await desk.answer(request, ask, work)

    return routes
