"""One backward pass that the reader's gradients are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.execution.kinks.judge import Judge
from app.engine.execution.schedule import Schedule
from app.engine.execution.tolerance import telling
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class GradingPass:
    """A backward pass from one scalar. judge: keeps the sides of kinks that the lines take."""

    schedule: Schedule
    judge: Judge
    grads: Sequence[Value | None]

    def index(self, node: int) -> int | None:
        """The index of a node of the program among the gradients, None where no path leads from it to the scalar."""
        at = self.schedule.index.get(node)
        return None if at is None or at >= len(self.grads) else at

    def equal(self, among: Sequence[int], value: Value) -> int | None:
        """The first of these nodes whose gradient a value is. Zeros and a single 1 say nothing."""
        for node in among:
            adjoint = self.adjoint(node)
            if adjoint is not None and telling(value, adjoint):
                return node
        return None

    def adjoint(self, node: int) -> Value | None:
        at = self.index(node)
        return None if at is None else self.grads[at]
