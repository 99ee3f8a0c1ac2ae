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
    """A complete application of its own: two of them share what the engine keeps of programs, and nothing else.

    Raises `LessonError` or `OSError` where a lesson in the folder of one's own cannot be read.
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
    # Lessons are the server's own: what requests may ask for does not bound them.
    library = Library.load(own=Path(settings.lessons) if settings.lessons else None)
    mount(app, settings, library)
    bundle = Bundle(folder("static/dist"))
    rendered = pages.Pages(settings, bundle)
    pages.add(app.router, rendered, bundle, library)
    reference.add(app, rendered)
    app.mount("/static", bundle)
    app.connect()
    app.entrance = SecurityHeaders(app.switch)
    return app
