"""Puts the application together: routers, pages, static files, error handlers."""

from __future__ import annotations

from pathlib import Path

from app import __version__, pages, reference
from app.api.mounting import mount
from app.api.switchboard import Switchboard
from app.assets import Bundle, folder
from app.headers import SecurityHeaders
from app.lessons import Library
from app.settings import Settings


def create_app(settings: Settings | None = None) -> Switchboard:
    """A complete application. Two of them in one process share what the engine caches of programs, and nothing else.

    Raises `LessonError` where a lesson in the folder `settings.lessons` is wrong, `OSError` where one cannot be read.
    """
    settings = settings or Settings()
    app = Switchboard(
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
    app.connect()  # all routes are there now
    app.entrance = SecurityHeaders(app.switch)
    return app
