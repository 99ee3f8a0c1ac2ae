"""Puts requests straight through to their routes, past the layers between an application and a route.

Those layers (error pages, telemetry, form limits, exit stacks, routing by pattern) cost a small request a tenth of its
time. Everything that is not the address of a direct route goes the usual way.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import errors
from app.api.routing import DirectRoute


class Switchboard(FastAPI):
    """A FastAPI application that describes its direct routes and then keeps out of their way."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.entrance: ASGIApp = self.switch
        """What every request enters by; middleware for all of them is put around `switch` here."""
        self._direct: dict[str, DirectRoute] = {}

    def connect(self) -> None:
        """To be called when all routes are there."""
        # An address with a part that varies is found by FastAPI, which knows how to read it.
        direct = (route for route in self.routes if isinstance(route, DirectRoute))
        self._direct = {route.path: route for route in direct if "{" not in route.path}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        await self.entrance(scope, receive, send)

    async def switch(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, on its way to its route."""
        route = self._direct.get(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        try:
            answer = await route.answer(scope, receive)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception as error:  # noqa: BLE001 - whatever it is, it becomes an answer, and is logged there
            answer = errors.told(Request(scope), error)
        await route.respond(answer, scope, receive, send)
