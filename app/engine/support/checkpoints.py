"""Long work that can be made to wait or to stop: whoever runs it looks in at the checkpoints that it passes.

A thread cannot be ended from outside. So loops that may take long say `checkpoint(cost)` as they go, and `watched` says
who is to look. The deadline of a request is what the look of `app/api/scheduler.py` compares with.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context, ContextVar
from typing import TypeVar

T = TypeVar("T")

STRIDE = 500
"""Cost between two looks, in steps of about a microsecond: a look reads a clock, which takes as long as such a step."""


class Interrupted(Exception):
    """The job shall not go on. It is no EngineError: nothing is wrong with what was given, so nobody in the engine who
    tells of mistakes, or tries something else instead, may take it for one."""


class _Job:
    """Work that somebody looks after. left: cost until the next look."""

    __slots__ = ("left", "look")

    def __init__(self, look: Callable[[], None]) -> None:
        self.look = look
        self.left: float = STRIDE

    def spend(self, cost: float) -> None:
        self.left -= cost
        if self.left <= 0:
            self.left = STRIDE
            self.look()


_JOB: ContextVar[_Job | None] = ContextVar("job", default=None)


def checkpoint(cost: float = 1) -> None:
    """Says that the work goes on and has taken, or is about to take, so many microseconds. Raises what the look raises:
    an Interrupted. Not for the inside of compiled code, nor while a lock is held."""
    job = _JOB.get()
    if job is not None:
        job.spend(cost)


def watched(look: Callable[[], None], work: Callable[[], T]) -> T:
    """What `work` gives. `look` is called at its checkpoints, in its thread: it may wait, and it may raise an
    Interrupted."""
    token = _JOB.set(_Job(look))
    try:
        return work()
    finally:
        _JOB.reset(token)


def carried(context: Context) -> Context:
    """Another context, made for the same job."""
    job = _JOB.get()
    if job is not None:
        context.run(_JOB.set, job)
    return context
