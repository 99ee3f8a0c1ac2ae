"""Matches a pattern, a small program, against a graph, node by node. Names and layout do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.execution.schedule import Schedule
from app.engine.interpreter import read
from app.engine.ops import CONSTANT, INPUT, REGISTRY
from app.engine.ops.axes import count, normal_axes
from app.engine.ops.expression import Apply, Number, Shape, Symbol
from app.engine.program import Node, Program

_COPIES = frozenset({"reshape", "spread"})
"""Words for the same elements, or copies of them, in another shape."""
_ANY_AXIS = -2
_LAYERS = 8
"""Most successive changes of shape that are skipped in matching."""
_TRIES = 4_000
"""Most comparisons of two nodes in one search."""


@dataclass(frozen=True, slots=True)
class Found:
    """bound: the names of the pattern, and the positions they stand for. inside: the nodes that are part of it. axis:
    the axes that its axis=-1 stands for."""

    bound: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    inside: frozenset[int] = frozenset()
    axis: tuple[int, ...] | None = None


@lru_cache(maxsize=64)
def pattern(text: str) -> Program:
    """The graph of a pattern."""
    return read(text, output="y")


class Graph:
    """The graph of one structure, to be searched."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._tries = 0

    def find(self, text: str, position: int) -> Found | None:
        """The match of a pattern at a node; None where it does not match."""
        program = pattern(text)
        self._tries = _TRIES
        return next(self._match(program, program.output, position, Found()), None)

    def seen(self, i: int) -> tuple[int, frozenset[int]]:
        """The node before any changes of shape that only add or remove axes of length 1, and these changes."""
        passed: set[int] = set()
        while len(passed) < _LAYERS and self._only_dresses(i):
            passed.add(i)
            (i,) = self.schedule.inputs[i]
        return i, frozenset(passed)

    def number(self, i: int) -> float | None:
        """The number that a node is, whatever the values are."""
        node = self.schedule.nodes[i]
        if node.op is CONSTANT and isinstance(node.value, float):
            return node.value
        rule = self.schedule.rules[i]
        expression = None if rule is None else rule.forward_expression
        return expression.value if isinstance(expression, Number) else None

    def picked(self, i: int) -> tuple[int, tuple[Any, ...]] | None:
        """The node and the constant index that an element or a part is taken with; None for another operation."""
        rule = self.schedule.rules[i]
        expression = None if rule is None else rule.forward_expression
        if isinstance(expression, Apply) and expression.word == "take":
            return self.schedule.inputs[i][0], expression.options[0]
        return None

    # -- matching ------------------------------------------------------------------------------------------------

    def _match(self, program: Program, at: int, i: int, found: Found) -> Iterator[Found]:
        self._tries -= 1
        if self._tries < 0:
            return
        wanted = program.nodes[at]
        if wanted.op is INPUT:
            yield from self._named(wanted.id, i, found)
            return
        i, passed = self.seen(i)
        node = self.schedule.nodes[i]
        if wanted.op is CONSTANT:
            if self.number(i) == wanted.value:
                yield found
            return
        found = replace(found, inside=found.inside | passed | {i})
        inputs = self.schedule.inputs[i]
        same = node.op.same_as(tuple(map(self.number, inputs)))
        if same is not None and wanted.op is REGISTRY[same[0]]:
            inputs = tuple(inputs[slot] for slot in same[1])
        elif wanted.op is not node.op and not self._is_product(wanted, node, inputs):
            return
        if len(wanted.inputs) != len(inputs):
            return
        extended = self._with_attributes(wanted, node, self.schedule.shapes[inputs[0]], found)
        if extended is None:
            return
        orders = [inputs, inputs[::-1]] if self._commutes(wanted, inputs) else [inputs]
        for order in orders:
            yield from self._all(program, wanted.inputs, order, extended)

    def _all(self, program: Program, wanted: tuple[int, ...], inputs: tuple[int, ...], found: Found) -> Iterator[Found]:
        if not wanted:
            yield found
            return
        for first in self._match(program, wanted[0], inputs[0], found):
            yield from self._all(program, wanted[1:], inputs[1:], first)

    def _named(self, name: str, i: int, found: Found) -> Iterator[Found]:
        held = found.bound.get(name)
        if held is None:
            yield replace(found, bound={**found.bound, name: i})
            return
        own, passed = self.seen(i)
        if self.seen(held)[0] == own or (self.number(own) is not None and self.number(own) == self.number(held)):
            yield replace(found, inside=found.inside | passed if held != i else found.inside)

    def _with_attributes(self, wanted: Node, node: Node, shape: Shape, found: Found) -> Found | None:
        """The match extended by the node's attributes; for a reduction, by its axis, which must be that of the others.
        None where they differ."""
        if node.op.kind != "reduction":
            return found if wanted.attrs == node.attrs else None
        rest = [{k: v for k, v in each.attrs.items() if k not in ("axis", "keepdims")} for each in (wanted, node)]
        if rest[0] != rest[1]:
            return None
        axes = normal_axes(node.attrs["axis"], len(shape))
        if wanted.attrs["axis"] != _ANY_AXIS:
            return found if len(axes) == len(shape) else None
        if found.axis is not None and found.axis != axes:
            return None
        return replace(found, axis=axes)

    def _is_product(self, wanted: Node, node: Node, inputs: tuple[int, ...]) -> bool:
        """Whether both are matrix products: of arrays, np.dot and @ are the same."""
        return wanted.op.kind == node.op.kind == "matmul" and all(self.schedule.shapes[i] for i in inputs)

    def _commutes(self, wanted: Node, inputs: tuple[int, ...]) -> bool:
        """Whether the operands may be swapped; those of a product of two vectors may."""
        vectors = wanted.op.kind == "matmul" and all(len(self.schedule.shapes[i]) == 1 for i in inputs)
        return wanted.op.commutes or vectors

    def _only_dresses(self, i: int) -> bool:
        rule, picked = self.schedule.rules[i], self.picked(i)
        if rule is None or rule.op.kind != "shape":
            return False
        before, after = rule.call.shapes[0], rule.call.shape
        if [n for n in before if n != 1] != [n for n in after if n != 1]:
            return False
        value = rule.forward_expression
        copied = isinstance(value, Symbol) or (isinstance(value, Apply) and value.word in _COPIES)
        return copied if picked is None else all(map(_keeps_order, picked[1]))


def _keeps_order(item: Any) -> bool:
    return item is None or item is Ellipsis or isinstance(item, int) or item == slice(None)


def one_of(shape: Shape, index: tuple[Any, ...]) -> Any:
    """An array of zeros with a 1 where an index picks one element; None where it picks more."""
    if count(shape) > _TRIES or not all(isinstance(item, int) for item in index) or len(index) != len(shape):
        return None
    found = np.zeros(shape)
    found[index] = 1.0
    return found
