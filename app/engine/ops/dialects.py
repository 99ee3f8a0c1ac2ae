"""Prints expressions for their readers, and names what compiled kernels may call."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.ops.expression import Apply, Expr, Number, Symbol
from app.engine.ops.vocabulary import ATOM, COMPARISON, HELPERS, SIGN, WORDS, Spelling, Word


def _largest_of(*xs: float) -> float:
    """`max`, but a nan wins, as in NumPy."""
    return max(xs) if all(x == x for x in xs) else math.nan


def _smallest_of(*xs: float) -> float:
    return min(xs) if all(x == x for x in xs) else math.nan


def _ties_of(y: float, *xs: float) -> int:
    return sum(x == y for x in xs)


def kernel_namespace() -> dict[str, Any]:
    """The globals of compiled kernels: NumPy, `math` and the helpers; nothing from the user."""
    space: dict[str, Any] = {
        "np": np,
        "math": math,
        "pow": math.pow,
        "abs": abs,
        "float": float,
        "exp": np.exp,
        "log": np.log,
        "log1p": np.log1p,
        "expm1": np.expm1,
        "sqrt": np.sqrt,
        "sin": np.sin,
        "cos": np.cos,
        "tanh": np.tanh,
        "absolute": np.absolute,
        "maximum": np.maximum,
        "minimum": np.minimum,
        "where": np.where,
        "ZERO": np.zeros(()),
        "matmul": np.matmul,
        "dot": np.dot,
        "add_reduce": np.add.reduce,
        "max_reduce": np.maximum.reduce,
        "min_reduce": np.minimum.reduce,
        "largest_of": _largest_of,
        "smallest_of": _smallest_of,
        "ties_of": _ties_of,
        "__builtins__": {"__import__": __import__},
    }
    for text in HELPERS.values():
        exec(text, space)  # noqa: S102 - our own text, listed above
    return space


@dataclass(frozen=True, slots=True)
class Dialect:
    """How expressions are printed for one reader: the spellings to prefer, in this order."""

    spellings: tuple[str, ...]
    latex: bool = False

    def spelling(self, word: Word) -> Spelling:
        for name in self.spellings:
            form: Spelling | None = getattr(word, name)
            if form is not None:
                return form
        raise AssertionError(word)

    def print(self, expression: Expr, names: Mapping[str, str | tuple[str, int]]) -> str:
        """The expression with every symbol replaced by its name. A name given with a precedence is bracketed as
        needed."""
        return self.bound(expression, names)[0]

    def bound(self, expression: Expr, names: Mapping[str, str | tuple[str, int]]) -> tuple[str, int]:
        """`print`, with the precedence of the result beside it."""
        if isinstance(expression, Symbol):
            name = names[expression.key]
            return (name, ATOM) if isinstance(name, str) else name
        if isinstance(expression, Number):
            return self._number(expression)
        assert isinstance(expression, Apply)
        word = WORDS[expression.word]
        form = self.spelling(word)
        needs, binds = self._brackets(word, form)
        parts = []
        for position, argument in enumerate(expression.arguments):
            text, level = self.bound(argument, names)
            if position < len(needs) and level < needs[position]:
                text = rf"\left({text}\right)" if self.latex else f"({text})"
            parts.append(text)
        if isinstance(form, str):
            return form.format(*parts), binds
        return form(parts, expression.options), binds

    def _brackets(self, word: Word, form: Spelling) -> tuple[tuple[int, ...], int]:
        """The least precedence of each operand, and the precedence of the result, in this spelling."""
        if self.latex:
            needs = word.needs if word.latex_needs is None else word.latex_needs
            return needs, word.binds if word.latex_binds is None else word.latex_binds
        if not isinstance(form, str) or form[0] in "{-":
            return word.needs, word.binds
        if form[0] == "(":
            return tuple(max(level, COMPARISON + 1) for level in word.needs), ATOM
        return (), ATOM

    def _number(self, number: Number) -> tuple[str, int]:
        value = number.value
        if number.kernel is not None and "array" in self.spellings:
            return number.kernel, ATOM
        if self.latex:
            text = number.latex or number_text(value).replace("e", r"\mathrm{e}")
        elif math.isfinite(value):
            text = number_text(value) if self is NUMPY else repr(value)
        else:
            # No literal exists for these; every kernel and emitted program knows np.
            text = "np.nan" if value != value else "np.inf" if value > 0 else "-np.inf"
        return text, SIGN if text.startswith("-") else ATOM


def number_text(value: float) -> str:
    """A finite number as a person would type it: `2` for 2.0, else every digit that matters."""
    whole = value.is_integer() and abs(value) < 1e15 and (value != 0 or math.copysign(1, value) > 0)
    return str(int(value)) if whole else repr(value)


NUMPY = Dialect(("numpy",))
ARRAY = Dialect(("array", "numpy"))
SCALAR = Dialect(("scalar", "numpy"))
IEEE = Dialect(("ieee", "array", "numpy"))
LATEX = Dialect(("latex",), latex=True)
