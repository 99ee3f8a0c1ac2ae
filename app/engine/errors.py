"""The errors that an input can cause, in one class hierarchy.

    EngineError                 the root: a message and, where known, a line, a column and a hint
    ├── ProgramError            the text is not in the language, or names something unknown
    ├── ShapeError              shapes that do not fit together
    ├── ValueProblem            a value that is missing, unknown, ragged or not a number
    ├── TargetError             correct, but the target language of the emitted code cannot express it
    └── LimitError              correct, but larger than the limits allow

Lines and columns count from 1, as editors show them. Catching `EngineError` catches every failure that an input can
cause; any other exception that leaves the engine is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.engine.wording import Said


class Span(NamedTuple):
    """A place in the source text. Lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class EngineError(Exception):
    """A failure that the input caused. message: what was found; hint: what to write instead, by default that of the
    sentence (`Said`)."""

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
        self.hint = message.hint if hint is None and isinstance(message, Said) else hint


class ProgramError(EngineError):
    """The program is not in the language: what was found, and what to write instead."""


class ShapeError(EngineError):
    """Shapes that do not fit together; raised before anything is allocated."""


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A free name that needs a value. suggested: a value with which the program runs, together with those suggested for
    the other names; None if none was found, for the reason `why`."""

    name: str
    line: int | None
    suggested: float | list[Any] | None
    why: str = ""

    def advice(self, give: str, where: str) -> str:
        """Advice: `give` says how to send the value, `where` where to write a line instead."""
        if self.suggested is None:
            return f"{give}; no shape was found with which the program runs{self.why and f' ({self.why})'}"
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
    """The program is correct, but the target language of the emitted code cannot express it."""


class LimitError(EngineError):
    """The program or its arrays are larger than the limits allow."""
