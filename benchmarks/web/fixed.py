"""The least that a FastAPI route can do for the same request: validate it by the same model and answer ready bytes."""

import os
from pathlib import Path

from fastapi import FastAPI, Response

from app.api.schemas import TraceRequest


def create_app() -> FastAPI:
    """One route. The bytes come from the file that BENCH_ANSWER names: what Backlit answers to the same request."""
    app = FastAPI()
    answer = Path(os.environ["BENCH_ANSWER"]).read_bytes()

    @app.post("/api/v1/trace")
    async def trace(ask: TraceRequest) -> Response:
        return Response(answer, media_type="application/json")

    return app
