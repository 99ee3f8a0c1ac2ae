"""The ways to run one schedule: by steps at first, as straight-line code once it is hot, and in IEEE arithmetic."""

from __future__ import annotations

from app.engine.execution.codegen import straight
from app.engine.execution.interpret import Runner, steps
from app.engine.execution.schedule import Schedule

ARRAY_RUNS, SCALAR_RUNS = 8, 150
"""Runs by steps before straight-line code pays: it costs about 20 µs a node, and a run of scalars gains little."""


class Runners:
    """Makes each way when it is first needed. Losing a race between threads costs time, nothing else.

    hot: the straight-line code, once it is written.
    arrays: whether NumPy computes anything; floats alone never warn.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._left = int(ARRAY_RUNS + (SCALAR_RUNS - ARRAY_RUNS) * schedule.scalar_share)
        self._steps: Runner | None = None
        self._ieee: Runner | None = None
        self.hot: Runner | None = None
        self.arrays = any(schedule.shapes)

    def quick(self) -> Runner:
        """The quickest way for a run now; counts the runs by steps. It raises where Python's arithmetic does."""
        self._left -= 1
        if self._left < 0:
            return self.compile()
        if self._steps is None:
            self._steps = steps(self._schedule)
        return self._steps

    def compile(self) -> Runner:
        """The straight-line code, written now."""
        if self.hot is None:
            self.hot = straight(self._schedule)
        return self.hot

    def ieee(self) -> Runner:
        """The way that never raises: inf and nan instead."""
        if self._ieee is None:
            self._ieee = steps(self._schedule, careful=True)
        return self._ieee
