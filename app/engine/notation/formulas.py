"""Formulas in pieces, so that each name and each number in them leads to its node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from app.engine.notation.numbers import figure, flat
from app.engine.ops.axes import show_shape
from app.engine.ops.printed import Render, printed, with_holes
from app.engine.ops.word import ATOM, Written
from app.engine.program import Value

Of = Literal["value", "grad", "local", "message", "name"]
Kind = Literal["rule", "elements", "names", "shapes", "numbers"]
_ROW = r"\\"
_ROOM = 4
"""Most rows and columns of an array that is written out in a formula."""


class Piece(NamedTuple):
    """A piece of a formula. `node`: the id of what it stands for, and `of`: which of its numbers ("name": none of
    them). `edge`: the place of the edge whose message or local derivative it is. `bracket`: whether a negative number
    here is bracketed. `matrix`: whether an array of one number is written as an array."""

    text: str
    node: str | None = None
    of: Of | None = None
    edge: int | None = None
    bracket: bool = False
    matrix: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """One line. `kind`: the op's own rule, the same element by element, at these names, the shapes, or with these
    numbers."""

    kind: Kind
    text: tuple[Piece, ...]
    latex: tuple[Piece, ...]


Sides = tuple[tuple[Piece, ...], tuple[Piece, ...]]
"""A formula or a part of one, as text and as LaTeX."""


class Symbol(NamedTuple):
    """What a symbol of a rule stands for at a node: how it is written, and its number."""

    text: Written
    latex: Written
    node: str
    of: Of
    value: Value | None = None
    edge: int | None = None

    @property
    def source(self) -> tuple[str, Of, int | None]:
        """The node, the kind of number and the edge that its piece of a formula leads to."""
        return self.node, self.of, self.edge


def in_names(render: Render, symbols: Mapping[str, Symbol], latex: bool) -> tuple[Piece, ...]:
    """A formula at these names."""
    names = {key: symbol.latex if latex else symbol.text for key, symbol in symbols.items()}
    return tuple(
        Piece(text) if key is None else Piece(text, *symbols[key].source)
        for text, key, _ in printed(render, names, latex)
    )


def in_numbers(render: Render, symbols: Mapping[str, Symbol], latex: bool, matrix: bool) -> tuple[Piece, ...]:
    """A formula with the numbers of these symbols."""
    return tuple(
        Piece(each.text) if each.key is None else numbered(symbols[each.key], latex, each.bracket, matrix)
        for each in with_holes(render, symbols, latex)
    )


def names_line(
    render: Render, symbols: Mapping[str, Symbol], left: Sides = ((), ()), signs: tuple[str, str] = (" = ", " = ")
) -> Formula:
    """A formula at these names, after its left side, if it has one."""
    sides = (
        (*before, *((Piece(sign),) if before else ()), *in_names(render, symbols, latex))
        for before, sign, latex in zip(left, signs, (False, True), strict=True)
    )
    return Formula("names", *sides)


def result_symbol(value: Value | None, node: str, of: Of, shape: tuple[int, ...], edge: int | None = None) -> Symbol:
    """The result of a line of numbers: its value, or its shape where that is too large."""
    text = show_shape(shape)
    return Symbol((text, ATOM), (rf"\text{{{text}}}", ATOM), node, of, value, edge)


def numbers_line(
    render: Render, symbols: Mapping[str, Symbol], result: Symbol, *, matrix: bool = False
) -> list[Formula]:
    """A formula with its numbers and its result; empty if the result is too large to be written out."""
    if number(result.value, False, matrix) is None:
        return []
    sides = []
    for latex in (False, True):
        formula = in_numbers(render, symbols, latex, matrix)
        # A number passed on unchanged is written once, not as `2 = 2`.
        before = () if len(formula) == 1 else (*formula, Piece(" = "))
        sides.append((*before, numbered(result, latex, False, matrix)))
    return [Formula("numbers", *sides)]


def numbered(symbol: Symbol, latex: bool, bracket: bool = False, matrix: bool = False) -> Piece:
    """The number of a symbol as a piece."""
    text = number(symbol.value, latex, matrix)
    if text is None:
        text = symbol.latex[0] if latex else symbol.text[0]
    elif bracket and text.startswith(("-", "−")):
        text = rf"\left({text}\right)" if latex else f"({text})"
    return Piece(text, *symbol.source, bracket, matrix)


def number(value: Value | None, latex: bool, matrix: bool = False) -> str | None:
    """A value written out; None where there is none or it is too large for a line."""
    if value is None:
        return None
    shape = np.shape(value)
    if len(shape) > 2 or not all(0 < n <= _ROOM for n in shape):
        return None
    numbers = [latex_figure(x) if latex else figure(x) for x in flat(value)]
    if isinstance(value, float | int) or (len(numbers) == 1 and not matrix):
        return numbers[0]
    if not latex:
        return _nested(numbers, value.shape)
    columns = value.shape[-1]
    rows = [" & ".join(numbers[i : i + columns]) for i in range(0, len(numbers), columns)]
    return rf"\begin{{pmatrix}}{_ROW.join(rows)}\end{{pmatrix}}"


def _nested(numbers: list[str], shape: tuple[int, ...]) -> str:
    """Numbers in square brackets, as NumPy nests them."""
    for length in reversed(shape):
        numbers = [f"[{', '.join(numbers[i : i + length])}]" for i in range(0, len(numbers), length)]
    return numbers[0]


def latex_figure(x: float) -> str:
    text = figure(x).replace("−", "-").replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    return re.sub(r"e(-?\d+)", r"\\mathrm{e}{\1}", text)


def plain(formula: tuple[Piece, ...]) -> str:
    """A formula as one text."""
    return "".join(piece.text for piece in formula)
