"""Where requests become work: quick ones are done at once, long ones in a thread, so that none keeps others waiting.

A hop to a thread costs half of the throughput of a small request, and doing a long one on the event loop stops
everybody. How long a request takes is known from the last time its program was asked for: what took little then is
done at once, everything else, and everything new, goes to a thread.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

import anyio
import anyio.to_thread

from app.settings import Settings

_QUICK_SECONDS = 0.004
QUICK_BYTES = 32_768
"""Bodies up to this size are read on the event loop, bytes."""
_REMEMBERED = 4096


class Desk:
    """Runs the work of requests. Used from the event loop only."""

    def __init__(self, settings: Settings) -> None:
        self._threads = settings.worker_threads
        self._limiter: anyio.CapacityLimiter | None = None
        self._seconds: OrderedDict[int, float] = OrderedDict()

    async def run(self, key: int, size: int, work: Callable[[], bytes]) -> bytes:
        """The result of `work`. `key` is a hash of what decides its cost, `size` that of the request in bytes."""
        if size <= QUICK_BYTES and self._seconds.get(key, 1.0) < _QUICK_SECONDS:
            result, seconds = _timed(work)
        else:
            if self._limiter is None:  # needs a running event loop
                self._limiter = anyio.CapacityLimiter(self._threads)
            result, seconds = await anyio.to_thread.run_sync(_timed, work, limiter=self._limiter)
        self._seconds[key] = seconds
        if len(self._seconds) > _REMEMBERED:
            self._seconds.popitem(last=False)
        return result


def _timed(work: Callable[[], bytes]) -> tuple[bytes, float]:
    """Processor time of this thread, so that waiting for others does not make a quick request look long."""
    start = time.thread_time()
    return work(), time.thread_time() - start
