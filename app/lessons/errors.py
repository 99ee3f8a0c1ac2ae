"""What is wrong with a lesson's file, told so that its author can mend it."""

from __future__ import annotations


class LessonError(ValueError):
    """A place in a file, what was found there, and what to write instead."""

    def __init__(self, file: str, line: int, found: str, instead: str) -> None:
        super().__init__(f"{file}, line {line}: {found}. {instead}")
        self.file = file
        self.line = line
        self.found = found
        self.instead = instead
