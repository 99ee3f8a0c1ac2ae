"""Turns every exception into problem details; nothing else decides how an error looks."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.api import problems
from app.api.problems import Kind, RequestProblem, Trouble, problem
from app.engine.errors import EngineError, LimitError, ProgramError, ShapeError, TargetError, ValueProblem

_LOG = logging.getLogger("backlit")
_KINDS: tuple[tuple[type[EngineError], Kind], ...] = (
    (LimitError, problems.TOO_LARGE),
    (ShapeError, problems.SHAPE),
    (TargetError, problems.TARGET),
    (ValueProblem, problems.VALUE),
    (ProgramError, problems.PROGRAM),
    (EngineError, problems.PROGRAM),
)


def install(app: FastAPI) -> None:
    """Makes the application answer every exception in this way."""

    async def handle(request: Request, error: Exception) -> Response:
        return told(request, error)

    for kind in (RequestProblem, EngineError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)


def told(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in `error`. What is nobody's fault but ours is logged, and says nothing."""
    match error:
        case RequestProblem():
            return problem(error.kind, *error.troubles, headers=error.headers)
        case EngineError():
            return _engine_error(error)
        case HTTPException():
            return _http_exception(request, error)
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(problems.INTERNAL, Trouble("Something went wrong on our side", hint="Please report what you sent"))


def _engine_error(error: EngineError) -> Response:
    kind = next(kind for cause, kind in _KINDS if isinstance(error, cause))
    missing = error.missing if isinstance(error, ValueProblem) else ()
    if not missing:
        return problem(kind, Trouble(error.message, error.line, error.column, error.hint))
    troubles = [
        Trouble(f"{one.name} has no value yet", one.line, hint=one.advice('Send it in "values"', "above"))
        for one in missing
    ]
    wanted = [{"name": one.name, "line": one.line, "suggested": one.suggested} for one in missing]
    return problem(kind, *troubles, missing=wanted)


def _http_exception(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem(problems.NOT_FOUND, Trouble(f"There is nothing at {path}", hint="/docs lists all addresses"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        trouble = Trouble(f"{path} cannot be asked with {request.method}", hint=f"Use {allowed}")
        return problem(problems.METHOD, trouble, headers=error.headers)
    return problem(problems.REQUEST, Trouble(str(error.detail)), status=error.status_code, headers=error.headers)
