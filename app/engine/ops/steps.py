"""Functions made of flat pieces: signs and rounding, of which no gradient flows, and remainders, which are straight
between their jumps."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.ops.call_latex import operator
from app.engine.ops.expression import Expr
from app.engine.ops.function_words import ceil, floor, floor_divide, fmod, mod, rint, trunc
from app.engine.ops.registry import Kink, Op, Parameter, elementwise
from app.engine.ops.rule_words import equal, sign


def _flat(name: str, **rest: Any) -> Op:
    """A function whose slope is 0 between its jumps: as of a mask, no gradient flows through it."""
    return elementwise(name, kind="mask", partials=lambda y, *x, **attrs: (None,) * len(x), **rest)


def _round(x: Expr, decimals: float) -> Expr:
    """NumPy multiplies by a power of ten, rounds half to even, and divides again."""
    if decimals == 0:
        return rint(x)
    power = float(f"1e{abs(int(decimals))}")
    return rint(x * power) / power if decimals > 0 else rint(x / power) * power


OPS: tuple[Op, ...] = (
    _flat(
        "sign",
        forward=lambda x: sign(x),
        numpy=("sign",),
        preconditions=True,
        refuses=("bool",),
        result="same",
        summary="-1, 0 or 1, by the sign of x; flat, so no gradient flows.",
        example="sign(x * w) * x",
    ),
    _flat(
        "floor",
        forward=lambda x: floor(x),
        numpy=("floor",),
        result="same",
        summary="The largest whole number that is not above x; flat, so no gradient flows.",
        example="floor(x * w) * x",
    ),
    _flat(
        "ceil",
        forward=lambda x: ceil(x),
        numpy=("ceil",),
        result="same",
        summary="The smallest whole number that is not below x; flat, so no gradient flows.",
        example="ceil(x * w) * x",
    ),
    _flat(
        "trunc",
        forward=lambda x: trunc(x),
        numpy=("trunc", "fix"),
        result="same",
        summary="x without its decimals, towards 0; flat, so no gradient flows.",
        example="trunc(x * w) * x",
    ),
    _flat(
        "rint",
        forward=lambda x: rint(x),
        numpy=("rint",),
        summary="The nearest whole number, halves to the even one; flat, so no gradient flows.",
        example="rint(x * w) * x",
    ),
    _flat(
        "round",
        parameters=(Parameter("decimals", 0, form="integer"),),
        forward=_round,
        latex=operator("round", lambda call: str(call.attrs["decimals"] or "")),
        numpy=("round", "around"),
        method=True,
        bare=False,
        result="same",
        refuses=("bool",),
        summary="x to so many decimals, halves to the even digit; flat, so no gradient flows.",
        example="np.round(x * w, decimals=1) * x",
    ),
    _flat(
        "floor_divide",
        inputs=("a", "b"),
        forward=lambda a, b: floor_divide(a, b),
        numpy=("floor_divide",),
        counts=True,
        refuses=("bool",),
        result="promote",
        whole_divisor=1,
        summary="a // b: how often b goes into a; flat, so no gradient flows.",
        example="floor_divide(x, w * w + 0.3) * x",
    ),
    elementwise(
        "mod",
        inputs=("a", "b"),
        forward=lambda a, b: mod(a, b),
        partials=lambda y, a, b: (1, -floor_divide(a, b)),
        numpy=("mod", "remainder"),
        counts=True,
        refuses=("bool",),
        result="promote",
        whole_divisor=1,
        kink=Kink(
            lambda a, b: equal(mod(a, b), 0), "mod jumps where a is a multiple of b: the slopes are those on its right"
        ),
        diverges=lambda a, b: np.isinf(a) | np.isinf(b),
        summary="What a // b leaves, with the sign of b: the gradient reaches a unchanged and b times -(a // b).",
        example="mod(x, w * w + 0.3)",
    ),
    elementwise(
        "fmod",
        inputs=("a", "b"),
        forward=lambda a, b: fmod(a, b),
        # What was taken off is a whole multiple of b, up to rounding.
        partials=lambda y, a, b: (1, -rint((a - y) / b)),
        numpy=("fmod",),
        refuses=("bool",),
        result="promote",
        whole_divisor=1,
        kink=Kink(
            lambda a, b: equal(fmod(a, b), 0),
            "fmod jumps where a is a multiple of b: the slopes are those at the multiple",
        ),
        diverges=lambda a, b: np.isinf(a) | np.isinf(b) | np.equal(b, 0),
        summary="What is left of a after whole multiples of b, with the sign of a, as C computes it.",
        example="fmod(x, w * w + 0.3)",
    ),
)
