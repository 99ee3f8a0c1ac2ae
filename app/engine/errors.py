"""Everything that may go wrong on purpose, as one tree.

    EngineError                 the root: a message, and where known a line, a column and a hint
    ├── ProgramError            the text is not in the language, or names something unknown
    ├── ShapeError              shapes that do not fit together
    ├── ValueProblem            a value that is missing, unknown, ragged or not a number
    ├── TargetError             correct, but not to be written in the language that code was asked for in
    └── LimitError              correct, but larger than this engine agrees to take on

Lines and columns count from 1, as editors show them. Whoever catches `EngineError` has caught every
failure that an input can cause; anything else that escapes the engine is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A place in the source text. Lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class EngineError(Exception):
    """A failure that the input caused, told so that its author can mend it."""

    def __init__(
        self,
        message: str,
        *,
        span: Span | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.line = span.line if span is not None else line
        self.column = span.column if span is not None else column
        self.hint = hint


class ProgramError(EngineError):
    """The program is not in the language: what was found, and what to write instead."""


class ShapeError(EngineError):
    """Shapes that do not fit together, found before anything was allocated."""


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A free name that needs a value, with one that lets the program run, those of the others taken as well; None where
    none was found. why: what stands in the way then."""

    name: str
    line: int | None
    suggested: float | list[Any] | None
    why: str = ""

    def advice(self, give: str, where: str) -> str:
        """What to do about it: `give` it beside the program, or write it in it."""
        if self.suggested is None:
            return f"{give}; none that lets the program run was found by trying{self.why and f' ({self.why})'}"
        written = "1.0" if isinstance(self.suggested, float) else f"np.ones({_shape(self.suggested)})"
        return f"{give}, or write {self.name} = {written} {where}"


def _shape(lists: Any) -> tuple[int, ...]:
    return (len(lists), *(_shape(lists[0]) if lists else ())) if isinstance(lists, list) else ()


class ValueProblem(EngineError):
    """A value that is missing, unknown, ragged, of the wrong shape or not a number."""

    def __init__(
        self,
        message: str,
        *,
        span: Span | None = None,
        hint: str | None = None,
        missing: tuple[MissingValue, ...] = (),
    ) -> None:
        super().__init__(message, span=span, hint=hint)
        self.missing = missing


class TargetError(EngineError):
    """The program is fine, but the language that its code was asked for in does not have all of it."""


class LimitError(EngineError):
    """The program or its arrays are larger than the limits allow."""
