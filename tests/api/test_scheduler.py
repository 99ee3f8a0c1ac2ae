"""Long requests keep nobody waiting, end at their deadline, and stop when their caller leaves."""

import asyncio
import itertools
import json
import threading
import time

import httpx2
import pytest
from starlette.requests import ClientDisconnect

from app.api import scheduler as scheduling
from app.api.scheduler import WorkScheduler
from app.engine import LimitError
from app.engine.support.checkpoints import STRIDE, checkpoint
from app.engine.support.stacks import on_another_stack
from app.main import create_app
from app.settings import Settings


class Counted(threading.local):
    """A clock that each thread has for itself: so many seconds pass between two looks at it."""

    def __init__(self, seconds):
        self._ticks = itertools.count()
        self._seconds = seconds

    def __call__(self):
        return next(self._ticks) * self._seconds


def spends(looks, then=b""):
    """Work that is looked at so many times."""

    def work():
        for _ in range(looks):
            checkpoint(STRIDE)
        return then

    return work


async def until(met):
    """Comes back when it is so."""
    async with asyncio.timeout(30):
        while not met():  # noqa: ASYNC110 - threads bring it about, which tell nobody
            await asyncio.sleep(0)


def threads_of(scheduler, *asked):
    """Runs (key, size, looks) one after another; for each, whether it was done at once. Work that is put down is begun
    again, so one request may have been at work more than once."""
    at_once = []

    async def ask():
        for key, size, looks in asked:
            here = []

            def work(looks=looks, here=here):
                here.append(threading.current_thread() is threading.main_thread())
                return spends(looks)()

            await scheduler.run(key, size, work)
            at_once.append(here)

    asyncio.run(ask())
    return at_once


def test_new_and_long_work_goes_to_a_thread_and_known_quick_work_does_not():
    scheduler = WorkScheduler(Settings(), clock=Counted(0.003))
    asked = (1, 10, 0), (1, 10, 0), (1, 10**6, 0), (2, 10, 1), (2, 10, 1)
    assert threads_of(scheduler, *asked) == [[False], [True], [False], [False], [False]]


def test_quick_work_that_takes_longer_this_time_is_put_down_and_begun_again_in_a_thread():
    scheduler = WorkScheduler(Settings(), clock=Counted(0.003))
    assert threads_of(scheduler, (1, 10, 0), (1, 10, 10), (1, 10, 10)) == [[False], [True, False], [False]]


def test_quick_work_that_reaches_its_deadline_at_once_is_told_so_as_well():
    clock = Counted(0.003)

    async def ask():
        scheduler = WorkScheduler(Settings(work_seconds=1), clock=lambda: clock())
        await scheduler.run(1, 10, spends(0))
        nonlocal clock
        clock = Counted(2)
        with pytest.raises(LimitError):
            await scheduler.run(1, 10, spends(1))

    asyncio.run(ask())


