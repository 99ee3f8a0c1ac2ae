"""Collects emitted code: sections of lines, each line with the nodes that it computes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.engine.support.checkpoints import checkpoint

Pass = Literal["forward", "backward"]
WIDTH = 96
"""Line width for lists of names, characters. Expressions are never wrapped."""


@dataclass(frozen=True, slots=True)
class EmittedLine:
    """A line of emitted code (counted from 1) and a node whose value ("forward") or gradient ("backward") it computes.

    name: the variable that holds it; None for a part of a larger expression.
    """

    line: int
    node: str
    passes: Pass
    name: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title: imports and helpers (title ""), values, forward pass, backward pass."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Emitted:
    """A standalone program."""

    sections: tuple[Section, ...]
    source: str
    lines: tuple[EmittedLine, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A node that a line computes; fields as in EmittedLine."""

    node: str
    passes: Pass
    name: str | None = None


Line = tuple[str, tuple[Tie, ...]]
"""A line of code, and the nodes that it computes."""


@dataclass(slots=True)
class Page:
    """The sections after the first, as they are written. The first comes last: it has what the others need."""

    titles: list[str] = field(default_factory=list)
    texts: list[list[Line]] = field(default_factory=list)

    def section(self, title: str) -> None:
        """Starts a section."""
        self.titles.append(title)
        self.texts.append([])

    def write(self, code: str, *ties: Tie) -> None:
        """Adds one line, with the nodes that it computes."""
        checkpoint(5)
        self.texts[-1].append((code, ties))

    def listing(self, start: str, items: Sequence[str], end: str) -> None:
        """Adds a line with many items, wrapped at WIDTH."""
        line = f"{start}{', '.join(items)}{end}"
        if len(line) <= WIDTH:
            self.write(line)
            return
        indent = " " * (len(start) - len(start.lstrip()) + 4)
        self.write(start)
        row = indent
        for item in items:
            if len(row) + len(item) > WIDTH and row != indent:
                self.write(row.rstrip())
                row = indent
            row += f"{item.rstrip(',')}, "
        self.write(row.rstrip())
        self.write(indent[4:] + end)

    def uses(self, word: str) -> bool:
        """Whether a function of this name is called."""
        return any(_calls(word, code) for lines in self.texts for code, _ in lines)

    def mentions(self, module: str) -> bool:
        """Whether something of a module is used."""
        return any(re.search(rf"(?<![\w.]){module}\.", code) for lines in self.texts for code, _ in lines)

    def finish(self, imports: Iterable[str], helpers: Mapping[str, str] | None = None) -> Emitted:
        """The program: these imports, the helpers that it calls, and the sections."""
        first = list(imports)
        known = helpers or {}
        called = {word for word in known if self.uses(word)}
        called |= {word for word in known if any(_calls(word, known[other]) for other in called)}
        for word, code in known.items():
            if word in called:
                first += ["", *code.split("\n")]
        sections = [Section("", tuple(first))]
        text = list(first)
        lines: list[EmittedLine] = []
        for title, written in zip(self.titles, self.texts, strict=True):
            sections.append(Section(title, tuple(code for code, _ in written)))
            text += ["", f"# {title}"]
            for code, ties in written:
                text.append(code)
                lines += [EmittedLine(len(text), tie.node, tie.passes, tie.name) for tie in ties]
        return Emitted(tuple(sections), "\n".join(text) + "\n", tuple(lines))


def _calls(word: str, code: str) -> bool:
    checkpoint(3)
    return re.search(rf"(?<![\w.]){word}\(", code) is not None
