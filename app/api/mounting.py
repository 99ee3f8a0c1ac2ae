"""Mounts all routes of the API under its version."""

from __future__ import annotations

from fastapi import FastAPI

from app.api import description, errors
from app.api.routes import (
    cells,
    check,
    code,
    diagnosis,
    explain,
    grade,
    health,
    histograms,
    lessons,
    network,
    nudge,
    ops,
    surface,
    trace,
    train,
)
from app.api.routing import DirectRoute
from app.api.scheduler import WorkScheduler
from app.api.trace_template import TraceTemplates
from app.lessons import Library
from app.settings import Settings

PREFIX = "/api/v1"


def mount(app: FastAPI, settings: Settings, library: Library) -> None:
    """Adds the routes and error handlers. Routes that are added to the same router later are direct routes, too."""
    errors.install(app)
    description.install(app)
    app.state.settings = settings
    app.state.scheduler = WorkScheduler(settings)
    limits = settings.limits
    router = app.router
    router.route_class = DirectRoute
    trace.add(router, f"{PREFIX}/trace", TraceTemplates(settings.cached_nodes), limits, settings.sentences)
    network.add(router, f"{PREFIX}/network", limits)
    cells.add(router, f"{PREFIX}/cells", limits)
    code.add(router, f"{PREFIX}/code", limits)
    check.add(router, f"{PREFIX}/check", limits, settings.check_evaluations)
    nudge.add(router, f"{PREFIX}/nudge", limits, settings.check_evaluations)
    surface.add(router, f"{PREFIX}/surface", limits, settings.check_evaluations)
    diagnosis.add(router, f"{PREFIX}/diagnosis", limits)
    histograms.add(router, f"{PREFIX}/histograms", limits)
    train.add(router, f"{PREFIX}/train", limits)
    explain.add(router, f"{PREFIX}/explain", limits)
    grade.add(router, f"{PREFIX}/grade", limits, settings.backward_lines, settings.check_evaluations)
    ops.add(router, f"{PREFIX}/ops")
    lessons.add(router, f"{PREFIX}/lessons", library)
    health.add(router, "/healthz")
