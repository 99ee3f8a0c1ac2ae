"""Lessons: one Markdown file each, and the loader that reads them.

library = Library.load(limits, own=None)    # the built-in lessons, and those of a folder of one's own
library.lessons, library.find("the-chain-rule")

A lesson is steps; a step is text, a program with values, a moment and what to look at. Numbers in the text are
references (`{{grad x}}`) that the engine resolves: see `references.py`. The format is told in docs/lessons.md.
"""

from app.lessons.errors import LessonError
from app.lessons.lesson import Lesson
from app.lessons.library import Library, read_lesson

__all__ = ["Lesson", "LessonError", "Library", "read_lesson"]
