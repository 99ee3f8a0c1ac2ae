"""The parts of a lesson. Texts are HTML, with every number computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Quantity = Literal["value", "grad", "message", "local", "check", "error"]
Closeness = Literal["relative", "absolute", "factor"]
Comparison = Literal["above", "below", "equal", "not"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A number of a trace.

    of: a value, a gradient, the message or local derivative on an edge, or a numerical derivative or its relative
    error. node: its id; for an edge, the source. target, slot: the edge's target, and which use (from 0) is meant.
    index: one element of an array. epsilon: the step of a numerical derivative. digits: significant digits, None for
    the default.
    """

    of: Quantity
    node: str
    target: str | None = None
    slot: int | None = None
    index: tuple[int, ...] | None = None
    epsilon: float | None = None
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture beside a step, by name. Options without a key have the keys "1", "2", and so on. runs: what a training
    trains, as requests state it."""

    name: str
    options: Mapping[str, str]
    runs: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """Where on the timeline a step begins. node: the node of a step of the forward or backward pass."""

    phase: Literal["start", "forward", "seed", "backward", "end"]
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How close an answer has to be: by relative error, absolute error, or a factor."""

    kind: Closeness
    size: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    html: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question to predict something before it is shown.

    kind: a number, a sign, or a choice. looking: whether the answer is to be found in the figures; otherwise they hide
    it until it is revealed. hint: inline HTML, shown after a wrong answer. reference: the number that is asked for;
    None if the lesson states it itself. expected: the right number for the step's own values. label: the text before
    the field.
    """

    kind: Literal["number", "sign", "choice"]
    html: str
    answer: str
    label: str
    hint: str
    looking: bool = False
    expected: float | None = None
    reference: Reference | None = None
    tolerance: Tolerance | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """What the reader should achieve by changing values."""

    reference: Reference
    comparison: Comparison
    number: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step. program and values are complete, even if the file gives only what differs from the step before."""

    title: str
    title_html: str
    html: str
    program: str
    values: Mapping[str, Any]
    output: str
    moment: Moment
    select: str | None
    open: tuple[str, ...] | None
    figures: tuple[Figure, ...]
    question: Question | None
    goal: Goal | None
    optional: bool
    """Whether a reader may skip it and still follow the steps after it."""
    line: int
    """Where it begins in the file."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson."""

    slug: str
    title: str
    question: str
    order: int
    minutes: int
    summary: str
    steps: tuple[Step, ...]
    file: str
