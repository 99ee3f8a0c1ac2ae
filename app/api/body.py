"""Reads the body of a request and parses it into its model. Bodies that are too large are refused before parsing."""

from __future__ import annotations

import asyncio
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from app.api import fields, problems
from app.api.problems import ErrorDetail, RequestProblem
from app.engine.wording import said

Model = TypeVar("Model", bound=BaseModel)

_MOST_DETAILS = 20
_SPELLINGS = {
    "NaN": 'JSON has no NaN: write the text "NaN"',
    "Infinity": 'JSON has no Infinity: write the text "Infinity"',
    "-Infinity": 'JSON has no -Infinity: write the text "-Infinity"',
    "None": "JSON writes null",
    "True": "JSON writes true",
    "False": "JSON writes false",
    "'": 'JSON texts stand between double quotes: "',
    ",": "Perhaps a comma too many?",
    "+": "JSON numbers carry no plus sign",
    ".": "JSON numbers start with a digit: 0.5",
    "//": "JSON has no comments",
    "#": "JSON has no comments",
    "\ufeff": "Send it without a byte order mark",
}


async def read(request: Request, *, limit: int, seconds: float) -> bytes:
    """The whole body. Raises `RequestProblem` as soon as it exceeds `limit` bytes or `seconds`."""
    for name, value in request.scope["headers"]:
        if name == b"content-length" and value.isdigit() and (len(value) > 18 or int(value) > limit):
            raise _too_large(limit)
    message = await request.receive()
    if message["type"] == "http.request" and not message.get("more_body") and len(message["body"]) <= limit:
        return bytes(message["body"])  # the common case: the whole body came at once
    try:
        async with asyncio.timeout(seconds):
            return await _rest(request, message, limit)
    except TimeoutError:
        detail = ErrorDetail(said("requests.body_late", seconds=seconds))
        raise RequestProblem(problems.TOO_SLOW, detail, headers={"connection": "close"}) from None


async def _rest(request: Request, message: Message, limit: int) -> bytes:
    body = bytearray()
    while True:
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        if not message.get("more_body"):
            return bytes(body)
        message = await request.receive()


def parse(model: type[Model], body: bytes) -> Model:
    """The model that the body describes. Raises `RequestProblem` with every field that does not fit."""
    try:
        return model.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise _malformed(error, body) from None
    except ValidationError as error:
        details = [fields.error_detail(model, each) for each in error.errors(include_url=False)[:_MOST_DETAILS]]
        raise RequestProblem(problems.REQUEST, *details) from None


def _too_large(limit: int) -> RequestProblem:
    detail = ErrorDetail(said("requests.body_too_large", limit=limit))
    # Without this header the server would read the rest of the body.
    return RequestProblem(problems.TOO_LARGE, detail, headers={"connection": "close"})


def _malformed(error: orjson.JSONDecodeError, body: bytes) -> RequestProblem:
    if not body.strip():
        example = 'Send for example {"program": "y = x * x", "values": {"x": 3}}'
        return RequestProblem(problems.JSON, ErrorDetail(said("requests.body_empty"), hint=example))
    start = error.pos - 1 if error.doc[error.pos - 1 : error.pos] == "-" else error.pos
    rest = error.doc[start : start + 12]
    hint = next((text for found, text in _SPELLINGS.items() if rest.startswith(found)), None)
    what = f"found {rest[:1]!r}" if rest else "the text ends"
    message = f"The body is not JSON: {what} at line {error.lineno}, column {error.colno} ({error.msg})"
    return RequestProblem(problems.JSON, ErrorDetail(message, error.lineno, error.colno, hint))
