"""Arithmetic (+ - * / **, negative, square), comparisons and the logic of masks."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.engine.ops import reasons
from app.engine.ops.call_latex import Latex
from app.engine.ops.expression import Expr, Number, lift
from app.engine.ops.registry import Op, elementwise, mask
from app.engine.ops.rule_words import both, either, equal, log, not_equal, where
from app.engine.ops.word import AND, ATOM, COMPARISON, OR, POWER, SIGN


def power_partials(y: Expr, a: Expr, b: Expr) -> tuple[Expr, Expr]:
    """b·a^(b-1) and y·ln a. If b is 0, the slope by a is 0, also at a = 0; if a is 0, the slope by b is 0 for b ≥ 0."""
    towards_b = where(equal(a, 0), where(b >= 0, 0, y * log(a)), y * log(a))
    if isinstance(b, Number):
        return (lift(0.0) if b.value == 0 else b * a ** (b.value - 1)), towards_b
    return where(equal(b, 0), 0, b * a ** where(equal(b, 0), 1, b - 1)), towards_b


def _comparison(sign: str) -> Latex:
    return Latex(f"{{0}} {sign} {{1}}", COMPARISON, (COMPARISON + 1, COMPARISON + 1))


_SQUARE = ("multiply", (0, 0))
_mask = partial(mask, says=reasons.MASK_SAYS)

OPS: tuple[Op, ...] = (
    elementwise(
        "add",
        forward=lambda a, b: a + b,
        partials=lambda y, a, b: (1, 1),
        label="+",
        text="{0} + {1}",
        numpy=("add",),
        commutes=True,
        signs=(1, 1),
        of_masks="logic",
        reduce="sum",
        accumulate="cumsum",
        result="promote",
        summary="Sum. Hands its gradient on to both sides unchanged.",
        example="x + w",
        hands=reasons.ADD_HANDS,
        because=reasons.ADD,
    ),
    elementwise(
        "subtract",
        forward=lambda a, b: a - b,
        partials=lambda y, a, b: (1, -1),
        label="−",
        text="{0} - {1}",
        numpy=("subtract",),
        signs=(1, -1),
        grad_name="Sub",
        of_masks="logic",
        result="promote",
        whole_sign="any",
        summary="Difference. The gradient changes sign on its way to the right-hand side.",
        example="x - w",
        hands=reasons.SUBTRACT_HANDS,
        because=reasons.SUBTRACT,
    ),
    elementwise(
        "multiply",
        forward=lambda a, b: a * b,
        partials=lambda y, a, b: (b, a),
        label="×",
        text="{0} * {1}",
        numpy=("multiply",),
        commutes=True,
        powers=(1, 1),
        grad_name="Mul",
        of_masks="mask",
        reduce="prod",
        accumulate="cumprod",
        result="promote",
        scales=True,
        summary="Product. Each side receives the gradient times the other side.",
        example="x * w",
        hands=reasons.MULTIPLY_HANDS,
    ),
    elementwise(
        "divide",
        forward=lambda a, b: a / b,
        partials=lambda y, a, b: (1 / b, -(y / b)),
        label="÷",
        text="{0} / {1}",
        numpy=("divide", "true_divide"),
        powers=(1, -1),
        grad_name="Div",
        # JAX divides by the square of b.
        diverges=lambda a, b: (np.abs(b) > 1e100) | (np.abs(b) < 1e-100),
        scales=True,
        summary="Quotient a / b: the gradient reaches a times 1/b and b times -(a/b)/b.",
        example="x / (w * w + 1)",
        says=reasons.DIVIDE_SAYS,
        hands=reasons.DIVIDE_HANDS,
        because=reasons.DIVIDE,
    ),
    elementwise(
        "power",
        forward=lambda a, b: a**b,
        partials=power_partials,
        literal=frozenset({1}),
        exponent=1,
        of_masks="bytes",
        grad_name="Pow",
        same_as=lambda numbers: _SQUARE if numbers[1] == 2 else None,
        label="^",
        text="{0} ** {1}",
        numpy=("power", "float_power", "pow"),
        result="promote",
        # In JAX, a slope of 0 ** b is nan, and so is one of nan ** 0.
        diverges=lambda a, b: np.isnan(a) | (np.equal(a, 0) & np.less_equal(b, 0)),
        summary="Power a ** b: the gradient reaches a times b·a^(b-1) and b times y·ln a.",
        example="(x * x + 1) ** w",
        says=reasons.POWER_SAYS,
        because=reasons.POWER,
    ),
    elementwise(
        "negative",
        forward=lambda x: -x,
        partials=lambda y, x: (-1,),
        label="−",
        text="-{0}",
        numpy=("negative",),
        signs=(-1,),
        grad_name="Neg",
        of_masks="logic",
        result="same",
        scales=True,
        whole_sign="any",
        summary="Changes the sign of the value, and of the gradient.",
        example="-(x * w)",
        because=reasons.NEGATIVE,
    ),
    elementwise(
        "square",
        forward=lambda x: x * x,
        partials=lambda y, x: (2 * x,),
        latex=Latex("{0}^{{2}}", POWER, (POWER + 1,)),
        same_as=lambda numbers: _SQUARE,
        of_masks="bytes",
        grad_name="Pow",
        label="x²",
        numpy=("square",),
        result="same",
        samples=(-3, 3),
        whole_sign="never_negative",
        summary="x times x; the slope is 2x.",
        example="square(x - w)",
        because=reasons.SQUARE,
    ),
    _mask(
        "greater",
        forward=lambda a, b: a > b,
        label=">",
        text="{0} > {1}",
        latex=_comparison(">"),
        numpy=("greater",),
        summary="1 where a > b, else 0.",
        example="(x > w) * x",
    ),
    _mask(
        "greater_equal",
        forward=lambda a, b: a >= b,
        label="≥",
        text="{0} >= {1}",
        latex=_comparison(r"\ge"),
        numpy=("greater_equal",),
        summary="1 where a ≥ b, else 0.",
        example="(x >= w) * x",
    ),
    _mask(
        "less",
        forward=lambda a, b: a < b,
        label="<",
        text="{0} < {1}",
        latex=_comparison("<"),
        numpy=("less",),
        summary="1 where a < b, else 0.",
        example="(x < w) * x",
    ),
    _mask(
        "less_equal",
        forward=lambda a, b: a <= b,
        label="≤",
        text="{0} <= {1}",
        latex=_comparison(r"\le"),
        numpy=("less_equal",),
        summary="1 where a ≤ b, else 0.",
        example="(x <= w) * x",
    ),
    _mask(
        "equal",
        forward=equal,
        label="=",
        text="{0} == {1}",
        latex=_comparison("="),
        numpy=("equal",),
        counts=True,
        summary="1 where a equals b, else 0.",
        example="(x == w) * x",
    ),
    _mask(
        "not_equal",
        forward=not_equal,
        label="≠",
        text="{0} != {1}",
        latex=_comparison(r"\ne"),
        numpy=("not_equal",),
        counts=True,
        summary="1 where a differs from b, else 0.",
        example="(x != w) * x",
    ),
    _mask(
        "logical_and",
        forward=lambda a, b: both(not_equal(a, 0), not_equal(b, 0)),
        label="and",
        text="{0} & {1}",
        latex=Latex(r"{0} \wedge {1}", AND, (AND, AND + 1)),
        numpy=("logical_and",),
        reduce="all",
        summary="1 where both masks are 1.",
        example="((x > 0) & (x < w)) * x",
    ),
    _mask(
        "logical_or",
        forward=lambda a, b: either(not_equal(a, 0), not_equal(b, 0)),
        label="or",
        text="{0} | {1}",
        latex=Latex(r"{0} \vee {1}", OR, (OR, OR + 1)),
        numpy=("logical_or",),
        reduce="any",
        summary="1 where either mask is 1.",
        example="((x < 0) | (x > w)) * x",
    ),
    _mask(
        "logical_not",
        forward=lambda x: equal(x, 0),
        inputs=("x",),
        label="not",
        text="~{0}",
        latex=Latex(r"\neg {0}", SIGN, (ATOM,)),
        numpy=("logical_not",),
        summary="1 where the mask is 0.",
        example="np.logical_not(x > 0) * x",
    ),
)
