"""Activation functions. Kinks follow the lesson notebook's `(x > 0)` and PyTorch: relu'(0) = 0.

Slopes keep their digits in the tails: y(1 - y) and 1 - y² are 0 as soon as y rounds to 1, so the rules that run compute
the same numbers without that difference. At infinity, values and slopes are the limits.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from app.engine.ops import reasons
from app.engine.ops.call_latex import operator, other_than_default
from app.engine.ops.expression import ZERO, Expr, Number
from app.engine.ops.registry import Kink, Op, Parameter, elementwise, unknown
from app.engine.ops.rule_words import (
    absolute,
    cosh,
    equal,
    erfc,
    exp,
    expm1,
    held,
    held_below,
    known_as,
    log1p,
    math_tanh,
    maximum,
    minimum,
    tanh,
    where,
)

ROOT_TWO = Number(math.sqrt(2), r"\sqrt{2}")
ROOT_TWO_PI = Number(math.sqrt(2 * math.pi), r"\sqrt{2\pi}")
TWICE_ROOT = Number(2 * math.sqrt(2 / math.pi), r"\sqrt{\tfrac{8}{\pi}}")
FAR = 800.0
"""Beyond this, e^-x and everything that decays as fast is 0 in float64. So x times it may be computed with x held at
FAR, and infinity times 0 does not arise."""


def near(x: Expr) -> Expr:
    """x held to ±FAR, for a factor of something that is 0 further out."""
    return held(x, FAR)


def bend(x: Expr) -> Expr:
    """Twice the argument of the tanh in GELU's older form: (1 + tanh u) / 2 is the sigmoid of 2u, which keeps its
    digits on the left."""
    return TWICE_ROOT * (x + 0.044715 * (x * x * x))


def bend_part(x: Expr) -> Expr:
    """x times the slope of `bend`."""
    return TWICE_ROOT * (x + 0.134145 * x**3)


def normal_cdf(x: Expr) -> Expr:
    """The standard normal distribution function Φ."""
    return 0.5 * erfc(-x / ROOT_TWO)


def normal_density(x: Expr) -> Expr:
    """The standard normal density φ, the slope of Φ."""
    return exp(-0.5 * (x * x)) / ROOT_TWO_PI


def _tanh(forward: Callable[[Expr], Expr]) -> Op:
    return elementwise(
        "tanh",
        bends=True,
        forward=forward,
        partials=lambda y, x: (1 / cosh(x) ** 2,),
        textbook=lambda y, x: (1 - y * y,),
        numpy=("tanh",),
        samples=(-3, 3),
        diverges=lambda x: np.abs(x) > 8,
        summary="Hyperbolic tangent: squashes to (-1, 1), slope 1/cosh(x)², which is 1 - y²: flat far from 0.",
        example="tanh(x * w)",
        says=reasons.TANH_SAYS,
        because=reasons.TANH,
    )


MATH_TANH = _tanh(lambda x: math_tanh(x))
"""What `math.tanh` is: the same to the last digit but one."""
OPS: tuple[Op, ...] = (
    elementwise(
        "sigmoid",
        bends=True,
        forward=lambda x: known_as("sigmoid", (x,), 1 / (1 + exp(-x))),
        partials=lambda y, x: (y / (1 + exp(x)),),
        textbook=lambda y, x: (y * (1 - y),),
        latex=r"\sigma\left({0}\right)",
        samples=(-6, 6),
        diverges=lambda x: x > 15,
        summary="Squashes to (0, 1), slope y/(1 + exp(x)), which is y(1 - y): at most 1/4, almost 0 far out.",
        example="sigmoid(x * w)",
        says=reasons.SIGMOID_SAYS,
        because=reasons.SIGMOID,
    ),
    _tanh(lambda x: tanh(x)),
    elementwise(
        "relu",
        bends=True,
        rectifies=True,
        forward=lambda x: known_as("relu", (x,), maximum(x, ZERO)),
        partials=lambda y, x: (x > ZERO,),
        latex=r"\mathrm{{ReLU}}\left({0}\right)",
        result="same",
        samples=(-3, 3),
        kink=Kink(lambda x: equal(x, 0), "relu has a corner at 0: the slope is taken as 0 there"),
        diverges=unknown,
        whole_sign="never_negative",
        summary="Passes positive values and stops the rest, value and gradient alike.",
        example="relu(x * w)",
        says=reasons.RELU_SAYS,
        because=reasons.RELU,
    ),
    elementwise(
        "leaky_relu",
        bends=True,
        parameters=(Parameter("slope", 0.01),),
        # With slope 0 it is relu: the constant 0 on the left, without a product.
        forward=lambda x, slope: where(x > 0, x, slope * x if slope else 0),
        partials=lambda y, x, slope: (where(x > 0, 1, slope),),
        latex=operator("LeakyReLU", other_than_default(slope=0.01)),
        samples=(-3, 3),
        kink=Kink(
            lambda x, slope: None if slope == 1 else equal(x, 0),
            "leaky_relu has a corner at 0: the slope is taken as the one on its left",
        ),
        summary="Like relu, but a little of the gradient passes on the negative side.",
        example="leaky_relu(x * w, slope=0.1)",
        because=reasons.LEAKY,
    ),
    elementwise(
        "elu",
        bends=True,
        parameters=(Parameter("alpha", 1.0),),
        forward=lambda x, alpha: where(x > 0, x, alpha * expm1(where(x > 0, 0, x))),
        partials=lambda y, x, alpha: (where(x > 0, 1, alpha * exp(minimum(x, 0))),),
        latex=operator("ELU", other_than_default(alpha=1.0)),
        samples=(-3, 3),
        kink=Kink(
            lambda x, alpha: None if alpha == 1 else equal(x, 0),
            "elu has a corner at 0 unless alpha is 1: the slope is taken as alpha, the one on its left",
        ),
        diverges=lambda x: x < -16,
        summary="x on the right of 0, an exponential that levels off at -alpha on its left.",
        example="elu(x * w, alpha=1.5)",
        because=reasons.ELU,
    ),
    elementwise(
        "gelu",
        bends=True,
        forward=lambda x: known_as("gelu", (x,), held_below(x, FAR) * normal_cdf(x)),
        partials=lambda y, x: (normal_cdf(x) + near(x) * normal_density(x),),
        latex=r"\mathrm{{GELU}}\left({0}\right)",
        samples=(-3, 3),
        diverges=lambda x: (x < -5) | np.isinf(x),
        summary="x times the area under the bell curve to the left of x, a smooth gate (exact, by erfc).",
        example="gelu(x * w)",
    ),
    elementwise(
        "gelu_tanh",
        bends=True,
        forward=lambda x: known_as("gelu_tanh", (x,), held_below(x, FAR) / (1 + exp(-bend(x)))),
        partials=lambda y, x: ((1 + bend_part(near(x)) / (1 + exp(bend(x)))) / (1 + exp(-bend(x))),),
        latex=r"\mathrm{{GELU}}_{{\tanh}}\left({0}\right)",
        samples=(-3, 3),
        # Of larger numbers the cube is infinite.
        diverges=lambda x: (x < -4) | (x > 1e100),
        summary="GELU with a tanh that approximates the area under the bell: x·(1 + tanh u)/2.",
        example="gelu_tanh(x * w)",
    ),
    elementwise(
        "silu",
        bends=True,
        forward=lambda x: known_as("silu", (x,), held_below(x, FAR) / (1 + exp(-x))),
        partials=lambda y, x: ((1 + near(x) / (1 + exp(x))) / (1 + exp(-x)),),
        latex=r"\mathrm{{SiLU}}\left({0}\right)",
        samples=(-6, 6),
        diverges=np.isinf,
        summary="x times its sigmoid, a smooth relu (also called swish).",
        example="silu(x * w)",
    ),
    elementwise(
        "softplus",
        bends=True,
        # ln(1 + e^x) without overflow for large x.
        forward=lambda x: maximum(x, 0) + log1p(exp(-absolute(x))),
        partials=lambda y, x: (1 / (1 + exp(-x)),),
        latex=r"\mathrm{{softplus}}\left({0}\right)",
        samples=(-6, 6),
        summary="A smooth relu, ln(1 + exp(x)); its slope is the sigmoid.",
        example="softplus(x * w)",
    ),
)
