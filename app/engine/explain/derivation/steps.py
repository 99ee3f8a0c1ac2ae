"""The chain rule at one edge: the local derivative, and the message computed with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.engine.execution.plan import Trace
from app.engine.explain.derivation.shapes_line import shapes_line
from app.engine.labels import latex_name
from app.engine.notation.formulas import Formula, Of, Sides, Source, Symbol, names_line, numbers_line, result_symbol
from app.engine.notation.indices import forms_of
from app.engine.notation.plan_names import Notation
from app.engine.ops import CONSTANT
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.expression import MASKS, Apply, Expr, symbols_in
from app.engine.ops.printed import Piece, bracketed
from app.engine.ops.rules import Rule
from app.engine.ops.word import ATOM, Written
from app.engine.program import Value
from app.engine.support.errstate import ignore_fp_errors
from app.engine.support.lazy import lazy


@dataclass(frozen=True, slots=True)
class Step:
    """One edge. `local`: the derivative of the target towards the source, where there is one to each element.
    `message`: what the target sends back. `kink`: where the op has one, the convention taken there; `on_kink`: whether
    the node is on the kink.
    """

    edge: int
    source: str
    target: str
    slot: int
    local: tuple[Formula, ...]
    message: tuple[Formula, ...]
    kink: str | None
    on_kink: bool


class Steps:
    """Derives the edges of one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.schedule = trace.structure.schedule
        self.notation = Notation(trace.structure)

    @lazy
    def _constants(self) -> frozenset[str]:
        return frozenset(node.id for node in self.schedule.nodes if node.op is CONSTANT)

    # -- one edge ------------------------------------------------------------------------------------------------

    def step(self, e: int) -> Step:
        """The edge at this place in `structure.edges`. It must be one that a message is sent along."""
        edge = self.schedule.edges[e]
        rule = self.schedule.rules[edge.target]
        assert rule is not None
        kink = None if rule.kink(self.schedule.inputs[edge.target]) is None else rule.op.kink
        target = self.schedule.nodes[edge.target].id
        return Step(
            e,
            self.schedule.nodes[edge.source].id,
            target,
            edge.slot,
            self._local(e, rule),
            self._message(e, rule),
            None if kink is None else kink.says,
            target in self.trace.kinks,
        )

    def _local(self, e: int, rule: Rule) -> tuple[Formula, ...]:
        edge = self.schedule.edges[e]
        partial = rule.partial_expressions[edge.slot]
        if partial is None:
            return ()
        lines = [self._rule_of(rule, edge.slot, partial)]
        symbols = self.symbols(edge.target)
        used = {key: symbol for key, symbol in symbols.items() if key in symbols_in(partial)}

        truth = isinstance(partial, Apply) and partial.word in MASKS

        def render(table: Mapping[str, Written], latex: bool) -> str:
            text = (LATEX if latex else NUMPY).print(partial, table)
            # 1 where it holds, 0 elsewhere: Iverson's brackets.
            return text if not truth else r"\left[" + text + r"\right]" if latex else "[" + text + "]"

        lines.append(names_line(render, used, self._partial_sides(edge.target, edge.source)))
        local = self.trace.local_list[e]
        # The line before has shown numbers of the text.
        numbers = any(symbol.node not in self._constants for symbol in used.values())
        if numbers and local is not None:
            lines += numbers_line(render, used, self._result(e, "local", local))
        return tuple(lines)

    def _message(self, e: int, rule: Rule) -> tuple[Formula, ...]:
        edge, message = self.schedule.edges[e], self.schedule.message(e)

        def render(table: Mapping[str, Written], latex: bool) -> str:
            return (LATEX if latex else NUMPY).print(message, table)

        a, (own, typeset) = letters_of(rule)[edge.slot], in_letters(rule)
        text, latex = f"d{a}", rf"\dfrac{{\partial L}}{{\partial {latex_name(a)}}}"
        lines = [rule_line(f"{text} = {render(own, False)}", f"{latex} = {render(typeset, True)}")]
        lines += elements_line(rule, edge.slot + 1)
        symbols = self.symbols(edge.target, code=True)
        used = {key: symbol for key, symbol in symbols.items() if key in symbols_in(message)}
        several = len(self.schedule.receives[edge.source]) > 1
        signs = (" += ", r" \mathrel{+}= ") if several else (" = ", " = ")
        lines.append(names_line(render, used, self.gradient_sides(edge.source), signs))
        inputs = [self._value(i) for i in self.schedule.inputs[edge.target]]
        shapes = shapes_line(message, self.trace.grad_list[edge.target], self._value(edge.target), inputs)
        lines += shapes
        sent = self.trace.message_list[e]
        local = self.trace.local_list[e] if rule.partial_expressions[edge.slot] is not None else None
        if sent is not None and local is not None and not shapes and self._multiplied(e, local, sent):
            lines += self._product(e, local, sent)
        elif sent is not None:
            matrix = rule.op.kind == "matmul"
            lines += numbers_line(render, used, self._result(e, "message", sent), matrix=matrix)
        return tuple(lines)

    def _multiplied(self, e: int, local: Value, sent: Value) -> bool:
        """Whether the message equals the product of gradient and local derivative. It does not where an input was not
        selected: the message is 0 then, but inf · 0 is nan."""
        grad = self.trace.grad_list[self.schedule.edges[e].target]
        return not np.any(np.isnan(ignore_fp_errors(np.multiply, grad, local)) & ~np.isnan(sent))

    def _product(self, e: int, local: Value, sent: Value) -> list[Formula]:
        """The chain rule in numbers: the gradient times the local derivative, which has been derived before."""
        symbols = {"g": self.gradient(self.schedule.edges[e].target), "l": self._result(e, "local", local)}
        sign = r"\odot" if np.size(sent) > 1 else r"\cdot"

        def render(table: Mapping[str, Written], latex: bool) -> str:
            return table["g"][0] + f" {sign if latex else '*'} " + bracketed(table["l"], ATOM, latex)

        return numbers_line(render, symbols, self._result(e, "message", sent))

    # -- symbols -------------------------------------------------------------------------------------------------

    def symbols(self, target: int, *, code: bool = False) -> dict[str, Symbol]:
        """What the symbols of the rule at a node stand for."""
        found = {"g": self.gradient(target), "y": self.value(target, code=code)}
        for slot, source in enumerate(self.schedule.inputs[target]):
            found[f"x{slot}"] = self.value(source, code=code)
        return found

    def value(self, i: int, *, code: bool = False) -> Symbol:
        """A node's value; its text as in emitted code, or in the words of the program."""
        text, latex = (self.notation.code if code else self.notation.plain)[i], self.notation.latex_names[i]
        return Symbol(text, latex, self.schedule.nodes[i].id, "value", self._value(i))

    def gradient(self, i: int) -> Symbol:
        """The gradient of a node: d and its name in text, a quotient in LaTeX."""
        latex = rf"\dfrac{{\partial {self.under(self.schedule.output)}}}{{\partial {self.under(i)}}}"
        grad = self.trace.grad_list[i]
        return Symbol((self.notation.gradients[i], ATOM), (latex, ATOM), self.schedule.nodes[i].id, "grad", grad)

    def message(self, e: int) -> Symbol:
        """What is sent along an edge, written as the code that makes it."""
        edge, expression = self.schedule.edges[e], self.schedule.message(e)
        symbols = self.symbols(edge.target, code=True)
        return Symbol(
            NUMPY.bound(expression, {key: symbol.text for key, symbol in symbols.items()}),
            LATEX.bound(expression, {key: symbol.latex for key, symbol in symbols.items()}),
            self.schedule.nodes[edge.target].id,
            "message",
            self.trace.message_list[e],
            e,
        )

    def _value(self, i: int) -> Value | None:
        values = self.trace.value_list
        return values[i] if i < len(values) else self.schedule.nodes[i].value

    def under(self, i: int) -> str:
        """A node below or above a fraction bar."""
        return bracketed(self.notation.latex_names[i], ATOM, True)

    def gradient_sides(self, i: int) -> Sides:
        """The left side of a line for a node's gradient."""
        texts = self.notation.gradient_title(i), self.gradient(i).latex[0]
        text, latex = ((Piece(text, Source(self.schedule.nodes[i].id, "name")),) for text in texts)
        return text, latex

    def _partial_sides(self, target: int, source: int) -> Sides:
        """∂target/∂source, each name leading to its node."""
        names = []
        for i in (target, source):
            shown = bracketed(self.notation.plain[i], ATOM), self.under(i)
            names.append([Piece(name, Source(self.schedule.nodes[i].id, "name")) for name in shown])
        (above, typeset_above), (below, typeset_below) = names
        latex = (Piece(r"\dfrac{\partial "), typeset_above, Piece(r"}{\partial "), typeset_below, Piece("}"))
        return (Piece("∂"), above, Piece("/∂"), below), latex

    # -- lines ---------------------------------------------------------------------------------------------------

    def _result(self, e: int, of: Of, value: Value) -> Symbol:
        return result_symbol(value, self.schedule.nodes[self.schedule.edges[e].target].id, of, np.shape(value), e)

    def _rule_of(self, rule: Rule, slot: int, partial: Expr) -> Formula:
        """The local derivative in the op's own letters."""
        below, (own, typeset) = letters_of(rule)[slot], in_letters(rule)
        left = rf"\dfrac{{\partial y}}{{\partial {latex_name(below)}}}"
        return rule_line(f"∂y/∂{below} = {NUMPY.print(partial, own)}", f"{left} = {LATEX.print(partial, typeset)}")


