"""Smooth functions of one number, the elementwise choices (maximum, minimum, clip, where), and abs."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.engine.ops import reasons
from app.engine.ops.call_latex import Latex
from app.engine.ops.expression import HALF, ZERO, Expr, Number, lift
from app.engine.ops.registry import Kink, Op, elementwise, unknown
from app.engine.ops.rule_words import (
    absolute,
    both,
    choose,
    cos,
    cosh,
    either,
    equal,
    erf,
    erfc,
    exp,
    expm1,
    known_as,
    log,
    log1p,
    math_exp,
    math_log,
    maximum,
    minimum,
    sign,
    sin,
    sinh,
    sqrt,
    where,
)
from app.engine.ops.word import SUM


def tie(a: Expr, b: Expr) -> Expr | None:
    """The kink of `maximum` and `minimum`: both sides are equal. If both are the same node, there is none."""
    return None if a == b else equal(a, b)


def clip_partials(y: Expr, x: Expr, low: Expr, high: Expr) -> tuple[Expr, Expr, Expr]:
    """Partials of minimum(maximum(x, low), high): between the bounds, and on them, the gradient goes to x; outside, to
    the bound. If the bounds meet or cross, clip is the upper bound, wherever x is."""
    if isinstance(low, Number) and isinstance(high, Number):
        return (both(x >= low, x <= high), x < low, x > high) if low.value < high.value else (ZERO, ZERO, lift(1.0))
    room = low < high
    return both(room, both(x >= low, x <= high)), both(room, x < low), either(low >= high, x > high)


def clip_steps(x: Expr, low: Expr, high: Expr) -> Expr:
    """clip written with `where`, which does not share the gradient on a bound as maximum and minimum do."""
    held = where(x < low, low, where(x > high, high, x))
    room = isinstance(low, Number) and isinstance(high, Number) and low.value < high.value
    return held if room else where(low >= high, high, held)


def clip_corners(x: Expr, low: Expr, high: Expr) -> Expr | None:
    """The kinks of clip: x is on a bound; or the bounds are equal, and x is not above them."""
    on_bound = either(equal(x, low), equal(x, high))
    if isinstance(low, Number) and isinstance(high, Number):
        return on_bound if low.value < high.value else None
    if high in (x, low):
        return None  # always the upper bound
    if x == low:
        return equal(x, high)
    return either(both(low < high, on_bound), both(equal(low, high), x <= low))


TWO_OVER_ROOT_PI = Number(2 / math.sqrt(math.pi), r"\tfrac{2}{\sqrt{\pi}}")


def _exp(forward: Callable[[Expr], Expr]) -> Op:
    return elementwise(
        "exp",
        forward=forward,
        partials=lambda y, x: (y,),
        numpy=("exp",),
        samples=(-3, 2),
        summary="Exponential: its slope is its own value.",
        example="exp(x * w)",
        says=reasons.EXP_SAYS,
        because=reasons.EXP,
    )


def _log(forward: Callable[[Expr], Expr]) -> Op:
    return elementwise(
        "log",
        forward=forward,
        partials=lambda y, x: (1 / x,),
        numpy=("log",),
        samples=(0.05, 4),
        summary="Natural logarithm: its slope is 1/x.",
        example="log(x * x + w * w)",
        says=reasons.LOG_SAYS,
        because=reasons.LOG,
    )


MATH_EXP, MATH_LOG = _exp(lambda x: math_exp(x)), _log(lambda x: math_log(x))
"""What `math.exp` and `math.log` are: the same to the last digit but one."""
OPS: tuple[Op, ...] = (
    _exp(lambda x: exp(x)),
    _log(lambda x: log(x)),
    elementwise(
        "log1p",
        forward=lambda x: log1p(x),
        partials=lambda y, x: (1 / (1 + x),),
        latex=Latex(r"\ln\left(1 + {0}\right)", needs=(SUM + 1,)),
        numpy=("log1p",),
        samples=(-0.9, 4),
        summary="ln(1 + x), exact for small x.",
        example="log1p(x * x)",
    ),
    elementwise(
        "expm1",
        forward=lambda x: expm1(x),
        partials=lambda y, x: (exp(x),),
        latex=Latex(r"e^{{{0}}} - 1", SUM),
        numpy=("expm1",),
        samples=(-3, 2),
        diverges=lambda x: x < -16,
        summary="exp(x) - 1, exact for small x.",
        example="expm1(x * w)",
    ),
    elementwise(
        "sqrt",
        forward=lambda x: sqrt(x),
        partials=lambda y, x: (0.5 / y,),
        numpy=("sqrt",),
        samples=(0.01, 4),
        summary="Square root: its slope is 1/(2·sqrt(x)), without bound towards 0.",
        example="sqrt(x * x + w * w)",
        says=reasons.SQRT_SAYS,
        because=reasons.SQRT,
    ),
    elementwise(
        "sin",
        forward=lambda x: sin(x),
        partials=lambda y, x: (cos(x),),
        numpy=("sin",),
        samples=(-6.3, 6.3),
        summary="Sine; the slope is the cosine. Radians.",
        example="x * sin(x * w)",
    ),
    elementwise(
        "cos",
        forward=lambda x: cos(x),
        partials=lambda y, x: (-sin(x),),
        numpy=("cos",),
        samples=(-6.3, 6.3),
        summary="Cosine; the slope is minus the sine. Radians.",
        example="x * cos(x * w)",
    ),
    elementwise(
        "sinh",
        forward=lambda x: sinh(x),
        partials=lambda y, x: (cosh(x),),
        numpy=("sinh",),
        samples=(-3, 3),
        summary="Hyperbolic sine, (exp(x) - exp(-x))/2; the slope is the hyperbolic cosine.",
        example="sinh(x * w)",
    ),
    elementwise(
        "cosh",
        forward=lambda x: cosh(x),
        partials=lambda y, x: (sinh(x),),
        numpy=("cosh",),
        samples=(-3, 3),
        summary="Hyperbolic cosine, (exp(x) + exp(-x))/2; the slope is the hyperbolic sine.",
        example="cosh(x * w)",
    ),
    elementwise(
        "erf",
        forward=lambda x: erf(x),
        partials=lambda y, x: (TWO_OVER_ROOT_PI * exp(-(x * x)),),
        samples=(-3, 3),
        summary="Error function, the integral of the bell curve.",
        example="erf(x * w)",
        says=reasons.ERF_SAYS,
        because=reasons.ERF,
    ),
    elementwise(
        "erfc",
        forward=lambda x: erfc(x),
        partials=lambda y, x: (-(TWO_OVER_ROOT_PI * exp(-(x * x))),),
        samples=(-3, 3),
        summary="1 - erf(x), exact where that is small: twice the tail of the bell curve.",
        example="erfc(x * w)",
        says=reasons.ERF_SAYS,
        because=reasons.ERF,
    ),
    elementwise(
        "abs",
        forward=lambda x: absolute(x),
        partials=lambda y, x: (sign(x),),
        latex=r"\left|{0}\right|",
        label="|x|",
        numpy=("abs", "absolute", "fabs"),
        measures=True,
        of_masks="mask",
        result="same",
        samples=(-3, 3),
        kink=Kink(lambda x: equal(x, 0), "abs has a corner at 0: the slope is taken as 0 there"),
        diverges=unknown,
        whole_sign="never_negative",
        summary="Absolute value: slope -1 left of 0, +1 right of it.",
        example="abs(x * w)",
        because=reasons.ABS,
    ),
    elementwise(
        "maximum",
        forward=lambda a, b: maximum(a, b),
        partials=lambda y, a, b: (where(equal(a, b), HALF, a > b), where(equal(a, b), HALF, b > a)),
        label="max",
        numpy=("maximum",),
        bends=True,
        rectifies=True,
        of_masks="mask",
        reduce="max",
        result="promote",
        kink=Kink(tie, "both sides of the maximum are equal: they share the gradient, half each"),
        diverges=unknown,
        summary="The larger of two: the gradient goes to the larger side alone.",
        example="maximum(x, w)",
        because=reasons.extreme("largest", lambda a, b: a > b),
    ),
    elementwise(
        "minimum",
        forward=lambda a, b: minimum(a, b),
        partials=lambda y, a, b: (where(equal(a, b), HALF, a < b), where(equal(a, b), HALF, b < a)),
        label="min",
        numpy=("minimum",),
        bends=True,
        of_masks="mask",
        reduce="min",
        result="promote",
        kink=Kink(tie, "both sides of the minimum are equal: they share the gradient, half each"),
        diverges=unknown,
        summary="The smaller of two: the gradient goes to the smaller side alone.",
        example="minimum(x, w)",
        because=reasons.extreme("smallest", lambda a, b: a < b),
    ),
    elementwise(
        "clip",
        inputs=("x", "a_min", "a_max"),
        forward=lambda x, low, high: known_as("clip", (x, low, high), minimum(maximum(x, low), high)),
        steps=clip_steps,
        partials=clip_partials,
        literal=frozenset({1, 2}),
        latex=r"\operatorname{{clip}}\left({0}, {1}, {2}\right)",
        numpy=("clip",),
        method=True,
        bends=True,
        bounds=True,
        grad_name="Clamp",
        result="promote",
        kink=Kink(
            clip_corners,
            "clip has a corner at its bounds: on a bound the gradient still passes to x, unless the bounds are equal",
        ),
        diverges=unknown,
        summary="Holds x between two bounds: outside them no gradient reaches x.",
        example="clip(x, -1.5, w * w + 0.1)",
        because=reasons.CLIP,
    ),
    elementwise(
        "where",
        inputs=("condition", "a", "b"),
        forward=lambda c, a, b: choose(c, a, b),
        partials=lambda y, c, a, b: (None, choose(c, 1, 0), choose(c, 0, 1)),
        latex=r"\operatorname{{where}}\left({0}, {1}, {2}\right)",
        numpy=("where",),
        chooses=True,
        rectifies=True,
        of_masks="mask",
        boxed=True,
        result="promote",
        summary="Takes a where the mask is 1 and b where it is 0; the gradient follows the choice.",
        example="where(x > w, x * w, x - w)",
        because=reasons.WHERE,
    ),
)
