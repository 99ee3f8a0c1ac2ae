"""Turns every exception into problem details. No other module decides how an error looks."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.api import problems
from app.api.problems import ErrorDetail, Kind, RequestProblem, problem
from app.engine.errors import EngineError, LimitError, ProgramError, ShapeError, TargetError, ValueProblem
from app.engine.wording import said

_LENIENT = "handling=lenient"
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
    """Registers the handler for every exception."""

    async def handle(request: Request, error: Exception) -> Response:
        return error_response(request, error)

    for kind in (RequestProblem, EngineError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)


def error_response(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in `error`. An error of our own is logged; the answer does not describe it."""
    match error:
        case RequestProblem():
            return problem(error.kind, *error.details, headers=error.headers)
        case EngineError():
            return _as_preferred(request, _engine_error(error))
        case HTTPException():
            return _http_exception(request, error)
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(problems.INTERNAL, ErrorDetail(said("requests.internal_error")))


def _as_preferred(request: Request, response: Response) -> Response:
    """The problem under status 200, its own `status` unchanged, where the client prefers that (RFC 7240, section 4.4).

    An editor does: a half-written program is no failure there, but browsers report each 4xx as one in their console.
    """
    preferences = ",".join(request.headers.getlist("prefer")).replace(" ", "").lower()
    if _LENIENT in preferences.split(","):
        response.status_code = HTTPStatus.OK
        response.headers["Preference-Applied"] = _LENIENT
    return response


def _engine_error(error: EngineError) -> Response:
    kind = next(kind for cause, kind in _KINDS if isinstance(error, cause))
    missing = error.missing if isinstance(error, ValueProblem) else ()
    if not missing:
        return problem(kind, ErrorDetail(error.message, error.line, error.column, error.hint))
    details = [
        ErrorDetail(
            said("requests.value_missing", name=one.name), one.line, hint=one.advice('Send it in "values"', "above")
        )
        for one in missing
    ]
    wanted = [{"name": one.name, "line": one.line, "suggested": one.suggested} for one in missing]
    return problem(kind, *details, missing=wanted)


def _http_exception(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND:
        return problem(problems.NOT_FOUND, ErrorDetail(said("requests.path_unknown", path=path)))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        detail = ErrorDetail(said("requests.method_not_allowed", path=path, method=request.method, allowed=allowed))
        return problem(problems.METHOD, detail, headers=error.headers)
    return problem(problems.REQUEST, ErrorDetail(str(error.detail)), status=error.status_code, headers=error.headers)
