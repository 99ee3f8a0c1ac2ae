"""`POST /api/v1/train`: a training, told step by step while it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from app.api import numbers, own_training, schemas, training
from app.api.begins import Begins
from app.api.routing import describe
from app.api.streaming import Lines
from app.api.subject import resolve, without_run
from app.engine import Limits
from app.engine.execution.values import shape_of
from app.engine.training.course import chunk
from app.engine.training.record import Record
from app.engine.training.trainer import State


def add(router: APIRouter, path: str, limits: Limits) -> None:
    """Adds the route."""

    @router.post(path, summary="Train a program", **describe(schemas.TrainAnswer))
    def train(ask: schemas.TrainRequest) -> Lines:
        """A line of JSON for each step: its loss, and the norms of gradients and parameters. The same run always gives
        the same numbers, so any of its steps can be asked about in other requests: they take `run` and `step` in place
        of `values`."""
        subject = resolve(without_run(ask), limits)
        if ask.run.own:
            own_training.check(ask)
            plan = subject.compile(ask.model_copy(update={"detail": "tensor", "scalar": []}), limits)
            return own_training.own_lines(plan, subject.program, subject.values, subject.output, ask)
        record = subject.record(ask.run, limits, lenient=ask.ignore_unknown)
        training.check_cost(record, record.nearest(ask.start).step, ask.start, training.AT_ONCE)
        training.check_cost(record, ask.start, max(ask.steps, ask.start))
        course = _Course(record, record.state(ask.start), ask.steps, ask.every)
        begins = _begins(record, ask.start, ask.steps).line()
        return Lines([begins], course.more, hash(("chunk", ask.cost_key())))


@dataclass(slots=True)
class _Course:
    """What is still to be told of a run. state: None when all is."""

    record: Record
    state: State | None
    last: int
    every: int

    def more(self) -> Sequence[bytes] | None:
        """The lines of the next chunk."""
        if self.state is None:
            return None
        found = chunk(self.record, self.state, self.last, self.every)
        lines = [numbers.write({"step": row}, (row.validation, row.rate).count(None)) for row in found.rows]
        if found.ended is not None:
            lines.append(numbers.write({"ends": {"ended": found.ended, "step": found.after.step}}))
        self.state = None if found.ended is not None else found.after
        return lines


def _begins(record: Record, start: int, steps: int) -> Begins:
    trainer = record.trainer
    phase = trainer.phase(start)
    return Begins(
        own=False,
        parameters=trainer.parameters,
        shapes=[shape_of(value) for value in trainer.start.weights],
        data=trainer.data,
        examples=len(trainer.split.train),
        validation=len(trainer.split.validation),
        epoch=trainer.split.epoch,
        optimizer=phase.stage.update.optimizer.name,
        settings=dict(phase.settings),
        update=phase.stage.update.text,
        steps=steps,
    )
