"""What an operation computes, and what it sends back, element by element: its own rules at one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.engine.labels import latex_name
from app.engine.notation.indices.element_of import LETTERS, Indices, Table, Unindexed, at
from app.engine.ops.axes import count
from app.engine.ops.call_latex import subscripted
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.rules import Rule
from app.engine.ops.word import ATOM

_LONG = 320
"""Longest line, characters; a longer one explains nothing."""


class Form(NamedTuple):
    """One line, as plain text and as LaTeX."""

    text: str
    latex: str


@dataclass(frozen=True, slots=True)
class Called:
    """How a symbol of a rule is written: its name (of which an element is taken), and, in LaTeX, what stands around
    it: a gradient is a quotient."""

    text: str
    latex: str
    around: Callable[[str], str] = str

    def at(self, place: Indices) -> tuple[str, str]:
        """One element as text and as LaTeX."""
        return (
            f"{self.text}[{','.join(index.text for index in place)}]" if place else self.text,
            self.around(subscripted(self.latex, _subscript(place))),
        )


def named(name: str) -> Called:
    return Called(name, latex_name(name))


def gradient_of(name: str) -> Called:
    return Called(f"d{name}", latex_name(name), lambda below: rf"\dfrac{{\partial L}}{{\partial {below}}}")


def forms_of(rule: Rule, letters: tuple[str, ...], which: Iterable[int]) -> list[Form | None]:
    """What a rule computes (0), or what it sends to an input (from 1), with indices. letters: what the inputs are
    called. None where there are no axes or no readable form."""
    shapes = [rule.call.shape, *rule.call.shapes]
    if not any(shapes) or not all(map(count, shapes)):
        return [None for _ in which]
    writer = _Writer(rule, letters)
    return [writer.value() if one == 0 else writer.message(one - 1) for one in which]


def line(left: tuple[str, str], expression: Expr, table: Table, called: Mapping[str, Called]) -> Form | None:
    """`left = expression`, the elements in it called so."""
    names = {key: called[symbol].at(place) for key, (symbol, place) in table.found.items()}
    text = NUMPY.print(expression, {key: (name, ATOM) for key, (name, _) in names.items()})
    latex = LATEX.print(expression, {key: (name, ATOM) for key, (_, name) in names.items()})
    return None if len(text) > _LONG else Form(f"{left[0]} = {text}", f"{left[1]} = {_large(latex)}")


class _Writer:
    """Writes the forms of one rule. A letter means the same axis in all of them."""

    def __init__(self, rule: Rule, letters: tuple[str, ...]) -> None:
        self.rule = rule
        self.letters = letters
        call = rule.call
        self.shapes: dict[str, Shape] = {"g": call.shape, "y": call.shape}
        self.shapes |= {f"x{slot}": shape for slot, shape in enumerate(call.shapes)}
        self.called = {"g": gradient_of("y"), "y": named("y")}
        self.called |= {f"x{slot}": named(letter) for slot, letter in enumerate(letters)}
        self.renamed: dict[str, str] = {}
        self.places: dict[str, Indices] = {}
        table = self._forward()[1]
        for symbol, place in table.found.values():
            self.places.setdefault(symbol, place)
        if len(self.places) == 1:
            # With one input its own axes are counted: y[j] is the sum of x[i,j] over i.
            (only,) = self.places.values()
            own = {index.letter for index in only}
            if own.issuperset(LETTERS[: len(call.shape)]) and "" not in own:
                self.renamed = _in_order(only)

    def value(self) -> Form | None:
        left, table, expression = self._forward()
        if expression is None or not table.found:
            return None
        return line(self.called["y"].at(left), expression, table, self.called)

    def message(self, slot: int) -> Form | None:
        message = self.rule.message_expressions[slot]
        if message is None:
            return None
        shape = self.shapes[f"x{slot}"]
        known = self.places.get(f"x{slot}")
        table = Table(self.shapes, self.renamed)
        if known is not None and _bare(known, shape):
            left = tuple(table.letter(index.letter) if index.letter else index for index in known)
        else:
            table = Table(self.shapes)
            left = tuple(map(table.letter, LETTERS[: len(shape)]))
        try:
            expression = at(message, left, frozenset(index.letter for index in left), table)
        except Unindexed:
            return None
        if not table.found:
            return None
        return line(gradient_of(self.letters[slot]).at(left), expression, table, self.called)

    def _forward(self) -> tuple[Indices, Table, Expr | None]:
        table = Table(self.shapes, self.renamed)
        left = tuple(map(table.letter, LETTERS[: len(self.rule.call.shape)]))
        try:
            return left, table, at(self.rule.forward_expression, left, frozenset(i.letter for i in left), table)
        except Unindexed:
            return left, Table(self.shapes), None


def _bare(place: Indices, shape: Shape) -> bool:
    """Whether a place in a result names every place of the input once."""
    letters = [index.letter for index in place if index.letter]
    single = all(index.letter or (index.number == 0 and n == 1) for index, n in zip(place, shape, strict=True))
    return single and len(set(letters)) == len(letters)


def _in_order(place: Indices) -> dict[str, str]:
    """Other letters for the same indices: those of this place first, in the order of the alphabet."""
    own = list(dict.fromkeys(index.letter for index in place))
    rest = [letter for letter in LETTERS if letter not in own]
    return dict(zip([*own, *rest], LETTERS, strict=True))


def _large(latex: str) -> str:
    """Fractions at full size where they stand by themselves."""
    depth, found = 0, []
    for place, sign in enumerate(latex):
        depth += (sign == "{") - (sign == "}")
        found.append(r"\d" if depth == 0 and latex.startswith(r"\frac", place) else sign)
    return "".join(found)


def _subscript(place: Indices) -> str:
    simple = all(len(index.latex) == 1 for index in place)
    return ("" if simple else ",").join(index.latex for index in place)
