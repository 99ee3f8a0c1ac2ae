"""`POST /api/v1/code`: the same passes as source code that runs by itself, as text or as a notebook; or a training."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter

from app.api import numbers, problems, schemas
from app.api.problems import ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.subject import record_of, traced
from app.engine import Limits
from app.engine.emit import Emitted, as_notebook, emit
from app.engine.emit.training import emit_training
from app.engine.wording import said


class _Code(NamedTuple):
    """The answer (`schemas.CodeAnswer`)."""

    source: str
    lines: list[dict[str, Any]]
    notebook: dict[str, Any] | None = None


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Write a program as code that runs by itself", **describe(schemas.CodeAnswer))
    def code(ask: schemas.CodeRequest) -> bytes:
        """Source that sets the values and afterwards holds every name and its gradient, or that trains the program; and
        the node of each line."""
        if ask.scope == "training":
            script = _script(ask, limits)
            return numbers.write(_Code(script.source, _lines(script)))
        run = traced(ask, limits)
        emitted = emit(run, ask.target)
        notebook = as_notebook(run, emitted, ask.target) if ask.format == "ipynb" else None
        return numbers.write(_Code(emitted.source, _lines(emitted), notebook))


def _script(ask: schemas.CodeRequest, limits: Limits) -> Emitted:
    if ask.format == "ipynb":
        detail = ErrorDetail(said("requests.training_as_notebook"), field="format")
        raise RequestProblem(problems.REQUEST, detail)
    return emit_training(record_of(ask, limits).trainer, ask.steps, ask.target)


def _lines(emitted: Emitted) -> list[dict[str, Any]]:
    return [{"line": one.line, "node": one.node, "pass": one.passes} for one in emitted.lines]
