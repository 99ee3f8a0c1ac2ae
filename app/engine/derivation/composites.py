"""Functions whose derivative, taken as a whole, is shorter than the chain rule through their parts: softmax with
cross-entropy sends back p − target. Each is stated once, in the language itself, run beside the opened graph, and shown
only with the word whether the two agree.

Sources: Bishop, Pattern Recognition and Machine Learning, 4.3.4 (softmax with cross-entropy); Ba, Kiros, Hinton 2016
and Zhang, Sennrich 2019 (the normalisations, differentiated). The engine never uses these rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.engine.compilation import compile_program
from app.engine.derivation.formulas import Formula, Piece, Symbol, Written, in_names
from app.engine.derivation.steps import Steps
from app.engine.errors import EngineError, ValueProblem
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.ops.vocabulary import ATOM
from app.engine.program import NO_GROUP, Group, Value
from app.engine.sentences.figures import figure
from app.engine.trace import Trace

_CLOSE = 1e-9
_OPEN, _CLOSED = r"\left(", r"\right)"


@dataclass(frozen=True, slots=True)
class Whole:
    """The gradient of one parameter as one rule. `code`: a line of the language over the parameters, `g` (the gradient
    of the result), `y` (the result) and `n` (how many numbers are averaged: one per row, or all). `latex`: the same,
    with the names as fields. `holds`: what it takes for granted."""

    code: str
    latex: str
    averages: Literal["", "rows", "all"] = ""
    holds: str = ""

    def count(self, shape: tuple[int, ...]) -> int:
        return count(shape[:-1] if self.averages == "rows" else shape) if self.averages else 1


@dataclass(frozen=True, slots=True)
class Known:
    """A function: its parameters in order, and the rules of those that have one."""

    parameters: tuple[str, ...]
    rules: Mapping[str, Whole]


_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - \overline{{\delta}} - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x} - \overline{{{x}}}}}{{r}},\;"
    r" r = \sqrt{{\operatorname{{var}}\left({x}\right) + \epsilon}}"
)
_ROOT_NORMALISED = (
    r"\dfrac{{1}}{{r}}\left(\delta - h\,\overline{{\delta h}}\right),"
    r"\quad \delta = {g} \cdot {gain},\; h = \dfrac{{{x}}}{{r}},\; r = \sqrt{{\overline{{{x}^{{2}}}} + \epsilon}}"
)

KNOWN: Mapping[str, Known] = {
    "sigmoid": Known(("x",), {"x": Whole("g * y * (1 - y)", r"{g} \cdot {y}\left(1 - {y}\right)")}),
    "softmax": Known(
        ("x",),
        {
            "x": Whole(
                "y * (g - np.sum(g * y, axis=-1, keepdims=True))",
                r"{y} \odot \left({g} - \sum {g} \odot {y}\right)",
            )
        },
    ),
    "log_softmax": Known(
        ("x",),
        {
            "x": Whole(
                "g - softmax(x) * np.sum(g, axis=-1, keepdims=True)",
                r"{g} - \mathrm{{softmax}}\left({x}\right) \sum {g}",
            )
        },
    ),
    "logsumexp": Known(("x",), {"x": Whole("g * softmax(x)", r"{g} \cdot \mathrm{{softmax}}\left({x}\right)")}),
    "cross_entropy": Known(
        ("logits", "target"),
        {
            "logits": Whole(
                "g * (softmax(logits) - target) / n",
                r"{g} \cdot \dfrac{{1}}{{n}} \left(\mathrm{{softmax}}\left({logits}\right) - {target}\right)",
                "rows",
                "each row of the target adds up to 1",
            )
        },
    ),
    "binary_cross_entropy": Known(
        ("logits", "target"),
        {
            "logits": Whole(
                "g * (sigmoid(logits) - target) / n",
                r"{g} \cdot \dfrac{{1}}{{n}} \left(\sigma\left({logits}\right) - {target}\right)",
                "all",
            )
        },
    ),
    "mse": Known(
        ("prediction", "target"),
        {
            "prediction": Whole(
                "g * 2 * (prediction - target) / n",
                r"{g} \cdot \dfrac{{2}}{{n}} \left({prediction} - {target}\right)",
                "all",
            ),
            "target": Whole(
                "g * 2 * (target - prediction) / n",
                r"{g} \cdot \dfrac{{2}}{{n}} \left({target} - {prediction}\right)",
                "all",
            ),
        },
    ),
    "silu": Known(
        ("x",),
        {
            "x": Whole(
                "g * (sigmoid(x) + y * (1 - sigmoid(x)))",
                r"{g} \cdot \left(\sigma\left({x}\right) + {y}\left(1 - \sigma\left({x}\right)\right)\right)",
            )
        },
    ),
    "layernorm": Known(
        ("x", "gain", "bias", "eps"),
        {
            "x": Whole(
                "h = (x - np.mean(x, axis=-1, keepdims=True))"
                " / np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)\n"
                "q = g * gain\n"
                "d = (q - np.mean(q, axis=-1, keepdims=True) - h * np.mean(q * h, axis=-1, keepdims=True))"
                " / np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)",
                _NORMALISED,
            )
        },
    ),
    "rmsnorm": Known(
        ("x", "gain", "eps"),
        {
            "x": Whole(
                "r = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps)\n"
                "q = g * gain\n"
                "d = (q - x / r * np.mean(q * x / r, axis=-1, keepdims=True)) / r",
                _ROOT_NORMALISED,
            )
        },
    ),
}


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """What a group sends back to one parameter, as one rule. `code`: the line that was run; `value`: what it gave;
    `agrees`: whether the chain rule through the parts gave the same."""

    parameter: str
    source: str
    formula: Formula
    code: str
    holds: str
    value: Value
    agrees: bool


def closed_forms(trace: Trace, group: str) -> tuple[ClosedForm, ...]:
    """The rules of one function call as a whole, as far as they are known. Raises ValueProblem where there is no such
    group. A function of the reader's own that is called as a known one is told only where both agree."""
    plan = trace.plan
    found = next((g for g, each in enumerate(plan.groups) if each.id == group), None)
    if found is None:
        raise ValueProblem(f"the graph has no function call {group}", hint="Take the id of one of its groups.")
    known = KNOWN.get(plan.groups[found].name)
    inside = _inside(trace, found)
    result = max((i for i in inside if _leaves(trace, i, inside)), default=None)
    if known is None or result is None or _along_another_axis(plan.groups[found]):
        return ()
    teller = _Teller(trace, plan.groups[found], known, inside, result)
    forms = [teller.form(parameter, whole) for parameter, whole in known.rules.items()]
    foreign = plan.groups[found].summary is not None
    return tuple(form for form in forms if form is not None and (foreign or form.agrees))


