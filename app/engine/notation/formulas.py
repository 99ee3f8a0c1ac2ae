"""Formulas in pieces, so that each name and each number in them leads to its node.

A piece that stands for something is marked while the formula is printed, with characters that no program can hold, and
cut out afterwards: however deep in a fraction it stands, the printer need not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from app.engine.notation.numbers import figure, flat
from app.engine.ops.word import ATOM, SIGN, SUM
from app.engine.program import Value

Of = Literal["value", "grad", "local", "message", "name"]
Kind = Literal["rule", "elements", "names", "shapes", "numbers"]
Written = tuple[str, int]
"""A text, and how tightly it binds."""
Render = Callable[[Mapping[str, Written], bool], str]
"""Prints a formula with these texts for its symbols, as plain text or as LaTeX."""

_BEGIN, _THEN, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_BEGIN}(\\d+){_THEN}([^{_END}]*){_END}")
_ROW = r"\\"
_ROOM = 4
"""Arrays are written out in a formula up to so many rows and columns."""


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


class Symbol(NamedTuple):
    """What a symbol of a rule stands for at a node: how it is written, and its number."""

    text: Written
    latex: Written
    node: str
    of: Of
    value: Value | None = None
    edge: int | None = None

    def marked(self, index: int, latex: bool) -> Written:
        text, binds = self.latex if latex else self.text
        return mark(index, text), binds


def mark(index: int, text: str) -> str:
    return f"{_BEGIN}{index}{_THEN}{text}{_END}"


def is_hole(written: Written) -> bool:
    """Whether this is the place of a number that may want brackets."""
    text, binds = written
    return text.endswith(_THEN + _END) and binds < ATOM


def cut(printed: str, symbols: list[Symbol]) -> tuple[Piece, ...]:
    """A printed formula in pieces."""
    pieces: list[Piece] = []
    at = 0
    for found in _MARKED.finditer(printed):
        if found.start() > at:
            pieces.append(Piece(printed[at : found.start()]))
        symbol = symbols[int(found[1])]
        pieces.append(Piece(found[2], symbol.node, symbol.of, symbol.edge))
        at = found.end()
    if at < len(printed):
        pieces.append(Piece(printed[at:]))
    return tuple(pieces)


def in_names(render: Render, symbols: Mapping[str, Symbol], latex: bool) -> tuple[Piece, ...]:
    """A formula at these names."""
    listed = list(symbols.values())
    table = {key: symbol.marked(i, latex) for i, (key, symbol) in enumerate(symbols.items())}
    return cut(render(table, latex), listed)


def in_numbers(render: Render, symbols: Mapping[str, Symbol], latex: bool, matrix: bool) -> tuple[Piece, ...]:
    """A formula with the numbers of these symbols."""
    listed = list(symbols.values())
    # Brackets that stand around a number with a sign, and not around a symbol: those that it needs, and, but at the
    # beginning of a line, those that keep its sign apart from an operator.
    loose, needed, wanted = (
        render({key: (mark(i, ""), binds) for i, key in enumerate(symbols)}, latex) for binds in (ATOM, SIGN, SUM)
    )
    bare, strict, kind = (_MARKED.split(text)[::3] for text in (loose, needed, wanted))
    opening = r"\left(" if latex else "("
    pieces: list[Piece] = []
    for place, text in enumerate(bare):
        if text:
            pieces.append(Piece(text))
        if place < len(bare) - 1:
            symbol = listed[int(_MARKED.findall(loose)[place][0])]
            asks = kind if pieces else strict
            pieces.append(numbered(symbol, latex, asks[place].count(opening) > text.count(opening), matrix))
    return tuple(pieces)


def numbers_line(
    render: Render, symbols: Mapping[str, Symbol], result: Symbol, *, matrix: bool = False
) -> list[Formula]:
    """A formula with its numbers and what comes of it; nothing where that is too large to be written out."""
    if number(result.value, False, matrix) is None:
        return []
    sides = []
    for latex in (False, True):
        formula = in_numbers(render, symbols, latex, matrix)
        # What is handed on as it is says its number once.
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
    return Piece(text, symbol.node, symbol.of, symbol.edge, bracket, matrix)


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
