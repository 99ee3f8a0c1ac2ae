"""Grades the lines of a backward pass, one after another.

If earlier gradients are wrong, a line is computed twice: with the reader's own earlier gradients, and with the true
ones. A line that is right with the true ones has no mistake of its own; it follows from an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.engine.assess.grading.budget import Budget
from app.engine.assess.grading.diagnose import Slip, find_slip
from app.engine.assess.grading.graded import Environment, GradedLine, find_partial_sums
from app.engine.assess.grading.point import Point
from app.engine.assess.grading.scope import Scope, Target
from app.engine.assess.grading.side_search import Turned, only_in
from app.engine.assess.grading.steps import BackwardReading, Key, Step
from app.engine.assess.grading.words import kink_note, plainly, step_name
from app.engine.errors import LimitError
from app.engine.execution.kinks.judge import Judge
from app.engine.execution.tolerance import clearly_apart, is_zero_times_infinity
from app.engine.labels import title
from app.engine.program import Value
from app.engine.wording import said

_SLIPS = 40
"""Most lines of one answer for which a slip is searched."""
_ELEMENTS = 4
"""Most elements of an answer, in multiples of a program's limit."""


class Grader:
    """One pass through all lines, at the values of one run.

    elsewhere: graders of the same lines at other points. turned: for such a grader, the kinks and comparisons that are
    on another side than in the run that is graded. search: whether to look for slips and for constants that are no
    gradients.
    right: what each line gives if all gradients above it are right; wrong: the lines where that is not the gradient.
    about: the id of the scalar whose gradients are graded, None for the program's output.
    given: for each gradient, the lines that gave it a value so far: "line 3 (t = 2)".
    """

    def __init__(
        self,
        scope: Scope,
        reading: BackwardReading,
        elsewhere: Sequence[Grader] = (),
        *,
        search: bool = True,
        turned: frozenset[Turned] = frozenset(),
        about: str | None = None,
    ) -> None:
        run = scope.run
        self.scope = scope
        self.reading = reading
        self.point = Point(reading, run)
        self.judge = Judge(run.structure.schedule, run.value_list, run.grad_list, run.message_list)
        self.turned = turned
        self.about = about
        self.environment = Environment()
        self.elements = _ELEMENTS * run.structure.limits.total_elements
        self.elsewhere = elsewhere
        self.budget = Budget()
        self.search = search
        self.searches = 0
        self.right: dict[Key, Value] = {}
        self.wrong: set[Key] = set()
        self.given: dict[str, list[str]] = {}

    def grade_all(self) -> dict[Key, GradedLine]:
        """Every line, in order."""
        steps = self.reading.steps
        partial_sums = find_partial_sums(steps, self.scope.versions)
        lines: dict[Key, GradedLine] = {}
        reported: set[tuple[int, str, str]] = set()
        for at, step in enumerate(steps):
            line = self.grade(step, at in partial_sums)
            # An error in every turn of a loop is reported once.
            key = None if line.error is None else (line.line, step.name, line.error.message)
            if key not in reported and (not step.aside or line.note is not None):
                lines[step.key] = line
            reported |= set() if key is None else {key}
            if at not in partial_sums and not step.aside and step.cut is None and not self._restated(line):
                self.given.setdefault(step.name, []).append(step.where)
        return lines

    def _restated(self, line: GradedLine) -> bool:
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        return versions is not None and 0 < given <= len(versions) and line.target == versions[given - 1].id

    def target(self, step: Step) -> Target | None:
        """The target of the next value that is given to a gradient. If the program assigns the name more than once,
        the targets are its values from the last to the first."""
        if step.about != self.about:
            return None
        if self.about is not None:
            id = "" if step.meant is None else self.reading.nodes[step.meant.target].id
            return Target(id, self.scope.structure.index.get(id))
        if step.cut is not None:
            return Target(step.cut, self.scope.structure.index[step.cut]) if step.cut else None
        versions, given = self.scope.versions.get(step.name), len(self.given.get(step.name, ()))
        if versions is not None:
            return versions[given] if given < len(versions) else None
        meant = None if step.target is None else Target(step.target, self.scope.structure.index[step.target])
        return self.scope.targets.get(step.name, meant)

    def grade(self, step: Step, is_partial: bool) -> GradedLine:
        environment = self.environment
        target = self.target(step)
        line = GradedLine(step.line, step.name, None if target is None else target.id, turn=step.turn)
        if step.error is not None:
            return self._failed(line, step, target)
        tainted = environment.wrong(step)
        own = self.point.own(step.node)
        right = self.point.right(step.node) if tainted else own
        target = self._intended_target(line, target, own)
        line = replace(line, target=None if target is None else target.id)
        constant = environment.numbers.issuperset(step.reads) and not self.reading.depends[step.node]
        environment.numbers.discard(step.name)
        try:
            self._pay(own, step)
            if constant and target is None:
                environment.numbers.add(step.name)
            if step.aside:
                return self._changed_aside(line, step, own)
            if target is None or is_partial:
                environment.keep(step, own, tainted=bool(tainted))
                return replace(line, value=own, note=self._left_over(step.name, target))
            if constant and self.search and self._no_gradient(line, own, target):
                environment.keep(step, own)
                environment.numbers.add(step.name)
                said = plainly("note.constant", own=step.name, node=target.id)
                return replace(line, target=None, value=own, note=said)
            return self._past_relu(step, self._judged(line, step, own, right, target, tainted))
        except LimitError as error:
            return replace(line, error=error)

    def _failed(self, line: GradedLine, step: Step, target: Target | None) -> GradedLine:
        """A line that cannot be computed, if only because of the shapes of earlier gradients."""
        if step.right < 0 or target is None or target.index is None:
            return replace(line, error=step.error)
        right = self._agrees(line, self.point.own(step.right), target)
        follows = self.environment.wrong(step) if right else ()
        return replace(line, adjoint=self.scope.run.grad_list[target.index], follows=follows, error=step.error)

    def _changed_aside(self, line: GradedLine, step: Step, own: Value) -> GradedLine:
        """A line that changes an array under another name, so that a gradient is none any more."""
        target = self.scope.targets.get(step.name)
        index = None if target is None else target.index
        adjoint = None if index is None else self.judge.adjoint(index)
        unaimed = replace(line, target=None, value=own)
        if target is None or adjoint is None or step.name in self.scope.versions or self._agrees(line, own, target):
            self.environment.keep(step, own)
            return unaimed
        self.environment.keep(step, own, tainted=True)
        self.point.correct(step.node, adjoint)
        return replace(unaimed, note=plainly("note.same_array", own=step.name))

    def _past_relu(self, step: Step, line: GradedLine) -> GradedLine:
        """A right line that goes on past a relu says so."""
        if not step.cut or not line.agrees or line.note is not None:
            return line
        node = self.scope.structure.nodes[self.scope.structure.index[step.cut]]
        return replace(line, note=plainly("note.cut", own=step.name, node=title(node)))

    def _pay(self, value: Value | None, step: Step) -> None:
        """Counts the elements of an answer."""
        self.elements -= 0 if value is None else int(np.size(value))
        if self.elements < 0:
            raise LimitError(said("limits.graded_lines_compute_too_much"), line=step.line, column=1)

    def _no_gradient(self, line: GradedLine, value: Value, target: Target) -> bool:
        """Whether a constant is not meant as a gradient, as `dt = 0.01` in a program with a t. The seed is a constant,
        and a right gradient may be; an array of the shape of the gradient is taken as one."""
        index = target.index
        if index is not None:
            is_output = index == self.scope.structure.schedule.output
            if is_output or (np.shape(value) and np.shape(value) == self.scope.structure.shapes[index]):
                return False
        return not self._agrees(line, value, target)

    def _reads_infinite(self, step: Step) -> bool:
        """Whether a line reads a value that is not finite."""
        held, indices, run = self.environment.values, self.scope.indices, self.scope.run.value_list
        values = [
            held[name] if name in held else run[indices[name]] for name in step.reads if name in held or name in indices
        ]
        return not all(np.isfinite(value).all() for value in values)

    def _intended_target(self, line: GradedLine, target: Target | None, value: Value) -> Target | None:
        """The target that the line means: the previous one if the same gradient is written once more, else `target`."""
        versions, given = self.scope.versions.get(line.name), len(self.given.get(line.name, ()))
        if versions is None or not 0 < given <= len(versions):
            return target
        if target is not None and self._agrees(line, value, target):
            return target
        return versions[given - 1] if self._agrees(line, value, versions[given - 1]) else target

    def _left_over(self, name: str, target: Target | None) -> str | None:
        """The note on a gradient that is given more often than the program assigns its name."""
        if target is not None or name not in self.scope.versions:
            return None
        times, own = len(self.scope.versions[name]), name[1:]
        return plainly("note.one_too_many", own=own, times=times, name=name)

    def _replaces(self, name: str) -> str | None:
        """The note on a wrong gradient that replaces an earlier value."""
        given = self.given.get(name)
        if not given or name in self.scope.versions:
            return None
        return plainly("note.replaces", name=name, before=given[-1])

    def _agrees(self, line: GradedLine, value: Value, target: Target) -> bool:
        return self.judge.judge(line.name, target.id, target.index, value).agrees

    def _judged(
        self,
        line: GradedLine,
        step: Step,
        own: Value,
        right: Value | None,
        target: Target,
        tainted: tuple[str, ...],
    ) -> GradedLine:
        index = target.index
        adjoint = None if index is None else self.scope.run.grad_list[index]
        self._pay(adjoint, step)
        verdict = self.judge.judge(line.name, target.id, target.index, own, keep=True)
        key = step.key
        graded = replace(
            line,
            value=own,
            adjoint=adjoint,
            agrees=verdict.agrees,
            note=kink_note(self.scope, verdict) or verdict.note,
            convention=verdict.convention,
        )
        if right is not None:
            self.right[key] = right
        if verdict.agrees or index is None or adjoint is None:
            self.environment.keep(step, own)
            if tainted:
                self.point.correct(step.node, own)
            return self._checked_elsewhere(graded, key) if verdict.agrees else graded
        taken = self.judge.adjoint(index)
        assert taken is not None
        self.environment.keep(step, own, tainted=True)
        self.point.correct(step.node, taken)
        if tainted and right is not None and self._agrees(line, right, target):
            return replace(graded, follows=tainted, note=None)
        if right is not None and clearly_apart(right, taken):
            self.wrong.add(key)
        if is_zero_times_infinity(own, adjoint) and self._reads_infinite(step):
            return replace(graded, note=plainly("note.nan"))
        replaces = self._replaces(line.name)
        if verdict.conflict or (replaces is not None and verdict.note is None):
            return replace(graded, note=graded.note or replaces)
        return replace(graded, slip=self._slip(key, index, right))

    def _checked_elsewhere(self, line: GradedLine, key: Key) -> GradedLine:
        """A right line, marked if it is wrong at other points."""
        against = [there for there in self.elsewhere if key in there.wrong]
        if not against:
            return line
        right = [there for there in self.elsewhere if key in there.right and key not in there.wrong]
        turned = only_in([there.turned for there in against], [there.turned for there in right])
        if not turned:
            return replace(line, chance=True)
        start = -1 if line.target is None else self.scope.structure.index[line.target]
        # The first one after the target, towards the output.
        node = self.scope.structure.schedule.nodes[min([i for i in turned if i > start] or turned)]
        return replace(line, chance=True, note=plainly("note.turned", user=step_name(node)))

    def _slip(self, key: Key, index: int, right: Value | None) -> Slip | None:
        if right is None or not self.search or self.searches >= _SLIPS:
            return None
        self.searches += 1
        also = [(there.scope, there.right[key]) for there in self.elsewhere if key in there.right]
        return find_slip(self.scope, index, right, self.budget, also=also)
