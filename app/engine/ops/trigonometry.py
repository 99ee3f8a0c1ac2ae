"""Angles and lengths: tangent, inverses of the functions of circle and hyperbola, degrees, hypotenuse.

Slopes are written so that they keep their digits: 1 - x² is (1 - x)(1 + x), which does not cancel near 1, and a square
that would overflow stands under the root of a `hypot`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.ops.call_latex import Latex
from app.engine.ops.expression import Expr, Number
from app.engine.ops.function_words import arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, hypot, tan
from app.engine.ops.logarithms import BIG
from app.engine.ops.registry import Kink, Op, elementwise, unknown
from app.engine.ops.rule_words import equal, held, sqrt, where
from app.engine.ops.word import POWER, PRODUCT

DEGREE = Number(math.pi / 180, r"\tfrac{\pi}{180}")
RADIAN = Number(180 / math.pi, r"\tfrac{180}{\pi}")
LARGEST = 1.79769e308
"""Infinity held to it, divided by infinity, is 0 and not nan."""


def towards_first(y: Expr, a: Expr, b: Expr) -> Expr:
    """The slope of arctan2 by its first input, b/(a² + b²), without squares."""
    length = hypot(a, b)
    return held(b, LARGEST) / length / length


def share(own: Expr, y: Expr) -> Expr:
    """The slope of the length y by one of its sides; 0 where the length is 0."""
    return where(equal(y, 0), 0, own / y)


_NEAR = 1e-6
"""So near to the end of a domain the difference from it is off by too much."""


def _beyond_squares(size: Any) -> Any:
    """Where a square is infinite, or 0."""
    return (size > BIG) | (size < 1 / BIG)


def _near_the_ends(x: Any) -> Any:
    """Where 1 - x * x loses its digits."""
    return np.abs(x) > 1 - _NEAR


OPS: tuple[Op, ...] = (
    elementwise(
        "tan",
        forward=lambda x: tan(x),
        partials=lambda y, x: (1 + y * y,),
        numpy=("tan",),
        samples=(-1.5, 1.5),
        summary="Tangent, sin/cos; the slope is 1 + tan², without bound towards its poles. Radians.",
        example="tan(x * w / 3)",
    ),
    elementwise(
        "arcsin",
        forward=lambda x: arcsin(x),
        partials=lambda y, x: (1 / sqrt((1 - x) * (1 + x)),),
        numpy=("arcsin", "asin"),
        samples=(-1, 1),
        summary="The angle with this sine, for -1 to 1; the slope 1/sqrt(1 - x²) is without bound at both ends.",
        example="arcsin(sin(x * w) / 2)",
        diverges=_near_the_ends,
    ),
    elementwise(
        "arccos",
        forward=lambda x: arccos(x),
        partials=lambda y, x: (-(1 / sqrt((1 - x) * (1 + x))),),
        numpy=("arccos", "acos"),
        samples=(-1, 1),
        summary="The angle with this cosine, for -1 to 1; the slope is minus that of arcsin.",
        example="arccos(sin(x * w) / 2)",
        diverges=_near_the_ends,
    ),
    elementwise(
        "arctan",
        forward=lambda x: arctan(x),
        partials=lambda y, x: (1 / (1 + x * x),),
        numpy=("arctan", "atan"),
        samples=(-5, 5),
        summary="The angle with this tangent: squashes to (-π/2, π/2), slope 1/(1 + x²).",
        example="arctan(x * w)",
    ),
    elementwise(
        "arctan2",
        inputs=("a", "b"),
        forward=lambda a, b: arctan2(a, b),
        partials=lambda y, a, b: (towards_first(y, a, b), -towards_first(y, b, a)),
        numpy=("arctan2", "atan2"),
        refuses=("bool",),
        summary="The angle of the point (b, a), from -π to π: arctan of a/b in the right quadrant.",
        example="arctan2(x, w * w + 0.5)",
        diverges=lambda a, b: _beyond_squares(np.maximum(np.abs(a), np.abs(b))) | unknown(a, b),
    ),
    elementwise(
        "arcsinh",
        forward=lambda x: arcsinh(x),
        partials=lambda y, x: (1 / hypot(x, 1),),
        numpy=("arcsinh", "asinh"),
        samples=(-5, 5),
        summary="Inverse of sinh: nearly x around 0, a logarithm far out; slope 1/sqrt(x² + 1).",
        example="arcsinh(x * w)",
        diverges=lambda x: np.abs(x) > BIG,
    ),
    elementwise(
        "arccosh",
        forward=lambda x: arccosh(x),
        partials=lambda y, x: (1 / (sqrt(x - 1) * sqrt(x + 1)),),
        numpy=("arccosh", "acosh"),
        samples=(1, 5),
        summary="Inverse of cosh, from 1 on; slope 1/sqrt(x² - 1), without bound towards 1.",
        example="arccosh(x * x + 1.5)",
        diverges=lambda x: (x < 1 + _NEAR) | (x > BIG),
    ),
    elementwise(
        "arctanh",
        forward=lambda x: arctanh(x),
        partials=lambda y, x: (1 / ((1 - x) * (1 + x)),),
        numpy=("arctanh", "atanh"),
        samples=(-0.99, 0.99),
        summary="Inverse of tanh, between -1 and 1; slope 1/(1 - x²).",
        example="arctanh(sin(x * w) / 2)",
        diverges=_near_the_ends,
    ),
    elementwise(
        "hypot",
        inputs=("a", "b"),
        forward=lambda a, b: hypot(a, b),
        partials=lambda y, a, b: (share(a, y), share(b, y)),
        latex=Latex(r"\sqrt{{{0}^{{2}} + {1}^{{2}}}}", needs=(POWER + 1, POWER + 1)),
        numpy=("hypot",),
        refuses=("bool",),
        kink=Kink(
            lambda a, b: equal(hypot(a, b), 0), "hypot has the tip of a cone at (0, 0): the slopes are taken as 0 there"
        ),
        diverges=lambda a, b: _beyond_squares(np.maximum(np.abs(a), np.abs(b))),
        summary="The length of (a, b), sqrt(a² + b²), without overflow on the way: each side gets its share of it.",
        example="hypot(x, w)",
    ),
    elementwise(
        "deg2rad",
        forward=lambda x: x * DEGREE,
        partials=lambda y, x: (DEGREE,),
        latex=Latex(r"{0} \cdot \tfrac{{\pi}}{{180}}", PRODUCT, (PRODUCT,)),
        numpy=("deg2rad", "radians"),
        samples=(-180, 180),
        summary="Degrees as radians: x·π/180.",
        example="sin(deg2rad(x * w))",
    ),
    elementwise(
        "rad2deg",
        forward=lambda x: x * RADIAN,
        partials=lambda y, x: (RADIAN,),
        latex=Latex(r"{0} \cdot \tfrac{{180}}{{\pi}}", PRODUCT, (PRODUCT,)),
        numpy=("rad2deg", "degrees"),
        samples=(-3.14, 3.14),
        summary="Radians as degrees: x·180/π.",
        example="rad2deg(x * w)",
    ),
)
