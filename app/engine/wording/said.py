"""What an error says: the key of a sentence in the catalogue, and the facts that it is about.

The sentence is made of them, so that another language is another folder of files. An entry has `says`, what was found,
and mostly a `hint`, what to write instead.
"""

from __future__ import annotations

from typing import Any

from app.engine.wording.catalogue import catalogue


class Said(str):
    """A sentence that knows where it is from. key: subject and name of the entry; facts: what fills its slots; hint:
    the advice that belongs to it, if any."""

    __slots__ = ("facts", "hint", "key")

    key: str
    facts: dict[str, Any]
    hint: str | None

    def in_language(self, language: str) -> Said:
        """The same in another language."""
        return _folded(self.key, self.facts, language)


def said(key: str, /, **facts: Any) -> Said:
    """The sentence `says` of an entry, such as "limits.nesting", with these facts."""
    return _folded(key, facts, "en")


def _folded(key: str, facts: dict[str, Any], language: str) -> Said:
    subject, _, entry = key.partition(".")
    messages = catalogue(subject, language)
    made = Said(messages.text(f"{entry}.says", facts))
    made.key, made.facts = key, facts
    made.hint = messages.text(f"{entry}.hint", facts) if f"{entry}.hint" in messages else None
    return made
