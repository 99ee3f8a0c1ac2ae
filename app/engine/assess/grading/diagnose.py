"""Which slip explains a wrong gradient: one that gives the same numbers, here and wherever else they are known.

Small numbers agree by chance. What is told must be true, so a slip that is not certain is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.assess.grading import words
from app.engine.assess.grading.budget import Allowance, Spent
from app.engine.assess.grading.local_backward import Again
from app.engine.assess.grading.mistakes import Candidate, candidates
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.tolerance import close
from app.engine.execution.manual import RELATIVE
from app.engine.notation.wording import Parts
from app.engine.support.errstate import quietly

_POINTS = 3
"""Other runs at which a slip must hold."""


_FACTS = ("sign", "transposed")
"""What is said of the numbers themselves, and true of them whatever led to it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """kind: the slip's name, the same for all languages; text: what to tell the reader."""

    kind: str
    text: Parts


Also = Sequence[tuple[Scope, Any]]
"""Other runs of the same plan, and what was given there; None where only one number was given, at one point."""


def find_slip(
    scope: Scope,
    place: int,
    given: Any,
    allowance: Allowance | None = None,
    relative: float = RELATIVE,
    index: tuple[int, ...] | None = None,
    also: Also = (),
) -> Slip | None:
    """The slip that makes of the true gradient what was given; None where no known one does, and where it cannot be
    told which.

    place: of the node in `structure.nodes`; its gradient must not be None. index: the one element that is given, where
    it is not all of them. relative: how close numbers must come. also: a slip that gives something else at one of these
    is none; what several give at all of them is one mistake, and the likeliest name is told.
    """
    shared = allowance or Allowance()
    wanted: Any = scope.run.grad_list[place]
    points = [(other, value) for other, value in also if other.run.grad_list[place] is not None][:_POINTS]

    def look() -> Candidate | None:
        try:
            here = list(_matching(scope, place, given, shared, relative, index))
            return _only(here, points, place, shared, relative, index)
        except Spent:
            return None

    found = quietly(look)
    if found is not None:
        return Slip(found.kind, words.slip(scope, place, found))
    if index is None and np.shape(given) != np.shape(wanted) and np.size(given) == np.size(wanted):
        flat = np.reshape(given, np.shape(wanted))
        if close(flat if np.shape(wanted) else float(flat), wanted, relative):
            return Slip("shape", words.slip(scope, place, Candidate("shape", given)))
    return None


def _only(
    here: list[Candidate],
    points: Also,
    place: int,
    allowance: Allowance,
    relative: float,
    index: tuple[int, ...] | None,
) -> Candidate | None:
    """The first of the candidates that fit here which fits at all points, too; None where none does, and where they
    differ there and nothing tells which is meant."""
    left = {_signature(found): found for found in reversed(here)}
    left = dict(reversed(left.items()))
    for scope, value in points:
        if not left:
            return None
        there: dict[tuple[Any, ...], list[Any]] = {}
        for found in candidates(Again(scope, place, allowance), scope.run.grad_list[place]):
            if _signature(found) in left:
                held = found.value if index is None else _element(found.value, index)
                there.setdefault(_signature(found), []).append(held)
        if value is not None:
            shown = _shown(value, scope.run.grad_list[place], index)
            fits = {
                key
                for key, gives in there.items()
                if any(close(one, each, relative) for one in shown for each in gives)
            }
            left = {key: found for key, found in left.items() if key in fits}
        elif len(left) > 1 and here[0].kind not in _FACTS:
            first, *more = [[one for one in there.get(key, ()) if one is not None] for key in left]
            if any(not any(close(one, each) for one in first for each in gives) for gives in more):
                return None
    if not points and len({found.kind for found in left.values()}) > 1 and here[0].kind not in _FACTS:
        return None
    return next(iter(left.values()), None)


def _signature(found: Candidate) -> tuple[Any, ...]:
    return found.kind, found.user, found.other, found.number


def _shown(given: Any, wanted: Any, index: tuple[int, ...] | None) -> list[Any]:
    """What was given, and what it stands for by broadcasting."""
    if index is None and np.shape(given) != np.shape(wanted) and _fits(given, wanted):
        # A number for an array of one shape: what it stands for by broadcasting.
        return [given, np.broadcast_to(np.asarray(given), np.shape(wanted))]
    return [given]


def _matching(
    scope: Scope, place: int, given: Any, allowance: Allowance, relative: float, index: tuple[int, ...] | None
) -> Iterator[Candidate]:
    """The slips that give these numbers, the likeliest first; Spent where the allowance is used up before all are
    seen."""
    wanted: Any = scope.run.grad_list[place]
    shown = _shown(given, wanted, index)
    true = wanted if index is None else _element(wanted, index)
    for candidate in candidates(Again(scope, place, allowance), wanted):
        value = candidate.value if index is None else _element(candidate.value, index)
        allowance.take(value)
        if value is None or not np.any(value) or close(true, value, relative):
            # Nothing at all could come from anything.
            continue
        if any(close(each, value, relative) for each in shown):
            yield candidate


def _fits(given: Any, wanted: Any) -> bool:
    try:
        return bool(np.broadcast_shapes(np.shape(given), np.shape(wanted)) == np.shape(wanted))
    except ValueError:
        return False


def _element(value: Any, index: tuple[int, ...]) -> Any:
    held = np.asarray(value)
    if held.ndim != len(index) or any(not -n <= i < n for i, n in zip(index, held.shape, strict=True)):
        return None
    return float(held[index])
