"""Prints expressions in each language, and lists what compiled kernels may call."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.ops.expression import Apply, Expr, Named, Number, Symbol
from app.engine.ops.helpers import HELPERS
from app.engine.ops.printed import bracketed, fill
from app.engine.ops.spellings import is_number_text
from app.engine.ops.vocabulary import FUNCTIONS, WORDS
from app.engine.ops.word import ATOM, COMPARISON, SIGN, Spelling, Unspelled, Word


def _largest_of(*xs: float) -> float:
    """`max`, but NaN if one of them is NaN, as in NumPy."""
    return max(xs) if all(x == x for x in xs) else math.nan


def _smallest_of(*xs: float) -> float:
    return min(xs) if all(x == x for x in xs) else math.nan


def _ties_of(y: float, *xs: float) -> int:
    return sum(x == y for x in xs)


def _log_add_exp(a: float, b: float) -> float:
    """ln(exp(a) + exp(b)), as NumPy computes it."""
    return a + math.log(2) if a == b else max(a, b) + math.log1p(math.exp(-abs(a - b)))


def _power(a: Any, b: Any) -> Any:
    """a ** b. Of single numbers it is the C library's, as in Python and NumPy: `np.power` multiplies squares out, which
    may differ in the last digit."""
    return np.float64(a) ** b if isinstance(a, float) and isinstance(b, float) else np.power(a, b)


_LARGEST = 709.0
"""Up to here exp is finite."""


def _math_tanh(x: Any) -> Any:
    """The C library's tanh of a single number, as `math.tanh` gives it: NumPy's differs in the last digit."""
    return math.tanh(x) if isinstance(x, float) else np.tanh(x)


def _math_exp(x: Any) -> Any:
    """The same of exp; inf where it is too large."""
    return math.exp(x) if isinstance(x, float) and x < _LARGEST else np.exp(x)


def _math_log(x: Any) -> Any:
    return math.log(x) if isinstance(x, float) and x > 0 else np.log(x)


def _np_exp(x: float) -> float:
    """NumPy's exp of a single number. OverflowError where it is too large."""
    return float(np.exp(x)) if x < _LARGEST else math.exp(x)


def _np_log(x: float) -> float:
    """NumPy's logarithm of a single number. ValueError where there is none."""
    return float(np.log(x)) if x > 0 else math.log(x)


def kernel_namespace() -> dict[str, Any]:
    """The globals of compiled kernels: NumPy, `math` and the helpers; nothing from the user."""
    space: dict[str, Any] = {
        "np": np,
        "math": math,
        "pow": math.pow,
        "power": _power,
        "abs": abs,
        "float": float,
        "exp": np.exp,
        "log": np.log,
        "log1p": np.log1p,
        "expm1": np.expm1,
        "sqrt": np.sqrt,
        "sin": np.sin,
        "cos": np.cos,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "math_tanh": _math_tanh,
        "math_exp": _math_exp,
        "math_log": _math_log,
        "np_exp": _np_exp,
        "np_log": _np_log,
        "absolute": np.absolute,
        "maximum": np.maximum,
        "minimum": np.minimum,
        # Skips the dispatch through __array_function__, a ninth of the time of np.where on a small array.
        "where": getattr(np.where, "_implementation", np.where),
        "ZERO": np.zeros(()),
        "HALF": np.full((), 0.5),
        "frombuffer": np.frombuffer,
        "matmul": np.matmul,
        "dot": np.dot,
        "add_reduce": np.add.reduce,
        "max_reduce": np.maximum.reduce,
        "min_reduce": np.minimum.reduce,
        "largest_of": _largest_of,
        "smallest_of": _smallest_of,
        "ties_of": _ties_of,
        "log_add_exp": _log_add_exp,
        "__builtins__": {"__import__": __import__},
    }
    for text in HELPERS.values():
        exec(text, space)  # noqa: S102 - our own text, listed above
    return space


