"""A run as a request states it, and the program of one of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import schemas
from app.engine import LimitError, Limits, ValueProblem, compile_program
from app.engine.training.batches import Batches
from app.engine.training.rates import Rate
from app.engine.training.record import Record, recorded
from app.engine.training.run import Change, Run, Stops
from app.engine.training.update import NEXT
from app.engine.wording import said

MOST = 300_000_000
"""Cost of the steps that one request streams, in evaluations of about 1 µs."""
AT_ONCE = 20_000_000
"""Cost of the steps that come before the answer of a request."""


def record_of(
    run: schemas.TrainingRun,
    program: str,
    values: Mapping[str, Any],
    output: str | None,
    limits: Limits,
    *,
    lenient: bool,
) -> Record:
    """The record of a run. lenient: whether values for names that are no inputs, and an unknown output, are skipped.
    Raises `EngineError`."""
    if lenient:
        structure = compile_program(program, values, output, limits=limits, ignore_unknown=True).structure
        values = {name: value for name, value in values.items() if name in structure.inputs}
        output = structure.output
    made = Run(
        program,
        values,
        output,
        tuple(run.parameters),
        None if run.data is None else tuple(run.data),
        run.optimizer,
        run.settings,
        Rate(run.rate.course, run.rate.over, run.rate.factor),
        Batches(run.batch, run.validation, run.random_seed),
        run.clip,
        run.decay,
        run.accumulate,
        tuple([Change(each.step, each.optimizer, each.settings) for each in run.changes]),
        Stops(run.stops.below, run.stops.patience),
    )
    return recorded(made, limits)


def check_cost(record: Record, begin: int, end: int, most: int = MOST) -> None:
    """Raises LimitError if the steps between cost more than `most`; nothing has been computed then."""
    cost = record.trainer.cost
    if (end - begin) * cost > most:
        raise LimitError(said("limits.training_request_too_long", end=end - begin, most=most // cost))


def step_values(record: Record, step: int, *, whole: bool, example: int | None) -> dict[str, Any]:
    """The values of a step's trace. whole: with all examples in place of the step's batch; example: with one alone."""
    check_cost(record, record.nearest(step).step, step, AT_ONCE)
    return record.trainer.values(record.state(step), whole=whole, example=example)


def update_of(record: Record, step: int, moved: str | None) -> tuple[str, dict[str, Any], str]:
    """The program of a step's update, its values, and the name of the new value of a parameter (of the first one)."""
    check_cost(record, record.nearest(step).step, step, AT_ONCE)
    trainer = record.trainer
    text, values = trainer.update(record.state(step))
    parameter = trainer.parameters[0] if moved is None else moved
    names = trainer.phase(step).stage.update.names
    if parameter not in names:
        raise ValueProblem(said("values.slice_of_unlearned", parameter=parameter[:100], names=", ".join(names)[:300]))
    return text, values, names[parameter] + NEXT
