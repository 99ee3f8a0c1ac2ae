"""The entries of one subject in one language, read from its TOML file.

An entry is a whole sentence with slots: `{source:name} gets {message:grad}`. A slot is the name of a fact and the tone
in which it is shown. Where a number decides the form, the entry is a table: `plural` names the fact that counts,
`one` and `other` are the forms (`zero` where there is a form for none). What stands between the items of a list is
said in `lists.toml`, and a subject may say it otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from app.engine.wording.parts import Part, Parts, Tone

_SLOT = re.compile(r"\{(\w+)(!r)?(?::([^{}]*))?\}")
_TONES = ("name", "value", "grad")


class Facts(Protocol):
    """What fills the slots of an entry, by name: a text, a list of texts, parts, or a list of those."""

    def fact(self, slot: str) -> Any: ...


class Given:
    """Facts given as a table."""

    def __init__(self, **facts: Any) -> None:
        self._facts = facts

    def fact(self, slot: str) -> Any:
        return self._facts[slot]


class Slot(NamedTuple):
    """Where a fact is shown. tone: how it is coloured where a sentence becomes parts. repr, spec: how it is written
    where a sentence becomes plain text, as in an f-string."""

    name: str
    tone: Tone
    repr: bool = False
    spec: str = ""

    def text(self, fact: Any) -> str:
        return format(repr(fact) if self.repr else fact, self.spec)


class Entry:
    """One sentence with its slots, in all its forms."""

    def __init__(self, key: str, given: str | Mapping[str, str]) -> None:
        self.key = key
        table = {"other": given} if isinstance(given, str) else dict(given)
        self.plural = table.pop("plural", None)
        self.forms = {form: _read(text) for form, text in table.items()}

    @property
    def slots(self) -> set[str]:
        """The facts it needs."""
        found = {piece.name for form in self.forms.values() for piece in form if isinstance(piece, Slot)}
        return found | ({self.plural} if self.plural else set())

    def form(self, facts: Facts) -> tuple[str | Slot, ...]:
        if self.plural is None:
            return self.forms["other"]
        count = str(facts.fact(self.plural))
        form = "zero" if count == "0" and "zero" in self.forms else "one" if count == "1" else "other"
        return self.forms[form]


def _read(text: str) -> tuple[str | Slot, ...]:
    pieces: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        shown = match[3] or ""
        toned = shown in _TONES
        pieces.append(Slot(match[1], shown if toned else "", bool(match[2]), "" if toned else shown))  # type: ignore[arg-type]
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return tuple(pieces)


class Catalogue:
    """All entries of one subject. Where several tables have the same key, the last one counts."""

    def __init__(self, *tables: Mapping[str, Any]) -> None:
        self.entries = {key: Entry(key, given) for table in tables for key, given in _flattened(table)}

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def text(self, key: str, facts: Mapping[str, Any]) -> str:
        """One sentence as plain text, for errors."""
        return "".join(
            [
                piece if isinstance(piece, str) else piece.text(facts[piece.name])
                for piece in self.entries[key].form(Given(**facts))
            ]
        )

    def fill(self, key: str, facts: Facts) -> Parts:
        """The parts of one sentence, for what is shown beside a picture or a grade."""
        parts: Parts = []
        for piece in self.entries[key].form(facts):
            if isinstance(piece, str):
                parts.append(Part(piece))
                continue
            held = facts.fact(piece.name)
            if isinstance(held, str):
                parts.append(Part(held, piece.tone))
            elif not isinstance(held, list):
                parts.append(Part(str(held), piece.tone))
            elif held and isinstance(held[0], Part):
                parts += held
            else:
                self._list(parts, held, piece.tone)
        return parts

    def _list(self, parts: Parts, items: list[Any], tone: Tone) -> None:
        """`a, b and c`; clauses are separated by semicolons."""
        clauses = bool(items) and isinstance(items[0], list)
        between, last = (";", ";+") if clauses else (",", ",+")
        for i, item in enumerate(items):
            if i:
                parts.append(Part(self._joint(last if i == len(items) - 1 else between)))
            if clauses:
                parts += item
            else:
                parts.append(Part(item, tone))

    def _joint(self, kind: str) -> str:
        key = {",": "list.between", ",+": "list.last", ";": "list.clauses", ";+": "list.last_clause"}[kind]
        return "".join(piece for piece in self.entries[key].forms["other"] if isinstance(piece, str))


def _flattened(table: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for name, held in table.items():
        key = f"{before}{name}"
        if isinstance(held, str) or "plural" in held:
            yield key, held
        else:
            yield from _flattened(held, f"{key}.")


@cache
def catalogue(subject: str, language: str = "en") -> Catalogue:
    """The entries of a subject: "sentences", "grading", "limits", ..."""
    folder = Path(__file__).parent / language
    return Catalogue(*(tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("lists", subject)))
