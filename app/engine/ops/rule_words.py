"""The words in which rules are written: `exp`, `where`, `maximum`, `reshape` ... Each builds an expression.

What they print as is listed in `vocabulary.py`. Nothing here evaluates an expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.ops.expression import (
    Apply,
    Expr,
    Named,
    Shape,
    lift,
)


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


# Words of rules written with indices (`app/engine/notation/indices`): printed, never run.


def over(word: str, x: Expr, letters: tuple[str, ...]) -> Expr:
    """The "sum", "max" or "min" of x over these index letters."""
    return Apply("over", (x,), (word, letters))


def truth(x: Expr) -> Expr:
    """1 where x is true, else 0: Iverson's bracket."""
    return Apply("truth", (x,))


def cases(values: list[Expr], conditions: list[Any]) -> Expr:
    """Cases: the first value whose condition (with `text` and `latex`) is true; the last value has no condition."""
    return Apply("cases", tuple(values), tuple(conditions)) if conditions else values[0]
