"""Grades a whole backward pass line by line, and lists the gradients that are still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.grader import Grader
from app.engine.assess.grading.hints import hints_for
from app.engine.assess.grading.other_points import other_runs
from app.engine.assess.grading.point import Point
from app.engine.assess.grading.reader import read_pass
from app.engine.assess.grading.scalars import other_scalars, with_scalars
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.steps import BackwardReading, Key
from app.engine.assess.grading.words import Hint
from app.engine.errors import LimitError
from app.engine.execution.plan import Trace
from app.engine.wording import said

_HINTED = 60
"""Most gradients for which one answer has hints."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A gradient that no line gives yet. id: its node; name: what to call it."""

    id: str
    name: str
    shape: tuple[int, ...]
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Backward:
    """The grade of a backward pass. wanted: the number of gradients it should have, those of the program's names;
    done: how many of them are right."""

    lines: tuple[GradedLine, ...]
    missing: tuple[Missing, ...]
    done: int
    wanted: int


def grade_backward(run: Trace, source: str, program: str = "", most: int = 500) -> Backward:
    """Grades a text that computes gradients, `dX = ...`, against those of a run.

    program: the text of the run, whose names the lines may use. most: how many values they may give names.
    Raises LimitError for a text that is too long; an error in one line is reported in its `GradedLine`.
    """
    _check_length(source, most, run.structure.limits.source_characters)
    scope = Scope(run)
    reading = read_pass(scope, program, source, most)
    chosen, others = other_scalars(scope, reading)
    lines = _graded(scope, with_scalars(reading, chosen), program, source, most)
    # A line that is a gradient of another scalar is graded in a run about that one.
    for about, there in others.items():
        again = _graded(there, with_scalars(reading, chosen), program, source, most, about)
        lines |= {key: _of_another(again[key], there) for key, of in chosen.items() if of == about}
    return _summed_up(scope, list(lines.values()))


def _graded(
    scope: Scope, reading: BackwardReading, program: str, source: str, most: int, about: str | None = None
) -> dict[Key, GradedLine]:
    """The lines in their order, by what they assign; those about other scalars are names without a gradient."""
    chosen = {step.key: step.about for step in reading.steps if step.about is not None}
    elsewhere = []
    for other in other_runs(scope.run):
        there = Scope(other.run)
        if Point(reading, other.run).holds():
            again = reading
        else:
            again = with_scalars(read_pass(there, program, source, most), chosen)
        elsewhere.append(Grader(there, again, search=False, turned=other.turned, about=about))
        elsewhere[-1].grade_all()
    return Grader(scope, reading, elsewhere, about=about).grade_all()


def _of_another(line: GradedLine, scope: Scope) -> GradedLine:
    """A line of a run about another scalar, with hints where it is wrong."""
    node = scope.structure.nodes[scope.structure.schedule.output]
    place = None if line.target is None else scope.structure.index.get(line.target)
    helped = place is not None and line.agrees is False and scope.run.grad_list[place] is not None
    return replace(line, of=node.name or node.id, hints=hints_for(scope, place) if helped and place is not None else ())


def _check_length(source: str, most: int, characters: int) -> None:
    if len(source) > characters:
        raise LimitError(said("limits.graded_text_too_long", source_count=len(source), characters=characters))
    lines = source.count("\n") + 1
    if lines > most:
        raise LimitError(said("limits.graded_lines_too_many", lines=lines, most=most))


def _summed_up(scope: Scope, lines: list[GradedLine]) -> Backward:
    """The result: the lines with hints for wrong ones, and the missing gradients with hints."""
    places: Mapping[str, int] = scope.structure.index
    last = {line.target: line for line in lines if line.target is not None and line.of is None}
    wanted = scope.wanted
    ids = {scope.structure.nodes[place].id: place for place in wanted}
    done = sum(1 for id in ids if id in last and last[id].agrees)
    written: dict[str, tuple[Hint, ...]] = {}

    def hints(id: str) -> tuple[Hint, ...]:
        if id not in written:
            written[id] = hints_for(scope, places[id]) if len(written) < _HINTED else ()
        return written[id]

    graded = tuple(
        replace(line, hints=hints(line.target))
        if line.target is not None
        and line.of is None
        and line.target in places
        and line.agrees is not True
        and scope.run.grad_list[places[line.target]] is not None
        else line
        for line in lines
    )
    missing = tuple(
        Missing(id, scope.gradient(place), scope.structure.shapes[place], hints(id))
        for id, place in ids.items()
        if id not in last
    )
    return Backward(graded, missing, done, len(wanted))
