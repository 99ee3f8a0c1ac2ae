"""The pages for people, rendered by Jinja2."""

from __future__ import annotations

from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from app import __version__
from app.assets import Bundle, folder
from app.settings import Settings


class Pages:
    """Renders templates; knows what every page needs: the addresses of its files and its nonce."""

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
        """One page. In templates: `static("main.js")` is a file's address, `nonce` the style nonce, `version` ours,
        `origin` the address under which we were asked.
        """
        html = self._templates.get_template(template).render(
            static=self._bundle.address,
            nonce=request.scope["state"]["nonce"],
            version=__version__,
            origin=str(request.base_url).rstrip("/"),
            **context,
        )
        # The page names the version of its files and its own nonce: it must not outlive either.
        return HTMLResponse(html, status, {"cache-control": "no-store"})


def add(router: APIRouter, pages: Pages, bundle: Bundle) -> None:
    """Adds `GET /`: the lab, `GET /embed`: the same for a frame on another page, and `GET /activations`."""

    @router.get("/", include_in_schema=False)
    async def lab(request: Request) -> Response:
        return _lab(request, embed=False)

    @router.get("/embed", include_in_schema=False)
    async def embed(request: Request) -> Response:
        return _lab(request, embed=True)

    @router.get("/activations", include_in_schema=False)
    async def activations(request: Request) -> Response:
        if bundle.manifest() is None:
            return pages.render(request, "unbuilt.html", 503)
        return pages.render(request, "activations.html")

    def _lab(request: Request, *, embed: bool) -> Response:
        if bundle.manifest() is None:
            return pages.render(request, "unbuilt.html", 503)
        return pages.render(request, "lab.html", embed=embed)
