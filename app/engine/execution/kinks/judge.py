"""Whether a value is the gradient of a node, by the engine's convention at kinks or by another that is as right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.execution.kinks.subgradients import Subgradients
from app.engine.execution.manual import grade
from app.engine.execution.schedule import Schedule
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class Judged:
    """agrees: whether it is right. convention: it is, and differs from the engine's gradient, which takes another side
    of a kink. conflict: it would be right if lines above did not take other sides. kinks: the positions of the nodes
    whose kinks that is about; none where it follows from lines above."""

    agrees: bool
    note: str | None = None
    convention: bool = False
    conflict: bool = False
    kinks: tuple[int, ...] = ()


class Judge:
    """Judges the gradients of one pass, one after another: sides that were taken of a kink stay taken. Takes the
    columns of a trace."""

    def __init__(
        self, schedule: Schedule, values: Sequence[Any], grads: Sequence[Any], messages: Sequence[Any]
    ) -> None:
        self.schedule = schedule
        self.taken = Subgradients(schedule, values, grads, messages)

    def adjoint(self, position: int) -> Value | None:
        """The gradient of a node, on the sides that were taken so far."""
        return self.taken.grad(position)  # type: ignore[no-any-return]

    def judge(self, name: str, id: str, position: int | None, line: int, value: Value, *, keep: bool = False) -> Judged:
        """Whether `value` is the gradient of the node at a position; None for one that does not lead to the output.
        keep: where it is right, further ones must fit in with it."""
        own = None if position is None else self.taken.own[position]
        if position is None or own is None:
            told = grade(name, id, line, value, None, is_output=False)
            return Judged(told.agrees, told.note)
        is_output = position == self.schedule.output
        by_own = grade(name, id, line, value, own, is_output=is_output)
        told = (
            by_own if not self.taken.shares else grade(name, id, line, value, self.adjoint(position), is_output=False)
        )
        if told.agrees:
            if keep:
                self.taken.keep(position, value)
            return Judged(True, told.note, convention=not by_own.agrees)
        if is_output or not fits(value, own):
            return Judged(False, told.note)
        before = self.taken.shares, self.taken.held.copy()
        if self.taken.take(position, value):
            kinks = () if by_own.agrees else tuple(self.taken.sides_taken())
            if not keep:
                self.taken.back_to(*before)
            return Judged(True, by_own.note, convention=not by_own.agrees, kinks=kinks)
        if self.taken.held and self.taken.fits_alone(position, value):
            return Judged(False, None, conflict=True, kinks=tuple(self.taken.standing()))
        return Judged(False, told.note)


def fits(value: Any, wanted: Any) -> bool:
    """Whether a value has the shape of a gradient, or broadcasts to it."""
    try:
        return bool(np.broadcast_shapes(np.shape(value), np.shape(wanted)) == np.shape(wanted))
    except ValueError:
        return False
