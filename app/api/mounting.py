"""All routes of the API, mounted under their version."""

from __future__ import annotations

from fastapi import FastAPI

from app.api import errors
from app.api.desk import Desk
from app.api.routes import code, health, network, ops, trace
from app.api.structure import Structures
from app.settings import Settings

PREFIX = "/api/v1"


def mount(app: FastAPI, settings: Settings) -> None:
    """Adds the routes and the handlers of errors."""
    errors.install(app)
    limits = settings.limits()
    desk = Desk(settings)
    app.state.settings = settings
    app.include_router(trace.router(desk, Structures(settings.cached_nodes), limits), prefix=PREFIX)
    app.include_router(network.router(desk, limits), prefix=PREFIX)
    app.include_router(code.router(desk, limits), prefix=PREFIX)
    app.include_router(ops.router(), prefix=PREFIX)
    app.include_router(health.router())
