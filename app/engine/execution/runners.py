"""The runners of a schedule: node by node at first, compiled after some runs, and in IEEE arithmetic."""

from __future__ import annotations

from app.engine.execution.codegen import compile_schedule
from app.engine.execution.node_by_node import Runner, node_by_node
from app.engine.execution.schedule import Schedule

ARRAY_RUNS, SCALAR_RUNS = 8, 150
"""Runs node by node before compiling pays: it takes about 20 µs per node, and runs of scalars gain little."""


class Runners:
    """Creates each runner when it is first needed. A race between threads only costs time.

    hot: the compiled function, once there is one.
    arrays: whether there are arrays; floats alone cause no NumPy warnings. schedule: what they run.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._left = int(ARRAY_RUNS + (SCALAR_RUNS - ARRAY_RUNS) * schedule.scalar_share)
        self._steps: Runner | None = None
        self._ieee: Runner | None = None
        self.hot: Runner | None = None
        self.arrays = any(schedule.shapes)

    def quick(self) -> Runner:
        """The fastest runner for this run; it raises where Python's arithmetic does. Counts the runs node by node."""
        self._left -= 1
        if self._left < 0:
            return self.compile()
        if self._steps is None:
            self._steps = node_by_node(self.schedule)
        return self._steps

    def compile(self) -> Runner:
        """The compiled function."""
        if self.hot is None:
            self.hot = compile_schedule(self.schedule)
        return self.hot

    def ieee(self) -> Runner:
        """A runner that never raises: it gives inf and nan."""
        if self._ieee is None:
            self._ieee = node_by_node(self.schedule, careful=True)
        return self._ieee