@dataclass(frozen=True, slots=True)
class Dialect:
    """How expressions are printed in one language. spellings: the fields of `Word` to use, the first that is not None.

    module: what replaces `np` in spellings. boxed: the template by which a bare number becomes a value of the language,
    such as `torch.tensor({})`. short: whether numbers are printed as one types them (`2`, not `2.0`).
    """

    spellings: tuple[str, ...]
    latex: bool = False
    module: str = "np"
    boxed: str = ""
    short: bool = False

    def spelling(self, word: Word) -> Spelling:
        for name in self.spellings:
            form: Spelling | None = getattr(word, name)
            if form is not None:
                return form
        raise Unspelled

    def print(self, expression: Expr, names: Mapping[str, str | tuple[str, int]]) -> str:
        """The expression with every symbol replaced by its name. A name may come with its precedence and is then
        bracketed where needed. Raises Unspelled."""
        return self.bound(expression, names)[0]

    def bound(self, expression: Expr, names: Mapping[str, str | tuple[str, int]]) -> tuple[str, int]:
        """As `print`, with the precedence of the result."""
        if isinstance(expression, Symbol):
            name = names[expression.key]
            text, level = (name, ATOM) if isinstance(name, str) else name
            return self._native(text), level
        if isinstance(expression, Number):
            return self._number(expression)
        if isinstance(expression, Named):
            known = (getattr(FUNCTIONS[expression.name], name, None) for name in self.spellings)
            form = next((form for form in known if form is not None), None)
            if form is None:
                return self.bound(expression.meaning, names)
            return self.called(form, expression.arguments, names)
        assert isinstance(expression, Apply)
        word = WORDS[expression.word]
        form = self.spelling(word)
        needs, binds = self._brackets(word, form)
        parts = []
        for position, argument in enumerate(expression.arguments):
            text, level = self.bound(argument, names)
            if position < len(needs) and level < needs[position]:
                text = bracketed((text, level), needs[position], self.latex)
            parts.append(text)
        if not isinstance(form, str):
            return self._native(form(parts, expression.options)), binds
        if self.boxed and form[0] not in "{-":
            parts = [self.box(part) if is_number_text(part) else part for part in parts]
        return self._native(fill(form, *parts)), binds

    def called(self, form: Spelling, arguments: tuple[Expr, ...], names: Mapping[str, Any]) -> tuple[str, int]:
        """A call of a function that the language has. Operands are bracketed so that the spelling may compare them."""
        parts = []
        for argument in arguments:
            text, level = self.bound(argument, names)
            method = isinstance(form, str) and form.startswith("{")
            parts.append(f"({text})" if level < (ATOM if method else COMPARISON + 1) else text)
        if not isinstance(form, str):
            return self._native(form(parts, ())), ATOM
        return self._native(form.format(*(self.box(part) if is_number_text(part) else part for part in parts))), ATOM

    def box(self, number: str) -> str:
        """A bare number as a value of the language."""
        return self.boxed.format(f"{number}.0" if number.lstrip("-").isdigit() else number)

    def _native(self, text: str) -> str:
        return text if self.module == "np" or self.latex else re.sub(r"(?<![\w.])np\.(?!s_)", f"{self.module}.", text)

    def _brackets(self, word: Word, form: Spelling) -> tuple[tuple[int, ...], int]:
        """For this spelling: the least precedence of each operand, and the precedence of the result."""
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
            text = number.latex or number_text(value).replace("e", r"\mathrm{e}").replace("inf", r"\infty")
        elif math.isfinite(value):
            text = number_text(value) if self.short else repr(value)
        else:
            # Python has no literals for these; every kernel and emitted program imports np.
            text = self._native("np.nan" if value != value else "np.inf" if value > 0 else "-np.inf")
        return text, SIGN if text.startswith("-") else ATOM


def number_text(value: float) -> str:
    """A number in its shortest form: `2` for 2.0, else the fewest digits that give the same float."""
    whole = value.is_integer() and abs(value) < 1e15 and (value != 0 or math.copysign(1, value) > 0)
    return str(int(value)) if whole else repr(value)


NUMPY = Dialect(("numpy",), short=True)
TORCH = Dialect(("torch",), module="torch", boxed="torch.tensor({})", short=True)
JAX = Dialect(("jax", "numpy"), module="jnp", boxed="jnp.array({})", short=True)
MICROGRAD = Dialect(("micrograd",), boxed="Value({})", short=True)
ARRAY = Dialect(("array", "numpy"))
SCALAR = Dialect(("scalar", "numpy"))
IEEE = Dialect(("ieee", "array", "numpy"))
LATEX = Dialect(("latex",), latex=True)
