"""Text in parts, so that a page can colour names, values and gradients without markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Tone = Literal["", "name", "value", "grad"]


class Part(NamedTuple):
    """A stretch of text. tone: whether it is a name, a value or a gradient; "" for the words between. latex: the same
    in LaTeX, where a text is told in both."""

    text: str
    tone: Tone = ""
    latex: str | None = None


Parts = list[Part]


def joined(parts: Iterable[Part]) -> Parts:
    """The parts with empty ones removed and neighbours of one tone merged."""
    result: Parts = []
    for part in parts:
        if not part.text:
            continue
        if result and result[-1].tone == part.tone:
            result[-1] = Part(result[-1].text + part.text, part.tone)
        else:
            result.append(part)
    return result


def plain(parts: Iterable[Part]) -> str:
    """The text without its tones."""
    return "".join([part.text for part in parts])
