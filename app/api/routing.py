"""A FastAPI route without FastAPI's parsing and serialising, which takes about 40 µs of each request.

FastAPI still describes the route by its signature. The bytes of the body go through orjson and a strict model; the
handler returns bytes or a Response; exceptions go to the handlers of `app.api.errors`. `app.api.scheduler` decides when
and where a handler with a body runs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, get_type_hints

import anyio.to_thread
from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api import body, schemas
from app.api.problems import MEDIA_TYPE
from app.api.scheduler import QUICK_BYTES, WorkScheduler
from app.api.streaming import Lines
from app.settings import Settings

JSON = "application/json"
Answer = bytes | Lines | Response
Handler = Callable[..., Any]


class DirectRoute(APIRoute):
    """The route of a handler `async def handler(request) -> Response`, or `def handler(ask) -> bytes` (or `Lines`, for
    an answer that is sent as it is worked out), where `ask` is the model of the body; the application's scheduler runs
    the latter."""

    def __init__(self, path: str, endpoint: Handler, **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        hints = get_type_hints(endpoint)
        models = [hints[name] for name in inspect.signature(endpoint).parameters if _is_model(hints[name])]
        self._model: type[schemas.Request] | None = models[0] if models else None
        self._handler = endpoint
        # A route with GET also takes HEAD; the server leaves the body out.
        self._methods = frozenset({*(self.methods or ()), *(["HEAD"] if "GET" in (self.methods or ()) else [])})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request that matched the path; exceptions are answered by the application."""
        await self.respond(await self.answer(scope, receive), scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The handler's result. Raises what the handler raises."""
        if scope["method"] not in self._methods:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(sorted(self._methods))})
        request = Request(scope, receive)
        if self._model is None:
            response: Response = await self._handler(request)
            return response
        state = scope["app"].state
        settings: Settings = state.settings
        scheduler: WorkScheduler = state.scheduler
        content = await body.read(request, limit=settings.body_bytes, seconds=settings.body_seconds)
        if len(content) <= QUICK_BYTES:
            ask = body.parse(self._model, content)
        else:
            ask = await anyio.to_thread.run_sync(body.parse, self._model, content)
        found: bytes | Lines = await scheduler.run(ask.cost_key(), len(content), partial(self._handler, ask), receive)
        return found

    async def respond(self, answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends an answer."""
        if isinstance(answer, Lines):
            await answer.send(scope, receive, send)
            return
        if isinstance(answer, Response):
            await answer(scope, receive, send)
            return
        length = str(len(answer)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def describe(answer: type[BaseModel], problems: tuple[int, ...] = (400, 408, 413, 422)) -> dict[str, Any]:
    """The arguments of a route that describe its answers in OpenAPI; they validate and convert nothing."""
    responses: dict[int | str, dict[str, Any]] = {200: {"model": answer, "description": (answer.__doc__ or "").strip()}}
    for status in problems:
        responses[status] = {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}},
        }
    return {"response_model": None, "response_class": Response, "responses": responses}


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, schemas.Request)
