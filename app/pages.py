"""The HTML pages, rendered with Jinja2."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from app import __version__
from app.assets import Bundle, folder
from app.gallery import Gallery
from app.lessons import Library
from app.settings import Settings


class Pages:
    """Renders the templates with what all pages need: the addresses of built files and the style nonce."""

    def __init__(self, settings: Settings, bundle: Bundle) -> None:
        self._bundle = bundle
        self._templates = Environment(
            loader=FileSystemLoader(folder("templates")),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            auto_reload=settings.reload_templates,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, request: Request, template: str, status: int = 200, **context: object) -> Response:
        """One page. Templates may use `context`, and: `static("main.js")`, the address of a built file; `nonce`, which
        styles need; `version`, Backlit's; `origin`, the address of the server.
        """
        html = self._templates.get_template(template).render(
            static=self._bundle.address,
            nonce=request.scope["state"]["nonce"],
            version=__version__,
            origin=str(request.base_url).rstrip("/"),
            **context,
        )
        # Never cached: the nonce is valid for one answer only, and the addresses for one build.
        return HTMLResponse(html, status, {"cache-control": "no-store"})


def add(router: APIRouter, pages: Pages, bundle: Bundle, library: Library) -> None:
    """Adds the pages: `/` with all lessons and examples, `/lab`, `/embed` (the lab for a frame on another page),
    `/lessons`, `/lessons/{slug}` and `/activations`."""
    gallery = Gallery(library, bundle)

    @router.get("/", include_in_schema=False)
    async def home(request: Request) -> Response:
        # The first request after a build draws the pictures, which takes too long for the event loop.
        examples = await anyio.to_thread.run_sync(gallery.examples)
        return _built(request, "gallery.html", home=True, missing=None, lessons=gallery.lessons, examples=examples)

    @router.get("/lab", include_in_schema=False)
    async def lab(request: Request) -> Response:
        return _built(request, "lab.html", embed=False)

    @router.get("/embed", include_in_schema=False)
    async def embed(request: Request) -> Response:
        return _built(request, "lab.html", embed=True)

    @router.get("/lessons", include_in_schema=False)
    async def lessons(request: Request) -> Response:
        return _built(request, "gallery.html", home=False, missing=None, lessons=gallery.lessons)

    @router.get("/lessons/{slug}", include_in_schema=False)
    async def lesson(request: Request) -> Response:
        found = library.find(request.path_params["slug"])
        if found is None:
            slug = request.path_params["slug"]
            return _built(request, "gallery.html", 404, home=False, missing=slug, lessons=gallery.lessons)
        before, behind = library.around(found)
        place = library.lessons.index(found) + 1
        return _built(
            request, "lesson.html", lesson=found, place=place, count=len(library.lessons), before=before, behind=behind
        )

    @router.get("/activations", include_in_schema=False)
    async def activations(request: Request) -> Response:
        return _built(request, "activations.html")

    def _built(request: Request, template: str, status: int = 200, **context: object) -> Response:
        """A page that needs the built front end; without one, a page that says how to build it, with status 503."""
        if bundle.manifest() is None:
            return pages.render(request, "unbuilt.html", 503)
        return pages.render(request, template, status, **context)