def test_failures_pass_through():
    async def ask():
        scheduler = WorkScheduler(Settings())
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await scheduler.run(1, 10, lambda: bytes(1 // 0))

    asyncio.run(ask())


def test_work_ends_at_its_deadline():
    looks = []

    def endless():
        while True:
            looks.append(1)
            checkpoint(STRIDE)

    async def ask():
        scheduler = WorkScheduler(Settings(work_seconds=3), clock=Counted(0.25))
        for _ in range(2):
            with pytest.raises(LimitError, match="more than 3 seconds of a processor") as caught:
                await scheduler.run(1, 10, endless)
            assert caught.value.hint
        assert await scheduler.run(2, 10, spends(3, b"done")) == b"done"

    asyncio.run(ask())
    assert len(looks) == 2 * 13


def test_a_request_that_reaches_its_deadline_is_told_so():
    app = create_app(Settings(work_seconds=1))
    app.state.scheduler = WorkScheduler(Settings(work_seconds=1), clock=Counted(0.1))
    program = "y = x * 1.0\n" + "y = y * 1.0001 + sin(y)\n" * 3000
    transport = httpx2.ASGITransport(app)

    async def ask():
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            answer = await client.post("/api/v1/trace", json={"program": program, "values": {"x": 1}})
            assert answer.status_code == 413
            assert answer.json()["errors"] == [
                {
                    "message": "this takes more than 1 seconds of a processor",
                    "line": None,
                    "column": None,
                    "hint": "Ask for less at once: a shorter program, smaller arrays, fewer nodes.",
                }
            ]
            # Whoever asks for less is answered as before.
            small = await client.post("/api/v1/trace", json={"program": "y = x * x", "values": {"x": 3}})
            assert small.json()["nodes"][-1]["value"] == 9

    asyncio.run(ask())


def test_work_stops_when_its_caller_leaves():
    looks, begun = [], threading.Event()

    def endless():
        while True:
            looks.append(1)
            begun.set()
            checkpoint(STRIDE)

    async def leaves():
        await asyncio.to_thread(begun.wait, 10)
        return {"type": "http.disconnect"}

    async def ask():
        scheduler = WorkScheduler(Settings(work_seconds=10**6))
        with pytest.raises(ClientDisconnect):
            await scheduler.run(1, 10, endless, leaves)
        seen = len(looks)
        # Both threads are free again.
        assert await asyncio.gather(*(scheduler.run(n, 10, spends(1, b"done")) for n in (2, 3))) == [b"done"] * 2
        assert len(looks) == seen > 0

    asyncio.run(ask())


def test_work_whose_caller_leaves_while_it_waits_is_never_begun():
    begun, go_on, gone = threading.Event(), threading.Event(), asyncio.Event()

    def first():
        begun.set()
        assert go_on.wait(10)
        return b"first"

    async def leaves():
        gone.set()
        return {"type": "http.disconnect"}

    async def ask():
        scheduler = WorkScheduler(Settings(worker_threads=1))
        at_work = asyncio.create_task(scheduler.run(1, 10, first))
        await asyncio.to_thread(begun.wait, 10)
        with pytest.raises(ClientDisconnect):
            await scheduler.run(2, 10, lambda: pytest.fail("begun"), leaves)
        go_on.set()
        assert await at_work == b"first"

    asyncio.run(ask())


def test_light_work_is_done_while_heavy_work_is_held(monkeypatch):
    """Two heavy jobs have all the threads of their kind; a light one comes, and they wait for it."""
    monkeypatch.setattr(scheduling, "_PATIENCE", 30)
    done = threading.Event()
    heavy_looks = []

    def heavy():
        while not done.is_set():
            heavy_looks.append(1)
            checkpoint(STRIDE)
        return b"heavy"

    async def ask():
        scheduler = WorkScheduler(Settings(work_seconds=10**6), clock=Counted(0.01))
        running = [asyncio.create_task(scheduler.run(n, 10, heavy)) for n in (1, 2)]
        await until(lambda: scheduler.at_work == (0, 2))  # both have become heavy

        def light():
            end = time.monotonic() + 30
            while scheduler.held < 2:
                assert time.monotonic() < end
            seen = len(heavy_looks)
            assert spends(1)() == b""
            assert len(heavy_looks) == seen
            return b"light"

        assert await scheduler.run(3, 10, light) == b"light"
        assert not any(task.done() for task in running)
        done.set()
        assert await asyncio.gather(*running) == [b"heavy"] * 2

    asyncio.run(ask())


def test_heavy_work_goes_on_however_much_light_work_comes(monkeypatch):
    monkeypatch.setattr(scheduling, "_PATIENCE", 0)
    finished = threading.Event()

    def heavy():
        spends(50)()
        finished.set()
        return b"heavy"

    async def ask():
        scheduler = WorkScheduler(Settings(worker_threads=1), clock=Counted(0.01))
        running = asyncio.create_task(scheduler.run(1, 10, heavy))
        await until(lambda: scheduler.at_work == (0, 1))
        # A light job that is there until the heavy one has finished.
        assert await scheduler.run(2, 10, lambda: bytes(finished.wait(10))) == b"\0"
        assert await running == b"heavy"

    asyncio.run(ask())


def test_where_there_is_no_room_among_the_heavy_a_job_is_put_down_and_begun_again():
    begun, go_on = [], threading.Event()

    def held():
        spends(10)()
        assert go_on.wait(10)
        return b"held"

    def second():
        begun.append(1)
        spends(10)()
        return b"second"

    async def ask():
        scheduler = WorkScheduler(Settings(worker_threads=1), clock=Counted(0.01))
        first = asyncio.create_task(scheduler.run(1, 10, held))
        await until(lambda: scheduler.at_work == (0, 1))
        later = asyncio.create_task(scheduler.run(2, 10, second))
        await until(lambda: scheduler.waiting == (0, 1))
        assert len(begun) == 2
        # Its thread is free for a light one meanwhile.
        assert await scheduler.run(3, 10, spends(1, b"light")) == b"light"
        go_on.set()
        assert await asyncio.gather(first, later) == [b"held", b"second"]
        assert len(begun) == 3

    asyncio.run(ask())


def test_a_job_that_is_slow_by_chance_does_not_wait_behind_the_heavy():
    slow, go_on = [True], threading.Event()

    def held():
        spends(10)()
        assert go_on.wait(10)
        return b"held"

    def once_slow():
        return spends(10 if slow.pop() else 1, b"light")()

    async def ask():
        scheduler = WorkScheduler(Settings(worker_threads=1), clock=Counted(0.01))
        first = asyncio.create_task(scheduler.run(1, 10, held))
        await until(lambda: scheduler.at_work == (0, 1))
        slow.insert(0, False)
        assert await scheduler.run(2, 10, once_slow) == b"light"
        assert not slow
        go_on.set()
        assert await first == b"held"

    asyncio.run(ask())


def test_work_in_a_thread_of_its_own_becomes_heavy_as_well():
    """As a program does that calls itself deeply: its checkpoints are passed on another stack."""

    async def ask():
        scheduler = WorkScheduler(Settings(worker_threads=1), clock=Counted(0.01))
        assert await scheduler.run(1, 10, lambda: on_another_stack(spends(40, b"deep"))) == b"deep"
        assert scheduler.at_work == (0, 0)

    asyncio.run(ask())


def test_a_small_request_is_answered_while_a_large_one_runs():
    program = "y = x * 1.0\n" + "y = y * 1.0001 + sin(y)\n" * 2000
    transport = httpx2.ASGITransport(create_app())

    async def ask():
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            large = asyncio.create_task(client.post("/api/v1/trace", json={"program": program, "values": {"x": 1}}))
            await asyncio.sleep(0.02)
            health = await client.get("/healthz")
            assert not large.done()
            assert health.status_code == 200
            assert (await large).status_code == 200

    asyncio.run(ask())


def test_answers_are_not_mixed_up():
    """Many at once on the same plan, some on the event loop and some in threads."""
    transport = httpx2.ASGITransport(create_app())
    padding = " " * 40_000

    async def ask():
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:

            async def one(i):
                body = {"program": "y = x * x + w", "values": {"x": [i, -i], "w": 0.5}, "include": ["numbers"]}
                content = json.dumps(body) + (padding if i % 2 else "")
                told = (await client.post("/api/v1/trace", content=content)).json()
                assert told["numbers"]["values"][0] == [i, -i]
                assert told["numbers"]["values"][-1] == [i * i + 0.5] * 2
                assert told["numbers"]["grads"][0] == [2 * i, -2 * i]

            await asyncio.gather(*(one(i) for i in range(200)))

    asyncio.run(ask())


def test_nobody_is_answered_who_left():
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/trace", "headers": [], "query_string": b""}
    asyncio.run(create_app()(scope, receive, send))
    assert not sent
