"""`POST /api/v1/code`: the same passes as source code that runs by itself, as text or as a notebook."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from app.api import numbers, schemas
from app.api.routing import describe
from app.api.subject import traced
from app.engine import Limits
from app.engine.emit import as_notebook, emit


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Write a program as code that runs by itself", **describe(schemas.CodeAnswer))
    def code(ask: schemas.CodeRequest) -> bytes:
        """Source that sets the values and afterwards holds every name and its gradient; and the node of each line."""
        run = traced(ask, limits)
        emitted = emit(run, ask.target)
        lines = [{"line": one.line, "node": one.node, "pass": one.passes} for one in emitted.lines]
        answer: dict[str, Any] = {"source": emitted.source, "lines": lines}
        if ask.format == "ipynb":
            answer["notebook"] = as_notebook(run, emitted, ask.target)
        return numbers.write(answer)
