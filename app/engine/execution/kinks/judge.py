"""Whether a value is the gradient of a node, by the engine's convention at kinks or by another valid one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.execution.kinks.subgradients import Subgradients
from app.engine.execution.manual import compare, note
from app.engine.execution.schedule import Schedule
from app.engine.execution.tolerance import fits
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one gradient. agrees: whether it is right. convention: it is right but differs from the engine's
    gradient, which takes another side of a kink. conflict: it would be right if earlier gradients did not take other
    sides. kinks: the indices of the nodes with these kinks; empty if it follows from earlier gradients."""

    agrees: bool
    note: str | None = None
    convention: bool = False
    conflict: bool = False
    kinks: tuple[int, ...] = ()


class Judge:
    """Judges the gradients of one pass, one after another: once a side of a kink is taken, later gradients must take
    it, too. values, grads, messages: the columns of a trace. in_full: whether all of several equal maxima may get the
    whole gradient: that is no slope between the sides, but what pasted programs do."""

    def __init__(
        self,
        schedule: Schedule,
        values: Sequence[Any],
        grads: Sequence[Any],
        messages: Sequence[Any],
        *,
        in_full: bool = False,
    ) -> None:
        self.schedule, self.in_full = schedule, in_full
        self.taken = Subgradients(schedule, values, grads, messages)

    def adjoint(self, index: int) -> Value | None:
        """The gradient of a node, with the sides taken so far."""
        return self.taken.grad(index)  # type: ignore[no-any-return]

    def judge(self, name: str, id: str, index: int | None, value: Value, *, keep: bool = False) -> Judged:
        """Whether `value` is the gradient of a node. index: None for a node that does not lead to the output. keep:
        whether later gradients must be consistent with it if it is right."""
        own = None if index is None else self.taken.own[index]
        if index is None or own is None:
            return Judged(*compare(name, id, value, None, is_output=False))
        is_output = index == self.schedule.output
        by_own = compare(name, id, value, own, is_output=is_output)
        found = by_own if not self.taken.shares else compare(name, id, value, self.adjoint(index), is_output=False)
        if found.agrees:
            if keep:
                self.taken.keep(index, value)
            return Judged(True, found.note, convention=not by_own.agrees)
        if is_output or not fits(value, own):
            return Judged(False, found.note)
        before = self.taken.shares, self.taken.held.copy()
        if self.taken.take(index, value):
            kinks = () if by_own.agrees else tuple(self.taken.sides_taken())
            if not keep:
                self.taken.back_to(*before)
            return Judged(True, by_own.note, convention=not by_own.agrees, kinks=kinks)
        full = self.taken.in_full if self.in_full and not before[0] else None
        if full is not None and (by_full := compare(name, id, value, full[index], is_output=False)).agrees:
            if keep:
                # What is computed from it follows it.
                self.taken.own = full
                self.taken.keep(index, value)
            return Judged(True, by_full.note or note("in_full"))
        if self.taken.held and self.taken.fits_alone(index, value):
            return Judged(False, None, conflict=True, kinks=tuple(self.taken.standing()))
        return Judged(False, found.note)
