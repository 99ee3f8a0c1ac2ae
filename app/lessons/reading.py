"""Turns a parsed file into a lesson: runs every program, resolves every number and checks every name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine import EngineError, Limits, Trace, compile_program
from app.lessons import references, trainings
from app.lessons.errors import LessonError
from app.lessons.figures import FIGURES
from app.lessons.lesson import Comparison, Figure, Goal, Lesson, Moment, Question, Reference, Step
from app.lessons.questions import read_question
from app.lessons.references import ReferenceProblem
from app.lessons.renderer import Renderer
from app.lessons.source import Line, Setting, Source, StepSource, split_file
from app.lessons.spoilers import revealing_figure

_NAME = re.compile(r"[A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*(?:#\d+)?$")
_GOAL = re.compile(r"(.+?)\s*(!=|>|<|=)\s*(\S+)$")
_COMPARISONS: dict[str, Comparison] = {">": "above", "<": "below", "=": "equal", "!=": "not"}
_MOMENTS = "Write start, seed, end, forward NODE or backward NODE."


def read(slug: str, file: str, text: str, limits: Limits, renderer: Renderer) -> Lesson:
    """The lesson in a text. Raises LessonError."""
    source = split_file(file, text)
    steps: list[Step] = []
    for part in source.steps:
        steps.append(_StepReader(file, part, steps[-1] if steps else None, limits, renderer).read())
    return Lesson(
        slug=slug,
        title=source.head["title"].text,
        question=source.head["question"].text,
        order=_count(file, source, "order"),
        minutes=_count(file, source, "minutes"),
        summary=source.head["summary"].text,
        steps=tuple(steps),
        file=file,
    )


def _count(file: str, source: Source, key: str) -> int:
    setting = source.head[key]
    if not (setting.text.isascii() and setting.text.isdigit() and 0 < int(setting.text[:6]) < 10_000):
        raise LessonError(file, setting.line, f"{key}: {setting.text}", "Give a whole number from 1 to 9999.")
    return int(setting.text)


class _StepReader:
    """Reads one step. before: the previous step, whose program and values are inherited."""

    def __init__(self, file: str, part: StepSource, before: Step | None, limits: Limits, renderer: Renderer) -> None:
        self._file = file
        self._part = part
        self._renderer = renderer
        self._limits = limits
        self._first = before is None
        self._program, self._values = self._subject(before)
        self._trace = self._run()

    def _fail(self, line: int, found: str, instead: str) -> LessonError:
        return LessonError(self._file, line, found, instead)

    def read(self) -> Step:
        """The step."""
        part = self._part
        single = {setting.key: setting for setting in part.settings if setting.key != "figure"}
        title = part.title.text
        moment = self._moment(single.get("moment"))
        figures = tuple(self._figure(setting) for setting in part.settings if setting.key == "figure")
        question = self._question()
        self._check_spoilers(question, figures, moment)
        return Step(
            title=title,
            title_html=self._inline(title, part.title.number),
            html=self._block(part.text),
            program=self._program,
            values=self._values,
            output=self._trace.structure.output,
            moment=moment,
            select=self._select(single.get("select")),
            open=self._open(single.get("open")),
            figures=figures,
            question=question,
            goal=self._goal(single.get("goal")),
            optional=self._optional(single.get("optional")),
            line=part.title.number,
        )

    # -- program and values ----------------------------------------------------------------------------------------

    def _subject(self, before: Step | None) -> tuple[str, dict[str, Any]]:
        part = self._part
        given = self._given(part.values or [])
        if part.program is not None:
            return "\n".join(line.text for line in part.program).strip("\n"), given
        if before is None:
            raise self._fail(
                part.title.number, "no program", "Give the first step a block that begins with ```program."
            )
        return before.program, {**before.values, **given}

    def _given(self, lines: Sequence[Line]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in lines:
            if not line.text:
                continue
            name, _, text = (part.strip() for part in line.text.partition("="))
            try:
                value = json.loads(text)
            except ValueError:
                value = None
            if not _NAME.match(name) or isinstance(value, bool | str | dict) or value is None:
                raise self._fail(line.number, f"{line.text!r}", "Write name = 4, or name = [[1, -1]] for an array.")
            found[name] = value
        return found

    def _run(self) -> Trace:
        try:
            return compile_program(self._program, self._values, limits=self._limits).run()
        except EngineError as error:
            line = self._part.title.number
            if self._part.program and error.line is not None:
                line = self._part.program[min(error.line, len(self._part.program)) - 1].number
            raise self._fail(line, error.message, error.hint or "The step's program has to run.") from None

    # -- texts -----------------------------------------------------------------------------------------------------

    def _resolver(self, line: int, lines: Sequence[Line] = ()) -> Any:
        def resolve(text: str) -> tuple[Reference, str]:
            # Markdown loses line numbers within a paragraph, so the line of the reference is searched in the source.
            at = next((one.number for one in lines if f"{{{{{text}}}}}" in one.text), line)
            reference, value = self.number(text, at)
            return reference, references.written(reference, value)

        return resolve

    def number(self, text: str, line: int) -> tuple[Reference, Any]:
        """A reference and its value in this step. Raises LessonError."""
        try:
            reference = references.parse(text)
            return reference, references.resolve(reference, self._trace)
        except ReferenceProblem as problem:
            raise self._fail(line, problem.found, problem.instead) from None

    def _block(self, lines: Sequence[Line]) -> str:
        return self._renderer.block(lines, self._resolver(self._part.title.number, lines))

    def _inline(self, text: str, line: int) -> str:
        return self._renderer.inline(text, self._resolver(line))

    def _question(self) -> Question | None:
        if self._part.question is None:
            return None
        return read_question(self._file, self._part, self._block, self._inline, self.number)

    def _check_spoilers(self, question: Question | None, figures: Sequence[Figure], moment: Moment) -> None:
        if question is None:
            if any("cover" in figure.options for figure in figures):
                line = next(setting.line for setting in self._part.settings if "cover=" in setting.text)
                raise self._fail(line, "a covered figure without a question", "Only an answer uncovers it.")
            return
        if question.looking or question.reference is None:
            return
        line = next(setting.line for setting in self._part.question_settings if setting.key == "answer")
        figure = revealing_figure(question.reference, figures, moment, self._trace)
        if figure is not None:
            node = question.reference.node
            cover = f"cover={node}" if figure == "stage" else "cover=yes"
            raise self._fail(
                line,
                f"the figure {figure} shows the answer",
                f"Begin at an earlier moment, write figure: {figure} {cover}, or, if the reader should look for it,"
                " write ### Find out instead of ### Predict.",
            )

    # -- what is shown beside it -----------------------------------------------------------------------------------

    def _moment(self, setting: Setting | None) -> Moment:
        if setting is None:
            return Moment("end")
        match setting.text.split():
            case ["start"]:
                return Moment("start")
            case ["seed"]:
                return Moment("seed")
            case ["end"]:
                return Moment("end")
            case [("forward" | "backward") as phase, node]:
                if node not in self._trace.structure.backward:
                    known = ", ".join(self._trace.structure.backward)
                    raise self._fail(setting.line, f"no step {phase} through {node!r}", f"There are {known}.")
                return Moment("forward" if phase == "forward" else "backward", node)
        raise self._fail(setting.line, f"the moment {setting.text!r}", _MOMENTS)

    def _select(self, setting: Setting | None) -> str | None:
        if setting is None:
            return None
        known = [*self._trace.values, *(group.id for group in self._trace.structure.groups)]
        if setting.text not in known:
            raise self._fail(setting.line, f"no node {setting.text!r}", f"There are {', '.join(known[:20])}.")
        return setting.text

    def _open(self, setting: Setting | None) -> tuple[str, ...] | None:
        if setting is None:
            return None
        known = [group.id for group in self._trace.structure.groups]
        names = tuple(name.strip() for name in setting.text.split(",")) if setting.text != "none" else ()
        for name in names:
            if name not in known:
                instead = f"There are {', '.join(known)}." if known else "This program has none."
                raise self._fail(setting.line, f"no group {name!r}", instead)
        return names

    def _figure(self, setting: Setting) -> Figure:
        name, *words = setting.text.split()
        if name not in FIGURES:
            raise self._fail(setting.line, f"no figure {name!r}", f"There are {', '.join(FIGURES)}.")
        options: dict[str, str] = {}
        places = iter(range(1, len(words) + 1))
        for word in words:
            key, equals, value = word.partition("=")
            options.update({key: value} if equals else {str(next(places)): word})
        covered = options.get("cover") if name == "stage" else None
        if covered is not None and self._trace.grads.get(covered) is None:
            known = ", ".join(node for node, grad in self._trace.grads.items() if grad is not None)
            raise self._fail(setting.line, f"no gradient of {covered!r} to cover", f"There are {known}.")
        if name == "curve":
            self._check_curve(setting.line, options.get("1", "f"), options.get("2", "x"))
        return Figure(name, options, self._runs(setting.line, options) if name == "training" else ())

    def _check_curve(self, line: int, output: str, leaf: str) -> None:
        """A curve is one run of the program for an array of inputs, which has to give as many outputs."""
        places = [1.0, 2.0, 3.0]
        try:
            values = {**self._values, leaf: places}
            shape = np.shape(compile_program(self._program, values, output, limits=self._limits).run().output)
        except EngineError:
            shape = ()
        if shape != np.shape(places):
            instead = f"Compute {output} from {leaf} element by element, or show another figure, as figure: stage."
            raise self._fail(line, f"no curve of {output!r} over {leaf!r}", instead)

    def _runs(self, line: int, options: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
        try:
            runs = trainings.runs_of(options)
            trainings.check(self._program, self._values, options, runs, self._limits)
        except EngineError as error:
            raise self._fail(line, error.message, error.hint or "Say what is trained, and how.") from None
        return runs

    def _optional(self, setting: Setting | None) -> bool:
        if setting is None:
            return False
        if setting.text != "yes":
            raise self._fail(setting.line, f"optional: {setting.text}", "Write optional: yes, or leave the line out.")
        if self._first:
            raise self._fail(setting.line, "an optional first step", "Begin with a step that every reader takes.")
        return True

    def _goal(self, setting: Setting | None) -> Goal | None:
        if setting is None:
            return None
        found = _GOAL.match(setting.text)
        try:
            number = float(found[3]) if found else np.nan
        except ValueError:
            number = np.nan
        if found is None or not np.isfinite(number):
            raise self._fail(setting.line, f"the goal {setting.text!r}", "Write it as in goal: grad W1 != 0")
        reference, _ = self.number(found[1], setting.line)
        return Goal(reference, _COMPARISONS[found[2]], number)
