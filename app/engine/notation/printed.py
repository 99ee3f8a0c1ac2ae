"""A printed formula cut into fragments: the symbols, and the text between them.

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


class Fragment(NamedTuple):
    """A piece of a printed formula. key: the symbol that it stands for, if any. bracket: whether a number with a sign
    stands in brackets here."""

    text: str
    key: str | None = None
    bracket: bool = False


def printed(render: Render, symbols: Mapping[str, Written], latex: bool = False) -> list[Fragment]:
    """A formula with these texts for its symbols."""
    return _cut(render({key: (_mark(key, text), binds) for key, (text, binds) in symbols.items()}, latex))


def with_holes(render: Render, keys: Iterable[str], latex: bool = False) -> list[Fragment]:
    """A formula with room for a number where each of its symbols stands."""
    keys = list(keys)
    # Brackets that stand around a number with a sign, and not around a symbol: those that it needs, and, but at the
    # beginning of a line, those that keep its sign apart from an operator.
    bare, strict, kind = (printed(render, dict.fromkeys(keys, ("", binds)), latex) for binds in (ATOM, SIGN, SUM))
    strict_before, kind_before = (_before(fragments) for fragments in (strict, kind))
    opening = r"\left(" if latex else "("
    found: list[Fragment] = []
    place = 0
    before = ""
    for fragment in bare:
        if fragment.key is None:
            found.append(fragment)
            before = fragment.text
            continue
        asks = (kind_before if found else strict_before)[place]
        found.append(Fragment("", fragment.key, asks.count(opening) > before.count(opening)))
        place, before = place + 1, ""
    return found


def is_hole(written: Written) -> bool:
    """Whether this is the place of a number that may need brackets."""
    text, binds = written
    return text.endswith(_THEN + _END) and binds < ATOM


def _mark(key: str, text: str) -> str:
    return f"{_BEGIN}{key}{_THEN}{text}{_END}"


def _cut(text: str) -> list[Fragment]:
    found: list[Fragment] = []
    at = 0
    for mark in _MARKED.finditer(text):
        if mark.start() > at:
            found.append(Fragment(text[at : mark.start()]))
        found.append(Fragment(mark[2], mark[1]))
        at = mark.end()
    if at < len(text):
        found.append(Fragment(text[at:]))
    return found


def _before(fragments: list[Fragment]) -> list[str]:
    """The text between each symbol and the one before it."""
    found = [""]
    for fragment in fragments:
        if fragment.key is None:
            found[-1] = fragment.text
        else:
            found.append("")
    return found
