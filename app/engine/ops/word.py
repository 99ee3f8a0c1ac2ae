"""One word of the vocabulary: how each language spells it, and how tightly its spelling binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Spelling = str | Callable[[list[str], tuple[Any, ...]], str]


ATOM, POWER, SIGN, PRODUCT, SUM, AND, OR, COMPARISON, CHOICE = 100, 30, 25, 20, 10, 8, 6, 5, 1


class Unspelled(Exception):
    """A reader's language does not have what was to be written. The message says what it has instead, if anything."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `array`, `scalar` and `ieee` default to `numpy`, `array` in turn, `jax` to `numpy`, `torch_ieee` and
    `jax_ieee` to `torch` and `jax`; without `torch` or `micrograd` it is not part of those languages; `binds` is the
    precedence of the result and `needs` the least precedence of each operand (ATOM-bracketing calls need nothing)."""

    numpy: Spelling
    latex: Spelling
    array: Spelling | None = None
    scalar: Spelling | None = None
    ieee: Spelling | None = None
    torch: Spelling | None = None
    torch_ieee: Spelling | None = None
    jax: Spelling | None = None
    jax_ieee: Spelling | None = None
    micrograd: Spelling | None = None
    binds: int = ATOM
    needs: tuple[int, ...] = ()
    latex_binds: int | None = None
    latex_needs: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """How languages spell a whole expression that they have a function for; the others write the expression.

    An autograd differentiates what is written. So this is not about beauty alone: relu is the maximum of x and 0, but
    where both are 0 the maximum shares the gradient and relu has none; and the slope of sigmoid, far out, is 0 only for
    those who know that it is one.
    """

    torch: Spelling | None = None
    jax: Spelling | None = None
    micrograd: Spelling | None = None
