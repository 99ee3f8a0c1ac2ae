"""A whole backward pass graded line by line.

Every line is computed twice where that makes a difference: with the reader's own earlier gradients, and with the true
ones in their place. A line that is right with the true ones follows from an earlier mistake and is none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.grading.elsewhere import elsewhere
from app.engine.grading.evaluate import Purse
from app.engine.grading.hints import hints_for
from app.engine.grading.scope import Scope, Target
from app.engine.grading.slips import Slip, find_slip
from app.engine.grading.statements import Broken, Helper, Piece, Statement, pieces
from app.engine.grading.words import Hint
from app.engine.grading.work import Allowance
from app.engine.manual import grade
from app.engine.program import Value
from app.engine.trace import Trace

_HINTED = 60
"""Gradients that hints are written for in one answer."""
_SLIPS = 40
"""Lines whose slip is looked for in one answer."""


@dataclass(frozen=True, slots=True)
class GradedLine:
    """One line, or one name of a line that assigns several.

    target: the id of the node whose gradient it is; None for a name that stands for none. agrees: None where there is
    nothing to compare: no target, a sum that a later line goes on with, or an error. follows: the earlier gradients
    that make this one wrong, which is right otherwise. chance: it is right at these values, and not at others.
    """

    line: int
    name: str
    target: str | None = None
    agrees: bool | None = None
    value: Value | None = None
    adjoint: Value | None = None
    note: str | None = None
    follows: tuple[str, ...] = ()
    slip: Slip | None = None
    hints: tuple[Hint, ...] = ()
    error: EngineError | None = None
    chance: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A gradient that no line gives yet."""

    id: str
    name: str
    shape: tuple[int, ...]
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Backward:
    """done, wanted: how many of the gradients of the program's names are right, and how many there are."""

    lines: tuple[GradedLine, ...]
    missing: tuple[Missing, ...]
    done: int
    wanted: int


@dataclass(slots=True)
class _Known:
    """What the lines so far gave. own: the reader's numbers; true: those of right gradients, where that differs."""

    own: dict[str, Value]
    true: dict[str, Value] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, own: Value, true: Value | None = None) -> None:
        self.own[name] = own
        self.failed.pop(name, None)
        self.true.pop(name, None)
        if true is not None:
            self.true[name] = true


def grade_backward(run: Trace, source: str, program: str = "", most: int = 500) -> Backward:
    """Grades a text of lines `dX = ...` against the gradients of a run.

    program: the run's own text, whose functions the lines may call. most: how many statements are accepted.
    Raises EngineError for a text that cannot be taken on at all; what is wrong with one line is told there.
    """
    limits = run.plan.limits
    _check_length(source, most, limits.source_characters)
    found: list[Piece] = []
    for piece in pieces(source, limits):
        found.append(piece)
        if len(found) > most:
            raise LimitError(f"the backward pass has more than {most:,} statements", hint="Grade a part of it.")
    helpers = {piece.name: piece for piece in functions_of(program, run)}
    other = elsewhere(run)
    there = None if other is None else _Grader(other, helpers, None, search=False)
    if there is not None:
        there.grade_all(found)
    here = _Grader(run, helpers, there)
    return _summed_up(here.scope, here.grade_all(found))


def _check_length(source: str, most: int, characters: int) -> None:
    if len(source) > characters:
        raise LimitError(
            f"the backward pass has {len(source):,} characters; at most {characters:,} are accepted",
            hint="Grade a part of it.",
        )
    lines = source.count("\n") + 1
    if lines > most:
        raise LimitError(
            f"the backward pass has {lines:,} lines; at most {most:,} are graded at once", hint="Grade a part of it."
        )


def functions_of(program: str, run: Trace) -> list[Helper]:
    """The functions that the program defines; one defined twice is the last."""
    if "def " not in program:
        return []
    return [piece for piece in pieces(program, run.plan.limits) if isinstance(piece, Helper)]


def _partial(found: Sequence[Piece]) -> set[tuple[int, str]]:
    """The statements, by place and name, whose value the next one that assigns the name adds to."""
    result: set[tuple[int, str]] = set()
    adds: dict[str, bool] = {}
    for at in range(len(found) - 1, -1, -1):
        piece = found[at]
        if isinstance(piece, Statement):
            result.update((at, name) for name in piece.targets if adds.get(name))
            adds.update((name, piece.adds) for name in piece.targets)
    return result


