"""`GET /api/v1/ops`: the language, read off the registry and the prelude."""

from __future__ import annotations

import gzip
import hashlib

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.api import numbers, schemas
from app.api.op_catalog import op_catalog
from app.api.routing import JSON, describe


def add(router: APIRouter, path: str) -> None:
    """Adds the route. Its answer never changes while the server runs, so it is written once."""
    content = numbers.write(op_catalog())
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    packed = gzip.compress(content, mtime=0)

    @router.get(path, summary="The language", **describe(schemas.OpsAnswer, problems=()))
    async def ops(request: Request) -> Response:
        """Every operation with its curve, every function with its source, and the forms of the language."""
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type=JSON, headers={**headers, "content-encoding": "gzip"})
        return Response(content, media_type=JSON, headers=headers)
