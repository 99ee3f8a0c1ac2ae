"""What all facts share: the trace that they are about, and look-up by attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.execution.plan import Trace
from app.engine.execution.roundoff import RoundOff
from app.engine.explain.derivation.closed_form import ClosedForm
from app.engine.explain.derivation.recognize import written_out
from app.engine.explain.sentences.structure import Wording
from app.engine.notation import numbers
from app.engine.notation.numbers import figure, is_finite, tensor
from app.engine.program import Value
from app.engine.support.lazy import lazy
from app.engine.wording import Catalogue, Facts, Given, Parts, plain

ROOM = 160
"""Longest text of a step, characters: with its place in front, two lines at 26 px on a page of 1240 px. A longer one
leaves out the explanation, then terms of sums, then the arithmetic of products."""
SMALL = 4
"""Most numbers that are written out."""


class Context:
    """One trace and the wording of its structure, from which the sentences are made."""

    def __init__(self, trace: Trace, wording: Wording, catalogue: Catalogue) -> None:
        self.trace = trace
        self.wording = wording
        self.catalogue = catalogue
        self.names = wording.names
        self.values = trace.value_list
        self.grads = trace.grad_list
        self.messages = trace.message_list
        self.locals = trace.local_list
        self.kinks = trace.kinks
        self.output = trace.structure.schedule.output

    @lazy
    def lost(self) -> bool:
        """Whether the output is no finite number, so that no gradient of it means anything."""
        return not is_finite(self.values[self.output])

    @lazy
    def in_all(self) -> Mapping[str, ClosedForm]:
        """By id of its source, what the known function that the output is sends back in all; see `in_all.py`."""
        output = self.wording.nodes[self.output].id
        return {form.source: form for form in written_out(self.trace, output) or ()}

    @lazy
    def round_off(self) -> Mapping[int, Any]:
        """Per place the bound of its gradient's rounding error."""
        return RoundOff(self.trace).gradients

    @lazy
    def largest(self) -> float:
        """The largest |gradient| of the trace."""
        known = [np.max(np.abs(grad)) for grad in self.grads if grad is not None and numbers.size(grad)]
        return float(max(known, default=0.0))

    def fill(self, key: str, facts: Facts) -> Parts:
        return self.catalogue.fill(key, facts)

    def amount(self, value: Value | None) -> str:
        """A tensor in a sentence: many equal numbers are one number each."""
        if value is None or numbers.size(value) <= SMALL:
            return tensor(value)
        low, high = float(np.min(value)), float(np.max(value))
        return plain(self.fill("amount.each", Given(low=figure(low)))) if low == high else tensor(value)


class ByAttribute:
    """Facts that are attributes; those of a reason come first."""

    of_reason: Mapping[str, Any] = {}

    def fact(self, slot: str) -> Any:
        fact = self.of_reason.get(slot)
        return getattr(self, slot) if fact is None else fact


def only(value: Any) -> float:
    """The one number that a value holds."""
    return value if type(value) is float else float(np.ravel(value)[0])
