"""How long small traces wait beside eight new heavy requests, of each endpoint in turn (heavy.py), in processor time of
the process: on a busy machine, too.

`python -m benchmarks.web.crowd [beginning of a name ...]`, without a network in between.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Callable

import httpx2

from app.engine.support.gc_pause import collect_rarely
from app.main import create_app
from benchmarks.report import machine, table
from benchmarks.web.heavy import HEAVY, Heavy

ASKING = 8
SMALL = "y = x * x + {0}"


def main(wanted: list[str]) -> int:
    """Runs those whose names begin with one of these, all without any, and prints a Markdown table."""
    print(machine(), "\n", flush=True)
    chosen = {name: heavy for name, heavy in HEAVY.items() if not wanted or name.startswith(tuple(wanted))}
    rows = [[name, *asyncio.run(_beside(heavy))] for name, heavy in chosen.items()]
    print(table(["beside", "known: median, ms", "p99", "new: median, ms", "p99", "all heavy ones, s"], rows))
    return 0


async def _beside(heavy: Callable[[int], Heavy]) -> list[str]:
    """Times of small requests, one that is known and a new one in turn, until all heavy ones are answered."""
    transport, numbers = httpx2.ASGITransport(create_app()), itertools.count(2)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", timeout=None) as client:

        async def asked(path: str, body: dict | None) -> float:
            start = time.process_time()
            answer = await client.request("GET" if body is None else "POST", f"/api/v1/{path}", json=body)
            answer.raise_for_status()
            return time.process_time() - start

        def small(number: int) -> tuple[str, dict]:
            return "trace", {"program": SMALL.format(number), "values": {"x": 3}}

        for _ in range(3):
            await asked(*small(1))
        collect_rarely()
        tasks = [asyncio.create_task(asked(*heavy(next(numbers)))) for _ in range(ASKING)]
        await asyncio.sleep(0)
        known, new = [], []
        while not known or not all(task.done() for task in tasks):
            known.append(await asked(*small(1)))
            new.append(await asked(*small(next(numbers))))
            await asyncio.sleep(0.02)
        told = [f"{1000 * _at(times, share):.1f}" for times in (known, new) for share in (0.5, 0.99)]
        return [*told, f"{max(await asyncio.gather(*tasks)):.2f}"]


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
