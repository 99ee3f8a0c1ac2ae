"""The words in which rules are written: `exp`, `where`, `maximum`, `reshape` ... Each builds an expression.

What they print as is listed in `vocabulary.py`. Nothing here evaluates an expression."""

from __future__ import annotations

from typing import Any

from app.engine.ops.expression import Apply, Expr, Named, Shape, along, lift, word

exp = word("exp")
log = word("log")
math_exp = word("math_exp")
math_log = word("math_log")
log1p = word("log1p")
expm1 = word("expm1")
sqrt = word("sqrt")
sin = word("sin")
cos = word("cos")
sinh = word("sinh")
cosh = word("cosh")
tanh = word("tanh")
math_tanh = word("math_tanh")
absolute = word("abs")
sign = word("sign")
erf = word("erf")
erfc = word("erfc")
as_float = word("float")
logical_not = word("not")
maximum = word("maximum")
minimum = word("minimum")
where = word("where")
choose = word("choose")
"""`where` whose condition is a number: true unless it is 0."""
equal = word("eq")
not_equal = word("ne")
both = word("and")
either = word("or")
matmul = word("matmul")
dot = word("dot")
"""The product of at most two-dimensional arrays, where `np.dot` is the faster spelling of `@`."""
total = along("sum")
largest = along("max")
smallest = along("min")
largest_of = word("largest_of")
"""The largest of several scalars."""
smallest_of = word("smallest_of")
ties_of = word("ties_of")
"""How many of several scalars equal the first one."""
truth = word("truth")
"""1 where x is true, else 0: Iverson's bracket, in rules written with indices (see below)."""


def held(x: Any, bound: float) -> Expr:
    """`x` clipped to [-bound, bound]."""
    return Apply("held", (lift(x),), (bound,))


def held_below(x: Any, bound: float) -> Expr:
    """x, but never below -bound."""
    return Apply("held_below", (lift(x),), (bound,))


def known_as(name: str, arguments: tuple[Any, ...], meaning: Expr) -> Expr:
    """`meaning`, which some languages write as a function of these arguments: see FUNCTIONS in `vocabulary.py`."""
    return Named(name, tuple(map(lift, arguments)), meaning)


def reshape(x: Expr, shape: Shape) -> Expr:
    return Apply("reshape", (x,), (shape,))


def transpose(x: Expr, axes: tuple[int, ...]) -> Expr:
    return Apply("transpose", (x,), (axes,))


def swapped(x: Expr, ndim: int) -> Expr:
    """The transposed matrix, or each of a batch."""
    return transpose(x, (*range(ndim - 2), ndim - 1, ndim - 2))


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


def filled(shape: Shape, value: float) -> Expr:
    """An array of `shape` filled with one number."""
    return Apply("filled", (), (shape, value))


# Words of rules written with indices (`app/engine/notation/indices`): printed, never run.


def over(word: str, x: Expr, letters: tuple[str, ...]) -> Expr:
    """The "sum", "max" or "min" of x over these index letters."""
    return Apply("over", (x,), (word, letters))


def cases(values: list[Expr], conditions: list[Any]) -> Expr:
    """Cases: the first value whose condition (with `text` and `latex`) is true; the last value has no condition."""
    return Apply("cases", tuple(values), tuple(conditions)) if conditions else values[0]
