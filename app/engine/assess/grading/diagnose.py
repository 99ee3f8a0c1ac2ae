"""Which slip explains a wrong gradient: the first that gives the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
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
from app.engine.notation.messages import Parts
from app.engine.support.errstate import quietly


@dataclass(frozen=True, slots=True)
class Slip:
    """kind: the slip's name, the same for all languages; text: what to tell the reader."""

    kind: str
    text: Parts


def find_slip(
    scope: Scope,
    place: int,
    given: Any,
    allowance: Allowance | None = None,
    relative: float = RELATIVE,
    index: tuple[int, ...] | None = None,
    also: tuple[Scope, Any] | None = None,
) -> Slip | None:
    """The slip that makes of the true gradient what was given; None where no known one does.

    place: of the node in `structure.nodes`; its gradient must not be None. index: the one element that is given, where
    it is not all of them. relative: how close numbers must come. also: another run of the same structure, and what was
    given there: of several slips that fit, one that fits there too is no chance.
    """
    shared = allowance or Allowance()
    wanted: Any = scope.run.grad_list[place]

    def look() -> Candidate | None:
        here = _matching(scope, place, given, shared, relative, index)
        if also is None or also[0].run.grad_list[place] is None:
            return next(here, None)
        all_here = list(here)
        if len(all_here) > 1:
            there = {_signature(found) for found in _matching(also[0], place, also[1], shared, relative, index)}
            all_here.sort(key=lambda found: _signature(found) not in there)
        return all_here[0] if all_here else None

    found = quietly(look)
    if found is not None:
        return Slip(found.kind, words.slip(scope, place, found))
    if index is None and np.shape(given) != np.shape(wanted) and np.size(given) == np.size(wanted):
        flat = np.reshape(given, np.shape(wanted))
        if close(flat if np.shape(wanted) else float(flat), wanted, relative):
            return Slip("shape", words.slip(scope, place, Candidate("shape", given)))
    return None


def _signature(found: Candidate) -> tuple[Any, ...]:
    return found.kind, found.user, found.other, found.number


def _matching(
    scope: Scope, place: int, given: Any, allowance: Allowance, relative: float, index: tuple[int, ...] | None
) -> Iterator[Candidate]:
    """The slips that give these numbers, the likeliest first; none where the allowance is used up before one does."""
    wanted: Any = scope.run.grad_list[place]
    shown = [given]
    if index is None and np.shape(given) != np.shape(wanted) and _fits(given, wanted):
        # A number for an array of one shape: what it stands for by broadcasting.
        shown.append(np.broadcast_to(np.asarray(given), np.shape(wanted)))
    true = wanted if index is None else _element(wanted, index)
    try:
        for candidate in candidates(Again(scope, scope.graph[place], allowance), wanted):
            value = candidate.value if index is None else _element(candidate.value, index)
            allowance.take(value)
            if value is None or not np.any(value) or close(true, value, relative):
                # Nothing at all could come from anything.
                continue
            if any(close(each, value, relative) for each in shown):
                yield candidate
    except Spent:
        return


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
