"""Repeats a part of the backward pass with one message changed: the gradient that a slip there would have given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.assess.grading.budget import Budget
from app.engine.assess.grading.scope import Scope
from app.engine.execution.passes.backward import resweep
from app.engine.execution.values import as_value
from app.engine.ops.rules import Rule

_FARTHEST = 40
"""Most nodes visited between a value and the next named ones."""

Message = Callable[[Any], Any]
"""The gradient of an edge's target -> the message along the edge; None if there can be none."""


class LocalBackward:
    """One node of a run and everything between it and the next values that have a name."""

    def __init__(self, scope: Scope, index: int, budget: Budget) -> None:
        self.scope = scope
        self.index = index
        self.budget = budget
        self.schedule = scope.structure.schedule

    @cached_property
    def between(self) -> tuple[int, ...]:
        """The indices of the node and of the unnamed nodes that its gradient comes through, in forward order."""
        return tuple(self.scope.between(self.index, _FARTHEST))

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """The edges that bring messages to these nodes, the nearest first."""
        return tuple(edge for i in self.between for edge in self.schedule.receives[i])

    def direct(self, edge: int) -> bool:
        """Whether an edge brings its message to the node itself."""
        return self.schedule.edges[edge].source == self.index

    # -- numbers ---------------------------------------------------------------------------------------------------

    def value(self, index: int) -> Any:
        return self.scope.run.value_list[index]

    def grad(self, index: int) -> Any:
        return self.scope.run.grad_list[index]

    def rule(self, edge: int) -> Rule:
        found = self.schedule.rules[self.schedule.edges[edge].target]
        assert found is not None
        return found

    def operands(self, edge: int) -> Sequence[Any]:
        """The values of all inputs of an edge's target."""
        return [self.value(i) for i in self.schedule.inputs[self.schedule.edges[edge].target]]

    def message(
        self,
        edge: int,
        grad: Any,
        result: Any = None,
        operands: Sequence[Any] | None = None,
        *,
        textbook: bool = False,
    ) -> Any:
        """The message along an edge for a gradient of its target. result, operands: used in the rule instead of the
        target's own. textbook: whether to use the rule as textbooks write it."""
        used = self.schedule.edges[edge]
        own = self.operands(edge) if operands is None else operands
        held = self.value(used.target) if result is None else result
        self.budget.take(grad, held, *own, products=self.schedule.products_in([used.target]))
        rule = self.rule(edge)
        if textbook and rule.op.textbook is not None:
            return as_value(rule.textbook_kernel(used.slot)(grad, held, *own))
        return as_value(rule.backward_kernel((used.slot,), ieee=True)(grad, held, *own)[0])

    def _nothing(self, edge: int) -> bool:
        """Whether the message along an edge is zero up to rounding."""
        sent = self.scope.run.message_list[edge]
        return sent is not None and bool(np.all(np.abs(sent) < 1e-14))

    def with_change(self, changed: int, message: Message, *, idle: bool = False) -> Any:
        """The node's gradient with another message along one edge; None if the shape of the message does not fit.

        idle: whether edges whose message is zero stay zero, like the shift of softmax by its maximum, which people
        leave out of the derivative.
        """
        given = message(self.grad(self.schedule.edges[changed].target))
        if given is None:
            return None
        self.budget.take(given)

        def send(i: int, grad: Any) -> Iterator[tuple[int, Any]]:
            if grad is None:
                return
            if i != self.index and np.shape(grad) != self.schedule.shapes[i]:
                raise _Misfit
            for edge in self._leaving[i]:
                if edge != changed and not (idle and self._nothing(edge)):
                    sent = self.message(edge, grad)
                    self.budget.take(sent)
                    yield edge, sent

        messages = self.scope.run.message_list
        try:
            found = resweep(self.schedule, messages, reversed(self.between), send, {changed: given}, _added)
        except _Misfit:
            return None
        # If idle edges stop the change, the gradient is unchanged.
        return as_value(found.get(self.index, self.grad(self.index)))

    @cached_property
    def _leaving(self) -> dict[int, list[int]]:
        """Index of a node in `between` -> the edges along which it sends to others of them."""
        found: dict[int, list[int]] = {i: [] for i in self.between}
        for edge in self.edges:
            found.setdefault(self.schedule.edges[edge].target, []).append(edge)
        return {i: sorted(edges) for i, edges in found.items()}


class _Misfit(Exception):
    """A message does not have the shape of what it is added to."""


def _added(total: Any, message: Any) -> Any:
    if np.shape(total) != np.shape(message):
        raise _Misfit
    return total + message
