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


@dataclass(frozen=True, slots=True)
class Returned:
    """How a function ended: with this value."""

    value: Any


class OutOfRange(ProgramError):
    """An index beyond the end: it ends a loop over an object that has `__getitem__` alone."""


BREAK, CONTINUE = "break", "continue"
