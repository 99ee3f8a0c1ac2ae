"""Every line of a backward pass beside the true gradients, one after another.

Every line is computed twice where that makes a difference: with the reader's own earlier gradients, and with the true
ones in their place. A line that is right with the true ones follows from an earlier mistake and is none of its own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.engine.assess.grading.budget import Allowance
from app.engine.assess.grading.diagnose import Slip, find_slip
from app.engine.assess.grading.evaluate import Purse
from app.engine.assess.grading.scope import Scope, Target
from app.engine.assess.grading.statements import Broken, Helper, Piece, Statement
from app.engine.assess.grading.words import Hint
from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.execution.manual import grade
from app.engine.execution.plan import Trace
from app.engine.program import Value

_SLIPS = 40
"""Lines whose slip is looked for in one answer."""


@dataclass(frozen=True, slots=True)
class GradedLine:
    """One line, or one name of a line that assigns several.

    target: the id of the node whose gradient it is; None for a name that stands for none. agrees: None where there is
    nothing to compare: no target, a sum that a later line goes on with, or an error. follows: the earlier gradients
    that make this one wrong, which is right otherwise. chance: it is right at these values, and not at others. turn:
    of a line in a loop, the turn, as in "t = 2".
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
    turn: str = ""


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


def _partial(found: Sequence[Piece], versions: Container[str]) -> set[tuple[int, str]]:
    """The statements, by place and name, whose value the next one that assigns the name adds to. versions: gradients of
    names with several values: `dh = W.T @ dh` goes on to another one of them."""
    result: set[tuple[int, str]] = set()
    adds: dict[str, bool] = {}
    for at in range(len(found) - 1, -1, -1):
        piece = found[at]
        if isinstance(piece, Statement):
            result.update((at, name) for name in piece.targets if adds.get(name))
            adds.update((name, piece.sums if name in versions else piece.adds) for name in piece.targets)
    return result


_Key = tuple[int, str, str]
"""A line, a name of it, and the turn of the loop that it is in."""


def _where(statement: Statement) -> str:
    turn = ", ".join(f"{loop} = {value}" for loop, value in statement.turn)
    return f"line {statement.line} ({turn})" if turn else f"line {statement.line}"


def _a_list(piece: Helper) -> ProgramError:
    return ProgramError(
        f"{piece.name} is a list here, and a gradient is a number or an array",
        line=piece.line,
        column=1,
        hint=f"Write np.array([{', '.join(piece.items)}]) or np.stack([{', '.join(piece.items)}]).",
    )