class _Grader:
    """One pass through all lines.

    there: the same pass at other values, where it was done; search: whether slips are looked for. true: by line and
    name what the line gives once every gradient above it is right; wrong: those of them that are not the gradient.
    """

    def __init__(
        self, run: Trace, helpers: Mapping[str, Helper], there: _Grader | None, *, search: bool = True
    ) -> None:
        self.scope = Scope(run)
        self.known = _Known(dict(self.scope.values))
        self.purse = Purse(run.plan.limits)
        self.purse.helpers.update(helpers)
        self.there = there
        self.allowance = Allowance()
        self.searches = 0 if search else _SLIPS
        self.true: dict[tuple[int, str], Value] = {}
        self.wrong: set[tuple[int, str]] = set()

    def grade_all(self, found: Sequence[Piece]) -> list[GradedLine]:
        """Every line, in order."""
        partial = _partial(found)
        lines: list[GradedLine] = []
        for at, piece in enumerate(found):
            if isinstance(piece, Helper):
                self.purse.helpers[piece.name] = piece
            elif isinstance(piece, Broken):
                self.known.failed.update((name, piece.line) for name in piece.targets)
                names = piece.targets or ("",)
                lines += [GradedLine(piece.line, name, self.id(name), error=piece.error) for name in names]
            else:
                lines += [self.grade(piece, name, (at, name) in partial) for name in piece.targets]
        return lines

    def id(self, name: str) -> str | None:
        target = self.scope.targets.get(name)
        return None if target is None else target.id

    def grade(self, statement: Statement, name: str, goes_on: bool) -> GradedLine:
        known = self.known
        line = GradedLine(statement.line, name, self.id(name))
        lacking = sorted(each for each in statement.used if each in known.failed and each not in self.purse.helpers)
        if lacking:
            known.failed[name] = statement.line
            message = f"{lacking[0]} could not be computed in line {known.failed[lacking[0]]}"
            return replace(
                line,
                error=ProgramError(
                    message, line=statement.line, column=statement.column + 1, hint="Mend that line first."
                ),
            )
        tainted = tuple(sorted(each for each in statement.used if each in known.true))
        problem: EngineError | None = None
        own: Value | None = None
        try:
            own = self.purse.compute(statement, name, known.own)
        except EngineError as error:
            problem = error
        true = own
        if tainted:
            try:
                true = self.purse.compute(statement, name, {**known.own, **known.true})
            except EngineError as error:
                problem = problem or error
                true = None
        target = self.scope.targets.get(name)
        if own is None and true is None:
            known.failed[name] = statement.line
            return replace(line, error=problem)
        try:
            if own is None or target is None or goes_on:
                return self._kept(line, own, true, target, tainted, problem)
            return self._judged(line, own, true, target, tainted)
        except LimitError as error:
            known.failed[name] = statement.line
            return replace(line, error=error)

    def _kept(
        self,
        line: GradedLine,
        own: Value | None,
        true: Value | None,
        target: Target | None,
        tainted: tuple[str, ...],
        problem: EngineError | None,
    ) -> GradedLine:
        """A line that is not compared: a step on the way, or one that earlier mistakes keep from being computed."""
        if own is None:
            self.known.failed[line.name] = line.line
            adjoint = None if target is None or target.place is None else self.scope.run.grad_list[target.place]
            self.purse.pay(int(np.size(adjoint)) if adjoint is not None else 0, line.line)
            right = target is not None and true is not None and self._agrees(line, true, target)
            return replace(line, adjoint=adjoint, follows=tainted if right else (), error=problem)
        self.known.keep(line.name, own, true if tainted else None)
        return replace(line, value=own)

    def _agrees(self, line: GradedLine, value: Value, target: Target) -> bool:
        adjoint = None if target.place is None else self.scope.run.grad_list[target.place]
        return grade(line.name, target.id, line.line, value, adjoint, is_output=False).agrees

    def _judged(
        self, line: GradedLine, own: Value, true: Value | None, target: Target, tainted: tuple[str, ...]
    ) -> GradedLine:
        place = target.place
        adjoint = None if place is None else self.scope.run.grad_list[place]
        self.purse.pay(int(np.size(adjoint)) if adjoint is not None else 0, line.line)
        is_output = place is not None and self.scope.graph[place] == self.scope.plan.schedule.output
        verdict = grade(line.name, target.id, line.line, own, adjoint, is_output=is_output)
        key = (line.line, line.name)
        chance = verdict.agrees and self.there is not None and key in self.there.wrong
        told = replace(line, value=own, adjoint=adjoint, agrees=verdict.agrees, note=verdict.note, chance=chance)
        if true is not None:
            self.true[key] = true
        if verdict.agrees or place is None or adjoint is None:
            self.known.keep(line.name, own)
            return told
        self.known.keep(line.name, own, adjoint)
        if true is not None and np.isfinite(true).all() and not self._agrees(line, true, target):
            self.wrong.add(key)
        if tainted and true is not None and self._agrees(line, true, target):
            return replace(told, follows=tainted, note=None)
        slip = None
        if true is not None and self.searches < _SLIPS:
            self.searches += 1
            also = None
            if self.there is not None and key in self.there.true:
                also = (self.there.scope, self.there.true[key])
            slip = find_slip(self.scope, place, true, self.allowance, also=also)
        return replace(told, slip=slip)


def _summed_up(scope: Scope, lines: list[GradedLine]) -> Backward:
    """What is done and what is missing, with hints for both what is wrong and what is missing."""
    places: Mapping[str, int] = scope.plan.views.places
    last = {line.target: line for line in lines if line.target is not None}
    wanted = scope.wanted
    ids = {scope.plan.nodes[place].id: place for place in wanted}
    done = sum(1 for id in ids if id in last and last[id].agrees)
    written: dict[str, tuple[Hint, ...]] = {}

    def hints(id: str) -> tuple[Hint, ...]:
        if id not in written:
            written[id] = hints_for(scope, places[id]) if len(written) < _HINTED else ()
        return written[id]

    told = tuple(
        replace(line, hints=hints(line.target))
        if line.target is not None
        and line.target in places
        and line.agrees is not True
        and scope.run.grad_list[places[line.target]] is not None
        else line
        for line in lines
    )
    missing = tuple(
        Missing(id, scope.gradient(place), scope.plan.shapes[place], hints(id))
        for id, place in ids.items()
        if id not in last
    )
    return Backward(told, missing, done, len(wanted))
