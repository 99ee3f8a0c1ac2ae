"""One word of the vocabulary: how each language spells it, and how tightly its spelling binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Spelling = str | Callable[[list[str], tuple[Any, ...]], str]


Written = tuple[str, int]
"""A text and its precedence: how tightly its outermost operator binds."""
ATOM, POWER, SIGN, PRODUCT, SUM, AND, OR, COMPARISON, CHOICE = 100, 30, 25, 20, 10, 8, 6, 5, 1


class Unspelled(Exception):
    """The target language has no spelling for a word. The message says what it has instead, if anything."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its spellings. Defaults: `array` and `scalar` are `numpy`, `ieee` is `array`, `jax` is `numpy`.
    Without `torch` or `micrograd` those languages do not have it. masks: the languages (torch, jax) that
    multiply by a mask of 0 and 1 to differentiate it, so that an infinite gradient becomes nan.
    binds: the precedence of the result. needs: the least precedence of each operand without brackets; a call needs
    nothing, as its own brackets separate its operands."""

    numpy: Spelling
    latex: Spelling
    array: Spelling | None = None
    scalar: Spelling | None = None
    ieee: Spelling | None = None
    torch: Spelling | None = None
    jax: Spelling | None = None
    micrograd: Spelling | None = None
    binds: int = ATOM
    needs: tuple[int, ...] = ()
    latex_binds: int | None = None
    latex_needs: tuple[int, ...] | None = None
    masks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """Spellings of a whole expression that some languages have a function for; the others write the expression.

    An autograd differentiates what is written, so the choice matters: relu is the maximum of x and 0, but at 0 the
    maximum shares the gradient where relu has none; and far from 0 a library keeps the slope of its own sigmoid, but
    not that of the written-out formula.
    """

    torch: Spelling | None = None
    jax: Spelling | None = None
    micrograd: Spelling | None = None
