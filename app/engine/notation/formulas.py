"""Formulas in pieces, so that each name and each number in them leads to its node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from app.engine.notation.numbers import figure, flat
from app.engine.ops.axes import show_shape
from app.engine.ops.printed import Piece, Render, printed, with_holes
from app.engine.ops.word import ATOM, Written
from app.engine.program import Value

Of = Literal["value", "grad", "local", "message", "name"]
Kind = Literal["rule", "elements", "names", "shapes", "numbers"]
_ROW = r"\\"
_ROOM = 4
"""Most rows and columns of an array that is written out in a formula."""


class Source(NamedTuple):
    """What a piece of a formula leads to. `node`: the id of a node, and `of`: which of its numbers ("name": none of
    them). `edge`: the place of the edge whose message or local derivative it is. `matrix`: whether an array of one
    number is written as an array."""

    node: str
    of: Of
    edge: int | None = None
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
    def source(self) -> Source:
        """What its name in a formula leads to."""
        return Source(self.node, self.of, self.edge)


def in_names(render: Render, symbols: Mapping[str, Symbol], latex: bool) -> tuple[Piece, ...]:
    """A formula at these names."""
    names = {key: symbol.latex if latex else symbol.text for key, symbol in symbols.items()}
    return tuple(
        piece if piece.source is None else Piece(piece.text, symbols[piece.source].source)
        for piece in printed(render, names, latex)
    )


def in_numbers(render: Render, symbols: Mapping[str, Symbol], latex: bool, matrix: bool) -> tuple[Piece, ...]:
    """A formula with the numbers of these symbols."""
    return tuple(
        piece if piece.source is None else numbered(symbols[piece.source], latex, piece.needs, matrix)
        for piece in with_holes(render, symbols, latex)
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
        sides.append((*before, numbered(result, latex, matrix=matrix)))
    return [Formula("numbers", *sides)]


def numbered(symbol: Symbol, latex: bool, needs: int = 0, matrix: bool = False) -> Piece:
    """The number of a symbol as a piece."""
    piece = Piece("", symbol.source._replace(matrix=matrix), needs)
    text = number(symbol.value, latex, matrix)
    if text is None:
        text = symbol.latex[0] if latex else symbol.text[0]
    elif piece.bracket and text.startswith(("-", "−")):
        text = rf"\left({text}\right)" if latex else f"({text})"
    return piece._replace(text=text)


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
