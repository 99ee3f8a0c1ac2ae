"""The reasons of ops: rules that pick a message of the catalogue (`app/engine/wording`).

Each condition is given the values of one run: floats for scalars, else arrays. NumPy's warnings are off.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.ops.registry import Call, Reason

Reasons = tuple[Reason, ...]

_FLAT = 0.05
"""Largest slope that counts as nearly flat."""
_STEEP = 10.0


def single(value: Any) -> bool:
    """Whether a value holds one number."""
    return type(value) is float or np.size(value) == 1


def finite(value: Any) -> bool:
    """Whether all numbers of a value are finite: for ∞, "grows by as much" says nothing."""
    return bool(np.all(np.isfinite(value)))


def numbers(*values: Any) -> bool:
    """Whether none of the values has a NaN, which is neither larger nor smaller than anything."""
    return not any(bool(np.any(np.isnan(value))) for value in values)


def _number(value: Any) -> float:
    return float(value) if type(value) is float else float(value.item())


def _one(condition: Callable[[float], bool]) -> Callable[..., bool]:
    """Applies if the input is one number and the condition holds."""
    return lambda call, y, x: single(x) and condition(_number(x))


def _counting(slot: str, condition: Callable[[Any], Any]) -> Callable[..., dict[str, Any]]:
    return lambda call, y, x: {slot: int(np.count_nonzero(condition(x)))}


# -- sums, products ----------------------------------------------------------------------------------------------------

ADD_HANDS = (Reason("add.hands"),)
ADD = (Reason("add.because", lambda call, y, a, b: finite(y)),)
SUBTRACT_HANDS = (Reason("subtract.hands"),)
SUBTRACT = (Reason("subtract.because", lambda call, y, a, b: finite(y)),)
NEGATIVE = (Reason("negative.because"),)
MULTIPLY_HANDS = (Reason("multiply.hands"),)
DIVIDE_SAYS = (Reason("divide.zero", lambda call, y, a, b: bool(np.any(b == 0))),)
DIVIDE_HANDS = (Reason("divide.hands", lambda call, y, a, b: single(a) and single(b)),)
DIVIDE = (
    Reason("divide.zero", lambda call, y, a, b: bool(np.any(b == 0))),
    Reason("divide.small", lambda call, y, a, b: single(b) and abs(_number(b)) < 1 / _STEEP),
)
POWER_SAYS = (Reason("power.negative", lambda call, y, a, b: bool(np.any((a < 0) & (b != np.floor(b))))),)
POWER = (Reason("power.flat", lambda call, y, a, b: single(b) and _number(b) == 0),)
SQUARE = (Reason("square.zero", _one(lambda x: x == 0)),)


def _held(call: Call, y: Any, *x: Any) -> dict[str, Any]:
    return {"held": int(np.count_nonzero(y))}


MASK_SAYS = (
    Reason("mask.holds", lambda call, y, *x: single(y) and _number(y) == 1),
    Reason("mask.fails", lambda call, y, *x: single(y)),
    Reason("mask.says", facts=_held),
)

# -- functions ---------------------------------------------------------------------------------------------------------

_off = _counting("off", lambda x: ~(x > 0))
RELU_SAYS = (
    Reason("relu.off", _one(lambda x: x <= 0)),
    Reason("relu.on", _one(lambda x: x > 0)),
    Reason("relu.some_off", lambda call, y, x: not single(x) and numbers(x), _off),
)
RELU = (
    Reason("relu.stops", _one(lambda x: x <= 0)),
    Reason("relu.passes", _one(lambda x: x > 0)),
    Reason("relu.stops_some", lambda call, y, x: not single(x) and numbers(x), _off),
)


def _left(call: Call, y: Any, x: Any) -> dict[str, Any]:
    return {"left": float(call.attrs["slope"]), "left_count": int(np.count_nonzero(x < 0))}


def _leaks(call: Call) -> bool:
    return bool(0 < call.attrs["slope"] < 1)


LEAKY = (
    Reason("leaky.left", lambda call, y, x: _leaks(call) and single(x) and _number(x) < 0, _left),
    Reason("leaky.left_some", lambda call, y, x: _leaks(call) and not single(x) and bool(np.any(x < 0)), _left),
)
ELU = (Reason("elu.left", _one(lambda x: x < 0)),)


def saturation(slope: Callable[[Any, Any], Any], *more: Reason) -> tuple[Reasons, Reasons]:
    """The forward notes and backward reasons of a function that levels off. slope(y, x): its slope at x, where its
    value is y."""

    def flat(call: Call, y: Any, x: Any) -> bool:
        return single(x) and 0 <= abs(_number(slope(y, x))) < _FLAT

    says = (Reason("flat.says", flat),)
    because = (
        Reason("flat.because", flat, lambda call, y, x: {"percent": 100 * _number(slope(y, x))}),
        Reason(
            "flat.some",
            lambda call, y, x: not single(x) and bool(np.any(abs(slope(y, x)) < _FLAT)),
            lambda call, y, x: {"flat": int(np.count_nonzero(abs(slope(y, x)) < _FLAT))},
        ),
        *more,
    )
    return says, because


SIGMOID_SAYS, SIGMOID = saturation(
    lambda y, x: y / (1 + np.exp(x)), Reason("flat.steepest", lambda call, y, x: single(x) and abs(_number(x)) < 0.5)
)
TANH_SAYS, TANH = saturation(lambda y, x: 1 / np.cosh(x) ** 2)
ERF_SAYS, ERF = saturation(lambda y, x: np.exp(-(x * x)) * 2 / math.sqrt(math.pi))
EXP_SAYS = (Reason("exp.overflow", lambda call, y, x: bool(np.any(np.isposinf(y) & np.isfinite(x)))),)
EXP = (Reason("exp.because"),)
LOG_SAYS = (
    Reason("log.negative", lambda call, y, x: bool(np.any(x < 0))),
    Reason("log.zero", lambda call, y, x: bool(np.any(x == 0))),
)
LOG = (
    Reason("log.steep", _one(lambda x: 0 < x < 1 / _STEEP)),
    Reason("log.because", _one(lambda x: x > 0)),
)
SQRT_SAYS = (Reason("sqrt.negative", lambda call, y, x: bool(np.any(x < 0))),)
SQRT = (
    Reason("sqrt.steep", _one(lambda x: 0 <= x < 1 / _STEEP**2)),
    Reason("sqrt.because", _one(lambda x: x > 0)),
)
ABS = (Reason("abs.left", _one(lambda x: x < 0)), Reason("abs.right", _one(lambda x: x > 0)))


def extreme(kind: str, first_wins: Callable[[Any, Any], Any]) -> Reasons:
    """Reasons of `maximum` and `minimum`: which side gets the gradient."""

    def pair(call: Call, y: Any, a: Any, b: Any) -> bool:
        return single(a) and single(b)

    return (
        Reason(
            f"extreme.{kind}",
            lambda call, y, a, b: pair(call, y, a, b) and numbers(a, b) and _number(a) != _number(b),
            lambda call, y, a, b: (
                {"winner": "{a}", "loser": "{b}"}
                if first_wins(_number(a), _number(b))
                else {"winner": "{b}", "loser": "{a}"}
            ),
        ),
        Reason(
            f"extreme.each_{kind}",
            lambda call, y, a, b: not pair(call, y, a, b) and numbers(a, b),
            lambda call, y, a, b: {
                "first": int(np.count_nonzero(first_wins(a, b))),
                "second": int(np.count_nonzero(first_wins(b, a))),
            },
        ),
    )


def _outside(x: Any, low: Any, high: Any) -> Any:
    return (x < low) | (x > high)


CLIP = (
    Reason("clip.outside", lambda call, y, x, low, high: single(y) and bool(np.any(_outside(x, low, high)))),
    Reason("clip.inside", lambda call, y, x, low, high: single(y) and bool(np.all((low <= x) & (x <= high)))),
    Reason(
        "clip.some",
        lambda call, y, x, low, high: bool(np.any(_outside(x, low, high))),
        lambda call, y, x, low, high: {"outside": int(np.count_nonzero(_outside(x, low, high)))},
    ),
)


def _chosen(call: Call, y: Any, c: Any, a: Any, b: Any) -> dict[str, Any]:
    taken = int(np.count_nonzero(np.broadcast_to(c, np.shape(y))))
    return {"first": taken, "second": int(np.size(y)) - taken}


WHERE = (
    Reason("where.first", lambda call, y, c, a, b: single(y) and bool(np.any(c))),
    Reason("where.second", lambda call, y, c, a, b: single(y)),
    Reason("where.mixed", facts=_chosen),
)


def of_several(kind: str) -> Reasons:
    """Reasons of the largest or smallest of several scalars."""
    return (Reason(f"of.{kind}", lambda call, y, *xs: numbers(y)),)
