"""Where requests become work: quick ones are done at once, long ones in threads, where the heavy give way to the light.

A hop to a thread costs half of the throughput of a small request, and doing a long one on the event loop stops
everybody. How long a request takes is known from the last time that it was asked for, and from what it has used so far:

- quick: done at once on the event loop;
- light, and everything new: one of `worker_threads` threads;
- heavy: one of as many other threads, and there it waits at its checkpoints while light jobs are there.

A job that takes more than its way allows goes another one: a light one becomes heavy where it stands if there is room
among the heavy. Else it is put down, and begun again: once more as a light one, since a collection of garbage or the
first use of something falls into anybody's time, then when there is room. Nothing is lost by that but time: work has no
effects. A job ends at its deadline, and when its caller leaves.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from app.engine import LimitError
from app.engine.support.checkpoints import Interrupted, watched
from app.engine.support.errstate import ignore_fp_errors
from app.engine.support.stacks import processor_seconds
from app.engine.wording import said
from app.settings import Settings

QUICK_BYTES = 32_768
"""Bodies up to this size are read on the event loop, bytes."""
_QUICK_SECONDS = 0.004
"""Processor time up to which a request is done at once when it is asked for again, seconds."""
_MOST_AT_ONCE = 0.02
"""Processor time after which it is put down all the same, seconds: what it needed may have left a cache."""
_LIGHT_SECONDS = 0.02
"""Processor time from which a job is a heavy one, seconds."""
_PATIENCE = 0.05
"""Time that a heavy job waits for light ones at one checkpoint, seconds: however many come, it goes on."""
_REMEMBERED = 4096

Clock = Callable[[], float]
T = TypeVar("T")


class _PutDown(Interrupted):
    """The job takes more than its way allows."""


class _Overdue(Interrupted):
    """The job has reached its deadline."""


class _Left(Interrupted):
    """Nobody waits for the job any more."""


class Gate:
    """Where heavy jobs wait while light ones are there. Safe between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._light = 0
        self.held = 0
        """Heavy jobs that wait here."""

    def enter(self) -> None:
        """A light job is there, waiting for a thread or at work."""
        with self._changed:
            self._light += 1

    def leave(self) -> None:
        """It is done, or no light one any more."""
        with self._changed:
            self._light -= 1
            if not self._light:
                self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Called by a heavy job: comes back when no light one is there, and after `seconds` at the latest."""
        if self._light:
            with self._changed:
                self.held += 1
                self._changed.wait_for(lambda: not self._light, seconds)
                self.held -= 1


class Job:
    """One piece of work on one way. clock: processor seconds of the thread that asks, so that waiting for others does
    not make a quick job look long."""

    def __init__(self, work: Callable[[], Any], deadline: float, clock: Clock) -> None:
        self._work = work
        self._deadline = deadline
        self._clock = clock
        self.used = 0.0
        """Processor seconds so far."""
        self.left = False
        """Whether the caller has gone."""
        self.ready: Callable[[], None] = lambda: None
        """What its way does at a checkpoint."""

    def do(self) -> Any:
        """The result, worked out in this thread. Raises what the work raises, and an Interrupted."""
        start = self._clock()

        def look() -> None:
            self.used = self._clock() - start
            if self.left:
                raise _Left
            if self.used > self._deadline:
                raise _Overdue
            self.ready()

        try:
            # Infinity and nan are answers here, and no reason to warn.
            return watched(look, lambda: ignore_fp_errors(self._work))
        finally:
            # What other threads took for it is known inside of it alone.
            self.used = max(self.used, self._clock() - start)

    def at_most(self, seconds: float) -> None:
        """For `ready`: puts the job down when it has used so much."""
        if self.used > seconds:
            raise _PutDown


class WorkScheduler:
    """Runs the work of requests. Used from one event loop only."""

    def __init__(self, settings: Settings, clock: Clock = processor_seconds) -> None:
        self._deadline = settings.work_seconds
        self._clock = clock
        self._gate = Gate()
        self._seconds: OrderedDict[int, float] = OrderedDict()
        self._light, self._heavy = (anyio.CapacityLimiter(settings.worker_threads) for _ in range(2))
        self._threads = anyio.CapacityLimiter(2 * settings.worker_threads)

    @property
    def at_work(self) -> tuple[int, int]:
        """How many light jobs have a thread, and how many heavy ones."""
        return self._light.borrowed_tokens, self._heavy.borrowed_tokens

    @property
    def waiting(self) -> tuple[int, int]:
        """How many light jobs wait for a thread, and how many heavy ones."""
        return self._light.statistics().tasks_waiting, self._heavy.statistics().tasks_waiting

    @property
    def held(self) -> int:
        """How many heavy jobs wait at a checkpoint."""
        return self._gate.held

    async def run(self, key: int, size: int, work: Callable[[], T], receive: Receive | None = None) -> T:
        """The result of `work`.

        key: a hash of what decides its cost; size: that of the request in bytes; receive: tells when the caller leaves.
        Raises what the work raises, LimitError at its deadline, ClientDisconnect where nobody waits any more.
        """
        used = self._seconds.get(key, _LIGHT_SECONDS)
        if size <= QUICK_BYTES and used < _QUICK_SECONDS:
            job = Job(work, self._deadline, self._clock)
            job.ready = lambda: job.at_most(_MOST_AT_ONCE)
            try:
                return job.do()  # type: ignore[no-any-return]
            except Interrupted:
                used = _LIGHT_SECONDS
            finally:
                self._remember(key, job.used)
        tried = False
        while True:
            job = Job(work, self._deadline, self._clock)
            try:
                return await self._attended(job, receive, heavy=used > _LIGHT_SECONDS)  # type: ignore[no-any-return]
            except _PutDown:
                used, tried = math.inf if tried else used, True
            except _Overdue:
                raise LimitError(said("limits.processor_time_over", deadline=self._deadline)) from None
            except _Left:
                raise ClientDisconnect from None
            finally:
                job.left = True  # nobody waits for a thread that is still at it
                if job.used:
                    self._remember(key, job.used)

    def _remember(self, key: int, seconds: float) -> None:
        self._seconds[key] = seconds
        if len(self._seconds) > _REMEMBERED:
            self._seconds.popitem(last=False)

    async def _attended(self, job: Job, receive: Receive | None, *, heavy: bool) -> Any:
        """The result of a job in a thread, as long as somebody waits for it."""
        in_thread = self._heavily if heavy else self._lightly
        if receive is None:
            return await in_thread(job)
        scope = anyio.CancelScope()
        watching = asyncio.create_task(_leaves(receive, job, scope))
        try:
            with scope:  # it ends waiting for a thread; what is at work ends at its next checkpoint
                return await in_thread(job)
        finally:
            watching.cancel()
        raise _Left

    async def _lightly(self, job: Job) -> Any:
        """Among the light jobs, as long as it is one."""
        light, loop = True, asyncio.get_running_loop()

        async def grow() -> None:
            """On the event loop: makes it a heavy one if there is room."""
            nonlocal light
            self._heavy.acquire_on_behalf_of_nowait(job)
            light = False
            self._light.release_on_behalf_of(job)
            self._gate.leave()

        def ready() -> None:
            if job.used > _LIGHT_SECONDS:
                try:
                    # A deep program looks in from a thread of its own, which anyio does not know.
                    asyncio.run_coroutine_threadsafe(grow(), loop).result()
                except anyio.WouldBlock:
                    raise _PutDown from None
                job.ready = self._give_way

        self._gate.enter()
        try:
            await self._light.acquire_on_behalf_of(job)
            try:
                job.ready = ready
                return await anyio.to_thread.run_sync(job.do, limiter=self._threads)
            finally:
                (self._light if light else self._heavy).release_on_behalf_of(job)
        finally:
            if light:
                self._gate.leave()

    async def _heavily(self, job: Job) -> Any:
        """Among the heavy ones."""
        await self._heavy.acquire_on_behalf_of(job)
        try:
            job.ready = self._give_way
            return await anyio.to_thread.run_sync(job.do, limiter=self._threads)
        finally:
            self._heavy.release_on_behalf_of(job)

    def _give_way(self) -> None:
        self._gate.wait(_PATIENCE)


async def _leaves(receive: Receive, job: Job, scope: anyio.CancelScope) -> None:
    """Ends a job when its caller leaves. The body has been read, so nothing else is to come."""
    message = await receive()
    if message["type"] == "http.disconnect":
        job.left = True
        scope.cancel()
