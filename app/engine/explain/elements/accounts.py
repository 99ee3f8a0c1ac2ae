"""The account of an element: its terms, and the elements that it was computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.engine.explain.elements.scalar_graph import Index
from app.engine.wording import Part


@dataclass(frozen=True, slots=True)
class Cell:
    """An element of a node's value or gradient."""

    id: str
    index: Index
    of: Literal["value", "grad"]


class Term(NamedTuple):
    """One addend. `sources`: places in the account's list."""

    text: tuple[Part, ...]
    rule: tuple[Part, ...]
    value: float
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class More:
    """The addends that are not written out: how many, and their sum."""

    count: int
    value: float


@dataclass(frozen=True, slots=True)
class Account:
    """Where one number came from. `text` has the numbers and ends in the result; `rule` is the same in names."""

    value: float
    text: tuple[Part, ...]
    rule: tuple[Part, ...]
    terms: tuple[Term, ...]
    more: More | None
    sources: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one element's value and gradient. `grad` is None where no path leads to the output; each is None
    where it was not asked for."""

    node: str
    index: Index
    value: Account | None
    grad: Account | None
