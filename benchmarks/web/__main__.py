"""`make bench-http`: requests per second and p99, Backlit beside a route that answers fixed bytes, interleaved.

Both run under uvicorn with the same options, one worker each; wrk asks them in turn with 32 connections.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.report import machine, table
from benchmarks.served import served

CONNECTIONS = 32
ROUNDS = 11
SECONDS = 2
SCRIPT = Path(__file__).with_name("trace.lua")
ROUTE = "/api/v1/trace"
APPS = {"fixed bytes": "benchmarks.web.fixed:create_app", "Backlit": "app.main:create_app"}
REQUEST = {
    "program": "z1 = np.dot(W1, x) + b1\na1 = relu(z1)\ny = np.dot(W2, a1) + b2",
    "values": {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]},
}
TARGETS = {"full": (0.75, 1.5), "numbers only": (0.85, None)}
"""Least ratio of requests per second; most of p99."""


def main() -> int:
    """Run everything and print a Markdown table."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("wrk is not installed. Debian, Ubuntu: apt install wrk. macOS: brew install wrk.")
        return 1
    print(machine(), "\n", flush=True)
    rows = []
    for kind, more in (("full", {}), ("numbers only", {"include": ["numbers"]})):
        rows += _compare(wrk, kind, json.dumps(REQUEST | more).encode())
    print(table(["answer", "", "bytes", "requests/s", "ratio", "p99, ms", "ratio"], rows))
    print(
        f"\nMedians of {ROUNDS} rounds of {SECONDS} s in turn, ratios within a round; {CONNECTIONS} connections;"
        " one uvicorn worker each with the same options."
    )
    print(
        "Targets, requests/s: at least "
        + ", ".join(f"{least} ({kind})" for kind, (least, _) in TARGETS.items())
        + "; p99 of the full answer: at most 1.5."
    )
    return 0


def _compare(wrk: str, kind: str, body: bytes) -> list[list[str]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ask, answer = folder / "ask.json", folder / "answer.json"
        ask.write_bytes(body)
        url = {"Backlit": stack.enter_context(served(APPS["Backlit"])) + ROUTE}
        answer.write_bytes(_post(url["Backlit"], body))
        _check(answer.read_bytes())
        fixed = stack.enter_context(served(APPS["fixed bytes"], {"BENCH_ANSWER": str(answer)}))
        url["fixed bytes"] = fixed + ROUTE
        if _post(url["fixed bytes"], body) != answer.read_bytes():
            raise RuntimeError("the two servers answer differently")
        environment = os.environ | {"BENCH_BODY": str(ask)}
        samples: dict[str, list[tuple[float, float]]] = {name: [] for name in APPS}
        for turn in range(ROUNDS + 1):
            for name in APPS:
                measured = _load(wrk, url[name], environment, SECONDS if turn else 1)
                if turn:
                    samples[name].append(measured)
        size = answer.stat().st_size
    return [[kind, name, f"{size:,}", *_columns(samples[name], samples["fixed bytes"])] for name in APPS]


def _columns(taken: list[tuple[float, float]], base: list[tuple[float, float]]) -> list[str]:
    """Medians of both measures, each with the median over the rounds of its ratio within the round."""
    (rate, rate_ratio), (late, late_ratio) = (
        (median(one), median(a / b for a, b in zip(one, other, strict=True)))
        for one, other in zip(zip(*taken, strict=True), zip(*base, strict=True), strict=True)
    )
    return [f"{rate:,.0f}", f"{rate_ratio:.2f}", f"{late:.1f}", f"{late_ratio:.2f}"]


def _load(wrk: str, url: str, environment: dict[str, str], seconds: int) -> tuple[float, float]:
    """Requests per second, and p99 in ms."""
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), url]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    requests, microseconds, p99, errors = map(int, line.split()[1:])
    if errors:
        raise RuntimeError(f"{errors} requests failed:\n{said}")
    return requests / (microseconds / 1e6), p99 / 1e3


def _post(url: str, body: bytes) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


def _check(answer: bytes) -> None:
    """The right numbers, or there is nothing to measure: y is 1, and nothing passes the dead ReLU."""
    said = json.loads(answer)
    if "nodes" in said:
        found = {node["name"]: (node["value"], node["grad"]) for node in said["nodes"]}
        if found["y"] != ([[1.0]], [[1.0]]) or found["W1"][1] != [[0.0, 0.0]]:
            raise RuntimeError(f"wrong answer: {found}")
    elif [[1.0]] not in said["numbers"]["values"] or [[0.0, 0.0]] not in said["numbers"]["grads"]:
        raise RuntimeError(f"wrong answer: {said}")


sys.exit(main())
