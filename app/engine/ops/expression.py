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


def _unary(word: str) -> Callable[[Any], Expr]:
    def build(x: Any) -> Expr:
        return Apply(word, (lift(x),))

    build.__name__ = word
    return build


exp = _unary("exp")
log = _unary("log")
log1p = _unary("log1p")
expm1 = _unary("expm1")
sqrt = _unary("sqrt")
sin = _unary("sin")
cos = _unary("cos")
sinh = _unary("sinh")
cosh = _unary("cosh")
tanh = _unary("tanh")
absolute = _unary("abs")
sign = _unary("sign")
erf = _unary("erf")
erfc = _unary("erfc")
as_float = _unary("float")
logical_not = _unary("not")


def maximum(a: Any, b: Any) -> Expr:
    return Apply("maximum", (lift(a), lift(b)))


def minimum(a: Any, b: Any) -> Expr:
    return Apply("minimum", (lift(a), lift(b)))


def held(x: Any, bound: float) -> Expr:
    """`x` clipped to [-bound, bound]."""
    return Apply("held", (lift(x),), (bound,))


def held_below(x: Any, bound: float) -> Expr:
    """x, but never below -bound."""
    return Apply("held_below", (lift(x),), (bound,))


def known_as(name: str, arguments: tuple[Any, ...], meaning: Expr) -> Expr:
    """`meaning`, which some languages write as a function of these arguments: see FUNCTIONS in `vocabulary.py`."""
    return Named(name, tuple(map(lift, arguments)), meaning)


def choose(condition: Any, a: Any, b: Any) -> Expr:
    """`where` whose condition is a number: true unless it is 0."""
    return Apply("choose", (lift(condition), lift(a), lift(b)))


def where(condition: Expr, a: Any, b: Any) -> Expr:
    return Apply("where", (condition, lift(a), lift(b)))


def equal(a: Any, b: Any) -> Expr:
    return Apply("eq", (lift(a), lift(b)))


def not_equal(a: Any, b: Any) -> Expr:
    return Apply("ne", (lift(a), lift(b)))


def both(a: Expr, b: Expr) -> Expr:
    return Apply("and", (a, b))


def either(a: Expr, b: Expr) -> Expr:
    return Apply("or", (a, b))


def total(x: Expr, axes: tuple[int, ...] | None = None, keepdims: bool = False) -> Expr:
    """Sum over `axes` (all when None)."""
    return Apply("sum", (x,), (axes, keepdims))


def largest(x: Expr, axes: tuple[int, ...] | None = None, keepdims: bool = False) -> Expr:
    return Apply("max", (x,), (axes, keepdims))


def smallest(x: Expr, axes: tuple[int, ...] | None = None, keepdims: bool = False) -> Expr:
    return Apply("min", (x,), (axes, keepdims))


def largest_of(xs: tuple[Expr, ...]) -> Expr:
    """The largest of several scalars."""
    return Apply("largest_of", xs)


def smallest_of(xs: tuple[Expr, ...]) -> Expr:
    return Apply("smallest_of", xs)


def ties_of(y: Expr, xs: tuple[Expr, ...]) -> Expr:
    """How many of several scalars equal `y`."""
    return Apply("ties_of", (y, *xs))


def reshape(x: Expr, shape: Shape) -> Expr:
    return Apply("reshape", (x,), (shape,))


def transpose(x: Expr, axes: tuple[int, ...]) -> Expr:
    return Apply("transpose", (x,), (axes,))


def spread(x: Expr, shape: Shape) -> Expr:
    """`x` copied along the axes where it has length 1, up to `shape`."""
    return Apply("spread", (x,), (shape,))


def take(x: Expr, index: tuple[Any, ...]) -> Expr:
    """`x[index]` for a constant index of integers, slices and None."""
    return Apply("take", (x,), (index,))


def put(x: Expr, index: tuple[Any, ...], shape: Shape) -> Expr:
    """Zeros of `shape` with `x` at `index`: the transpose of `take`."""
    return Apply("put", (x,), (index, shape))


def stored(x: Expr, value: Any, index: tuple[Any, ...]) -> Expr:
    """A copy of x in which `x[index]` is the value. The index names no place twice."""
    return Apply("stored", (x, lift(value)), (index,))


def added(x: Expr, value: Any, index: tuple[Any, ...]) -> Expr:
    """A copy of x to which the value is added at the index, as often as a place occurs."""
    return Apply("added", (x, lift(value)), (index,))


def concatenate(parts: tuple[Expr, ...], axis: int) -> Expr:
    return Apply("concatenate", parts, (axis,))


def stack(parts: tuple[Expr, ...], axis: int) -> Expr:
    return Apply("stack", parts, (axis,))


def matmul(a: Expr, b: Expr) -> Expr:
    return Apply("matmul", (a, b))


def dot(a: Expr, b: Expr) -> Expr:
    """The product of at most two-dimensional arrays, where `np.dot` is the faster spelling of `@`."""
    return Apply("dot", (a, b))


def filled(shape: Shape, value: float) -> Expr:
    """An array of `shape` filled with one number."""
    return Apply("filled", (), (shape, value))


# -- words of rules written with indices (`app/engine/notation/indices`): printed, never run -------------------------


def over(word: str, x: Expr, letters: tuple[str, ...]) -> Expr:
    """The "sum", "max" or "min" of x over these index letters."""
    return Apply("over", (x,), (word, letters))


def truth(x: Expr) -> Expr:
    """1 where x is true, else 0: Iverson's bracket."""
    return Apply("truth", (x,))


def cases(values: list[Expr], conditions: list[Any]) -> Expr:
    """Cases: the first value whose condition (with `text` and `latex`) is true; the last value has no condition."""
    return Apply("cases", tuple(values), tuple(conditions)) if conditions else values[0]
