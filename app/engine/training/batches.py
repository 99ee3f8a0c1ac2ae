"""Which examples a step learns from. Any step's are found without those before: each epoch is shuffled by a generator
of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

Rows = np.ndarray[Any, np.dtype[np.intp]]

SPLIT = 2**32
"""What stands in place of an epoch for the generator that chooses the validation share; no epoch is so late."""


@dataclass(frozen=True, slots=True)
class Batches:
    """How examples are drawn. size: examples of a step, all of them where None; validation: the share of the examples
    that is kept aside, between 0 and 1; seed: of the generators, NumPy's PCG64."""

    size: int | None = None
    validation: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """Examples by their rows: those learned from, and those kept aside."""

    batches: Batches
    train: Rows
    validation: Rows

    @property
    def epoch(self) -> int:
        """How many steps take every example once."""
        size = self.batches.size
        return 1 if size is None else max(1, -(-len(self.train) // size))

    @property
    def whole(self) -> bool:
        """Whether every step takes all examples."""
        return self.batches.size is None or self.batches.size >= len(self.train)

    def rows(self, step: int) -> Rows:
        """The rows of a step, counted from 0. The last batch of an epoch may be smaller."""
        size = self.batches.size
        if size is None or self.whole:
            return self.train
        epoch, place = divmod(step, self.epoch)
        order = _shuffled(len(self.train), self.batches.seed, epoch)
        return self.train[order[place * size : (place + 1) * size]]


def split(batches: Batches, examples: int) -> Split:
    """The examples of a run. Validation takes a share rounded to whole examples, and leaves at least one to learn."""
    aside = min(round(examples * batches.validation), examples - 1)
    if aside <= 0:
        return Split(batches, np.arange(examples), np.arange(0))
    order = _shuffled(examples, batches.seed, SPLIT)
    return Split(batches, np.sort(order[aside:]), np.sort(order[:aside]))


@lru_cache(maxsize=32)
def _shuffled(examples: int, seed: int, epoch: int) -> Rows:
    order = np.random.default_rng([seed, epoch]).permutation(examples)
    order.flags.writeable = False
    return order
