"""How long a small trace takes, alone and while large requests of every endpoint run; and how long those take.

`python -m benchmarks.web.crowd`. Each large request is a new program every time, so that nothing is known of it.
"""

import http.client
import json
import sys
import threading
import time
from itertools import count
from statistics import quantiles
from urllib.parse import urlparse

from benchmarks.report import machine, table
from benchmarks.served import served

ASKING = 8
"""Large requests at the same time."""
SECONDS = 6
FEWEST = 20
"""Small requests, however long that takes."""
PAUSE = 0.01
"""Between two small ones, seconds."""
SMALL = {"program": "y = x * x + 1", "values": {"x": 3}}
NEW = "y = x * x + {0}\nz = y * {0}"
LINES = "y = x * {0}\n" + "y = y * 0.5 + sin(y)\n" * 2500
NETWORK = {"inputs": 8, "layers": [{"units": 12, "activation": "tanh"}, {"units": 12, "activation": "softmax"}]}
LARGE = {
    "scalar trace": ("trace", {"network": NETWORK | {"batch": 8, "loss": "cross_entropy"}, "detail": "scalar"}),
    "long trace": ("trace", {"program": LINES, "values": {"x": 1}}),
    "code": ("code", {"program": LINES, "values": {"x": 1}, "target": "torch"}),
    "check": ("check", {"program": LINES, "values": {"x": [0.1] * 8}}),
    "nudge": ("nudge", {"program": LINES, "values": {"x": 1}, "node": "x", "delta": 0.1}),
    "explain": ("explain", {"program": LINES, "values": {"x": 1}, "node": "x"}),
    "grade": ("grade", {"program": LINES, "values": {"x": 1}, "formula": {"of": "x", "text": "2 * x"}}),
}


def main() -> int:
    """Run everything and print a Markdown table."""
    print(machine(), "\n", flush=True)
    rows = []
    for name in ("nothing", *LARGE):
        with served("app.main:create_app") as url:
            _asked(url, "trace", SMALL)
            rows.append([name, *_beside(url, LARGE.get(name))])
    heads = ["beside", "known: p50, ms", "p99", "new: p50, ms", "p99", "large: slowest, s", "answered"]
    print(table(heads, rows))
    print(f"\n{ASKING} large requests at a time for {SECONDS} s; a small one every {PAUSE * 1000:.0f} ms.")
    return 0


def _beside(url: str, large: tuple[str, dict] | None) -> list[str]:
    """Times of small requests, known and new in turn, and of large ones."""
    end = time.perf_counter() + SECONDS
    numbers = count(2)
    took: list[float] = []

    def keep_asking() -> None:
        path, body = large
        while time.perf_counter() < end:
            took.append(_asked(url, path, _varied(body, next(numbers))))

    asking = [threading.Thread(target=keep_asking) for _ in range(ASKING if large else 0)]
    for each in asking:
        each.start()
    known: list[float] = []
    new: list[float] = []
    while time.perf_counter() < end or len(known) < FEWEST:
        known.append(_asked(url, "trace", SMALL))
        new.append(_asked(url, "trace", {"program": NEW.format(next(numbers)), "values": {"x": 3}}))
        time.sleep(PAUSE)
    for each in asking:
        each.join()
    small = [f"{1000 * at:.1f}" for times in (known, new) for at in (_quantile(times, 50), _quantile(times, 99))]
    return [*small, f"{max(took, default=0):.1f}", str(len(took))]


def _varied(body: dict, number: int) -> dict:
    if "program" in body:
        return body | {"program": body["program"].format(f"1.{number}")}
    return body | {"network": body["network"] | {"random_seed": number}}


def _quantile(times: list[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1]


def _asked(url: str, path: str, body: dict) -> float:
    """Seconds until the whole answer is there."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(urlparse(url).netloc, timeout=120)
    connection.request("POST", f"/api/v1/{path}", json.dumps(body))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
