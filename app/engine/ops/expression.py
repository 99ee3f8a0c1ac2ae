"""The symbolic expressions in which every rule is written, once.

A rule such as `lambda y, x: (0.5 / y,)` is a Python function that is generic over its arguments. The engine calls it
with symbols and gets an expression. Printed as Python the expression is compiled and run, printed as NumPy it is the
code that a reader sees, printed as LaTeX it is the formula on the page. What you read is what ran.

The words (function symbols) are listed in `vocabulary.py`. Nothing here evaluates an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Shape = tuple[int, ...]


class Expr:
    """A node of a symbolic expression. Operators build larger ones, with the identities that are exact in IEEE
    arithmetic (`x * 1`, `x / 1`, `-(-x)`) applied at once."""

    __slots__ = ()

    def __add__(self, other: Any) -> Expr:
        return Apply("add", (self, lift(other)))

    def __radd__(self, other: Any) -> Expr:
        return Apply("add", (lift(other), self))

    def __sub__(self, other: Any) -> Expr:
        return Apply("sub", (self, lift(other)))

    def __rsub__(self, other: Any) -> Expr:
        return Apply("sub", (lift(other), self))

    def __mul__(self, other: Any) -> Expr:
        return product(self, lift(other))

    def __rmul__(self, other: Any) -> Expr:
        return product(lift(other), self)

    def __truediv__(self, other: Any) -> Expr:
        divisor = lift(other)
        return self if is_number(divisor, 1.0) else Apply("div", (self, divisor))

    def __rtruediv__(self, other: Any) -> Expr:
        return Apply("div", (lift(other), self))

    def __pow__(self, other: Any) -> Expr:
        exponent = lift(other)
        return self if is_number(exponent, 1.0) else Apply("pow", (self, exponent))

    def __rpow__(self, other: Any) -> Expr:
        return Apply("pow", (lift(other), self))

    def __matmul__(self, other: Expr) -> Expr:
        return Apply("matmul", (self, other))

    def __neg__(self) -> Expr:
        if isinstance(self, Apply) and self.word == "neg":
            return self.arguments[0]
        return Apply("neg", (self,))

    def __gt__(self, other: Any) -> Expr:
        return Apply("gt", (self, lift(other)))

    def __ge__(self, other: Any) -> Expr:
        return Apply("ge", (self, lift(other)))

    def __lt__(self, other: Any) -> Expr:
        return Apply("lt", (self, lift(other)))

    def __le__(self, other: Any) -> Expr:
        return Apply("le", (self, lift(other)))


@dataclass(frozen=True, slots=True)
class Symbol(Expr):
    """A placeholder that is replaced by a name when the expression is printed."""

    key: str


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """A constant. latex: its LaTeX if that is not its digits, such as a square root. kernel: its name in compiled code,
    where it is kept as a 0-d array, because converting a Python float on each call takes a third of a small op."""

    value: float
    latex: str | None = None
    kernel: str | None = None


ZERO = Number(0.0, kernel="ZERO")
HALF = Number(0.5, kernel="HALF")


@dataclass(frozen=True, slots=True)
class Apply(Expr):
    """A word of the vocabulary applied to arguments, with static options such as an axis."""

    word: str
    arguments: tuple[Expr, ...]
    options: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Named(Expr):
    """An expression that some languages have a function for. The engine and the other languages write `meaning`."""

    name: str
    arguments: tuple[Expr, ...]
    meaning: Expr


def symbols_of(expression: Expr | None) -> Iterator[str]:
    """The keys of an expression's symbols, each as often as it occurs."""
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Symbol):
            yield each.key
        elif isinstance(each, Apply):
            waiting += each.arguments
        elif isinstance(each, Named):
            waiting.append(each.meaning)


def symbols_in(expression: Expr | None) -> frozenset[str]:
    """The keys of the symbols in an expression."""
    return frozenset(symbols_of(expression))


def divisors(expression: Expr) -> tuple[Expr, ...]:
    """The divisors in an expression that are not numbers: it has a pole where one of them is 0."""
    if not isinstance(expression, Apply):
        return ()
    inner = [found for each in expression.arguments for found in divisors(each)]
    first, *rest = expression.arguments or (expression,)
    own: tuple[Expr, ...] = ()
    if expression.word == "div":
        own = (rest[0],)
    elif expression.word == "pow" and isinstance(rest[0], Number) and rest[0].value < 0:
        own = (first,)
    return (*inner, *[each for each in own if not isinstance(each, Number)])


COMPARISONS = frozenset({"gt", "ge", "lt", "le", "eq", "ne"})
MASKS = COMPARISONS | {"and", "or", "not"}
"""Words whose value is true or false."""
CHOICES = frozenset({"where", "choose"})
"""Words whose value is that of one input or another, as the first one says."""


def lift(value: Any) -> Expr:
    """A Python number as an expression; expressions pass through."""
    return value if isinstance(value, Expr) else Number(float(value))


def is_number(expression: Expr, value: float) -> bool:
    return isinstance(expression, Number) and expression.value == value


def product(a: Expr, b: Expr) -> Expr:
    if is_number(a, 1.0):
        return b
    if is_number(b, 1.0):
        return a
    if is_number(a, -1.0):
        return -b
    if is_number(b, -1.0):
        return -a
    if isinstance(b, Apply) and b.word in MASKS:
        return gate(a, b)
    if isinstance(a, Apply) and a.word in MASKS:
        return gate(b, a)
    return Apply("mul", (a, b))


def gate(a: Expr, mask: Expr) -> Expr:
    """`a` where the mask is true, else 0, even where `a` is inf or nan. Iverson's bracket is as strong: a·[mask] is 0
    where the mask is false, even where `a` is undefined (Knuth 1992, "Two notes on notation")."""
    return Apply("gate", (a, mask))


def word(name: str) -> Callable[..., Expr]:
    """A function that applies a word of the vocabulary to its arguments."""

    def build(*arguments: Any) -> Expr:
        return Apply(name, tuple(map(lift, arguments)))

    build.__name__ = name
    return build


def along(name: str) -> Callable[..., Expr]:
    """The same for a word that goes along axes: all when None."""

    def build(x: Expr, axes: tuple[int, ...] | int | None = None, keepdims: bool = False) -> Expr:
        return Apply(name, (x,), (axes, keepdims))

    build.__name__ = name
    return build
