"""A part of the backward pass done once more with one message changed: what a slip in that place would have given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.assess.grading.budget import Budget
from app.engine.assess.grading.scope import Scope
from app.engine.execution.passes.backward import resweep
from app.engine.execution.rules import Rule

_FARTHEST = 40
"""Nodes between a value and the next named ones that are gone through."""

Message = Callable[[Any], Any]
"""From the gradient of the user of a value to what comes back along an edge; None where nothing can."""


class LocalBackward:
    """The surroundings of one node in a run: everything between it and the next values that have a name."""

    def __init__(self, scope: Scope, position: int, allowance: Budget) -> None:
        self.scope = scope
        self.position = position
        self.allowance = allowance
        self.schedule = scope.structure.schedule

    @cached_property
    def between(self) -> tuple[int, ...]:
        """Positions of the nodes without a name that the gradient comes through, from first to last; the node itself
        is the first."""
        found = {self.position}
        waiting = [self.position]
        while waiting:
            for edge in self.schedule.receives[waiting.pop(0)]:
                user = self.schedule.edges[edge].target
                if user not in found and not self.border(user) and len(found) < _FARTHEST:
                    found.add(user)
                    waiting.append(user)
        return tuple(sorted(found))

    def border(self, position: int) -> bool:
        return position == self.schedule.output or self.scope.named(position)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """The edges that lead into these nodes, the nearest first."""
        return tuple(edge for i in self.between for edge in self.schedule.receives[i])

    def direct(self, edge: int) -> bool:
        """Whether it leads to the node itself."""
        return self.schedule.edges[edge].source == self.position

    # -- numbers ---------------------------------------------------------------------------------------------------

    def value(self, position: int) -> Any:
        return self.scope.run.value_list[position]

    def grad(self, position: int) -> Any:
        return self.scope.run.grad_list[position]

    def rule(self, edge: int) -> Rule:
        found = self.schedule.rules[self.schedule.edges[edge].target]
        assert found is not None
        return found

    def operands(self, edge: int) -> Sequence[Any]:
        """The values that the user of an edge computed with."""
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
        """What comes back along an edge for this gradient; with another result or other operands in the rule, where
        given. textbook: by the rule as books write it."""
        used = self.schedule.edges[edge]
        own = self.operands(edge) if operands is None else operands
        held = self.value(used.target) if result is None else result
        self.allowance.take(grad, held, *own, products=self._products(edge))
        rule = self.rule(edge)
        if textbook and rule.op.textbook is not None:
            return _settled(rule.textbook_kernel(used.slot)(grad, held, *own))
        return _settled(rule.backward_kernel((used.slot,), ieee=True)(grad, held, *own)[0])

    def _nothing(self, edge: int) -> bool:
        """Whether what comes back along an edge is nothing but rounding."""
        sent = self.scope.run.message_list[edge]
        return sent is not None and bool(np.all(np.abs(sent) < 1e-14))

    def _products(self, edge: int) -> int:
        target = self.schedule.edges[edge].target
        if self.schedule.nodes[target].op.kind != "matmul":
            return 0
        left = self.schedule.shapes[self.schedule.inputs[target][0]]
        return int(np.prod(self.schedule.shapes[target], dtype=np.int64)) * (left[-1] if left else 1)

    def with_change(self, changed: int, message: Message, *, idle: bool = False) -> Any:
        """The node's gradient with another message along one edge; None where its shape does not fit in.

        idle: edges along which nothing came stay so, like the shift in softmax by its largest number, which nobody
        differentiates.
        """
        given = message(self.grad(self.schedule.edges[changed].target))
        if given is None:
            return None
        self.allowance.take(given)

        def send(i: int, grad: Any) -> Iterator[tuple[int, Any]]:
            if grad is None:
                return
            if i != self.position and np.shape(grad) != self.schedule.shapes[i]:
                raise _Misfit
            for edge in self._leaving[i]:
                if edge != changed and not (idle and self._nothing(edge)):
                    sent = self.message(edge, grad)
                    self.allowance.take(sent)
                    yield edge, sent

        messages = self.scope.run.message_list
        try:
            found = resweep(self.schedule, messages, reversed(self.between), send, {changed: given}, _added)
        except _Misfit:
            return None
        # Where idle edges stop the change, the gradient stays what it was.
        return _settled(found.get(self.position, self.grad(self.position)))

    @cached_property
    def _leaving(self) -> dict[int, list[int]]:
        """Per node between, the edges along which it sends to another of them."""
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


def _settled(value: Any) -> Any:
    """A float where there is no axis, else an array of doubles."""
    if type(value) is float:
        return value
    held = np.asarray(value, dtype=np.float64)
    return held if held.shape else float(held)
