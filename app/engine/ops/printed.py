"""Printed formulas in which each symbol stays known, so that a name or a number on the page leads to its node.

The printer puts operands together by `+`, `fill`, `join` and `bracketed`. Plain texts give a plain text, a `Printed`
operand makes the result `Printed`. An f-string would lose the symbols: it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Formatter
from typing import NamedTuple, Self

from app.engine.ops.word import SIGN, SUM, Written

Render = Callable[[Mapping[str, Written], bool], str]
"""Prints a formula with these texts for its symbols, as plain text or as LaTeX."""

_PARSE = Formatter().parse
HOLE: Written = ("", 0)
"""A number that is not known yet: it may bind less tightly than anything."""


class Fragment(NamedTuple):
    """A stretch of a printed formula. key: the symbol that it stands for, if any. needs: how tightly a number must bind
    to stand here without brackets."""

    text: str
    key: str | None = None
    needs: int = 0

    @property
    def bracket(self) -> bool:
        """Whether a number with a sign stands in brackets here: where two signs would meet, too."""
        return self.needs > SUM


class Printed(str):
    """A text that knows its fragments."""

    __slots__ = ("fragments",)
    fragments: tuple[Fragment, ...]

    def __new__(cls, fragments: Iterable[Fragment]) -> Self:
        found: list[Fragment] = []
        for fragment in fragments:
            if fragment.key is None and found and found[-1].key is None:
                found[-1] = Fragment(found[-1].text + fragment.text)
            elif fragment.key is not None or fragment.text:
                found.append(fragment)
        text = super().__new__(cls, "".join([fragment.text for fragment in found]))
        text.fragments = tuple(found)
        return text

    def __add__(self, other: str) -> Printed:
        return Printed([*self.fragments, *fragments_of(other)])

    def __radd__(self, other: str) -> Printed:
        return Printed([Fragment(other), *self.fragments])

    def __format__(self, spec: str) -> str:
        raise TypeError("a printed formula is put together by +, fill or join")


def fragments_of(text: str) -> tuple[Fragment, ...]:
    return text.fragments if isinstance(text, Printed) else (Fragment(text),)


def fill(template: str, *parts: str, **named: str) -> str:
    """A template with its operands: `{0} + {1}`."""
    if Printed not in map(type, (*parts, *named.values())):
        return template.format(*parts, **named)
    found: list[Fragment] = []
    for text, slot, _, _ in _PARSE(template):
        found.append(Fragment(text))
        if slot is not None:
            found += fragments_of(named[slot] if slot in named else parts[int(slot)])
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
        return Printed([fragment._replace(needs=max(fragment.needs, needs)) for fragment in text.fragments])
    return in_brackets(text, latex)


def in_brackets(text: str, latex: bool = False) -> str:
    """A text in brackets. What a hole in them alone has noted counts no more."""
    if isinstance(text, Printed) and not text:
        text = Printed([fragment._replace(needs=0) for fragment in text.fragments])
    return r"\left(" + text + r"\right)" if latex else "(" + text + ")"


# -- formulas ----------------------------------------------------------------------------------------------------------


def printed(render: Render, symbols: Mapping[str, Written], latex: bool = False) -> tuple[Fragment, ...]:
    """A formula with these texts for its symbols."""
    table = {key: (Printed([Fragment(text, key)]), binds) for key, (text, binds) in symbols.items()}
    return fragments_of(render(table, latex))


def with_holes(render: Render, keys: Iterable[str], latex: bool = False) -> tuple[Fragment, ...]:
    """A formula with a hole for each of its symbols: a fragment without text, to be filled with a number."""
    fragments = printed(render, dict.fromkeys(keys, HOLE), latex)
    # At the beginning a sign meets no other.
    alone = fragments and fragments[0].needs <= SIGN
    return (fragments[0]._replace(needs=0), *fragments[1:]) if alone else fragments
