"""Diagnosis: which slip explains a wrong gradient. It must give the same numbers here and at other points.

Small numbers agree by chance. A slip that is not certain is not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.assess.grading import words
from app.engine.assess.grading.budget import Budget, BudgetExceeded
from app.engine.assess.grading.candidates import Candidate, candidates
from app.engine.assess.grading.local_backward import LocalBackward
from app.engine.assess.grading.scope import Scope
from app.engine.execution.tolerance import ROUNDING, close, fits
from app.engine.execution.values import as_value
from app.engine.support.errstate import ignore_fp_errors
from app.engine.wording import Parts

_POINTS = 3
"""Number of other runs at which a slip is tried."""


CALLED = MappingProxyType({"no_local": "slope", "no_incoming": "incoming", "own_factor": "swapped"})
"""What an answer calls a slip, where that is not the mistake's own key."""
_FACTS = ("sign", "transposed")
"""Slips that describe the numbers themselves, and so are true whatever led to them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A diagnosis. kind: the slip's name, the same in all languages; text: the message to the reader."""

    kind: str
    text: Parts


Also = Sequence[tuple[Scope, Any]]
"""Other runs of the same plan, each with what was given there; None if a value was given at one point only."""


def find_slip(
    scope: Scope,
    index: int,
    given: Any,
    budget: Budget | None = None,
    relative: float = ROUNDING,
    element: tuple[int, ...] | None = None,
    also: Also = (),
) -> Slip | None:
    """The slip that turns the true gradient into what was given; None if no known slip does, or if several do and it is
    uncertain which.

    index: the node; its gradient must not be None. element: the element that is given, None for the whole gradient.
    relative: relative tolerance. also: other runs, at all of which the slip must give the right numbers, too; slips
    that agree at all of them are one mistake, and the likeliest is named.
    """
    shared = budget or Budget()
    wanted: Any = scope.run.grad_list[index]
    points = [(other, value) for other, value in also if other.run.grad_list[index] is not None][:_POINTS]

    def look() -> Candidate | None:
        try:
            here = list(_matching(scope, index, given, shared, relative, element))
            return _only(here, points, index, shared, relative, element)
        except BudgetExceeded:
            return None

    found = ignore_fp_errors(look)
    if found is not None:
        return Slip(CALLED.get(found.kind, found.kind.replace("_", " ")), words.slip(scope, index, found))
    if element is not None or np.shape(given) == np.shape(wanted) or np.size(given) != np.size(wanted):
        return None
    if not close(as_value(np.reshape(given, np.shape(wanted))), wanted, relative):
        return None
    return Slip("shape", words.slip(scope, index, Candidate("shape", given)))


def _only(
    here: list[Candidate],
    points: Also,
    index: int,
    budget: Budget,
    relative: float,
    element: tuple[int, ...] | None,
) -> Candidate | None:
    """The first of the candidates `here` that also fits at all points; None if none does, or if several remain that
    differ there."""
    left = {_signature(found): found for found in reversed(here)}
    left = dict(reversed(left.items()))
    for scope, value in points:
        if not left:
            return None
        there: dict[tuple[Any, ...], list[Any]] = {}
        for found in candidates(LocalBackward(scope, index, budget), scope.run.grad_list[index]):
            if _signature(found) in left:
                held = found.value if element is None else _element(found.value, element)
                there.setdefault(_signature(found), []).append(held)
        if value is not None:
            shown = _shown(value, scope.run.grad_list[index], element)
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


def _shown(given: Any, wanted: Any, element: tuple[int, ...] | None) -> list[Any]:
    """What was given, and the same broadcast to the shape of the gradient if that differs."""
    if element is None and np.shape(given) != np.shape(wanted) and fits(given, wanted):
        return [given, np.broadcast_to(np.asarray(given), np.shape(wanted))]
    return [given]


def _matching(
    scope: Scope, index: int, given: Any, budget: Budget, relative: float, element: tuple[int, ...] | None
) -> Iterator[Candidate]:
    """The slips that give these numbers, the likeliest first. Raises BudgetExceeded if the budget runs out before all
    are tried."""
    wanted: Any = scope.run.grad_list[index]
    shown = _shown(given, wanted, element)
    true = wanted if element is None else _element(wanted, element)
    for candidate in candidates(LocalBackward(scope, index, budget), wanted):
        value = candidate.value if element is None else _element(candidate.value, element)
        budget.take(value)
        if value is None or not np.any(value) or close(true, value, relative):
            # Zeros could come from anything.
            continue
        if any(close(each, value, relative) for each in shown):
            yield candidate


def _element(value: Any, element: tuple[int, ...]) -> Any:
    held = np.asarray(value)
    if held.ndim != len(element) or any(not -n <= i < n for i, n in zip(element, held.shape, strict=True)):
        return None
    return float(held[element])
