"""A whole backward pass graded line by line, and what is still to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.engine.assess.grading.graded import GradedLine
from app.engine.assess.grading.grader import Grader
from app.engine.assess.grading.hints import hints_for
from app.engine.assess.grading.other_points import elsewhere
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.statements import Helper, Piece, pieces
from app.engine.assess.grading.words import Hint
from app.engine.errors import LimitError
from app.engine.execution.plan import Trace

_HINTED = 60
"""Gradients that hints are written for in one answer."""


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


def grade_backward(run: Trace, source: str, program: str = "", most: int = 500) -> Backward:
    """Grades a text of lines `dX = ...` against the gradients of a run.

    program: the run's own text, whose functions the lines may call. most: how many statements are accepted.
    Raises EngineError for a text that cannot be taken on at all; what is wrong with one line is told there.
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
    theres = [Grader(other.run, helpers, search=False, turned=other.turned) for other in elsewhere(run)]
    for there in theres:
        there.grade_all(found)
    here = Grader(run, helpers, theres)
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
    """Whether a list of the program says the same here: its names have one value each."""
    return all(name in scope.values and f"d{name}" not in scope.versions for name in piece.items)


_LIST = re.compile(r"^[^\W\d]\w* *= *[\[(]", re.MULTILINE)


def functions_of(program: str, run: Trace) -> list[Helper]:
    """The functions that the program defines, and its lists of names; one defined twice is the last."""
    if "def " not in program and _LIST.search(program) is None:
        return []
    return [piece for piece in pieces(program, run.structure.limits) if isinstance(piece, Helper)]


def _summed_up(scope: Scope, lines: list[GradedLine]) -> Backward:
    """What is done and what is missing, with hints for both what is wrong and what is missing."""
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
        Missing(id, scope.gradient(place), scope.structure.shapes[place], hints(id))
        for id, place in ids.items()
        if id not in last
    )
    return Backward(told, missing, done, len(wanted))
