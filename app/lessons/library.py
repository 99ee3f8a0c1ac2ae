"""All lessons: the built-in ones in their order, then those of an additional folder in theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.engine import Limits
from app.lessons.errors import LessonError
from app.lessons.lesson import Lesson
from app.lessons.reading import read
from app.lessons.renderer import Renderer

BUILT_IN = Path(__file__).resolve().parent / "texts"
MOST_LESSONS = 200
"""Most files in the additional folder."""
MOST_BYTES = 200_000
"""Largest file, bytes."""
_FILE = re.compile(r"(?:\d+-)?([a-z0-9]+(?:-[a-z0-9]+)*)\.md$")


def read_lesson(path: Path, limits: Limits | None = None) -> Lesson:
    """The lesson in a file. Raises LessonError."""
    return _read(path, limits or Limits(), Renderer())


def _read(path: Path, limits: Limits, renderer: Renderer) -> Lesson:
    named = _FILE.match(path.name)
    if named is None:
        raise LessonError(
            path.name, 1, "this file name", "Use lower-case letters, digits and dashes, as in 05-my-lesson.md."
        )
    if path.stat().st_size > MOST_BYTES:
        raise LessonError(path.name, 1, f"more than {MOST_BYTES:,} bytes", "Split it into two lessons.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise LessonError(path.name, 1, "characters that are not UTF-8", "Save the file as UTF-8.") from None
    return read(named[1], path.name, text, limits, renderer)


@dataclass(frozen=True, slots=True)
class Library:
    """Lessons in the order in which they are read."""

    lessons: tuple[Lesson, ...]

    @classmethod
    def load(cls, limits: Limits | None = None, own: Path | None = None) -> Library:
        """Reads all files, so that a mistake in a lesson is found when the server starts, not in class.

        own: an additional folder of lessons. Raises LessonError; OSError if the folder cannot be read.
        """
        renderer = Renderer()
        found: list[Lesson] = []
        for folder in [BUILT_IN, *([] if own is None else [own])]:
            read_here = [_read(path, limits or Limits(), renderer) for path in _files(folder)]
            found += sorted(read_here, key=lambda lesson: (lesson.order, lesson.slug))
        seen: dict[str, Lesson] = {}
        for lesson in found:
            if lesson.slug in seen:
                instead = f"Rename the file: {seen[lesson.slug].file} has that address already."
                raise LessonError(lesson.file, 1, f"another lesson {lesson.slug}", instead)
            seen[lesson.slug] = lesson
        return cls(tuple(found))

    def find(self, slug: str) -> Lesson | None:
        """The lesson with this address."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def around(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after this one."""
        index = self.lessons.index(lesson)
        before = self.lessons[index - 1] if index > 0 else None
        return before, self.lessons[index + 1] if index + 1 < len(self.lessons) else None


def _files(folder: Path) -> Iterable[Path]:
    files = sorted(path for path in folder.iterdir() if path.suffix == ".md" and path.name != "README.md")
    if len(files) > MOST_LESSONS:
        raise LessonError(folder.name, 1, f"{len(files)} lessons", f"At most {MOST_LESSONS} are read from one folder.")
    return files
