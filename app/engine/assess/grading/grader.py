"""Grades the lines of a backward pass, one after another.

If earlier gradients are wrong, a line is computed twice: with the reader's own earlier gradients, and with the true
ones. A line that is right with the true ones has no mistake of its own; it follows from an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.engine.assess.grading.budget import Budget
from app.engine.assess.grading.diagnose import Slip, find_slip
from app.engine.assess.grading.evaluate import Evaluator
from app.engine.assess.grading.graded import Environment, GradedLine, Key, find_partial_sums, list_error, where
from app.engine.assess.grading.scope import Scope, Target
from app.engine.assess.grading.side_search import Turned, only_in
from app.engine.assess.grading.statements import Broken, Helper, Piece, Statement
from app.engine.assess.grading.tolerance import clearly_apart, is_zero_times_infinity
from app.engine.assess.grading.words import kink_note, plainly, step_name
from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.execution.kinks.judge import Judge
from app.engine.execution.plan import Trace
from app.engine.program import Value

_SLIPS = 40
"""Most lines of one answer for which a slip is searched."""


class Grader:
    """One pass through all lines.

    elsewhere: graders of the same lines at other points. turned: for such a grader, the kinks and comparisons that are
    on another side than in the run that is graded. search: whether to look for slips and for constants that are no
    gradients.
    true: what each line gives if all gradients above it are right; wrong: the lines for which that is not the gradient.
    given: for each gradient, the lines that gave it a value so far: "line 3 (t = 2)".
    """

    def __init__(
        self,
        run: Trace,
        helpers: Mapping[str, Helper],
        elsewhere: Sequence[Grader] = (),
        *,
        search: bool = True,
        turned: frozenset[Turned] = frozenset(),
    ) -> None:
        self.scope = Scope(run)
        self.judge = Judge(run.structure.schedule, run.value_list, run.grad_list, run.message_list)
        self.turned = turned
        self.environment = Environment(dict(self.scope.values))
        self.evaluator = Evaluator(run.structure.limits)
        self.evaluator.helpers.update(helpers)
        self.elsewhere = elsewhere
        self.budget = Budget()
        self.search = search
        self.searches = 0
        self.true: dict[Key, Value] = {}
        self.wrong: set[Key] = set()
        self.given: dict[str, list[str]] = {}

    def grade_all(self, found: Sequence[Piece]) -> list[GradedLine]:
        """Every line, in order."""
        partial_sums = find_partial_sums(found, self.scope.versions)
        lines: list[GradedLine] = []
        reported: set[tuple[int, str, str]] = set()
        for at, piece in enumerate(found):
            if isinstance(piece, Helper):
                self.evaluator.helpers[piece.name] = piece
                if piece.items and piece.name in self.scope.targets:
                    lines.append(GradedLine(piece.line, piece.name, self.id(piece.name), error=list_error(piece)))
            elif isinstance(piece, Broken):
                self.environment.failed.update((name, piece.line) for name in piece.targets)
                names = piece.targets or ("",)
                if (piece.line, "", piece.error.message) not in reported:
                    lines += [GradedLine(piece.line, name, self.id(name), error=piece.error) for name in names]
                reported.add((piece.line, "", piece.error.message))
            else:
                for name in piece.targets:
                    line = self.grade(piece, name, (at, name) in partial_sums)
                    # An error in every turn of a loop is reported once.
                    key = None if line.error is None else (line.line, name, line.error.message)
                    if key is None or key not in reported:
                        lines.append(line)
                    reported |= set() if key is None else {key}
                    if (at, name) not in partial_sums and not self._restated(line):
                        self.given.setdefault(name, []).append(where(piece))
        return lines

    def _restated(self, line: GradedLine) -> bool:
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        return versions is not None and 0 < given <= len(versions) and line.target == versions[given - 1].id

    def id(self, name: str) -> str | None:
        target = self.target(name)
        return None if target is None else target.id

    def target(self, name: str) -> Target | None:
        """The target of the next value that is given to a gradient. If the program assigns the name more than once,
        the targets are its values from the last to the first."""
        versions, given = self.scope.versions.get(name), len(self.given.get(name, ()))
        if versions is None:
            return self.scope.targets.get(name)
        return versions[given] if given < len(versions) else None

    def grade(self, statement: Statement, name: str, is_partial: bool) -> GradedLine:
        environment = self.environment
        turn = ", ".join(f"{loop} = {value}" for loop, value in statement.turn)
        line = GradedLine(statement.line, name, self.id(name), turn=turn)
        lacking = sorted(
            each for each in statement.used if each in environment.failed and each not in self.evaluator.helpers
        )
        if lacking:
            environment.failed[name] = statement.line
            message = f"{lacking[0]} could not be computed in line {environment.failed[lacking[0]]}"
            return replace(
                line,
                error=ProgramError(
                    message, line=statement.line, column=statement.column + 1, hint="Correct that line first."
                ),
            )
        tainted = tuple(sorted(each for each in statement.used if each in environment.true))
        problem: EngineError | None = None
        own: Value | None = None
        try:
            own = self.evaluator.compute(statement, name, environment.own)
        except EngineError as error:
            problem = error
        true = own
        if tainted:
            try:
                true = self.evaluator.compute(statement, name, {**environment.own, **environment.true})
            except EngineError as error:
                problem = problem or error
                true = None
        if own is None and true is None:
            environment.failed[name] = statement.line
            return replace(line, error=problem)
        target = self._intended_target(line, self.target(name), true if own is None else own)
        line = replace(line, target=None if target is None else target.id)
        constant = self._is_constant(statement)
        self.environment.numbers.discard(name)
        try:
            if constant and target is None:
                environment.numbers.add(name)
            if own is None or target is None or is_partial:
                return self._not_compared(line, own, true, target, tainted, problem)
            if constant and self.search and self._no_gradient(line, own, target):
                environment.keep(name, own)
                environment.numbers.add(name)
                said = plainly("note.constant", own=name, node=target.id)
                return replace(line, target=None, value=own, note=said)
            return self._judged(line, own, true, target, tainted, self._reads_infinite(statement))
        except LimitError as error:
            environment.failed[name] = statement.line
            return replace(line, error=error)

    def _is_constant(self, statement: Statement) -> bool:
        """Whether a line depends on no value of the program, directly or through earlier lines."""
        called = [self.evaluator.helpers[each] for each in statement.used if each in self.evaluator.helpers]
        used = statement.used.union(*(helper.used for helper in called)) - {loop for loop, _ in statement.turn}
        return all(each in self.environment.numbers for each in used if each in self.environment.own)

    def _no_gradient(self, line: GradedLine, value: Value, target: Target) -> bool:
        """Whether a constant is not meant as a gradient, as `dt = 0.01` in a program with a t. The seed is a constant,
        and a right gradient may be; an array of the shape of the gradient is taken as one."""
        index = target.place
        if index is not None:
            is_output = index == self.scope.structure.schedule.output
            if is_output or (np.shape(value) and np.shape(value) == self.scope.structure.shapes[index]):
                return False
        return not self._agrees(line, value, target)

    def _reads_infinite(self, statement: Statement) -> bool:
        """Whether a line reads a value that is not finite."""
        return any(
            not np.isfinite(self.environment.own[each]).all() for each in statement.used if each in self.environment.own
        )

    def _intended_target(self, line: GradedLine, target: Target | None, value: Value | None) -> Target | None:
        """The target that the line means: the previous one if the same gradient is written once more, else `target`."""
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        if versions is None or value is None or not 0 < given <= len(versions):
            return target
        if target is not None and self._agrees(line, value, target):
            return target
        return versions[given - 1] if self._agrees(line, value, versions[given - 1]) else target

    def _not_compared(
        self,
        line: GradedLine,
        own: Value | None,
        true: Value | None,
        target: Target | None,
        tainted: tuple[str, ...],
        problem: EngineError | None,
    ) -> GradedLine:
        """A line that is not compared: an intermediate value, or one that cannot be computed."""
        if own is None:
            self.environment.failed[line.name] = line.line
            adjoint = None if target is None or target.place is None else self.scope.run.grad_list[target.place]
            self.evaluator.pay(int(np.size(adjoint)) if adjoint is not None else 0, line.line)
            right = target is not None and true is not None and self._agrees(line, true, target)
            return replace(line, adjoint=adjoint, follows=tainted if right else (), error=problem)
        self.environment.keep(line.name, own, true if tainted else None)
        return replace(line, value=own, note=self._left_over(line.name, target))

    def _left_over(self, name: str, target: Target | None) -> str | None:
        """The note on a gradient that is given more often than the program assigns its name."""
        if target is not None or name not in self.scope.versions:
            return None
        times, own = len(self.scope.versions[name]), name[1:]
        return f"The program gives {own} {times} values, and each has its gradient already: this {name} is not graded."

    def _replaces(self, name: str) -> str | None:
        """The note on a wrong gradient that replaces an earlier value."""
        given = self.given.get(name)
        if not given or name in self.scope.versions:
            return None
        return f"{name} has a value from {given[-1]}, which this line replaces. To add to it, write {name} += ..."

    def _agrees(self, line: GradedLine, value: Value, target: Target) -> bool:
        return self.judge.judge(line.name, target.id, target.place, value).agrees

    def _judged(
        self,
        line: GradedLine,
        own: Value,
        true: Value | None,
        target: Target,
        tainted: tuple[str, ...],
        reads_infinite: bool,
    ) -> GradedLine:
        index = target.place
        adjoint = None if index is None else self.scope.run.grad_list[index]
        self.evaluator.pay(int(np.size(adjoint)) if adjoint is not None else 0, line.line)
        verdict = self.judge.judge(line.name, target.id, target.place, own, keep=True)
        key = (line.line, line.name, line.turn)
        graded = replace(
            line,
            value=own,
            adjoint=adjoint,
            agrees=verdict.agrees,
            note=kink_note(self.scope, verdict) or verdict.note,
            convention=verdict.convention,
        )
        if true is not None:
            self.true[key] = true
        if verdict.agrees or index is None or adjoint is None:
            self.environment.keep(line.name, own)
            return self._checked_elsewhere(graded, key) if verdict.agrees else graded
        self.environment.keep(line.name, own, self.judge.adjoint(index))
        if tainted and true is not None and self._agrees(line, true, target):
            return replace(graded, follows=tainted, note=None)
        if true is not None and clearly_apart(true, self.judge.adjoint(index)):
            self.wrong.add(key)
        if reads_infinite and is_zero_times_infinity(own, adjoint):
            return replace(graded, note=plainly("note.nan"))
        replaces = self._replaces(line.name)
        if verdict.conflict or (replaces is not None and verdict.note is None):
            return replace(graded, note=graded.note or replaces)
        return replace(graded, slip=self._slip(key, index, true))

    def _checked_elsewhere(self, line: GradedLine, key: Key) -> GradedLine:
        """A right line, marked if it is wrong at other points."""
        against = [there for there in self.elsewhere if key in there.wrong]
        if not against:
            return line
        right = [there for there in self.elsewhere if key in there.true and key not in there.wrong]
        turned = only_in([there.turned for there in against], [there.turned for there in right])
        if not turned:
            return replace(line, chance=True)
        start = -1 if line.target is None else self.scope.structure.index[line.target]
        # The first one after the target, towards the output.
        node = self.scope.structure.schedule.nodes[min([i for i in turned if i > start] or turned)]
        return replace(line, chance=True, note=plainly("note.turned", user=step_name(node)))

    def _slip(self, key: Key, index: int, true: Value | None) -> Slip | None:
        if true is None or not self.search or self.searches >= _SLIPS:
            return None
        self.searches += 1
        also = [(there.scope, there.true[key]) for there in self.elsewhere if key in there.true]
        return find_slip(self.scope, index, true, self.budget, also=also)
