"""Problem details (RFC 9457): the form of every error.

    {"type": "/docs#program", "title": ..., "status": 422, "detail": ...,
     "errors": [{"message": ..., "line": ..., "column": ..., "hint": ..., "field": ...}]}

`type` is an address of this server that explains the kind of problem. Lines and columns count from 1; they are null if
no place in the program (or in malformed JSON) is known. `field` is there only if a field of the request is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from starlette.responses import Response

from app.engine.wording import Said

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: `type` is its anchor in the documentation."""

    anchor: str
    status: int
    title: str
    explanation: str


PROGRAM = Kind(
    "program",
    422,
    "The program cannot be understood",
    "The text is not in the language, or names something unknown. Each error says what was found, where, and what to "
    "write instead.",
)
SHAPE = Kind("shape", 422, "Shapes do not fit", "Two shapes do not go together. Nothing has been computed.")
TARGET = Kind(
    "target",
    422,
    "That language does not have it",
    "The program is fine, but the language that its code was asked for in lacks something that it uses. The place is "
    "the first where it does.",
)
VALUE = Kind(
    "value",
    422,
    "A value does not fit",
    "A value is missing, unknown, ragged, of the wrong shape or not a number. Where names have no value yet, `missing` "
    "lists them, each with a value that would let the program run.",
)
REQUEST = Kind(
    "request",
    422,
    "The request does not fit",
    "The body is JSON, but a field is missing, unknown or of the wrong type. `field` says which.",
)
JSON = Kind("json", 400, "The body is not JSON", "The place is that of the first character that JSON does not allow.")
TOO_LARGE = Kind(
    "too-large",
    413,
    "Too large",
    "The body, the program or its arrays are larger than this server agrees to take on, or the answer takes longer.",
)
TOO_SLOW = Kind("too-slow", 408, "The body did not arrive in time", "The client sent its body too slowly.")
NOT_FOUND = Kind("not-found", 404, "There is nothing here", "No page and no part of the API has this address.")
METHOD = Kind(
    "method", 405, "Another method is needed", "The address is right, the method is not; `Allow` lists those that are."
)
INTERNAL = Kind(
    "internal", 500, "An error of ours", "A bug in Backlit. The request may be fine; nothing of it was kept."
)
KINDS = (PROGRAM, SHAPE, TARGET, VALUE, REQUEST, JSON, TOO_LARGE, TOO_SLOW, NOT_FOUND, METHOD, INTERNAL)


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """One error, and where it is: an item of `errors`. hint: by default that of the sentence (`Said`)."""

    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    field: str | None = None

    def __post_init__(self) -> None:
        if self.hint is None and isinstance(self.message, Said):
            object.__setattr__(self, "hint", self.message.hint)

    def as_json(self) -> dict[str, Any]:
        """All members; `field` only if it is set."""
        members: dict[str, Any] = asdict(self)
        if self.field is None:
            del members["field"]
        return members


class RequestProblem(Exception):
    """A request that is refused before the engine runs."""

    def __init__(self, kind: Kind, *details: ErrorDetail, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(details[0].message)
        self.kind = kind
        self.details = details
        self.headers = headers


def problem(
    kind: Kind,
    *details: ErrorDetail,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """The response. status: instead of that of the kind. members: further members, such as `missing`."""
    status = status or kind.status
    first = details[0]
    content = {
        "type": f"/docs#{kind.anchor}",
        "title": kind.title,
        "status": status,
        "detail": first.message if first.line is None or kind is JSON else f"Line {first.line}: {first.message}",
        "errors": [each.as_json() for each in details],
        **members,
    }
    return Response(orjson.dumps(content), status, headers, MEDIA_TYPE)
