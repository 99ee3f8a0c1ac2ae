"""The error in a lesson's file."""

from __future__ import annotations


class LessonError(ValueError):
    """An error in a lesson, for its author. file, line: where; found: what is wrong; instead: what to write."""

    def __init__(self, file: str, line: int, found: str, instead: str) -> None:
        super().__init__(f"{file}, line {line}: {found}. {instead}")
        self.file = file
        self.line = line
        self.found = found
        self.instead = instead
