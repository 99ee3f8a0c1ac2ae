"""Printed formulas in which each symbol stays known, so that a name or a number on the page leads to its node.

The printer puts operands together by `+`, `fill`, `join` and `bracketed`. Plain texts give a plain text, a `Printed`
operand makes the result `Printed`. An f-string would lose the symbols: it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Formatter
from typing import Any, NamedTuple, Self

from app.engine.ops.word import SIGN, SUM, Written

Render = Callable[[Mapping[str, Written], bool], str]
"""Prints a formula with these texts for its symbols, as plain text or as LaTeX."""

_PARSE = Formatter().parse
HOLE: Written = ("", 0)
"""A number that is not known yet: it may bind less tightly than anything."""


class Piece(NamedTuple):
    """A stretch of a formula. source: what it stands for, if anything: a symbol while a rule is printed, then what that
    symbol leads to (`notation/formulas.py`). needs: how tightly a number must bind to stand here without brackets."""

    text: str
    source: Any = None
    needs: int = 0

    @property
    def bracket(self) -> bool:
        """Whether a number with a sign stands in brackets here: where two signs would meet, too."""
        return self.needs > SUM


class Printed(str):
    """A text that knows its pieces."""

    __slots__ = ("pieces",)
    pieces: tuple[Piece, ...]

    def __new__(cls, pieces: Iterable[Piece]) -> Self:
        found: list[Piece] = []
        for piece in pieces:
            if piece.source is None and found and found[-1].source is None:
                found[-1] = Piece(found[-1].text + piece.text)
            elif piece.source is not None or piece.text:
                found.append(piece)
        text = super().__new__(cls, "".join([piece.text for piece in found]))
        text.pieces = tuple(found)
        return text

    def __add__(self, other: str) -> Printed:
        return Printed([*self.pieces, *pieces_of(other)])

    def __radd__(self, other: str) -> Printed:
        return Printed([Piece(other), *self.pieces])

    def __format__(self, spec: str) -> str:
        raise TypeError("a printed formula is put together by +, fill or join")


def pieces_of(text: str) -> tuple[Piece, ...]:
    return text.pieces if isinstance(text, Printed) else (Piece(text),)


def fill(template: str, *parts: str, **named: str) -> str:
    """A template with its operands: `{0} + {1}`."""
    if Printed not in map(type, (*parts, *named.values())):
        return template.format(*parts, **named)
    found: list[Piece] = []
    for text, slot, _, _ in _PARSE(template):
        found.append(Piece(text))
        if slot is not None:
            found += pieces_of(named[slot] if slot in named else parts[int(slot)])
    return Printed(found)


def join(separator: str, parts: Sequence[str]) -> str:
    """Operands with a separator between them."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = text + separator + part
    return text


def bracketed(written: Written, needs: int, latex: bool = False) -> str:
    """An operand, in brackets where it binds less tightly than its place needs. A hole notes what its number needs."""
    text, binds = written
    if binds >= needs:
        return text
    if isinstance(text, Printed) and not text:
        return Printed([piece._replace(needs=max(piece.needs, needs)) for piece in text.pieces])
    return in_brackets(text, latex)


def in_brackets(text: str, latex: bool = False) -> str:
    """A text in brackets. What a hole in them alone has noted counts no more."""
    if isinstance(text, Printed) and not text:
        text = Printed([piece._replace(needs=0) for piece in text.pieces])
    return r"\left(" + text + r"\right)" if latex else "(" + text + ")"


# -- formulas ----------------------------------------------------------------------------------------------------------


def printed(render: Render, symbols: Mapping[str, Written], latex: bool = False) -> tuple[Piece, ...]:
    """A formula with these texts for its symbols."""
    table = {key: (Printed([Piece(text, key)]), binds) for key, (text, binds) in symbols.items()}
    return pieces_of(render(table, latex))


def with_holes(render: Render, keys: Iterable[str], latex: bool = False) -> tuple[Piece, ...]:
    """A formula with a hole for each of its symbols: a piece without text, to be filled with a number."""
    pieces = printed(render, dict.fromkeys(keys, HOLE), latex)
    # At the beginning a sign meets no other.
    alone = pieces and pieces[0].needs <= SIGN
    return (pieces[0]._replace(needs=0), *pieces[1:]) if alone else pieces
