"""`backlit` and `python -m app`: starts the server and prints its address."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import socket
import sys

import uvicorn

from app import __version__
from app.engine.support.gc_pause import collect_rarely
from app.lessons import LessonError
from app.main import create_app
from app.protocol import BoundedHttpProtocol
from app.settings import SettingsError, from_environment


class _Server(uvicorn.Server):
    """Prints its address once it listens; only then is a port chosen for 0."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            collect_rarely()
            print(f"Backlit {__version__} is at http://{shown}:{port}/  (Ctrl+C stops it)", flush=True)  # noqa: T201


def main(arguments: list[str] | None = None) -> None:
    """The command line. Exits with status 2 for a wrong option, with another one (not 0) if the port is taken."""
    parser = argparse.ArgumentParser(prog="backlit", description="Backlit: see backpropagation.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on, 0 for any (default: %(default)s)")
    parser.add_argument("--version", action="version", version=f"backlit {__version__}")
    parser.add_argument("--lessons", metavar="DIR", help="folder with lessons of your own (see docs/lessons.md)")
    options = parser.parse_args(arguments)
    try:
        settings = from_environment()
        if options.lessons is not None:
            settings = dataclasses.replace(settings, lessons=options.lessons)
        app = create_app(settings)
    except (SettingsError, LessonError) as problem:
        parser.error(str(problem))
    except OSError as problem:
        parser.error(f"the lessons cannot be read: {problem}")
    server = _Server(
        uvicorn.Config(
            app,
            host=options.host,
            port=options.port,
            log_level="info" if settings.access_log else "warning",
            access_log=settings.access_log,
            server_header=False,
            http=BoundedHttpProtocol,
            ws="none",
            limit_concurrency=settings.connections,
            timeout_graceful_shutdown=2,
        )
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)


if __name__ == "__main__":
    main()
