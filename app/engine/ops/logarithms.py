"""Logarithms and powers of other bases than e, the cube root, the reciprocal, and the logarithm of a sum of powers."""

from __future__ import annotations

import math

import numpy as np

from app.engine.ops.expression import HALF, Expr, Number
from app.engine.ops.function_words import cbrt, exp2, log2, log10, logaddexp
from app.engine.ops.registry import Op, elementwise
from app.engine.ops.rule_words import equal, exp, where

LN_2 = Number(math.log(2), r"\ln 2")
LN_10 = Number(math.log(10), r"\ln 10")
BIG = 1e100
"""Beyond it a product of a few numbers may be infinite."""


def share_of_two(own: Expr, other: Expr) -> Expr:
    """The slope of ln(e^a + e^b) by one of them; half where both are equal, be they infinite."""
    return where(equal(own, other), HALF, 1 / (1 + exp(other - own)))


OPS: tuple[Op, ...] = (
    elementwise(
        "log2",
        forward=lambda x: log2(x),
        partials=lambda y, x: (1 / (x * LN_2),),
        numpy=("log2",),
        samples=(0.05, 4),
        summary="Logarithm of base 2: bits. Its slope is 1/(x·ln 2).",
        example="log2(x * x + w * w + 0.5)",
    ),
    elementwise(
        "log10",
        forward=lambda x: log10(x),
        partials=lambda y, x: (1 / (x * LN_10),),
        numpy=("log10",),
        samples=(0.05, 4),
        summary="Logarithm of base 10. Its slope is 1/(x·ln 10).",
        example="log10(x * x + w * w + 0.5)",
    ),
    elementwise(
        "exp2",
        forward=lambda x: exp2(x),
        partials=lambda y, x: (y * LN_2,),
        numpy=("exp2",),
        samples=(-3, 3),
        summary="2 to the power of x: its slope is its own value times ln 2.",
        example="exp2(x * w)",
    ),
    elementwise(
        "cbrt",
        forward=lambda x: cbrt(x),
        partials=lambda y, x: (1 / (3 * (y * y)),),
        numpy=("cbrt",),
        samples=(0.01, 4),
        summary="Cube root, of negative numbers as well; the slope is without bound at 0.",
        example="cbrt(x * w)",
        diverges=lambda x: np.equal(x, 0) | np.isinf(x),
    ),
    elementwise(
        "logaddexp",
        inputs=("a", "b"),
        forward=lambda a, b: logaddexp(a, b),
        partials=lambda y, a, b: (share_of_two(a, b), share_of_two(b, a)),
        numpy=("logaddexp",),
        refuses=("bool",),
        summary="ln(exp(a) + exp(b)), a smooth maximum, without overflow on the way: the slopes are a softmax.",
        example="logaddexp(x, w)",
        diverges=lambda a, b: (np.abs(a) > BIG) | (np.abs(b) > BIG),
    ),
    elementwise(
        "reciprocal",
        forward=lambda x: 1 / x,
        partials=lambda y, x: (-(y * y),),
        latex=r"\frac{{1}}{{{0}}}",
        label="1/x",
        numpy=("reciprocal",),
        refuses=("int", "bool"),
        samples=(0.2, 4),
        summary="1/x; the slope is -1/x².",
        example="reciprocal(x * w)",
        diverges=lambda x: (np.abs(x) > BIG) | (np.abs(x) < 1 / BIG),
    ),
)
