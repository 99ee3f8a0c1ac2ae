"""The built front end: its files, and how they are served.

A static address is `/static/<version>/<path>`, where `version` is a hash of the whole build. So the
file at an address never changes and may be cached for ever; relative addresses between files keep working; and a new
build is used at once, because pages, which are never cached, use the new version.
"""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

_SUFFIXES = {"br": ".br", "gzip": ".gz"}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


def folder(name: str) -> Path:
    """The folder `templates` or `static/dist`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one build of the front end."""

    version: str
    files: dict[str, list[str]]
    """Path below static/dist -> the encodings in which it is also stored (`br`, `gzip`)."""


class Bundle:
    """The built front end, as an ASGI application that serves it. Reads the manifest again when it changes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._read: tuple[int, Manifest] | None = None

    def manifest(self) -> Manifest | None:
        """The current build; None if there is none."""
        path = self._directory / "manifest.json"
        try:
            changed = path.stat().st_mtime_ns
            if self._read is None or self._read[0] != changed:
                content = json.loads(path.read_bytes())
                self._read = changed, Manifest(version=content["version"], files=content["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return self._read[1]

    def address(self, path: str = "") -> str:
        """The address of one file, or of the folder of all. Without a build, `missing` replaces the version."""
        manifest = self.manifest()
        return f"/static/{manifest.version if manifest else 'missing'}/{path}"

    def read(self, path: str) -> bytes | None:
        """The content of a built file; None if the build has no such file."""
        manifest = self.manifest()
        if manifest is None or path not in manifest.files:
            return None
        return (self._directory / path).read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves `/<version>/<path>` below its mount point. Only files in the manifest are served, so no path
        leads out of the folder."""
        await self._respond(scope)(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        route = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        version, _, path = route.partition("/")
        manifest = self.manifest()
        if manifest is None or path not in manifest.files:
            return Response("There is no such file.\n", 404, media_type="text/plain")
        if scope["method"] not in {"GET", "HEAD"}:
            return Response("Files can only be read.\n", 405, {"allow": "GET, HEAD"}, media_type="text/plain")
        suffix = Path(path).suffix
        headers = {
            # A page from before the last build gets the new files, which must not be cached at the old address.
            "cache-control": _FOR_EVER if version == manifest.version else _ASK_FIRST,
            "vary": "accept-encoding",
        }
        file = self._directory / path
        accepted = _accepted_encodings(scope)
        for encoding in manifest.files[path]:
            if encoding in accepted:
                headers["content-encoding"] = encoding
                file = file.with_name(file.name + _SUFFIXES[encoding])
                break
        media_type = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        return FileResponse(file, headers=headers, media_type=media_type)


def _accepted_encodings(scope: Scope) -> set[str]:
    """The content codings that the browser accepts."""
    accepted: set[str] = set()
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            for item in value.decode("latin-1").lower().split(","):
                coding, _, weight = item.partition(";")
                if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
                    accepted.add(coding.strip())
    return accepted
