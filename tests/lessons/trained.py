"""The trainings of a lesson's steps, as its figures run them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.record import Record
from app.engine.training.trainer import Trainer
from app.lessons import Library
from app.lessons.lesson import Figure, Lesson, Step
from app.lessons.trainings import engine_run

_LESSONS = {lesson.slug: lesson for lesson in Library.load().lessons}


def lesson(slug: str) -> Lesson:
    return _LESSONS[slug]


def figure(step: Step) -> Figure:
    """What trains beside a step."""
    return next(figure for figure in step.figures if figure.name == "training")


def steps_of(step: Step) -> int:
    """How many steps its button takes."""
    return int(figure(step).options["steps"])


def record(step: Step, run: int | Mapping[str, Any] = 0, values: Mapping[str, Any] | None = None) -> Record:
    """One of its runs, or another one, with other values where they are given."""
    stated = figure(step).runs[run] if isinstance(run, int) else run
    made = engine_run(step.program, {**step.values, **(values or {})}, stated)
    return Record(Trainer(made))


def losses(record: Record, steps: int) -> list[float]:
    """The loss before each step, and behind the last."""
    return [ignore_fp_errors(record.trainer.gradients, record.state(k))[0] for k in range(steps + 1)]
