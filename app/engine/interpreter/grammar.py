"""What the syntax of the language gives to whoever runs it: what is accepted, and how statements end."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.errors import ProgramError


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is accepted: one function for each kind of syntax. For an expression, (interpreter, node, id, name) -> its
    value; for a statement, (interpreter, node) -> None, or how it ended what is around it."""

    expressions: Mapping[type[ast.expr], Callable[..., Any]]
    statements: Mapping[type[ast.stmt], Callable[..., Any]]
    invoke: Callable[..., Any]
    """(interpreter, function, call) -> what the function returns."""
    truth_of_object: Callable[..., bool]
    """(interpreter, object, place) -> what it counts as in a condition."""
    items_of_object: Callable[..., Any]
    """(interpreter, object, place) -> what a loop over it gets: a list, or a `Lazy`."""
    generate: Callable[..., Iterator[Any]]
    """(interpreter, lines of a function) -> what they yield."""


@dataclass(slots=True)
class Returned:
    """How a function ended: with this value."""

    value: Any


class Raised(ProgramError):
    """An exception that Python raises here, which `except` may catch. kind: the name of its class; text: what Python
    says, None where that is not known; thrown: the object, for one that the text itself raises."""

    kind = "Exception"
    text: str | None = None
    thrown: Any = None

    def of(self, kind: str, text: str | None = None, thrown: Any = None) -> Raised:
        self.kind, self.text, self.thrown = kind, text, thrown
        return self


class OutOfRange(Raised):
    """An index beyond the end: it ends a loop over an object that has `__getitem__` alone."""

    kind = "IndexError"


BREAK, CONTINUE, LEFT = "break", "continue", "left"
"""How statements end beside `return`. LEFT: a training is left after the turn that is wanted, with all its loops."""
