"""`/lessons`: the list of lessons, and one lesson with all its steps."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.schemas.common import Answer, MaybeNumbers, Numbers
from app.api.schemas.run import TrainingRun
from app.lessons.lesson import Closeness, Comparison, Quantity


class LessonSummary(Answer):
    """One lesson in the list."""

    slug: str = Field(description="Its address: `/lessons/{slug}`, here and as a page.")
    title: str
    question: str = Field(description="The question that it answers; the heading of its page.")
    minutes: int
    summary: str
    steps: int = Field(description="Number of steps.")


class LessonsAnswer(Answer):
    """All lessons, in the order in which they are read."""

    lessons: list[LessonSummary]


class LessonFigure(Answer):
    """A picture beside a step."""

    name: str
    options: dict[str, str] = Field(description='Words without a key are "1", "2", and so on.')
    runs: list[TrainingRun] = Field(description="What a training trains; empty for other figures.")


class LessonMoment(Answer):
    """Where on the timeline a step begins."""

    phase: Literal["start", "forward", "seed", "backward", "end"]
    node: str | None


class LessonReference(Answer):
    """A number that a trace of the step knows."""

    of: Quantity
    node: str
    target: str | None
    slot: int | None
    index: list[int] | None
    epsilon: float | None
    digits: int | None


class LessonTolerance(Answer):
    """The tolerance of an answer: relative, absolute, or a factor."""

    kind: Closeness
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
    hint: str = Field(description="Inline HTML, shown after a wrong answer.")
    looking: bool = Field(
        description="Whether the figures may show the answer; otherwise they hide it until it is revealed."
    )
    expected: MaybeNumbers = Field(description="The right number for the step's own values; null for choices.")
    reference: LessonReference | None = Field(description="The number asked for, for other values.")
    tolerance: LessonTolerance | None
    choices: list[LessonChoice]


class LessonGoal(Answer):
    """What the reader should achieve by changing values."""

    reference: LessonReference
    comparison: Comparison
    number: float


class LessonStep(Answer):
    """One step."""

    title: str
    html: str = Field(description="Its text. Numbers of the trace are in `span.number`, formulas in `span.maths`.")
    program: str
    values: dict[str, Numbers]
    output: str
    moment: LessonMoment
    select: str | None
    open: list[str] | None = Field(description="The ids of the open groups; null lets the page decide.")
    figures: list[LessonFigure]
    question: LessonQuestion | None
    goal: LessonGoal | None
    optional: bool = Field(description="Whether a reader may skip it and still follow the steps after it.")


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
