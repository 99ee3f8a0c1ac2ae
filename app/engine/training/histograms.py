"""How the numbers of parameters and of their gradients are distributed, from step to step of a run: of each, how many
lie in which range. The steps are those whose states the record keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.record import Record
from app.engine.wording import said

MOST = 24
"""Most parameters of one answer."""

_OUTSIDE = 0.005
"""The share of all numbers below the first range, and above the last one: a few large ones must not hide the rest. They
count in the outermost ranges."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """low, high: where the ranges begin and end; they are equally wide, and the outermost ones take what lies beyond.
    counts: how many numbers lie in each, of shape (steps, ranges); what is not finite lies in none."""

    low: float
    high: float
    counts: np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A parameter by its id, how many numbers it has, and the histograms of its values and of its gradients."""

    parameter: str
    elements: int
    values: Histogram
    gradients: Histogram


def distributions(
    record: Record, last: int, ranges: int, named: Sequence[str], most: int
) -> tuple[tuple[int, ...], list[Distribution]]:
    """The steps up to one, and the distributions of the parameters named, or of the first ones. most: the largest cost,
    in evaluations of about 1 µs; where it does not reach, there are fewer steps. Raises ValueProblem."""
    trainer = record.trainer
    for name in named:
        if name not in trainer.parameters:
            there = ", ".join(trainer.parameters)[:300]
            raise ValueProblem(said("values.unlearned", name=name[:100], there=there))
    chosen = list(dict.fromkeys(named)) or list(trainer.parameters)[:MOST]
    places = [trainer.parameters.index(name) for name in chosen]
    record.state(last)
    kept = record.kept(last)
    steps = sorted({*kept[:: max(1, -(-len(kept) * trainer.cost // most))], last})

    def found() -> tuple[list[list[Value]], list[list[Value]]]:
        values, gradients = [], []
        for step in steps:
            checkpoint(trainer.cost)
            state = record.state(step)
            _, all_gradients = trainer.gradients(state)
            values.append([state.weights[k] for k in places])
            gradients.append([all_gradients[k] for k in places])
        return values, gradients

    values, gradients = ignore_fp_errors(found)
    told = []
    for k, name in enumerate(chosen):
        own = [each[k] for each in values]
        along = [each[k] for each in gradients]
        told.append(Distribution(name, int(np.size(own[0])), _histogram(own, ranges), _histogram(along, ranges)))
    return tuple(steps), told


def _histogram(values: Sequence[Value], ranges: int) -> Histogram:
    """Of the values at each step."""
    steps = [flat[np.isfinite(flat)] for flat in [np.ravel(np.asarray(value, dtype=np.float64)) for value in values]]
    finite = np.concatenate(steps)
    if not finite.size:
        return Histogram(0.0, 0.0, np.zeros((len(steps), ranges), dtype=np.intp))
    # Both are numbers that occur, so that few numbers lose none of them.
    low = float(np.quantile(finite, _OUTSIDE, method="lower"))
    high = float(np.quantile(finite, 1 - _OUTSIDE, method="higher"))
    width = (high - low) / ranges
    counts = np.zeros((len(steps), ranges), dtype=np.intp)
    for row, flat in zip(counts, steps, strict=True):
        place = np.floor((flat - low) / width) if np.isfinite(width) and width > 0 else np.zeros(flat.shape)
        row[:] = np.bincount(np.clip(place, 0, ranges - 1).astype(np.intp), minlength=ranges)
    return Histogram(low, high, counts)
