"""Compares a derivative, written as a formula, with the gradient at many points: agreement at one may be chance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from app.engine.assess.grading.diagnose import Slip, find_slip
from app.engine.assess.grading.other_points import random_runs
from app.engine.assess.grading.point import Point
from app.engine.assess.grading.reader import read_pass
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.steps import BackwardReading
from app.engine.errors import EngineError, LimitError, ProgramError, ValueProblem
from app.engine.execution.plan import Trace
from app.engine.ops import INPUT
from app.engine.program import Value
from app.engine.wording import said

POINTS = 24
_RELATIVE, _ABSOLUTE = 1e-7, 1e-9
_ALIKE = 3
"""Number of points at which one slip must explain the error."""
_NAME = "formula_"
_BEFORE = re.compile(r"\s*[∂d]?[^\W\d]\w*\s*(?:/\s*[∂d]\w+\s*)?=(?!=)\s*")
"""The left side, as in `df =` or `∂f/∂x =`."""


@dataclass(frozen=True, slots=True)
class Worst:
    """The point where formula and gradient differ most. point: the values of the inputs; given: of the formula;
    wanted: the gradient."""

    point: Mapping[str, Value]
    given: Value
    wanted: Value


@dataclass(frozen=True, slots=True)
class GradedFormula:
    """The result. agrees: None if there was no point to compare at, or the text could not be computed (then `error`
    says why). points: the number of points compared."""

    agrees: bool | None
    points: int
    worst: Worst | None = None
    slip: Slip | None = None
    error: EngineError | None = None


def check_formula(run: Trace, of: str, text: str, program: str = "", most: int = 10**6) -> GradedFormula:
    """Compares a formula in the program's names with the gradient of an input.

    of: the id of the input. program: the text of the run, whose functions may be called. most: evaluations of a node
    that may be made.
    Raises ValueProblem if `of` is no input of the graph, LimitError if one point already takes too many.
    """
    index = run.structure.index.get(of)
    if index is None or run.structure.nodes[index].op is not INPUT:
        raise ValueProblem(said("values.formula_of_no_input", of=of[:100]))
    schedule = run.structure.schedule
    points = min(POINTS, most // (2 * len(schedule.graph) + schedule.cost(schedule.graph)))
    if points < 1:
        raise LimitError(said("limits.formula_program_too_large"))
    scope = Scope(run)
    try:
        reading, node = _read(scope, program, text)
    except EngineError as error:
        return GradedFormula(None, 0, error=error)
    compared: list[tuple[float, Trace, Value, Value]] = []
    for at in _points(run, points):
        point = Point(reading, at)
        if not point.holds():
            continue
        given = point.own(node)
        wanted = at.grad_list[index]
        wanted = np.zeros(np.shape(at.value_list[index])) if wanted is None else wanted
        if np.isfinite(given).all() and np.isfinite(wanted).all() and not at.kinks:
            compared.append((_apart(given, wanted), at, given, wanted))
    return _verdict(compared, index)


def _read(scope: Scope, program: str, text: str) -> tuple[BackwardReading, int]:
    """The formula as an assignment, and the node of its value."""
    line = " ".join(text.splitlines())
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    written = f"{_NAME} = {line[start:].strip()}"
    shift = start + len(line[start:]) - len(line[start:].lstrip()) - len(f"{_NAME} = ")
    reading = read_pass(scope, program, written, 2)
    step = reading.steps[0] if len(reading.steps) == 1 else None
    if step is not None and step.name == _NAME and step.error is None and "\n" not in written:
        return reading, step.node
    problem = None if step is None else step.error
    none = said("language.no_formula")
    column, hint = start + 1, none.hint
    if problem is not None and problem.column:
        column, hint = problem.column + shift, problem.hint or hint
    message = none if problem is None else problem.message
    raise ProgramError(message, line=1, column=max(1, column), hint=hint)


def _points(run: Trace, points: int) -> Iterator[Trace]:
    """The run itself, then runs at other points."""
    yield run
    yield from islice(random_runs(run), points - 1)


def _apart(given: Value, wanted: Value) -> float:
    """The largest difference, in multiples of the tolerance; infinity if the shapes do not fit."""
    if np.shape(given) not in ((), np.shape(wanted)):
        return float("inf")
    off = np.abs(np.asarray(given) - np.asarray(wanted))
    size = np.maximum(np.abs(given), np.abs(wanted))
    return float(np.max(off / (_ABSOLUTE + _RELATIVE * size), initial=0.0))


def _verdict(compared: list[tuple[float, Trace, Value, Value]], index: int) -> GradedFormula:
    if not compared:
        return GradedFormula(None, 0)
    far = [one for one in compared if one[0] > 1]
    if not far:
        return GradedFormula(True, len(compared))
    _, at, given, wanted = max(far, key=lambda one: one[0])
    point = {node.id: value for node, value in zip(at.structure.nodes, at.value_list, strict=True) if node.op is INPUT}
    return GradedFormula(False, len(compared), Worst(point, given, wanted), _slip(far, index))


def _slip(far: list[tuple[float, Trace, Value, Value]], index: int) -> Slip | None:
    """The slip that explains the first wrong points."""
    if any(at.grad_list[index] is None for _, at, _, _ in far[:_ALIKE]):
        return None
    (_, first, given, _), *rest = far[:_ALIKE]
    also = [(Scope(at), value) for _, at, value, _ in rest]
    return find_slip(Scope(first), index, given, relative=_RELATIVE, also=also)
