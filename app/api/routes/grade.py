"""`POST /api/v1/grade`: a reader's own backward pass, or one predicted gradient, beside the true one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from app.api import numbers, problems, schemas
from app.api.problems import ErrorDetail, RequestProblem
from app.api.routing import describe
from app.api.sentences import worded
from app.api.subject import check_names, resolve
from app.engine import EngineError, Limits
from app.engine.assess.grading import (
    Backward,
    Formula,
    GradedLine,
    Guess,
    Hint,
    Slip,
    check_formula,
    grade_backward,
    judge,
)
from app.engine.execution.values import shape_of
from app.engine.program import Value


def add(router: APIRouter, path: str, limits: Limits, lines: int, evaluations: int) -> None:
    """Adds the route. lines: most lines of a backward pass; evaluations: most evaluations of a node for a formula."""

    @router.post(path, summary="Grade a backward pass", **describe(schemas.GradeAnswer))
    def grade(ask: schemas.GradeRequest) -> bytes:
        """Each line `dX = ...` beside the true gradient, with the slip that would explain a difference."""
        subject = resolve(ask, limits)
        # The names are those of the text; in scalar detail the program has others.
        whole = ask.model_copy(update={"detail": "tensor", "scalar": []})
        answer = {**_NO_LINES}
        if ask.backward is not None:
            check_names(ask.backward)
            run = subject.compile(whole, limits).run()
            answer |= _backward(grade_backward(run, ask.backward, subject.program, lines))
        if ask.guess is not None:
            run = subject.compile(ask, limits).run()
            one = ask.guess
            answer["guess"] = _guess(judge(run, one.node, one.value, one.index, one.tolerance))
        if ask.formula is not None:
            check_names(ask.formula.text)
            run = subject.compile(whole, limits).run()
            one_formula = check_formula(run, ask.formula.of, ask.formula.text, subject.program, evaluations)
            answer["formula"] = _formula(one_formula)
        if ask.backward is None and ask.guess is None and ask.formula is None:
            raise RequestProblem(problems.REQUEST, ErrorDetail("there is nothing to grade", hint=_NOTHING))
        return numbers.write(answer)


_NOTHING = "Send backward, lines such as dy = 1, or guess, or formula."
_NO_LINES: dict[str, Any] = {"lines": [], "missing": [], "done": 0, "wanted": 0, "guess": None, "formula": None}


def _backward(graded: Backward) -> dict[str, Any]:
    return {
        "lines": [_line(line) for line in graded.lines],
        "missing": [
            {"id": one.id, "name": one.name, "shape": one.shape, "hints": _hints(one.hints)} for one in graded.missing
        ],
        "done": graded.done,
        "wanted": graded.wanted,
    }


def _line(line: GradedLine) -> dict[str, Any]:
    return {
        "line": line.line,
        "name": line.name,
        "target": line.target,
        "agrees": line.agrees,
        "value": line.value,
        "adjoint": line.adjoint,
        "shape": _shape(line.value),
        "wanted_shape": _shape(line.adjoint),
        "note": line.note,
        "turn": line.turn,
        "chance": line.chance,
        "convention": line.convention,
        "follows": line.follows,
        "slip": _slip(line.slip),
        "error": _error(line.error),
        "hints": _hints(line.hints),
    }


def _shape(value: Value | None) -> tuple[int, ...] | None:
    return None if value is None else shape_of(value)


def _slip(slip: Slip | None) -> dict[str, Any] | None:
    return None if slip is None else {"kind": slip.kind, "text": worded(slip.text)}


def _error(error: EngineError | None) -> dict[str, Any] | None:
    return None if error is None else ErrorDetail(error.message, error.line, error.column, error.hint).as_json()


def _hints(hints: tuple[Hint, ...]) -> list[dict[str, Any]]:
    return [{"text": worded(hint.text), "code": hint.code} for hint in hints]


def _guess(guess: Guess) -> dict[str, Any]:
    return {"agrees": guess.agrees, "convention": guess.convention, "note": guess.note, "slip": _slip(guess.slip)}


def _formula(formula: Formula) -> dict[str, Any]:
    return {
        "agrees": formula.agrees,
        "points": formula.points,
        "worst": formula.worst,
        "slip": _slip(formula.slip),
        "error": _error(formula.error),
    }
