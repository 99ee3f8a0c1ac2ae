"""Long requests keep nobody waiting."""

import asyncio
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
