"""`POST /api/v1/grade`: a reader's own backward pass, or one predicted gradient, beside the true one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from app.api import numbers, problems, schemas
from app.api.desk import Desk
from app.api.problems import RequestProblem, Trouble
from app.api.routing import describe
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
from app.engine.notation.wording import Parts


def add(router: APIRouter, path: str, desk: Desk, limits: Limits, lines: int, evaluations: int) -> None:
    """Adds the route, at work with these. `lines`: how many a backward pass may have; `evaluations`: of a node, how
    many the points of a formula may take."""

    @router.post(path, summary="Grade a backward pass", **describe(schemas.GradeAnswer))
    async def grade(request: Request, ask: schemas.GradeRequest) -> bytes:
        """Each line `dX = ...` beside the true gradient, with the slip that would explain a difference."""

        def work() -> bytes:
            subject = resolve(ask, limits)
            backward = guess = formula = None
            # Names are those of the text: opened to its scalars a program has others.
            whole = ask.model_copy(update={"detail": "tensor", "scalar": []})
            if ask.backward is not None:
                check_names(ask.backward)
                run = subject.compile(whole, limits).run()
                backward = _backward(grade_backward(run, ask.backward, subject.program, lines))
            if ask.guess is not None:
                run = subject.compile(ask, limits).run()
                one = ask.guess
                guess = _guess(judge(run, one.node, one.value, one.index, one.tolerance))
            if ask.formula is not None:
                check_names(ask.formula.text)
                run = subject.compile(whole, limits).run()
                one_formula = check_formula(run, ask.formula.of, ask.formula.text, subject.program, evaluations)
                formula = _formula(one_formula)
            if backward is None and guess is None and formula is None:
                raise RequestProblem(problems.REQUEST, Trouble("there is nothing to grade", hint=_NOTHING))
            told = {**(backward or _NO_LINES), "guess": guess, "formula": formula}
            return numbers.write(told, _nones(told))

        return await desk.run(ask.cost_key(), request.scope["body_size"], work)


_NOTHING = "Send backward, lines such as dy = 1, or guess, or formula."
_NO_LINES: dict[str, Any] = {"lines": [], "missing": [], "done": 0, "wanted": 0}


def _backward(graded: Backward) -> dict[str, Any]:
    return {
        "lines": [_line(line) for line in graded.lines],
        "missing": [
            {"id": one.id, "name": one.name, "shape": list(one.shape), "hints": _hints(one.hints)}
            for one in graded.missing
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
        "follows": list(line.follows),
        "slip": _slip(line.slip),
        "error": _error(line.error),
        "hints": _hints(line.hints),
    }


def _shape(value: Any) -> list[int] | None:
    return None if value is None else [] if type(value) is float else list(value.shape)


def _slip(slip: Slip | None) -> dict[str, Any] | None:
    return None if slip is None else {"kind": slip.kind, "text": _parts(slip.text)}


def _error(error: EngineError | None) -> dict[str, Any] | None:
    return None if error is None else Trouble(error.message, error.line, error.column, error.hint).as_json()


def _hints(hints: tuple[Hint, ...]) -> list[dict[str, Any]]:
    return [{"text": _parts(hint.text), "code": hint.code} for hint in hints]


def _parts(parts: Parts) -> list[dict[str, str]]:
    return [{"text": text, "tone": tone} for text, tone in parts]


def _guess(guess: Guess) -> dict[str, Any]:
    return {
        "agrees": guess.agrees,
        "convention": guess.convention,
        "note": guess.note,
        "slip": _slip(guess.slip),
    }


def _formula(formula: Formula) -> dict[str, Any]:
    worst = formula.worst
    told = None if worst is None else {"point": dict(worst.point), "given": worst.given, "wanted": worst.wanted}
    return {
        "agrees": formula.agrees,
        "points": formula.points,
        "worst": told,
        "slip": _slip(formula.slip),
        "error": _error(formula.error),
    }


def _nones(told: Any) -> int:
    """How many nulls an answer holds, as `numbers.write` wants to know."""
    if told is None:
        return 1
    if isinstance(told, dict):
        return sum(map(_nones, told.values()))
    return sum(map(_nones, told)) if isinstance(told, list) else 0
