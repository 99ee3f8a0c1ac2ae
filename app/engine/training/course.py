"""The course of a run: what is told of its steps while they are taken, a chunk at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.program import Value
from app.engine.support.checkpoints import checkpoint
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.record import Record
from app.engine.training.run import Stops
from app.engine.training.trainer import State

CHUNK = 30_000
"""Cost of one chunk, in evaluations of about 1 µs: whoever watches hears of it about so often."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one step. step: counted from 0; loss: before its update, of its batch; validation: of the
    examples that are kept aside; gradients, parameters: the Euclidean norm of each parameter's gradient, and of the
    parameter; rate: the learning rate, where the optimizer has one."""

    step: int
    loss: float
    validation: float | None = None
    gradients: tuple[float, ...] = ()
    parameters: tuple[float, ...] = ()
    rate: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some steps. after: the state after them; ended: why the run ends there, None if it goes on."""

    rows: tuple[Row, ...]
    after: State
    ended: str | None


def chunk(record: Record, state: State, last: int, every: int) -> Chunk:
    """The steps from a state on, until there is enough to tell.

    last: the step before whose update the run ends. every: of how many steps one is told; the one at which the run ends
    always is. Ends are "steps", "below", "patience" and "nonfinite".
    """
    trainer = record.trainer
    cost = trainer.cost

    def take() -> Chunk:
        rows: list[Row] = []
        now, spent = state, 0.0
        while True:
            checkpoint(cost)
            taken = trainer.next(now)
            ended = _ended(trainer.run.stops, now, taken.loss, last)
            if ended or not now.step % every:
                rows.append(_row(record, now, taken.loss, taken.gradients))
                spent += cost
            if ended:
                return Chunk(tuple(rows), now, ended)
            now = taken.after
            record.keep(now)
            spent += cost
            if spent >= CHUNK:
                return Chunk(tuple(rows), now, None)

    return ignore_fp_errors(take)


def _ended(stops: Stops, now: State, loss: float, last: int) -> str | None:
    if not math.isfinite(loss):
        return "nonfinite"
    if now.step >= last:
        return "steps"
    if stops.below is not None and loss < stops.below:
        return "below"
    if stops.patience is not None and loss >= now.best and now.step - now.best_step >= stops.patience:
        return "patience"
    return None


def _row(record: Record, now: State, loss: float, gradients: Sequence[Value]) -> Row:
    trainer = record.trainer
    numbers = trainer.numbers(trainer.phase(now.step), now.step)
    return Row(
        now.step,
        loss,
        trainer.validation(now),
        tuple([_norm(each) for each in gradients]),
        tuple([_norm(each) for each in now.weights]),
        numbers.get("lr"),
    )


def _norm(value: Value) -> float:
    return abs(value) if type(value) is float else math.sqrt(np.vdot(value, value))