class Grader:
    """One pass through all lines.

    given: where each gradient got its values so far, as it is told: "line 3 (t = 2)".

    there: the same pass at other values, where it was done; search: whether slips are looked for. true: by line and
    name what the line gives once every gradient above it is right; wrong: those of them that are not the gradient.
    """

    def __init__(self, run: Trace, helpers: Mapping[str, Helper], there: Grader | None, *, search: bool = True) -> None:
        self.scope = Scope(run)
        self.known = _Known(dict(self.scope.values))
        self.purse = Purse(run.structure.limits)
        self.purse.helpers.update(helpers)
        self.there = there
        self.allowance = Allowance()
        self.searches = 0 if search else _SLIPS
        self.true: dict[_Key, Value] = {}
        self.wrong: set[_Key] = set()
        self.given: dict[str, list[str]] = {}

    def grade_all(self, found: Sequence[Piece]) -> list[GradedLine]:
        """Every line, in order."""
        partial = _partial(found, self.scope.versions)
        lines: list[GradedLine] = []
        told: set[tuple[int, str, str]] = set()
        for at, piece in enumerate(found):
            if isinstance(piece, Helper):
                self.purse.helpers[piece.name] = piece
                if piece.items and piece.name in self.scope.targets:
                    lines.append(GradedLine(piece.line, piece.name, self.id(piece.name), error=_a_list(piece)))
            elif isinstance(piece, Broken):
                self.known.failed.update((name, piece.line) for name in piece.targets)
                names = piece.targets or ("",)
                if (piece.line, "", piece.error.message) not in told:
                    lines += [GradedLine(piece.line, name, self.id(name), error=piece.error) for name in names]
                told.add((piece.line, "", piece.error.message))
            else:
                for name in piece.targets:
                    line = self.grade(piece, name, (at, name) in partial)
                    # What is wrong in every turn of a loop is told once.
                    trouble = None if line.error is None else (line.line, name, line.error.message)
                    if trouble is None or trouble not in told:
                        lines.append(line)
                    told |= set() if trouble is None else {trouble}
                    if (at, name) not in partial and not self._restated(line):
                        self.given.setdefault(name, []).append(_where(piece))
        return lines

    def _restated(self, line: GradedLine) -> bool:
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        return versions is not None and 0 < given <= len(versions) and line.target == versions[given - 1].id

    def id(self, name: str) -> str | None:
        target = self.target(name)
        return None if target is None else target.id

    def target(self, name: str) -> Target | None:
        """What a gradient is of, when it is given this time: of a name that the program assigns more than once the last
        value first, and each time the one before."""
        versions, given = self.scope.versions.get(name), len(self.given.get(name, ()))
        if versions is None:
            return self.scope.targets.get(name)
        return versions[given] if given < len(versions) else None

    def grade(self, statement: Statement, name: str, goes_on: bool) -> GradedLine:
        known = self.known
        turn = ", ".join(f"{loop} = {value}" for loop, value in statement.turn)
        line = GradedLine(statement.line, name, self.id(name), turn=turn)
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
        if own is None and true is None:
            known.failed[name] = statement.line
            return replace(line, error=problem)
        target = self._meant(line, self.target(name), true if own is None else own)
        line = replace(line, target=None if target is None else target.id)
        try:
            if own is None or target is None or goes_on:
                return self._kept(line, own, true, target, tainted, problem)
            return self._judged(line, own, true, target, tainted)
        except LimitError as error:
            known.failed[name] = statement.line
            return replace(line, error=error)

    def _meant(self, line: GradedLine, target: Target | None, value: Value | None) -> Target | None:
        """The same as the last time, where a gradient is written down once more: it is that, and not the one before."""
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        if versions is None or value is None or not 0 < given <= len(versions):
            return target
        if target is not None and self._agrees(line, value, target):
            return target
        return versions[given - 1] if self._agrees(line, value, versions[given - 1]) else target

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
        return replace(line, value=own, note=self._left_over(line.name, target))

    def _left_over(self, name: str, target: Target | None) -> str | None:
        """What is said of a gradient that is given more often than the program gives its value."""
        if target is not None or name not in self.scope.versions:
            return None
        times, own = len(self.scope.versions[name]), name[1:]
        return f"The program gives {own} {times} values, and each has its gradient by now: this {name} is not graded."

    def _again(self, name: str) -> str | None:
        """What is said of a wrong gradient that takes the place of one."""
        given = self.given.get(name)
        if not given or name in self.scope.versions:
            return None
        return f"{name} has a value from {given[-1]}, and this one takes its place. To add to it, write {name} += ..."

    def _agrees(self, line: GradedLine, value: Value, target: Target) -> bool:
        adjoint = None if target.place is None else self.scope.run.grad_list[target.place]
        return grade(line.name, target.id, line.line, value, adjoint, is_output=False).agrees

    def _judged(
        self, line: GradedLine, own: Value, true: Value | None, target: Target, tainted: tuple[str, ...]
    ) -> GradedLine:
        place = target.place
        adjoint = None if place is None else self.scope.run.grad_list[place]
        self.purse.pay(int(np.size(adjoint)) if adjoint is not None else 0, line.line)
        is_output = place is not None and self.scope.graph[place] == self.scope.structure.schedule.output
        verdict = grade(line.name, target.id, line.line, own, adjoint, is_output=is_output)
        key = (line.line, line.name, line.turn)
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
        again = self._again(line.name)
        if again is not None and verdict.note is None:
            return replace(told, note=again)
        slip = None
        if true is not None and self.searches < _SLIPS:
            self.searches += 1
            also = None
            if self.there is not None and key in self.there.true:
                also = (self.there.scope, self.there.true[key])
            slip = find_slip(self.scope, place, true, self.allowance, also=also)
        return replace(told, slip=slip)
