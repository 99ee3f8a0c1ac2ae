"""The cards of the first page: lessons and examples, each with a picture of its graph and one sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from app.assets import Bundle
from app.engine import EngineError, Limits, compile_program
from app.engine.program import Node
from app.lessons import Lesson, Library
from app.lessons.lesson import Step
from app.picture import picture

EXAMPLES = "examples.json"
"""The built file with the examples of static/js/examples.js, as JSON (scripts/build.mjs writes it)."""

LITTLE = 4
"""A graph with fewer nodes is too small for a picture."""


@dataclass(frozen=True, slots=True)
class Card:
    """A link to a lesson or an example. lesson, steps: a lesson's slug and number of steps, by which the page shows the
    reader's progress. minutes: the duration of a lesson; 0 for an example."""

    href: str
    title: str
    text: str
    picture: Markup
    lesson: str = ""
    steps: int = 0
    minutes: int = 0


class Gallery:
    """The cards. Those of lessons are made when the server starts; those of examples once for each build of the front
    end, which contains the examples."""

    def __init__(self, library: Library, bundle: Bundle) -> None:
        self.lessons = tuple(
            Card(
                href=f"/lessons/{lesson.slug}",
                title=lesson.title,
                text=lesson.summary,
                picture=_drawn(*_program(lesson), f"The graph of {lesson.title}"),
                lesson=lesson.slug,
                steps=len(lesson.steps),
                minutes=lesson.minutes,
            )
            for lesson in library.lessons
        )
        self._bundle = bundle
        self._made: tuple[str, tuple[Card, ...]] | None = None

    def examples(self) -> tuple[Card, ...]:
        """The cards of the examples in the current build; none if there is no build."""
        manifest = self._bundle.manifest()
        version = manifest.version if manifest else ""
        if self._made is None or self._made[0] != version:
            found = json.loads(self._bundle.read(EXAMPLES) or b"[]")
            self._made = version, tuple(_example(each) for each in found)
        return self._made[1]


def _program(lesson: Lesson) -> tuple[str, Mapping[str, Any]]:
    """The program to draw, with its values: that of the first step; if its graph is too small, that of the step with
    the most names."""
    first, *others = lesson.steps
    chosen = max(others, key=_names, default=first) if len(_nodes(first)) < LITTLE else first
    return chosen.program, chosen.values


def _nodes(step: Step) -> Sequence[Node]:
    return compile_program(step.program, step.values).structure.nodes


def _names(step: Step) -> int:
    """The number of named nodes."""
    return sum(node.name is not None for node in _nodes(step))


def _example(example: Mapping[str, Any]) -> Card:
    fields = {"program": example["program"], "values": json.dumps(example["values"]), "title": example["title"]}
    return Card(
        href=f"/lab#{urlencode(fields)}",
        title=example["title"],
        text=example["hint"],
        picture=_drawn(example["program"], example["values"], f"The graph of {example['title']}"),
    )


def _drawn(program: str, values: Mapping[str, Any], label: str) -> Markup:
    """A picture as markup; empty if the program does not run (a test runs all of ours)."""
    try:
        return Markup(picture(compile_program(program, values, limits=Limits()).run(), label))  # noqa: S704 - it escapes
    except EngineError:
        return Markup("")