def letters_of(rule: Rule) -> tuple[str, ...]:
    """What an op calls its inputs."""
    count = len(rule.literals)
    if rule.op.variadic or len(rule.op.inputs) != count:
        return tuple(f"x{slot + 1}" for slot in range(count))
    return rule.op.inputs


def in_letters(rule: Rule) -> tuple[dict[str, Written], dict[str, Written]]:
    """What the symbols of a rule are called in the op's own letters, as text and as LaTeX."""
    letters = {f"x{slot}": letter for slot, letter in enumerate(letters_of(rule))} | {"y": "y"}
    text = {key: (letter, ATOM) for key, letter in letters.items()} | {"g": ("dy", ATOM)}
    latex = {key: (latex_name(letter), ATOM) for key, letter in letters.items()}
    return text, latex | {"g": (r"\dfrac{\partial L}{\partial y}", ATOM)}


def rule_line(text: str, latex: str) -> Formula:
    """A line in the op's own letters."""
    return Formula("rule", (Piece(text),), (Piece(latex),))


def elements_line(rule: Rule, which: int) -> list[Formula]:
    """A rule with indices, where it has any: what it computes (0), or what it sends to an input (from 1)."""
    (found,) = forms_of(rule, letters_of(rule), (which,))
    return [] if found is None else [Formula("elements", (Piece(found.text),), (Piece(found.latex),))]
