"""Puts the application together: routers, pages, static files, error handlers."""

from __future__ import annotations

from pathlib import Path

from app import __version__, pages, reference
from app.api.fast_path import FastPathApp
from app.api.mounting import mount
from app.assets import Bundle, folder
from app.headers import SecurityHeaders
from app.lessons import Library
from app.settings import Settings


def create_app(settings: Settings | None = None) -> FastPathApp:
    """A complete application. Two in one process share nothing but the engine's caches of programs.

    Raises `LessonError` if a lesson in the folder `settings.lessons` is wrong, `OSError` if one cannot be read.
    """
    settings = settings or Settings()
    app = FastPathApp(
        title="Backlit",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    # Lessons belong to the server: the limits on requests do not apply to them.
    library = Library.load(own=Path(settings.lessons) if settings.lessons else None)
    mount(app, settings, library)
    bundle = Bundle(folder("static/dist"))
    rendered = pages.Pages(settings, bundle)
    pages.add(app.router, rendered, bundle, library)
    reference.add(app, rendered)
    app.mount("/static", bundle)
    app.index_routes()  # after the last route
    app.entrance = SecurityHeaders(app.dispatch)
    return app
