"""What a lesson consists of. Texts are HTML by now; every number in them has been computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Quantity = Literal["value", "grad", "message", "local", "check", "error"]
Closeness = Literal["relative", "absolute", "factor"]
Comparison = Literal["above", "below", "equal", "not"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that a trace knows.

    of: a value, a gradient, the message or the local derivative on an edge, or a numerical derivative and its relative
    error. node: whose; on an edge, its source. target, slot: the edge's other end, and which of the uses is meant.
    index: one element of a tensor. epsilon: the step of a numerical derivative. digits: how many are shown, None for
    as many as everywhere.
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
    """A picture beside a step, by name. Words without a key are options "1", "2", and so on."""

    name: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where on the timeline a step begins. node: for a step of the forward or the backward pass."""

    phase: Literal["start", "forward", "seed", "backward", "end"]
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How close an answer has to be: as a part of the right one, as a difference, or as a factor between both."""

    kind: Closeness
    size: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers."""

    html: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Something to predict before it is shown.

    kind: a number, a sign, or one of several choices. looking: the answer is to be found in the pictures, which hide it
    otherwise until it is revealed. hint: HTML within a line, where to look after a wrong answer. reference: where
    the right number comes from; None where the text itself says it. expected: the right number for the step's own
    values. label: what stands before the field.
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
    """What the reader is to bring about by changing values."""

    reference: Reference
    comparison: Comparison
    number: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step. program and values are whole, also where the file says only what differs from the step before."""

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
