"""Backlit's trainings: steps that nobody watches, and steps each of which is told as a line of JSON."""

from typing import Any

from app.api import numbers
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.course import stretch
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import State, Trainer
from benchmarks.case import Figures, Runner
from benchmarks.training_cases import STEPS, Training


def run_of(case: Training) -> Run:
    """The run of a case."""
    values = {**case.data, **case.parameters}
    return Run(
        case.program,
        values,
        "loss",
        tuple(case.parameters),
        tuple(case.data),
        optimizer=case.optimizer,
        settings=case.settings,
    )


def prepare(case: Training) -> Runner:
    """Steps that nobody watches."""
    trainer = Trainer(run_of(case))

    def steps() -> State:
        state = trainer.start
        for _ in range(STEPS):
            state = trainer.next(state).after
        return state

    def figures(state: Any) -> Figures:
        return {("value", "loss"): trainer.gradients(state)[0]}

    return Runner(lambda: ignore_fp_errors(steps), figures)


def prepare_streamed(case: Training) -> Runner:
    """Every step told, as `train` does."""
    trainer = Trainer(run_of(case))

    def steps() -> tuple[list[bytes], float]:
        return streamed(Record(trainer), STEPS)

    return Runner(steps, lambda result: {("value", "loss"): result[1]})


def streamed(record: Record, steps: int) -> tuple[list[bytes], float]:
    """The lines of a run from its start, and its last loss."""
    lines: list[bytes] = []
    state, ended = record.trainer.start, None
    while ended is None:
        found = stretch(record, state, steps, 1)
        lines += [numbers.write({"step": row}, (row.validation, row.rate).count(None)) for row in found.rows]
        state, ended = found.after, found.ended
    return lines, found.rows[-1].loss
