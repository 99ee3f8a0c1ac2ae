"""`/lessons`: what can be read, and everything that one lesson says."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.schemas.common import Answer, MaybeNumbers, Numbers


class LessonSummary(Answer):
    """One lesson, in short."""

    slug: str = Field(description="Its address: `/lessons/{slug}`, here and as a page.")
    title: str
    question: str = Field(description="What it answers; the heading of its page.")
    minutes: int
    summary: str
    steps: int = Field(description="How many steps it has.")


class LessonsAnswer(Answer):
    """All lessons, in the order in which they are read."""

    lessons: list[LessonSummary]


class LessonFigure(Answer):
    """A picture beside a step."""

    name: str
    options: dict[str, str] = Field(description='Words without a key are "1", "2", and so on.')


class LessonMoment(Answer):
    """Where on the timeline a step begins."""

    phase: Literal["start", "forward", "seed", "backward", "end"]
    node: str | None


class LessonReference(Answer):
    """A number that a trace of the step knows."""

    of: Literal["value", "grad", "message", "local", "check", "error"]
    node: str
    target: str | None
    slot: int | None
    index: list[int] | None
    epsilon: float | None
    digits: int | None


class LessonTolerance(Answer):
    """How close is close enough: a part of the right number, a difference, or a factor between both."""

    kind: Literal["relative", "absolute", "factor"]
    size: float


class LessonChoice(Answer):
    """One of several answers."""

    html: str
    right: bool


class LessonQuestion(Answer):
    """Something to predict before it is shown."""

    kind: Literal["number", "sign", "choice"]
    html: str
    answer: str = Field(description="HTML that is shown when it is revealed.")
    label: str
    hint: str = Field(description="HTML within a line: where to look after a wrong answer.")
    looking: bool = Field(
        description="It is to be found in the figures, which do not show it before it is revealed otherwise."
    )
    expected: MaybeNumbers = Field(description="The right number for the step's own values; null for choices.")
    reference: LessonReference | None = Field(description="Where it comes from, for other values.")
    tolerance: LessonTolerance | None
    choices: list[LessonChoice]


class LessonGoal(Answer):
    """What the reader is to bring about by changing values."""

    reference: LessonReference
    comparison: Literal["above", "below", "equal", "not"]
    number: float


class LessonStep(Answer):
    """One step."""

    title: str
    html: str = Field(description="Its text. Numbers of the trace stand in `span.number`, formulas in `span.maths`.")
    program: str
    values: dict[str, Numbers]
    output: str
    moment: LessonMoment
    select: str | None
    open: list[str] | None = Field(description="The groups that stand open; null: as the page sees fit.")
    figures: list[LessonFigure]
    question: LessonQuestion | None
    goal: LessonGoal | None


class LessonAnswer(Answer):
    """One lesson with all its steps; every number in its texts was computed."""

    slug: str
    title: str
    question: str
    minutes: int
    summary: str
    steps: list[LessonStep]
    previous: str | None = Field(description="The slug of the lesson before it.")
    next: str | None
