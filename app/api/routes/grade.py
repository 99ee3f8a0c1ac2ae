"""`POST /api/v1/grade`: a reader's own backward pass, or one predicted gradient, beside the true one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from app.api import numbers, problems, schemas
from app.api.problems import ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.subject import check_names, resolve
from app.engine import EngineError, Limits
from app.engine.assess.grading import GradedLine, check_formula, grade_backward, judge
from app.engine.assess.grading.backward import Missing
from app.engine.assess.grading.prediction import Guess
from app.engine.assess.own_engine import OwnEngineGrade, grade_own_engine
from app.engine.execution.values import shape_of
from app.engine.program import Value
from app.engine.wording import said


@dataclass(slots=True)
class _Graded:
    """The answer (`schemas.GradeAnswer`)."""

    lines: Sequence[Any] = ()
    missing: Sequence[Missing] = ()
    done: int = 0
    wanted: int = 0
    guess: Guess | None = None
    formula: Any = None
    engine: OwnEngineGrade | None = None


def add(router: APIRouter, path: str, limits: Limits, lines: int, evaluations: int) -> None:
    """Adds the route. lines: most lines of a backward pass; evaluations: most evaluations of a node for a formula."""

    @router.post(path, summary="Grade a backward pass", **describe(schemas.GradeAnswer))
    def grade(ask: schemas.GradeRequest) -> bytes:
        """Each line `dX = ...` beside the true gradient, with the slip that would explain a difference."""
        subject = resolve(ask, limits)
        # The names are those of the text; in scalar detail the program has others.
        whole = ask.model_copy(update={"detail": "tensor", "scalar": []})
        answer = _Graded()
        if ask.backward is not None:
            check_names(ask.backward)
            run = subject.compile(whole, limits).run()
            graded = grade_backward(run, ask.backward, subject.program, lines)
            answer.lines, answer.missing = [_line(line) for line in graded.lines], graded.missing
            answer.done, answer.wanted = graded.done, graded.wanted
        if ask.guess is not None:
            run = subject.compile(ask, limits).run()
            one = ask.guess
            answer.guess = judge(run, one.node, one.value, one.index, one.tolerance)
        if ask.formula is not None:
            check_names(ask.formula.text)
            run = subject.compile(whole, limits).run()
            formula = check_formula(run, ask.formula.of, ask.formula.text, subject.program, evaluations)
            answer.formula = numbers.members(formula) | {"error": _error(formula.error)}
        if ask.engine:
            run = subject.compile(whole, limits).run()
            answer.engine = grade_own_engine(run, subject.program, limits)
        if ask.backward is None and ask.guess is None and ask.formula is None and not ask.engine:
            raise RequestProblem(problems.REQUEST, ErrorDetail(said("requests.nothing_to_grade")))
        return numbers.write(answer)


def _line(line: GradedLine) -> dict[str, Any]:
    shapes = {"shape": _shape(line.value), "wanted_shape": _shape(line.adjoint)}
    return numbers.members(line) | shapes | {"error": _error(line.error)}


def _shape(value: Value | None) -> tuple[int, ...] | None:
    return None if value is None else shape_of(value)


def _error(error: EngineError | None) -> dict[str, Any] | None:
    return None if error is None else ErrorDetail(error.message, error.line, error.column, error.hint).as_json()
