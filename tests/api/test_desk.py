"""Long requests keep nobody waiting."""

import asyncio
import json
import threading
import time

import httpx2
import pytest

from app.api.desk import Desk
from app.main import create_app
from app.settings import Settings


def test_new_and_long_work_goes_to_a_thread_and_known_quick_work_does_not():
    desk = Desk(Settings())
    ran_in = []

    def quick():
        ran_in.append(threading.current_thread() is threading.main_thread())
        return b""

    def long():
        end = time.thread_time() + 0.01
        while time.thread_time() < end:
            pass
        return quick()

    async def ask():
        await desk.run(1, 10, quick)
        await desk.run(1, 10, quick)
        await desk.run(1, 10**6, quick)
        await desk.run(2, 10, long)
        await desk.run(2, 10, long)

    asyncio.run(ask())
    assert ran_in == [False, True, False, False, False]


def test_failures_pass_through():
    async def ask():
        with pytest.raises(ZeroDivisionError):
            await Desk(Settings()).run(1, 10, lambda: bytes(1 // 0))

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
