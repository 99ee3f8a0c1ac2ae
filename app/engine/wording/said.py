"""What an error says: the key of a sentence in the catalogue, and the facts that it is about.

The sentence is made of them, so that another language is another folder of files. An entry has `says`, what was found,
and mostly a `hint`, what to write instead: where that depends on what was found, several, each with a name.
"""

from __future__ import annotations

from typing import Any

from app.engine.wording.catalogue import catalogue


class Said(str):
    """A sentence that knows where it is from. key: subject and name of the entry; facts: what fills its slots; hint:
    the advice that belongs to it, if any; way: the name of that, where there are several."""

    __slots__ = ("facts", "hint", "key", "way")

    key: str
    facts: dict[str, Any]
    hint: str | None
    way: str | None

    def in_language(self, language: str) -> Said:
        """The same in another language."""
        return _folded(self.key, self.way, self.facts, language)


def said(key: str, way: str | None = None, /, **facts: Any) -> Said:
    """The sentence `says` of an entry, such as "limits.nesting", with these facts. way: which of its hints."""
    return _folded(key, way, facts, "en")


def _folded(key: str, way: str | None, facts: dict[str, Any], language: str) -> Said:
    subject, _, entry = key.partition(".")
    messages = catalogue(subject, language)
    made = Said(messages.text(f"{entry}.says", facts))
    made.key, made.way, made.facts = key, way, facts
    hint = f"{entry}.hint" if way is None else f"{entry}.hint.{way}"
    made.hint = messages.text(hint, facts) if hint in messages else None
    return made
