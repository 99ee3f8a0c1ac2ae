"""A printed formula cut into stretches: the symbols, and the text between them.

Symbols are marked while the formula is printed, with characters that no program can contain, and the text is cut at the
marks afterwards. So the printer need not know of them, however deep in a fraction a symbol stands. All formulas in
pieces are made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from app.engine.ops.word import ATOM, SIGN, SUM, Written

Render = Callable[[Mapping[str, Any], bool], str]
"""Prints a formula with these texts for its symbols, as plain text or as LaTeX."""

_BEGIN, _THEN, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_BEGIN}([^{_THEN}]*){_THEN}([^{_END}]*){_END}")


class Stretch(NamedTuple):
    """A stretch of a printed formula. key: the symbol that it stands for, if any. bracket: whether a number with a sign
    stands in brackets here."""

    text: str
    key: str | None = None
    bracket: bool = False


def printed(render: Render, symbols: Mapping[str, Written], latex: bool = False) -> list[Stretch]:
    """A formula with these texts for its symbols."""
    return _cut(render({key: (_mark(key, text), binds) for key, (text, binds) in symbols.items()}, latex))


def with_holes(render: Render, keys: Iterable[str], latex: bool = False) -> list[Stretch]:
    """A formula with room for a number where each of its symbols stands."""
    keys = list(keys)
    # Brackets that stand around a number with a sign, and not around a symbol: those that it needs, and, but at the
    # beginning of a line, those that keep its sign apart from an operator.
    bare, strict, kind = (printed(render, dict.fromkeys(keys, ("", binds)), latex) for binds in (ATOM, SIGN, SUM))
    strict_before, kind_before = (_before(stretches) for stretches in (strict, kind))
    opening = r"\left(" if latex else "("
    found: list[Stretch] = []
    place = 0
    before = ""
    for stretch in bare:
        if stretch.key is None:
            found.append(stretch)
            before = stretch.text
            continue
        asks = (kind_before if found else strict_before)[place]
        found.append(Stretch("", stretch.key, asks.count(opening) > before.count(opening)))
        place, before = place + 1, ""
    return found


def is_hole(written: Written) -> bool:
    """Whether this is the place of a number that may need brackets."""
    text, binds = written
    return text.endswith(_THEN + _END) and binds < ATOM


def _mark(key: str, text: str) -> str:
    return f"{_BEGIN}{key}{_THEN}{text}{_END}"


def _cut(text: str) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    for mark in _MARKED.finditer(text):
        if mark.start() > at:
            found.append(Stretch(text[at : mark.start()]))
        found.append(Stretch(mark[2], mark[1]))
        at = mark.end()
    if at < len(text):
        found.append(Stretch(text[at:]))
    return found


def _before(stretches: list[Stretch]) -> list[str]:
    """The text between each symbol and the one before it."""
    found = [""]
    for stretch in stretches:
        if stretch.key is None:
            found[-1] = stretch.text
        else:
            found.append("")
    return found
