"""The number kinds of nodes, and what is known of those that hold whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import Any

import numpy as np

from app.engine.errors import ProgramError, Span
from app.engine.ops import Op
from app.engine.program import Node, NumberKind, Value
from app.engine.wording import said

_BIGGEST_WHOLE = 2**53


class Kinds:
    """Finds the kind of each node of a graph that is being written, and refuses what means something else in NumPy."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._known: dict[int, float | int] = {}
        """Numbers that the text settles, by node."""
        self._non_negative: set[int] = set()
        """Nodes that hold whole numbers which are certainly not negative."""

    def leaf(self, index: int, held: Value | None, kind: str, known: float | None) -> None:
        """Notes a leaf. known: its number, where the text settles it."""
        if kind != "float" and held is not None and (held >= 0 if type(held) is float else bool(np.all(held >= 0))):
            self._non_negative.add(index)
        if known is not None:
            self._known[index] = known

    def stands_for(self, index: int, like: int, value: Any) -> None:
        """Notes a leaf in place of a later node like another one."""
        if like in self._known and not value.array.shape:
            self._known[index] = int(value.array)

    def operation(self, op: Op, inputs: tuple[int, ...], index: int, span: Span) -> NumberKind:
        """The kind of node `index`, the result of `op`. Raises ProgramError."""
        kind = self._kind(op, inputs, span)
        if kind == "int":
            self._propagate(op, inputs, index, span)
            if op.whole_sign == "never_negative" or (
                op.whole_sign == "inputs" and all(i in self._non_negative for i in inputs)
            ):
                self._non_negative.add(index)
        return kind

    def _propagate(self, op: Op, inputs: tuple[int, ...], index: int, span: Span) -> None:
        """Computes whole numbers through + - *, so that `range(n - 1)` works. Refuses those that Python still holds
        exactly and a float does not."""
        if (op.signs or op.is_product) and all(i in self._known for i in inputs):
            known = [self._known[i] for i in inputs]
            value = known[0] * known[1] if op.is_product else sum(map(mul, op.signs, known))
            if abs(value) > _BIGGEST_WHOLE:
                raise ProgramError(said("language.whole_number_inexact"), span=span)
            self._known[index] = value

    def _kind(self, op: Op, inputs: tuple[int, ...], span: Span) -> NumberKind:
        result = op.result
        if result == "float" and len(inputs) == 1 and op.numpy and op.kind == "elementwise":
            self._refuse_half(op, inputs[0], span)
        if op.refuses and all(self._nodes[i].kind in op.refuses for i in inputs):
            self._refuse_kind(op, span)
        if result == "float" or result == "bool" or result == "int":
            return result
        nodes = self._nodes
        kinds = [nodes[i].kind for i in inputs]
        if op.exponent is not None and "float" not in kinds and inputs[op.exponent] not in self._non_negative:
            # Python's numbers give a float then; NumPy's do not.
            if not all(i in self._known for i in inputs):
                self.refuse_negative_power(inputs[0], inputs[op.exponent], span)
            return "float"
        if op.chooses:
            kinds = kinds[1:]
        if "bool" in kinds:
            _refuse_logic(op, kinds, span)
            if op.of_masks == "bytes":
                self._refuse_half(op, inputs[0], span)
            if op.of_masks == "counts" and op.kind in ("reduction", "elementwise"):
                kinds = ["int" if kind == "bool" else kind for kind in kinds]
        return "float" if "float" in kinds else "int" if "int" in kinds else "bool"

    def refuse_negative_power(self, base: int, exponent: int, span: Span) -> None:
        """Refuses a power of NumPy's whole numbers unless the exponent is certainly not negative."""
        if exponent not in self._non_negative and "float" not in (self._nodes[base].kind, self._nodes[exponent].kind):
            raise ProgramError(said("language.whole_number_power_negative"), span=span)

    def _refuse_half(self, op: Op, input: int, span: Span) -> None:
        if self._nodes[input].kind == "bool":
            raise ProgramError(said("language.mask_in_low_precision", name=op.name), span=span)

    def _refuse_kind(self, op: Op, span: Span) -> None:
        kinds = "masks" if op.refuses == ("bool",) else "whole numbers and masks"
        raise ProgramError(said("language.operator_differs_in_numpy", numpy=op.numpy[0], kinds=kinds), span=span)


def _refuse_logic(op: Op, kinds: list[NumberKind], span: Span) -> None:
    """Refuses arithmetic between masks: NumPy computes + and @ as logic and has no minus for them."""
    if set(kinds) == {"bool"} and op.of_masks == "logic":
        written = op.text.format("a", "b") if op.text else op.name
        raise ProgramError(said("language.mask_arithmetic", written=written), span=span)
