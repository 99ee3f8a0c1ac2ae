"""Work that goes deeper than one stack of Python's may: it goes on in a thread of its own, whose stack is empty.

Each thread has a limit on recursion of its own, and a stack of the machine. So a text whose functions call one another
a thousand times deep needs no higher limit, which would let Python run over the end of the stack.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

_ELSEWHERE: ContextVar[float] = ContextVar("elsewhere", default=0.0)
"""Processor seconds of this work in other threads."""


def processor_seconds() -> float:
    """Processor time of the work that asks, in all threads that it has used, seconds from some beginning."""
    return time.thread_time() + _ELSEWHERE.get()


def on_another_stack(work: Callable[..., T], *args: Any) -> T:
    """What `work` gives or raises, in a thread of its own, in a copy of this context. Whoever asks waits for it."""
    before = processor_seconds()
    used: list[float] = []
    gave: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        _ELSEWHERE.set(before - time.thread_time())
        try:
            gave.append(work(*args))
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            raised.append(error)
        used.append(processor_seconds() - before)

    thread = Thread(target=copy_context().run, args=(run,))
    thread.start()
    thread.join()
    _ELSEWHERE.set(_ELSEWHERE.get() + used[0])
    if raised:
        raise raised[0]
    return gave[0]
