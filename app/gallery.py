"""What the first page shows: every lesson and every example, each with a picture of its own graph and one sentence."""

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
"""Where the build puts the examples of static/js/examples.js."""

LITTLE = 4
"""Nodes of which a picture shows no more than a line."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to open. lesson, steps: for how far the reader has come, where it is a lesson."""

    href: str
    title: str
    text: str
    picture: Markup
    lesson: str = ""
    steps: int = 0
    minutes: int = 0


class Gallery:
    """The cards; made once for each build of the front end, which brings the examples."""

    def __init__(self, library: Library, bundle: Bundle) -> None:
        self.lessons = tuple(
            Card(
                href=f"/lessons/{lesson.slug}",
                title=lesson.title,
                text=lesson.summary,
                picture=_drawn(*_telling(lesson), f"The graph of {lesson.title}"),
                lesson=lesson.slug,
                steps=len(lesson.steps),
                minutes=lesson.minutes,
            )
            for lesson in library.lessons
        )
        self._bundle = bundle
        self._made: tuple[str, tuple[Card, ...]] | None = None

    def examples(self) -> tuple[Card, ...]:
        """Those of the current build."""
        manifest = self._bundle.manifest()
        version = manifest.version if manifest else ""
        if self._made is None or self._made[0] != version:
            found = json.loads(self._bundle.read(EXAMPLES) or b"[]")
            self._made = version, tuple(_example(each) for each in found)
        return self._made[1]


def _telling(lesson: Lesson) -> tuple[str, Mapping[str, Any]]:
    """The program to draw: that of the first step; where there is little to see of it, the one with the most names."""
    first, *others = lesson.steps
    chosen = max(others, key=_names, default=first) if len(_nodes(first)) < LITTLE else first
    return chosen.program, chosen.values


def _nodes(step: Step) -> Sequence[Node]:
    return compile_program(step.program, step.values).structure.nodes


def _names(step: Step) -> int:
    """What a reader would know again: a function of many steps has many nodes, and none of them has a name."""
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
    """A picture; nothing where the program does not run, which its own tests tell."""
    try:
        return Markup(picture(compile_program(program, values, limits=Limits()).run(), label))  # noqa: S704 - escaped there
    except EngineError:
        return Markup("")
