"""What is known of a run: states at some of its steps, from which every other step is computed again, bit by bit."""

from __future__ import annotations

from threading import Lock

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.limits import Limits
from app.engine.support.cache import WeightedCache
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.run import Run
from app.engine.training.trainer import State, Trainer
from app.engine.wording import said

_MOST = 64
"""Most states that one record keeps."""
_ELEMENTS = 500_000
"""Most numbers in the states of one record (4 MB), but for the first state and the last."""

_RECORDS: WeightedCache[Record] = WeightedCache(capacity=8_000_000)
"""Records by run and limits; weighed in numbers that they may keep."""


class Record:
    """A run's trainer with the states that are kept of it. Thread-safe.

    However long the run: when there are too many states, every other one is dropped, and new ones are kept at twice
    the distance.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        size = sum(np.size(value) for value in (*trainer.start.weights, *trainer.start.memory))
        self._most = max(2, min(_MOST, _ELEMENTS // max(size, 1)))
        self.weight = size * (self._most + 2) + 1_000
        self._distance = 1
        self._states = {0: trainer.start}
        self._last = trainer.start
        self._lock = Lock()

    def keep(self, state: State) -> None:
        """Offers a state. It is kept if it comes at the right distance, or is the latest of all."""
        with self._lock:
            if state.step > self._last.step:
                self._last = state
            if state.step % self._distance or state.step in self._states:
                return
            self._states[state.step] = state
            while len(self._states) > self._most:
                self._distance *= 2
                self._states = {step: kept for step, kept in self._states.items() if not step % self._distance}

    def nearest(self, step: int) -> State:
        """The latest kept state that is not after a step."""
        with self._lock:
            if self._last.step <= step:
                return self._last
            return self._states[max(kept for kept in self._states if kept <= step)]

    def kept(self, last: int) -> list[int]:
        """The steps up to one whose states are kept, in order."""
        with self._lock:
            return sorted([step for step in self._states if step <= last])

    def state(self, step: int) -> State:
        """The state before a step (counted from 0), computed from the nearest one that is kept."""
        if step < 0:
            raise ValueProblem(said("values.step_outside", step=step))
        state = self.nearest(step)
        cost = self.trainer.cost

        def again() -> State:
            found = state
            while found.step < step:
                checkpoint(cost)
                found = self.trainer.next(found).after
                self.keep(found)
            return found

        return ignore_fp_errors(again)


def recorded(run: Run, limits: Limits | None = None) -> Record:
    """The record of a run, which may know some of its steps already."""
    key = (run.key, limits)
    found = _RECORDS.get(key)
    if found is None:
        found = Record(Trainer(run, limits))
        _RECORDS.put(key, found, found.weight)
    return found
