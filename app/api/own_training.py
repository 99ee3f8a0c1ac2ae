"""The training that a program does itself, as requests ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api import numbers, problems, schemas
from app.api.begins import Begins
from app.api.problems import ErrorDetail, RequestProblem
from app.api.streaming import Lines
from app.engine import Plan, ValueProblem
from app.engine.execution.compile import own_course
from app.engine.interpreter.turns.trainings import LossOfTurn, OwnTraining
from app.engine.training.course import Row
from app.engine.wording import said

_ROWS = 500
"""Steps that are written at once."""


def check(ask: schemas.Subject) -> None:
    """Raises `RequestProblem` where a request chooses something for a training that is the program's own."""
    chosen = [] if ask.run is None else sorted(ask.run.model_fields_set - {"own"})
    if chosen:
        message = said("requests.own_training_with_settings", chosen=", ".join(chosen))
        raise RequestProblem(problems.REQUEST, ErrorDetail(message, field=f"run.{chosen[0]}"))
    if ask.phase == "update":
        raise RequestProblem(problems.REQUEST, ErrorDetail(said("requests.own_steps_without_update"), field="phase"))


def trained(plan: Plan) -> OwnTraining:
    """The training that a program does itself. Raises ValueProblem if it does none."""
    reading = plan.structure.reading
    if reading is None or reading.own is None:
        raise ValueProblem(said("values.own_training_missing"))
    return reading.own


@dataclass(slots=True)
class OwnCourse:
    """What is still to be told of a program's own training. rows: the steps, None until they are known."""

    read: Callable[[], Sequence[LossOfTurn]]
    ask: schemas.TrainRequest
    last: int
    rows: Sequence[LossOfTurn] | None = None

    def more(self) -> Sequence[bytes] | None:
        """The next lines; None after the last."""
        rows, ask = self.rows, self.ask
        if rows is None:
            course = [each for each in self.read() if ask.start <= each[0] <= self.last]
            rows = [each for each in course if not each[0] % ask.every or each[0] == self.last]
        elif not rows:
            return None
        lines = [numbers.write({"step": Row(*each)}, 2) for each in rows[:_ROWS]]
        if len(rows) <= _ROWS:
            lines.append(numbers.write({"ends": {"ended": "steps", "step": self.last}}))
        self.rows = rows[_ROWS:]
        return lines


def own_lines(
    plan: Plan, program: str, values: Mapping[str, Any], output: str | None, ask: schemas.TrainRequest
) -> Lines:
    """The course of a program's own training. plan: the program, compiled."""
    own, limits = trained(plan), plan.structure.limits
    end = own.turns - 1
    # By default all of them.
    last = min(ask.steps, end) if "steps" in ask.model_fields_set else end

    def read() -> Sequence[LossOfTurn]:
        return own_course(program, values, output, limits, ignore_unknown=ask.ignore_unknown).course

    parameters = [name for name, _ in own.parameters]
    begins = Begins(parameters=parameters, shapes=[shape for _, shape in own.parameters], steps=last)
    return Lines([begins.line()], OwnCourse(read, ask, last).more, hash(("own", ask.cost_key())))
