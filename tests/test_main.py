"""The server as a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HANGS = 300
"""After this it hangs, seconds: not how long a start may take, which is a minute where twenty others compute."""


def start(*arguments, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BACKLIT_")} | variables
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_starts_says_where_answers_and_stops():
    server = start("--port", "0", BACKLIT_BODY_BYTES="2000")
    try:
        line = server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
        body = json.dumps({"program": "y = x * x", "values": {"x": 3}}).encode()
        with urllib.request.urlopen(f"{address}api/v1/trace", body, timeout=HANGS) as answer:
            assert json.load(answer)["nodes"][-1]["value"] == 9.0
            assert "server" not in answer.headers
        with pytest.raises(urllib.error.HTTPError, match="413"):
            urllib.request.urlopen(f"{address}api/v1/trace", b" " * 2001, timeout=HANGS)
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=HANGS)
        assert not errors
    finally:
        server.kill()
        server.communicate()


def test_heads_are_bounded():
    server = start("--port", "0")
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
        for start_of_line in (b"x%d: ", b""):
            with socket.create_connection(("127.0.0.1", port), timeout=HANGS) as client:
                client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nlong: ")
                sent = 0
                try:
                    while sent < 50_000_000:
                        line = b"a" * 1000 if not start_of_line else b"\r\n" + start_of_line % sent + b"a" * 1000
                        client.sendall(line)
                        sent += len(line)
                except OSError:
                    pass
                assert sent < 20_000_000
        with socket.create_connection(("127.0.0.1", port), timeout=HANGS) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nlong: " + b"a" * 30_000 + b"\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        server.kill()
        server.communicate()


def test_wrong_options_are_told():
    server = start("--port", "0", BACKLIT_NODDES="3")
    _, errors = server.communicate(timeout=HANGS)
    assert server.returncode == 2
    assert "BACKLIT_NODDES is not an option" in errors


def test_a_lesson_with_a_mistake_stops_the_start_and_says_where(tmp_path):
    (tmp_path / "mine.md").write_text("---\ntitle: T\n---\n")
    server = start("--port", "0", "--lessons", str(tmp_path))
    _, errors = server.communicate(timeout=HANGS)
    assert server.returncode == 2
    assert "mine.md, line 3: no question" in errors
    server = start("--port", "0", BACKLIT_LESSONS=str(tmp_path / "nowhere"))
    _, errors = server.communicate(timeout=HANGS)
    assert server.returncode == 2
    assert "the lessons cannot be read" in errors


def test_a_taken_port_is_told():
    first = start("--port", "0")
    try:
        port = re.search(r":(\d+)/", first.stdout.readline())[1]
        second = start("--port", port)
        _, errors = second.communicate(timeout=HANGS)
        assert second.returncode
        assert "address already in use" in errors.lower()
    finally:
        first.kill()
        first.communicate()


def test_version():
    server = start("--version")
    told, _ = server.communicate(timeout=HANGS)
    assert re.match(r"backlit \d", told)
