"""A server of its own process for a benchmark that asks over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def served(app: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """A uvicorn server with one worker on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--factory", app, "--port", str(port), "--log-level", "warning", "--no-access-log", "--no-server-header"]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *options],
        env={**os.environ, **(environment or {})},
    )
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError(f"{app} did not start") from None
                time.sleep(0.1)
        else:
            raise RuntimeError(f"{app} does not listen on port {port} after 10 s")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
