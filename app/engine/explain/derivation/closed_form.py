"""The closed form of nodes that together compute a known function, compared with the chain rule through them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.engine.errors import EngineError
from app.engine.execution.compile import compile_program
from app.engine.execution.plan import Plan, Trace
from app.engine.execution.roundoff import RoundOff
from app.engine.execution.structure import Structure
from app.engine.explain.derivation.agreement import apart
from app.engine.explain.derivation.by_element import elements, jacobian, local
from app.engine.explain.derivation.steps import Steps
from app.engine.explain.derivation.whole import Whole
from app.engine.notation.formulas import Formula, Source, Symbol, in_names
from app.engine.notation.indices import Called
from app.engine.ops.printed import Piece, bracketed, fill
from app.engine.ops.word import ATOM, Written
from app.engine.program import Value

_OPEN, _CLOSED = r"\left(", r"\right)"


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """What a known function sends back to one parameter, as one rule. `name`: what the function is called;
    `elements`: the same with indices, and what it needs;
    `code`: the lines that were run; `value`: what they gave; `sent`: what the chain rule through the parts gave;
    `agrees`: whether both are the same up to rounding."""

    name: str
    parameter: str
    source: str
    formula: Formula
    elements: tuple[Formula, ...]
    code: str
    holds: str
    value: Value
    sent: Value
    agrees: bool


class FormWriter:
    """Makes the closed forms of nodes that together compute a known function. symbols: what its parameters are at these
    nodes; inside: the positions of the nodes; result: that of the last."""

    def __init__(
        self, trace: Trace, name: str, symbols: Mapping[str, Symbol], inside: frozenset[int], result: int
    ) -> None:
        self.trace = trace
        self.name = name
        self.inside = inside
        self.result = result
        self.steps = Steps(trace)
        self.index = trace.structure.index
        self.round_off = RoundOff(trace).gradients
        self.symbols = {"g": self.steps.gradient(result), "y": self.steps.value(result), **symbols}

    def form(self, parameter: str, whole: Whole) -> ClosedForm | None:
        source = self.symbols.get(parameter)
        if source is None or source.value is None or source.node not in self.index or self.symbols["g"].value is None:
            return None
        sent = _sent(self.trace, self.index[source.node], self.inside)
        shape = np.shape(source.value)
        n = whole.count(shape)
        numbers = {key: symbol.value for key, symbol in self.symbols.items()} | {"n": float(n)}
        plan = _planned(whole.code, numbers)
        if sent is None or plan is None:
            return None
        structure = plan.structure
        if structure.schedule.shapes[structure.schedule.output] != shape:
            return None
        value = plan.run().output
        position = self.index[source.node]
        difference = apart(value, sent, self.round_off.get(position, 0.0))
        return ClosedForm(
            self.name,
            parameter,
            source.node,
            self._formula(whole, position, n),
            self._elements(whole, structure, parameter, position, n),
            whole.code,
            whole.holds,
            value,
            sent,
            # NaN agrees with nothing.
            (difference is None or difference.why == "rounding") and not np.any(np.isnan(sent)),
        )

    @property
    def _seeded(self) -> bool:
        """Whether the gradient that comes in is that of the output itself: a factor of 1."""
        return self.symbols["g"].value is self.trace.seed and bool(np.all(self.trace.seed == 1))

    def _formula(self, whole: Whole, source: int, n: int) -> Formula:
        once = {"1": "", "2": "2"} if n == 1 else {k: rf"\dfrac{{{{{k}}}}}{{{{{n}}}}}" for k in "12"}
        latex = whole.latex
        for k, text in once.items():
            latex = latex.replace(rf"\dfrac{{{{{k}}}}}{{{{n}}}}", text)

        def render(table: Mapping[str, Written], _latex: bool) -> str:
            return fill(latex, **{key: bracketed(written, ATOM, True) for key, written in table.items()})

        if self._seeded:
            latex = _unbracketed(latex.removeprefix(r"{g} \cdot ").strip())
        gradient = self.steps.gradient(source)
        return Formula(
            "names",
            (Piece(self._code(whole, self.steps.notation.gradient_title(source), n)),),
            (
                Piece(gradient.latex[0], Source(gradient.node, "name")),
                Piece(" = "),
                *in_names(render, self.symbols, True),
            ),
        )

    def _code(self, whole: Whole, gradient: str, n: int) -> str:
        """The lines of a rule in the names of the program."""
        called = self._called()
        names = {key: each.text for key, each in called.items()} | {"n": str(n), "d": gradient}
        for name in re.findall(r"^(\w+) =", whole.code, re.MULTILINE):
            if name != "d":
                called[name] = local(name, called)
                names[name] = called[name].text
        code = whole.code.removesuffix(" / n") if n == 1 else whole.code
        text = re.sub(r"(?<![.\w])\w+\b(?!\()", lambda found: names.get(found[0], found[0]), code)
        # An argument alone has its brackets already.
        text = re.sub(r"\(\(([^()]*)\)\)", r"(\1)", text)
        return "; ".join(text.replace("−", "-").split("\n"))

    def _elements(self, whole: Whole, structure: Structure, parameter: str, source: int, n: int) -> tuple[Formula, ...]:
        shape = self.trace.structure.schedule.shapes[source]
        called: dict[str, Called | float] = {**self._called()}
        for key, symbol in self.symbols.items():
            if isinstance(symbol.value, float) and symbol.node == "":
                called[key] = symbol.value
        called["n"] = float(n)
        if self._seeded and isinstance(self.trace.seed, float):
            called["g"] = 1.0
        left = replace(self._gradient(source), text=self.steps.notation.gradient_title(source))
        found = elements(structure, called, left, shape)
        if not found:
            return ()
        known = {key: each for key, each in called.items() if isinstance(each, Called)}
        known |= {name: local(name, known) for name in re.findall(r"^(\w+) =", whole.code, re.MULTILINE)}
        return (*jacobian(whole.jacobian, len(shape), known, parameter), *found)

    def _called(self) -> dict[str, Called]:
        """How elements of the symbols are written."""
        found = {}
        for key, symbol in self.symbols.items():
            found[key] = Called(bracketed(symbol.text, ATOM), bracketed(symbol.latex, ATOM, True))
        return found | {"g": self._gradient(self.result)}

    def _gradient(self, i: int) -> Called:
        above, below = self.steps.under(self.trace.structure.schedule.output), self.steps.under(i)
        return Called(
            self.steps.notation.gradients[i], below, lambda of: rf"\dfrac{{\partial {above}}}{{\partial {of}}}"
        )


def _unbracketed(latex: str) -> str:
    """Without brackets around all of it."""
    depth = 0
    for found in re.finditer(r"\\left\(|\\right\)", latex):
        depth += 1 if found[0] == _OPEN else -1
        if depth == 0:
            whole = latex.startswith(_OPEN) and found.end() == len(latex)
            return latex[len(_OPEN) : -len(_CLOSED)] if whole else latex
    return latex


def _sent(trace: Trace, source: int, inside: frozenset[int]) -> Value | None:
    """The sum of the messages from nodes inside to one of the arguments."""
    schedule = trace.structure.schedule
    messages = [trace.message_list[e] for e in schedule.receives[source] if schedule.edges[e].target in inside]
    there = [m for m in messages if m is not None]
    return sum(there[1:], there[0]) if there else None


def _planned(code: str, numbers: Mapping[str, Any]) -> Plan | None:
    """A rule as a program of its own, ready to run with these numbers; None where they do not fit."""
    try:
        return compile_program(code, dict(numbers), output="d", ignore_unknown=True)
    except EngineError:
        return None
