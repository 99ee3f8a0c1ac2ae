"""The question of a step, its right answer and its tolerance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.lessons.errors import LessonError
from app.lessons.lesson import Choice, Closeness, Question, Reference, Tolerance
from app.lessons.references import single
from app.lessons.source import Line, Setting, StepSource

_WITHIN = re.compile(r"(.+?)\s+within\s+(.+)$")
_CHOICE = re.compile(r"[-*]\s+\[([ x])\]\s+(.+)$")
_USUAL = Tolerance("relative", 0.02)
_HOW = "Write answer: grad x, answer: number 3.5 within 0.1, answer: sign grad x, or answer: choice with a list."
_CLOSE = "Write within 2 %, within 0.01, or within a factor of 10."

_INSIDE = re.compile(r"\{\{\s*(.+?)\s*\}\}")
_LOOKING = "Look at the pictures once more: the answer is there."
_READING = "Read the step once more: it leads to the answer."
_DEFAULT_HINTS = {
    "value": "Go through the program line by line up to `{node}`, with the numbers that are given.",
    "grad": "Look where `{node}` is used. Each use sends back the gradient that comes in, times the slope there.",
    "message": "Look at the one step from `{node}` to `{target}`: the gradient that comes in, times the slope there.",
    "local": "Look only at the step from `{node}` to `{target}`: how much does its result change with `{node}`?",
    "check": "Take a small step to each side, and divide the difference by the distance.",
    "error": "Take the difference from the gradient, as a part of the gradient.",
}
"""Default hints after a wrong answer, by what is asked for."""

Block = Callable[[Sequence[Line]], str]
Inline = Callable[[str, int], str]
Number = Callable[[str, int], tuple[Reference, Any]]


def read_question(file: str, part: StepSource, block: Block, inline: Inline, number: Number) -> Question:
    """The question of a step. Raises LessonError."""
    line = part.question[0].number if part.question else part.title.number
    settings = {setting.key: setting for setting in part.question_settings}
    if "answer" not in settings:
        raise LessonError(file, line, "a question without a line answer: ...", _HOW)
    if not part.answer or not any(each.text for each in part.answer):
        raise LessonError(
            file, line, "a question without the text of its answer", "Write ### Answer and the text below it."
        )
    setting = settings["answer"]
    label = settings["label"].text if "label" in settings else ""
    hint = inline(*_hint(file, part, settings["hint"])) if "hint" in settings else None
    text, options = _split(part.question or [])
    if setting.text == "choice":
        choices = tuple(Choice(inline(said, at), right) for right, said, at in options)
        if len(choices) < 2 or not any(choice.right for choice in choices):
            hint = "Write at least two lines, - [x] for what is right and - [ ] for what is not."
            raise LessonError(file, setting.line, "no choices", hint)
        nudge = hint or inline(_LOOKING if part.looking else _READING, line)
        return Question("choice", block(text), block(part.answer), label, nudge, part.looking, choices=choices)
    if options:
        raise LessonError(file, options[0][2], "choices", "Write answer: choice above them.")
    kind = setting.text.partition(" ")[0]
    expected, reference, tolerance = _right_answer(file, setting, number)
    return Question(
        kind="sign" if kind == "sign" else "number",
        html=block(text),
        answer=block(part.answer),
        label=label,
        hint=hint or inline(_default_hint(reference, part.looking), setting.line),
        looking=part.looking,
        expected=expected,
        reference=reference,
        tolerance=None if kind == "sign" else tolerance,
    )


def _hint(file: str, part: StepSource, setting: Setting) -> tuple[str, int]:
    """The lesson's own hint and its line. It must not contain the answer; raises LessonError."""
    wanted = next(one.text for one in part.question_settings if one.key == "answer")
    found = _WITHIN.match(wanted)
    asked_for = (found[1] if found else wanted).removeprefix("sign ")
    if asked_for in _INSIDE.findall(setting.text):
        instead = "Name the numbers that lead to it, or say where they are."
        raise LessonError(file, setting.line, f"a hint with the answer in it, {asked_for}", instead)
    return setting.text, setting.line


def _default_hint(reference: Reference | None, looking: bool) -> str:
    if looking or reference is None:
        return _LOOKING if looking else _READING
    return _DEFAULT_HINTS[reference.of].format(node=reference.node, target=reference.target)


def _split(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[bool, str, int]]]:
    """The text of a question, and its choices as (right, text, line)."""
    text, options = [], []
    for line in lines:
        found = _CHOICE.match(line.text)
        if found:
            options.append((found[1] == "x", found[2], line.number))
        else:
            text.append(line)
    return text, options


def _right_answer(file: str, setting: Setting, number: Number) -> tuple[float, Reference | None, Tolerance]:
    """The right number, its reference, and the tolerance. Raises LessonError."""
    found = _WITHIN.match(setting.text)
    what, tolerance = (found[1], _closeness(file, setting, found[2])) if found else (setting.text, _USUAL)
    kind, _, rest = what.partition(" ")
    if kind == "number":
        try:
            expected = float(rest)
        except ValueError:
            expected = np.nan
        if not np.isfinite(expected):
            raise LessonError(file, setting.line, f"the number {rest!r}", _HOW)
        return expected, None, tolerance
    reference, value = number(rest if kind == "sign" else what, setting.line)
    one = single(value)
    if one is None:
        instead = f"Name one element: {reference.node}[{','.join('0' * np.ndim(value))}]."
        raise LessonError(file, setting.line, f"{reference.node} is an array", instead)
    return one, reference, tolerance


def _closeness(file: str, setting: Setting, text: str) -> Tolerance:
    kind: Closeness = "absolute"
    size = text
    if text.endswith("%"):
        kind, size = "relative", text[:-1]
    elif text.startswith("a factor of "):
        kind, size = "factor", text.removeprefix("a factor of ")
    try:
        found = float(size)
    except ValueError:
        found = 0.0
    if not (found > (1 if kind == "factor" else 0) and np.isfinite(found)):
        raise LessonError(file, setting.line, f"within {text}", _CLOSE)
    return Tolerance(kind, found / 100 if kind == "relative" else found)
