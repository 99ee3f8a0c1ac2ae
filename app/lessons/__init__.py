"""Lessons: one Markdown file each, and the loader that reads them.

library = Library.load(limits, own=None)    # the built-in lessons, and those in the folder `own`
library.lessons, library.find("the-chain-rule")

A lesson is a sequence of steps; a step has a text, a program with values, a moment and figures. Numbers in the text are
references (`{{grad x}}`) that the engine resolves: see `references.py`. docs/lessons.md describes the format.
"""

from app.lessons.errors import LessonError
from app.lessons.lesson import Lesson
from app.lessons.library import Library, read_lesson

__all__ = ["Lesson", "LessonError", "Library", "read_lesson"]
