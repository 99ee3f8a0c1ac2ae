"""The OpenAPI description: what FastAPI derives from the routes, and the model of problems, which no route returns."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.api.schemas import ProblemAnswer

_ABOUT = (
    "Send a few lines of NumPy, or the description of a network, and get every value, every gradient, and what each "
    "use of a value sends back to it. JSON has no NaN and no infinities: they are the texts "
    '"NaN", "Infinity" and "-Infinity". Lines and columns count from 1.'
)


def install(app: FastAPI) -> None:
    """Makes `app.openapi()` return the whole description; it is built once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
            _, problems = models_json_schema(
                [(ProblemAnswer, "serialization")], ref_template="#/components/schemas/{model}"
            )
            described["components"]["schemas"] |= problems["$defs"]
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
