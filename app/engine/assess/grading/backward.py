"""Grades a whole backward pass line by line, and lists the gradients that are still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.grader import Grader
from app.engine.assess.grading.hints import hints_for
from app.engine.assess.grading.other_points import other_runs
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.statements import Helper, Piece, pieces
from app.engine.assess.grading.words import Hint
from app.engine.errors import LimitError
from app.engine.execution.plan import Trace

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
    """Grades a text of lines `dX = ...` against the gradients of a run.

    program: the text of the run, whose functions the lines may call. most: how many statements are accepted.
    Raises LimitError for a text that is too long; an error in one line is reported in its `GradedLine`.
    """
    limits = run.structure.limits
    _check_length(source, most, limits.source_characters)
    scope = Scope(run)
    helpers = {piece.name: piece for piece in functions_of(program, run) if _holds_still(piece, scope)}
    lists = {piece.name: list(piece.items) for piece in helpers.values() if piece.items}
    found: list[Piece] = []
    for piece in pieces(source, limits, scope.values, lists):
        found.append(piece)
        if len(found) > most:
            raise LimitError(f"the backward pass has more than {most:,} statements", hint="Grade a part of it.")
    elsewhere = [Grader(other.run, helpers, search=False, turned=other.turned) for other in other_runs(run)]
    for there in elsewhere:
        there.grade_all(found)
    here = Grader(run, helpers, elsewhere)
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


def _holds_still(piece: Helper, scope: Scope) -> bool:
    """Whether a list of the program means the same in the backward pass: each of its names has only one value."""
    return all(name in scope.values and f"d{name}" not in scope.versions for name in piece.items)


_LIST = re.compile(r"^[^\W\d]\w* *= *[\[(]", re.MULTILINE)


def functions_of(program: str, run: Trace) -> list[Helper]:
    """The functions that the program defines, and its lists of names. The last definition of a name counts."""
    if "def " not in program and _LIST.search(program) is None:
        return []
    return [piece for piece in pieces(program, run.structure.limits) if isinstance(piece, Helper)]


def _summed_up(scope: Scope, lines: list[GradedLine]) -> Backward:
    """The result: the lines with hints for wrong ones, and the missing gradients with hints."""
    places: Mapping[str, int] = scope.structure.index
    last = {line.target: line for line in lines if line.target is not None}
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
