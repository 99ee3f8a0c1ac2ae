"""How long small traces wait beside eight new large requests, in processor time of the process: on a busy machine, too.

`python -m benchmarks.web.crowd`, without a network in between.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Callable

import httpx2

from app.main import create_app
from benchmarks.report import machine, table

ASKING = 8
SMALL = "y = x * x + {0}"
LINES = "y = x * 1.{0}\n" + "y = y * 0.5 + sin(y)\n" * 2000
LAYERS = [{"units": 12, "activation": "tanh"}, {"units": 12, "activation": "softmax"}]
NETWORK = {"inputs": 8, "layers": LAYERS, "batch": 8, "loss": "cross_entropy"}
LARGE = {
    "scalar trace": lambda n: ("trace", {"network": NETWORK | {"random_seed": n}, "detail": "scalar"}),
    "check": lambda n: ("check", {"program": LINES.format(n), "values": {"x": [0.1] * 8}}),
}


def main() -> int:
    """Run everything and print a Markdown table."""
    print(machine(), "\n", flush=True)
    rows = [[name, *asyncio.run(_beside(large))] for name, large in LARGE.items()]
    print(table(["beside", "known: median, ms", "p99", "new: median, ms", "p99", "all large ones, s"], rows))
    return 0


async def _beside(large: Callable[[int], tuple[str, dict]]) -> list[str]:
    """Times of small requests, one that is known and a new one in turn, until all large ones are answered."""
    transport, numbers = httpx2.ASGITransport(create_app()), itertools.count(2)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", timeout=None) as client:

        async def asked(path: str, body: dict) -> float:
            start = time.process_time()
            answer = await client.post(f"/api/v1/{path}", json=body)
            answer.raise_for_status()
            return time.process_time() - start

        def small(number: int) -> tuple[str, dict]:
            return "trace", {"program": SMALL.format(number), "values": {"x": 3}}

        for _ in range(3):
            await asked(*small(1))
        tasks = [asyncio.create_task(asked(*large(next(numbers)))) for _ in range(ASKING)]
        await asyncio.sleep(0)
        known, new = [], []
        while not all(task.done() for task in tasks):
            known.append(await asked(*small(1)))
            new.append(await asked(*small(next(numbers))))
            await asyncio.sleep(0.02)
        told = [f"{1000 * _at(times, share):.1f}" for times in (known, new) for share in (0.5, 0.99)]
        return [*told, f"{max(await asyncio.gather(*tasks)):.2f}"]


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.exit(main())
