"""The rounding error of an expression, bounded by another expression: running error analysis (Wilkinson; Higham,
Accuracy and Stability of Numerical Algorithms, 3.3).

Every floating-point operation has an error relative to its result, and passes the errors of its operands on by its
slopes. So a sum of large terms that cancel has an error relative to the terms, however small the sum is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, reduce
from types import MappingProxyType

from app.engine.ops import REGISTRY, Call, Op
from app.engine.ops.expression import CHOICES, Apply, Expr, Number, Symbol, is_number, lift
from app.engine.ops.function_words import hypot
from app.engine.ops.rule_words import absolute, as_float, equal, log, maximum
from app.engine.ops.scan_words import in_order_of

NOTHING = Number(0.0)

Rounding = Callable[[Apply, Expr, tuple[Expr, ...]], Expr]
"""(a word with its arguments, its value, the error of each argument) -> its error."""


def rounding(expression: Expr, value: Expr | None = None) -> Expr:
    """The rounding error of an expression, in units of 2⁻⁵³, its symbols taken as exact.

    value: a symbol for the value of the whole expression; by default it is computed again.
    """
    if not isinstance(expression, Apply):
        return NOTHING
    off = tuple(map(rounding, expression.arguments))
    return _ROUNDINGS.get(expression.word, _by_slopes)(expression, expression if value is None else value, off)


def majorant(expression: Expr) -> Expr:
    """An upper bound of the absolute value of an expression, without cancellation."""
    if isinstance(expression, Number):
        return lift(abs(expression.value))
    if not isinstance(expression, Apply):
        return absolute(expression)
    word, arguments = expression.word, expression.arguments
    if word in ("add", "sub"):
        return _add(*map(majorant, arguments))
    if word == "div":
        return majorant(arguments[0]) / absolute(arguments[1])
    if word == "neg":
        return majorant(arguments[0])
    if word in CHOICES:
        return Apply(word, (arguments[0], *map(majorant, arguments[1:])))
    if word in _LINEAR or word in ("mul", "matmul", "dot", "sum", "einsum"):
        return Apply(word, tuple(map(majorant, arguments)), expression.options)
    if word == "gate":
        return Apply(word, (majorant(arguments[0]), arguments[1]))
    return expression if word in _TRUTHS else absolute(expression)


_LINEAR = frozenset(
    {"reshape", "transpose", "spread", "take", "put", "concatenate", "stack", "stored", "added", "cumsum"}
)
_TRUTHS = frozenset({"gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not", "float", "share", "ties_of", "filled"})


def _add(*terms: Expr) -> Expr:
    there = [term for term in terms if not is_number(term, 0.0)]
    return reduce(lambda a, b: a + b, there) if there else NOTHING


def _scaled(off: Expr, by: Expr) -> Expr:
    return NOTHING if is_number(off, 0.0) else off * by


@cache
def _slopes() -> Mapping[str, Op]:
    """By word, the op that is this word alone: it says the slopes."""
    found = {}
    for op in REGISTRY.values():
        inputs = tuple(map(Symbol, op.inputs))
        if op.kind != "elementwise" or op.partials is None or op.parameters:
            continue
        made = op.forward(_CALL, *inputs)
        if isinstance(made, Apply) and made.arguments == inputs:
            found[made.word] = op
    return MappingProxyType(found)


_CALL = Call({}, ())


def _by_slopes(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    """Of a word that is an op: what the slopes of the op pass on, and its own rounding. All others round nothing:
    comparisons, signs, steps, constants."""
    op = _slopes().get(expression.word)
    if op is None:
        return NOTHING
    assert op.partials is not None
    slopes = op.partials(_CALL, value, *expression.arguments)
    handed = [_scaled(e, absolute(p)) for e, p in zip(off, slopes, strict=True) if p is not None]
    return _add(*handed, absolute(value))


def _sum_of_two(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return _add(*off, absolute(value))


def _product(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    a, b = expression.arguments
    return _add(_scaled(off[0], absolute(b)), _scaled(off[1], absolute(a)), absolute(value))


def _quotient(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    handed = _add(off[0], _scaled(off[1], absolute(value)))
    return _add(_scaled(handed, 1 / absolute(expression.arguments[1])), absolute(value))


def _power(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    a, b = expression.arguments
    size = absolute(value)
    return _add(_scaled(off[0], absolute(b) * size / absolute(a)), _scaled(off[1], size * absolute(log(a))), size)


def _function(slope: float) -> Rounding:
    """The error of a function of one number whose slope is at most this."""

    def of(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
        return _add(_scaled(off[0], lift(slope)), absolute(value))

    return of


def _angle(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return _add(_scaled(_add(*off), 1 / hypot(*expression.arguments)), absolute(value))


def _chosen(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return NOTHING if _none(off) else Apply(expression.word, (expression.arguments[0], *off[1:]))


def _either(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return NOTHING if _none(off) else reduce(maximum, off)


def _handed_on(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    if _none(off):
        return NOTHING
    shaped = [x * 0.0 if is_number(e, 0.0) else e for e, x in zip(off, expression.arguments, strict=True)]
    return Apply(expression.word, tuple(shaped), expression.options)


def _handed_on_and_added(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return _add(_handed_on(expression, value, off), absolute(value))


def _largest(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return NOTHING if _none(off) else Apply("max", off, expression.options)


def _sum_of_many(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return Apply(expression.word, (_add(absolute(expression.arguments[0]), *off),), expression.options)


def _multilinear(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    """The products without cancellation, and with the error of each factor in its place."""
    sizes = tuple(map(absolute, expression.arguments))
    each = [sizes, *((*sizes[:k], e, *sizes[k + 1 :]) for k, e in enumerate(off) if not is_number(e, 0.0))]
    return _add(*[Apply(expression.word, parts, expression.options) for parts in each])


def _product_of_many(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    """Relative errors add up: one for each factor, and those of the factors."""
    (x,) = expression.arguments
    each = as_float(equal(x, x))
    return Apply("sum", (_add(each, _scaled(off[0], 1 / absolute(x))),), expression.options) * absolute(value)


def _reordered(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    return NOTHING if _none(off) else in_order_of(off[0], expression.arguments[0], *expression.options)


def _matrix_product(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    a, b = map(absolute, expression.arguments)
    pairs = [(off[0], b), (a, off[1]), (a, b)]
    return _add(*[Apply(expression.word, pair) for pair in pairs if not any(is_number(each, 0.0) for each in pair)])


def _inverted(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    """The error of the matrix and of the elimination, between two inverses."""
    size, x = absolute(value), absolute(expression.arguments[0])
    return Apply("matmul", (Apply("matmul", (size, _add(off[0], x))), size))


def _solved(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    a, b = expression.arguments
    wrong = _add(Apply("matmul", (_add(absolute(a), off[0]), absolute(value))), absolute(b), off[1])
    return Apply("matmul", (absolute(Apply("inverse", (a,))), wrong))


def _determined(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    (x,) = expression.arguments
    slopes = absolute(Apply("cofactors", (x,)))
    return Apply("sum", (slopes * _add(absolute(x), off[0]),), ((-2, -1), False))


def _log_determined(expression: Apply, value: Expr, off: tuple[Expr, ...]) -> Expr:
    """That of the determinant, relative to it."""
    (x,) = expression.arguments
    error = _determined(Apply("determinant", (x,)), value, off)
    return _add(error / absolute(Apply("determinant", (x,))), absolute(value))


def _none(off: tuple[Expr, ...]) -> bool:
    return all(is_number(each, 0.0) for each in off)


_ROUNDINGS: Mapping[str, Rounding] = {
    "add": _sum_of_two,
    "sub": _sum_of_two,
    "mul": _product,
    "gate": _product,
    "div": _quotient,
    "pow": _power,
    "neg": lambda expression, value, off: off[0],
    "abs": lambda expression, value, off: off[0],
    **dict.fromkeys(("sin", "cos", "tanh", "math_tanh", "arctan", "arcsinh"), _function(1.0)),
    "erf": _function(1.2),
    "arctan2": _angle,
    **dict.fromkeys(("hypot", "logaddexp"), _sum_of_two),
    **dict.fromkeys(("maximum", "minimum", "largest_of", "smallest_of"), _either),
    **dict.fromkeys(CHOICES, _chosen),
    **dict.fromkeys(_LINEAR, _handed_on),
    **dict.fromkeys(("max", "min"), _largest),
    "added": _handed_on_and_added,
    "einsum": _multilinear,
    "cumsum": _sum_of_many,
    "prod": _product_of_many,
    "ordered": _reordered,
    "sum": _sum_of_many,
    **dict.fromkeys(("matmul", "dot"), _matrix_product),
    **dict.fromkeys(("inverse", "pseudo_inverse"), _inverted),
    "solution": _solved,
    "determinant": _determined,
    "log_determinant": _log_determined,
}
"""Words whose error is another one than their op's slopes say, or can be said in fewer operations: the slopes of tanh,
sine and cosine are at most 1."""
