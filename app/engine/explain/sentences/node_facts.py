"""The facts of a node: texts and numbers for the slots of the catalogue's messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.explain.sentences.facts import ByAttribute, Context, only
from app.engine.explain.sentences.structure import Use
from app.engine.notation import numbers
from app.engine.notation.numbers import factor, figure, is_finite, tensor
from app.engine.ops import CONSTANT, Call
from app.engine.ops.registry import Reason
from app.engine.program import Value
from app.engine.support.lazy import lazy


class NodeFacts(ByAttribute):
    """The facts of one node: its value, its inputs, its formula."""

    def __init__(self, context: Context, place: int) -> None:
        self.context = context
        self.place = place
        self.own_node = context.wording.nodes[place]
        self.own_value: Value = context.values[place]
        self.sources_of = context.wording.inputs[place]

    @lazy
    def given(self) -> list[Value]:
        """The values of its inputs."""
        values = self.context.values
        return [values[i] for i in self.sources_of]

    @lazy
    def call(self) -> Call:
        shapes = self.context.wording.shapes
        return Call(self.own_node.attrs, tuple([shapes[i] for i in self.sources_of]), shapes[self.place])

    def first(self, reasons: Sequence[Reason]) -> str | None:
        """The message of the first reason that is true; its facts are added to these."""
        for reason in reasons:
            if reason.when(self.call, self.own_value, *self.given):
                self.of_reason = (
                    {} if reason.facts is None else self._spelled(reason.facts(self.call, self.own_value, *self.given))
                )
                return reason.message
        return None

    def _spelled(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Numbers as figures, `{a}` as the name of that input, pairs of numbers as products."""
        spelled: dict[str, Any] = {}
        for slot, held in facts.items():
            if isinstance(held, str):
                spelled[slot] = getattr(self, held[1:-1]) if held.startswith("{") else held
            elif isinstance(held, list):
                spelled[slot] = " + ".join([f"{factor(a)} × {factor(b)}" for a, b in held])
            else:
                spelled[slot] = figure(float(held), 3)
        return spelled

    # -- slots -----------------------------------------------------------------------------------------------------

    @property
    def node(self) -> str:
        return self.context.names[self.place]

    @property
    def value(self) -> str:
        return tensor(self.own_value)

    @property
    def formula(self) -> str:
        return self.context.wording.formulas[self.place]

    @lazy
    def filled(self) -> str | None:
        """The formula with numbers instead of names."""
        pieces = self.context.wording.fillings[self.place]
        if pieces is None:
            return None
        values = self.context.values
        return "".join(
            [
                each.text
                if each.source is None
                else (factor if each.bracket else figure)(only(values[int(each.source)]))
                for each in pieces
            ]
        )

    @property
    def shape(self) -> str:
        return numbers.shape(self.context.wording.shapes[self.place])

    @property
    def count(self) -> str:
        return str(numbers.size(self.own_value))

    @property
    def low(self) -> str:
        return figure(float(np.min(self.own_value)), 3)

    @property
    def high(self) -> str:
        return figure(float(np.max(self.own_value)), 3)

    @property
    def nans(self) -> str:
        return str(int(np.count_nonzero(np.isnan(self.own_value))))

    @property
    def unfinite(self) -> str:
        return str(numbers.unfinite(self.own_value))

    @lazy
    def born(self) -> bool:
        """Whether a non-finite element was computed from finite numbers."""
        if all(map(is_finite, self.given)):
            return not is_finite(self.own_value)
        if self.own_node.op.partials is None:
            return False
        came = np.zeros(np.shape(self.own_value), dtype=bool)
        for value in self.given:
            came = came | ~np.isfinite(value)
        return bool(np.any(~np.isfinite(self.own_value) & ~came))

    @property
    def loses_all(self) -> bool:
        """Whether no value that uses it is finite."""
        wording, values = self.context.wording, self.context.values
        return all(not is_finite(values[user]) for user, of in enumerate(wording.inputs) if self.place in of)

    @property
    def kink(self) -> str:
        return self.context.kinks[self.own_node.id]

    @property
    def a(self) -> str:
        return self.context.names[self.sources_of[0]]

    x = a

    @property
    def b(self) -> str:
        return self.context.names[self.sources_of[1]]

    @property
    def c(self) -> str:
        return self.context.names[self.sources_of[2]]

    @property
    def x_value(self) -> str:
        return tensor(self.given[0])

    @property
    def b_value(self) -> str:
        return tensor(self.given[1])

    @property
    def shape_a(self) -> str:
        return numbers.shape(self.call.shapes[0])

    shape_x = shape_a

    @property
    def shape_b(self) -> str:
        return numbers.shape(self.call.shapes[1])

    @property
    def count_x(self) -> str:
        return str(numbers.size(self.given[0]))

    # -- broadcasting ----------------------------------------------------------------------------------------------

    @lazy
    def _stretched(self) -> int | None:
        """The slot of an input that an elementwise op uses more than once."""
        if self.own_node.op.partials is None:
            return None
        nodes, size = self.context.wording.nodes, numbers.size(self.own_value)
        for slot, (source, value) in enumerate(zip(self.sources_of, self.given, strict=True)):
            if 0 < numbers.size(value) < size and nodes[source].op is not CONSTANT:
                return slot
        return None

    def stretches(self, carrying: Sequence[Use] | None = None) -> bool:
        """Whether an input is broadcast; if uses are given, one of these."""
        slot = self._stretched
        return slot is not None and (carrying is None or any(use.slot == slot for use in carrying))

    @property
    def stretched(self) -> str:
        return self.context.names[self.sources_of[self._stretched or 0]]

    @property
    def times(self) -> str:
        return str(numbers.size(self.own_value) // numbers.size(self.given[self._stretched or 0]))
