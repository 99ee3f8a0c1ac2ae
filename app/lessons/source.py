"""Splits the text of a file into its parts, each with its line number. It knows nothing of Markdown or programs.

---                     front matter: key: value
title: ...
---
## A step               its title
figure: stage           settings of the step, one per line
                        text in Markdown
```program              the program, shown here in the text
### Predict             a question; ### Find out if the answer is to be found in the pictures
answer: grad x
### Answer              what is shown when it is revealed
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from app.lessons.errors import LessonError

HEAD = ("title", "question", "order", "minutes", "summary")
SETTINGS = ("figure", "moment", "select", "open", "goal", "optional")
ASKED = ("answer", "label", "hint")
QUESTIONS = {"### Predict": False, "### Find out": True}
"""The heading of a question -> whether the pictures may show its answer."""
_PAIR = re.compile(r"([a-z]+):(?:\s+(.*))?$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """`key: text`."""

    key: str
    text: str
    line: int


@dataclass(slots=True)
class StepSource:
    """One step as it was written. program, values: the lines of these blocks, None if there are none."""

    title: Line
    settings: list[Setting] = field(default_factory=list)
    text: list[Line] = field(default_factory=list)
    program: list[Line] | None = None
    values: list[Line] | None = None
    question_settings: list[Setting] = field(default_factory=list)
    question: list[Line] | None = None
    looking: bool = False
    answer: list[Line] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file."""

    head: dict[str, Setting]
    steps: list[StepSource]


def split_file(file: str, text: str) -> Source:
    """Splits a file into its parts. Raises LessonError."""
    lines = [Line(i, line.rstrip()) for i, line in enumerate(text.splitlines(), 1)]
    head, rest = _head(file, lines)
    return Source(head, _Steps(file).read(rest))


def _head(file: str, lines: Sequence[Line]) -> tuple[dict[str, Setting], Sequence[Line]]:
    if not lines or lines[0].text != "---":
        raise LessonError(file, 1, "no front matter", f"Begin with ---, lines for {', '.join(HEAD)}, and --- again.")
    head: dict[str, Setting] = {}
    for place, line in enumerate(lines[1:], 1):
        if line.text == "---":
            missing = [key for key in HEAD if key not in head]
            if missing:
                raise LessonError(file, line.number, f"no {missing[0]}", f"Write a line {missing[0]}: ... above.")
            return head, lines[place + 1 :]
        if not line.text:
            continue
        pair = _PAIR.match(line.text)
        if pair is None or pair[1] not in HEAD or not pair[2]:
            raise LessonError(
                file, line.number, f"{line.text!r}", f"Write key: text, the key one of {', '.join(HEAD)}."
            )
        head[pair[1]] = Setting(pair[1], pair[2], line.number)
    raise LessonError(file, 1, "the front matter does not end", "Close it with a line ---.")


class _Steps:
    """Reads the steps of one file, line by line."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._steps: list[StepSource] = []
        self._section = "text"
        self._heading = True
        """Whether the next line may be a setting."""

    def read(self, lines: Sequence[Line]) -> list[StepSource]:
        """The steps. Raises LessonError."""
        walk = iter(lines)
        for line in walk:
            fence = _FENCE.match(line.text)
            if fence is not None:
                self._fence(line, fence[1], fence[2].split(), walk)
            elif line.text.startswith("## "):
                self._begin(line)
            elif line.text.startswith("#"):
                self._section_of(line)
            elif self._heading and self._steps and _PAIR.match(line.text):
                self._setting(line)
            elif line.text or not self._heading:
                self._plain(line)
        if not self._steps:
            raise LessonError(self._file, 1, "no step", "Begin each step with a line: ## What it is about")
        return self._steps

    def _fail(self, line: Line, found: str, instead: str) -> NoReturn:
        raise LessonError(self._file, line.number, found, instead)

    def _begin(self, line: Line) -> None:
        self._steps.append(StepSource(Line(line.number, line.text[3:].strip())))
        self._section, self._heading = "text", True

    def _section_of(self, line: Line) -> None:
        if not self._steps:
            self._fail(line, f"{line.text!r} before the first step", "Begin with a line: ## What it is about")
        step = self._steps[-1]
        if line.text in QUESTIONS and self._section == "text":
            step.question, self._section, self._heading = [], "question", True
            step.looking = QUESTIONS[line.text]
        elif line.text == "### Answer" and self._section == "question":
            step.answer, self._section, self._heading = [], "answer", False
        else:
            self._fail(
                line,
                f"the heading {line.text!r}",
                "A step begins with ## and its title; within it there is ### Predict or ### Find out, and after that"
                " ### Answer.",
            )

    def _setting(self, line: Line) -> None:
        pair = _PAIR.match(line.text)
        assert pair is not None  # noqa: S101 - what the caller asked
        known = SETTINGS if self._section == "text" else ASKED
        if pair[1] not in known or not pair[2]:
            self._fail(
                line,
                f"{line.text!r}",
                f"Here a line may be {', '.join(f'{key}: ...' for key in known)}. If it is text,"
                " begin it with another word.",
            )
        held = self._steps[-1].settings if self._section == "text" else self._steps[-1].question_settings
        if pair[1] != "figure" and any(one.key == pair[1] for one in held):
            self._fail(line, f"a second {pair[1]}", "Keep one of them.")
        held.append(Setting(pair[1], pair[2], line.number))

    def _plain(self, line: Line) -> None:
        if not self._steps:
            self._fail(line, "text before the first step", "Begin with a line: ## What it is about")
        self._heading = False
        self._lines().append(line)

    def _lines(self) -> list[Line]:
        step = self._steps[-1]
        found = {"text": step.text, "question": step.question, "answer": step.answer}[self._section]
        assert found is not None  # noqa: S101 - a section begins with its list
        return found

    def _fence(self, opening: Line, marks: str, words: list[str], walk: Iterator[Line]) -> None:
        """Reads a fenced block: program and values are stored, any other block is text."""
        inside: list[Line] = []
        for line in walk:
            if line.text.strip() == marks:
                break
            inside.append(line)
        else:
            self._fail(opening, "a block that does not end", f"Close it with {marks}.")
        closing = Line(inside[-1].number + 1 if inside else opening.number + 1, marks)
        if not self._steps:
            self._fail(opening, "a block before the first step", "Begin with a line: ## What it is about")
        self._heading = False
        step = self._steps[-1]
        kind = words[0] if words else ""
        if kind in {"program", "values"}:
            if self._section != "text" or (step.program if kind == "program" else step.values) is not None:
                self._fail(opening, f"another {kind}", f"A step has one block of {kind}, before its question.")
            if kind == "program":
                step.program = inside
            else:
                step.values = inside
            if kind == "values" or "hidden" in words[1:]:
                return
        self._lines().extend([Line(opening.number, marks if kind == "program" else opening.text), *inside, closing])