def _along_another_axis(group: Group) -> bool:
    """The rules are those of the last axis."""
    return dict(group.arguments).get("axis", -1.0) != -1.0


class _Teller:
    """Tells the rules of one call."""

    def __init__(self, trace: Trace, group: Group, known: Known, inside: frozenset[int], result: int) -> None:
        self.trace = trace
        self.inside = inside
        self.steps = Steps(trace)
        schedule = trace.plan.schedule
        self.places = {schedule.nodes[i].id: i for i in schedule.graph}
        self.symbols = {"g": self.steps.gradient(result), "y": self.steps.value(result)}
        for parameter, (_, argument) in zip(known.parameters, group.arguments, strict=False):
            if isinstance(argument, str) and argument in self.places:
                self.symbols[parameter] = self.steps.value(self.places[argument])
            elif isinstance(argument, float):
                text = (figure(argument), ATOM)
                self.symbols[parameter] = Symbol(text, text, "", "name", argument)

    def form(self, parameter: str, whole: Whole) -> ClosedForm | None:
        source = self.symbols.get(parameter)
        if source is None or source.value is None or source.node not in self.places or self.symbols["g"].value is None:
            return None
        sent = _sent(self.trace, self.places[source.node], self.inside)
        shape = np.shape(source.value)
        n = whole.count(shape)
        value = _run(whole, {**{key: symbol.value for key, symbol in self.symbols.items()}, "n": float(n)})
        if sent is None or value is None or np.shape(value) != shape:
            return None
        agrees = bool(np.allclose(value, sent, rtol=_CLOSE, atol=_CLOSE))
        formula = self._formula(whole, self.places[source.node], n)
        return ClosedForm(parameter, source.node, formula, whole.code, whole.holds, value, agrees)

    def _formula(self, whole: Whole, source: int, n: int) -> Formula:
        once = {"1": "", "2": "2"} if n == 1 else {k: rf"\dfrac{{{{{k}}}}}{{{{{n}}}}}" for k in "12"}
        latex = whole.latex
        for k, text in once.items():
            latex = latex.replace(rf"\dfrac{{{{{k}}}}}{{{{n}}}}", text)

        def render(table: Mapping[str, Any], _latex: bool) -> str:
            return latex.format_map({key: _as_factor(written) for key, written in table.items()})

        if self.symbols["g"].value is self.trace.seed and np.all(self.trace.seed == 1):
            # The gradient of the output itself: a factor of 1.
            latex = _unbracketed(latex.removeprefix(r"{g} \cdot ").strip())
        gradient = self.steps.gradient(source)
        code = "; ".join(whole.code.split("\n"))
        return Formula(
            "names",
            (Piece(gradient.text[0], gradient.node, "name"), Piece(f" = {code}")),
            (Piece(gradient.latex[0], gradient.node, "name"), Piece(" = "), *in_names(render, self.symbols, True)),
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


def _as_factor(written: Written) -> str:
    text, binds = written
    return text if binds >= ATOM else rf"\left({text}\right)"


def _inside(trace: Trace, group: int) -> frozenset[int]:
    """The positions of the nodes in a group, those in groups inside it included."""
    groups, schedule = trace.plan.groups, trace.plan.schedule
    found = []
    for i in schedule.graph:
        at = schedule.nodes[i].group
        while at not in (group, NO_GROUP):
            at = groups[at].parent
        if at == group and schedule.nodes[i].op is not CONSTANT:
            found.append(i)
    return frozenset(found)


def _leaves(trace: Trace, i: int, inside: frozenset[int]) -> bool:
    schedule = trace.plan.schedule
    return i == schedule.output or any(schedule.edges[e].target not in inside for e in schedule.receives[i])


def _sent(trace: Trace, source: int, inside: frozenset[int]) -> Value | None:
    """What the opened group sends back to one of its arguments."""
    schedule = trace.plan.schedule
    messages = [trace.message_list[e] for e in schedule.receives[source] if schedule.edges[e].target in inside]
    there = [m for m in messages if m is not None]
    return sum(there[1:], there[0]) if there else None


def _run(whole: Whole, numbers: dict[str, Any]) -> Value | None:
    """The rule, run by the engine as a program of its own."""
    text = whole.code if "\n" in whole.code else f"d = {whole.code}"
    try:
        return compile_program(text, numbers, output="d", ignore_unknown=True).run().output
    except EngineError:
        return None
