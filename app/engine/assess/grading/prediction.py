"""Judges a predicted gradient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.assess.grading.diagnose import Slip, find_slip
from app.engine.assess.grading.other_points import other_runs
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.words import kink_note
from app.engine.errors import ValueProblem
from app.engine.execution.kinks.judge import Judged
from app.engine.execution.kinks.subgradients import Subgradients
from app.engine.execution.plan import Trace
from app.engine.execution.tolerance import close
from app.engine.execution.values import has_element, to_value
from app.engine.ops.axes import show_shape
from app.engine.wording import said


@dataclass(frozen=True, slots=True)
class Guess:
    """The result. agrees: whether it is the gradient; slip: what would explain a wrong one. convention: it is right
    although it differs from the gradient shown, which takes another side of a kink; `note` says so."""

    agrees: bool
    slip: Slip | None
    convention: bool = False
    note: str | None = None


def judge(run: Trace, node: str, given: Any, index: Sequence[int] | None = None, relative: float = 0.005) -> Guess:
    """Compares a guess with the gradient of a node, or with one element of it.

    relative: relative tolerance, because people round.
    Raises ValueProblem for an unknown node, a value that is no number, and an index that the node does not have.
    """
    i = run.structure.index_of(node)
    value = to_value(given, "the guess", run.structure.limits)
    wanted = run.grad_list[i]
    if wanted is None:
        # No gradient reaches the node; 0 is accepted as an answer.
        return Guess(not np.any(value), None)
    element = None if index is None else _checked(tuple(index), np.shape(wanted), node)
    if element is not None:
        if type(value) is not float:
            raise ValueProblem(said("values.guess_is_array"))
        wanted = float(np.asarray(wanted)[element])
    if np.shape(value) == () and np.size(wanted) == 1 and element is None:
        # A number is accepted for an array of one element.
        value = value if np.shape(wanted) == () else np.full(np.shape(wanted), value)
    if close(value, wanted, relative):
        return Guess(True, None)
    scope = Scope(run)
    taken = Subgradients(run.structure.schedule, run.value_list, run.grad_list, run.message_list)
    if np.shape(value) == np.shape(wanted) and taken.take(i, value, relative, element):
        verdict = Judged(True, convention=True, kinks=tuple(taken.sides_taken()))
        return Guess(True, None, convention=True, note=kink_note(scope, verdict))
    also = [(Scope(other.run), None) for other in other_runs(run)]
    return Guess(False, find_slip(scope, i, value, relative=relative, element=element, also=also))


def _checked(index: tuple[int, ...], shape: tuple[int, ...], node: str) -> tuple[int, ...]:
    if not has_element(shape, index):
        raise ValueProblem(said("values.element_outside_node", node=node, index=list(index), shape=show_shape(shape)))
    return index
