"""`POST /api/v1/code`: the same passes as source code that runs by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.api import numbers, schemas
from app.api.desk import Desk
from app.api.routing import describe
from app.api.subject import resolve
from app.engine import Limits
from app.engine.emit import emit_numpy


def add(router: APIRouter, path: str, desk: Desk, limits: Limits) -> None:
    """Adds the route, at work with these."""

    @router.post(path, summary="Write a program as NumPy code", **describe(schemas.CodeAnswer))
    async def code(request: Request, ask: schemas.CodeRequest) -> bytes:
        """Source that binds the values and afterwards holds every name and its gradient, with its lines' nodes."""

        def work() -> bytes:
            emitted = emit_numpy(resolve(ask, limits).compile(ask, limits).run())
            lines = [{"line": one.line, "node": one.node, "pass": one.passes} for one in emitted.lines]
            return numbers.write({"source": emitted.source, "lines": lines}, nulls=0)

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)
