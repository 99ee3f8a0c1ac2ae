"""`GET /healthz`: the server answers. Outside the API version, for monitoring."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app import __version__
from app.api import schemas
from app.api.routing import JSON, describe


def add(router: APIRouter, path: str) -> None:
    """Adds the route."""
    content = orjson.dumps({"status": "ok", "version": __version__})

    @router.get(path, summary="Is the server alive?", **describe(schemas.HealthAnswer, problems=()))
    async def health(_: Request) -> Response:
        """The status, and the version of the server."""
        return Response(content, media_type=JSON, headers={"cache-control": "no-store"})
