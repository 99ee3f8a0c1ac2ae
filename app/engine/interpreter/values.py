"""The values of the interpreter: an expression is a node, a number, an array literal, a function, a tuple ..."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.ops import Op


class Ref:
    """A node, by its index in the program, and how NumPy would hold its value.

    buffer: identifies the memory; values with the same buffer are views of the same memory.
    boxed: whether it is an array even without axes, as `np.array(2.0)` is; otherwise it would be a number then.
    frozen: whether it is read-only in NumPy, as the result of `np.broadcast_to` is.
    """

    __slots__ = ("boxed", "buffer", "frozen", "index")

    def __init__(self, index: int, buffer: object = None, boxed: bool = False) -> None:
        self.index = index
        self.buffer = index if buffer is None else buffer
        self.boxed = boxed
        self.frozen = False


def copied(ref: Ref, *, boxed: bool = False) -> Ref:
    """A copy, as `.copy()` makes it: the same node, because values never change here, with other memory."""
    return Ref(ref.index, object(), boxed)


@dataclass(frozen=True, slots=True, eq=False)
class ArrayLiteral:
    """An array written in the text. kind: the number type that NumPy would give it. The literal itself is the buffer of
    every node made from it."""

    array: np.ndarray[Any, np.dtype[np.float64]]
    kind: str


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function that is an op. spelling: its name in the text, such as `np.exp`."""

    op: Op
    spelling: str


@dataclass(frozen=True, slots=True)
class Special:
    """A function that the interpreter carries out itself: `np.array`, `print`, `np.split` ..."""

    name: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Module:
    name: str


@dataclass(frozen=True, slots=True)
class ShapeOf:
    """`x.shape`, which can be indexed, unpacked and printed."""

    node: Ref


@dataclass(slots=True)
class Scope:
    """The names of one scope. own: the names that the function assigns, which are local to it, as in Python."""

    names: dict[str, Any]
    parent: Scope | None = None
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Function:
    """A `def` or `lambda`, with the scope of its definition. foreign: whether it is part of the prelude and not of the
    reader's text."""

    name: str
    parameters: tuple[str, ...]
    keyword_only: tuple[str, ...]
    defaults: dict[str, Any]
    body: tuple[ast.stmt, ...]
    scope: Scope
    foreign: bool
    own: frozenset[str] = field(default_factory=frozenset)


def describe(value: Any) -> str:  # noqa: C901 - one case per kind of value
    """A value in a few words, for error messages."""
    match value:
        case None:
            return "None"
        case bool():
            return str(value)
        case int() | float():
            return f"the number {value}"
        case str():
            return "a string"
        case Ref():
            return "a computed value"
        case ArrayLiteral():
            return "an array"
        case Builtin() | Special():
            return f"the function {value.spelling}"
        case Function():
            return f"the function {value.name}"
        case Module():
            return f"the module {value.name}"
        case ShapeOf():
            return "a shape"
        case tuple():
            return "a tuple"
        case list():
            return "a list"
        case _:
            return "this"
