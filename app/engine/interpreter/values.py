"""What an expression of the language can be while it is read: a node, a number, an array literal, a function, a tuple
..."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.ops import Op


class Ref:
    """A node that has been written, by its position, and how NumPy would hold it.

    buffer: stands for the memory that it shows; values with one buffer are windows onto the same memory.
    boxed: whether it is an array even should it have no axes, as `np.array(2.0)` is; otherwise that is a number.
    frozen: whether NumPy refuses to store into it, as into what `np.broadcast_to` gives.
    """

    __slots__ = ("boxed", "buffer", "frozen", "index")

    def __init__(self, index: int, buffer: object = None, boxed: bool = False) -> None:
        self.index = index
        self.buffer = index if buffer is None else buffer
        self.boxed = boxed
        self.frozen = False


def copied(ref: Ref, *, boxed: bool = False) -> Ref:
    """The same value in memory of its own, as `.copy()` makes it: values never change here, so it is the same node."""
    return Ref(ref.index, object(), boxed)


@dataclass(frozen=True, slots=True, eq=False)
class ArrayLiteral:
    """An array written out in the text; `kind` as Python would have it. Each is a piece of memory of its own, and
    stands for it: as the buffer of every node that is made of it."""

    array: np.ndarray[Any, np.dtype[np.float64]]
    kind: str


@dataclass(frozen=True, slots=True)
class Builtin:
    """An op called by name; `spelling` as the reader wrote it."""

    op: Op
    spelling: str


@dataclass(frozen=True, slots=True)
class Special:
    """A function that the reader of the text carries out itself: `np.array`, `print`, `np.split` ..."""

    name: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Module:
    name: str


@dataclass(frozen=True, slots=True)
class ShapeOf:
    """`x.shape`, of which only `x.shape[i]` can be used."""

    node: Ref


@dataclass(slots=True)
class Scope:
    """Names on one level. `own` are the names that a function assigns and that are therefore local, as in Python."""

    names: dict[str, Any]
    parent: Scope | None = None
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Function:
    """A `def` or `lambda`, with the scope it was written in. `foreign`: its lines are not the reader's (the
    prelude)."""

    name: str
    parameters: tuple[str, ...]
    keyword_only: tuple[str, ...]
    defaults: dict[str, Any]
    body: tuple[ast.stmt, ...]
    scope: Scope
    foreign: bool
    own: frozenset[str] = field(default_factory=frozenset)


def describe(value: Any) -> str:  # noqa: C901 - one case per kind of value
    """A value in a few words, for messages."""
    match value:
        case None:
            return "None"
        case bool():
            return str(value)
        case int() | float():
            return f"the number {value}"
        case str():
            return "a text"
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
