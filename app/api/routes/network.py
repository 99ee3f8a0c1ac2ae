"""`POST /api/v1/network`: from the description of a network to its program and values."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.api import numbers, schemas
from app.api.desk import Desk
from app.api.routing import DirectRoute, describe
from app.api.subject import network_subject
from app.engine import Limits


def router(desk: Desk, limits: Limits) -> APIRouter:
    """The route, at work with these."""
    routes = APIRouter(route_class=DirectRoute)

    @routes.post("/network", summary="Turn a network into a program", **describe(schemas.NetworkAnswer))
    async def network(request: Request, ask: schemas.Network) -> Response:
        """Program and values, as `POST /api/v1/trace` takes them."""

        def work() -> bytes:
            subject = network_subject(ask, limits)
            content = {"program": subject.program, "values": subject.values, "output": subject.output}
            return numbers.write(content, nulls=0)

        return await desk.answer(request, ask, work)

    return routes
