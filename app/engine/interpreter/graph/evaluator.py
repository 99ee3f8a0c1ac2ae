"""Values of nodes that the course of a text depends on, computed when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from app.engine.interpreter.graph.raising import python_error
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.expression import Shape
from app.engine.ops.rules import rule
from app.engine.program import Node, Value
from app.engine.support.errstate import ignore_fp_errors

_KEPT, _KEPT_ELEMENTS = 20_000, 1_000_000
"""Values, and elements of them, that are kept from one training step to the next."""


class Evaluator:
    """Computes nodes and what leads to them, each once, in IEEE arithmetic.

    nodes, shapes: those of a program, or of one that is still being written. given: values of inputs by id. known:
    values of nodes by index. raises: whether an operation of Python's own numbers raises ProgramError where
    Python does.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        shapes: Sequence[Shape],
        given: Mapping[str, Value],
        known: Mapping[int, Value] | None = None,
        *,
        raises: bool = False,
    ) -> None:
        self.raises = raises
        self._nodes = nodes
        self._shapes = shapes
        self._given = given
        self._values: dict[int, Value] = dict(known or {})
        self._elements = 0

    def value(self, index: int) -> Value:
        """The number or the array that a node holds."""
        found = self._values.get(index)
        return ignore_fp_errors(self._compute, index) if found is None else found

    def trim(self) -> None:
        """Forgets the values that were computed first, down to what may be kept. They are computed anew when they are
        asked for again."""
        values = self._values
        if len(values) <= _KEPT and self._elements <= _KEPT_ELEMENTS:
            return
        # The keys are listed first: a dictionary whose first items are gone is gone through from its beginning.
        for index in list(values):
            if len(values) <= _KEPT and self._elements <= _KEPT_ELEMENTS:
                return
            held = values.pop(index)
            self._elements -= 1 if type(held) is float else np.size(held)

    def forget(self, index: int) -> None:
        """A leaf has got another value."""
        self._elements -= np.size(self._values.pop(index, 0.0)) if index in self._values else 0

    def put(self, index: int, value: Value) -> None:
        """Gives a node another value, for the nodes that are computed from now on."""
        self._values[index] = value

    def _compute(self, index: int) -> Value:
        values, nodes = self._values, self._nodes
        waiting = [index]
        while waiting:
            i = waiting[-1]
            node = nodes[i]
            missing = [j for j in node.inputs if j not in values]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if i not in values:
                found = self.kernel(i)(*[values[j] for j in node.inputs]) if node.inputs else self._leaf(i)
                if node.python is not None and self.raises:
                    error = python_error(node, found, [values[j] for j in node.inputs])
                    if error is not None:
                        raise error
                values[i] = found
                self._elements += 1 if type(found) is float else np.size(found)
        return values[index]

    def _leaf(self, index: int) -> Value:
        """The value of a leaf: the one given, else the one in the text; ones while it has none."""
        node, shape = self._nodes[index], self._shapes[index]
        held = self._given.get(node.id, node.value) if node.op is INPUT else node.value
        if held is None:
            return np.ones(shape) if shape else 1.0
        return held

    def kernel(self, index: int, numbers: Mapping[int, float] | None = None) -> Callable[..., Value]:
        """What computes a node from the values of its inputs. numbers: by slot, numbers in the place of constants."""
        node = self._nodes[index]
        literals: list[float | None] = [None] * len(node.inputs)
        for slot in node.op.literal:
            source = self._nodes[node.inputs[slot]]
            if source.op is CONSTANT and type(source.value) is float:
                literals[slot] = source.value if numbers is None else numbers.get(slot, source.value)
        shapes = tuple([self._shapes[i] for i in node.inputs])
        return rule(node.op, node.attrs, shapes, self._shapes[index], tuple(literals)).forward_kernel(ieee=True)
