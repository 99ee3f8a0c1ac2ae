"""A run: all that decides a training, as a value. The same run gives the same bits wherever NumPy is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.training.batches import Batches
from app.engine.training.rates import Rate


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is set otherwise from a step on, counted from 0. What is None stays as it was."""

    step: int
    optimizer: str | None = None
    settings: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Stops:
    """What ends a run before its last step. below: a loss that is good enough. patience: steps without a loss lower
    than the best one so far. A loss that is not finite always ends it."""

    below: float | None = None
    patience: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A training.

    source, values, output: the program, as `compile_program` takes it; the output is the loss.
    parameters: ids of the leaves that are learned; by default those that are neither data nor targets.
    data: ids of the leaves whose rows are examples; by default those that data and targets are usually called.
    optimizer: the name of one, or the text of a function (see `optimizers.py`); settings: in place of its defaults.
    clip: the largest norm that all gradients together may have. decay: what of a weight is added to its gradient.
    accumulate: whether gradients are never set to zero, so that those of all steps before are added: a mistake to see.
    """

    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    output: str | None = None
    parameters: tuple[str, ...] = ()
    data: tuple[str, ...] | None = None
    optimizer: str = "sgd"
    settings: Mapping[str, float] = field(default_factory=dict)
    rate: Rate = field(default_factory=Rate)
    batches: Batches = field(default_factory=Batches)
    clip: float | None = None
    decay: float = 0.0
    accumulate: bool = False
    changes: tuple[Change, ...] = ()
    stops: Stops = field(default_factory=Stops)

    @property
    def key(self) -> tuple[Any, ...]:
        """What two equal runs have in common, to be hashed."""
        values = tuple([(name, _bytes(value)) for name, value in sorted(self.values.items())])
        changes = tuple([(each.step, each.optimizer, _pairs(each.settings)) for each in self.changes])
        plain = (self.source, self.output, self.parameters, self.data, self.optimizer, _pairs(self.settings))
        chosen = (self.rate, self.batches, self.clip, self.decay, self.accumulate, self.stops)
        return (*plain, *chosen, values, changes)


def _pairs(settings: Mapping[str, float] | None) -> tuple[tuple[str, float], ...] | None:
    return None if settings is None else tuple(sorted(settings.items()))


def _bytes(value: Any) -> Any:
    """What tells a value from others: shape and bytes. What is no number is refused where the program is read."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        return repr(value)
    return array.shape, array.tobytes()
