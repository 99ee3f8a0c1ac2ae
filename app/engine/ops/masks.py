"""Questions about each number, answered by a mask: whether it is nan, infinite, or close to another."""

from __future__ import annotations

import math
from functools import partial

from app.engine.ops import reasons
from app.engine.ops.call_latex import Latex
from app.engine.ops.expression import Expr, Number
from app.engine.ops.registry import Op, Parameter, mask
from app.engine.ops.rule_words import absolute, both, either, equal, not_equal
from app.engine.ops.word import COMPARISON, OR

INFINITY = Number(math.inf, r"\infty")

_mask = partial(mask, says=reasons.MASK_SAYS)


def _close(a: Expr, b: Expr, rtol: float, atol: float) -> Expr:
    """NumPy's question: |a - b| ≤ atol + rtol·|b| of finite numbers, equality of infinite ones."""
    near = absolute(a - b) <= atol + rtol * absolute(b)
    return either(equal(a, b), both(absolute(b) < INFINITY, near))


OPS: tuple[Op, ...] = (
    _mask(
        "isnan",
        inputs=("x",),
        forward=lambda x: not_equal(x, x),
        latex=r"\operatorname{{isnan}}\left({0}\right)",
        numpy=("isnan",),
        summary="1 where x is not a number, else 0.",
        example="where(isnan(x), w, x)",
    ),
    _mask(
        "isinf",
        inputs=("x",),
        forward=lambda x: equal(absolute(x), INFINITY),
        latex=r"\operatorname{{isinf}}\left({0}\right)",
        numpy=("isinf",),
        summary="1 where x is infinite, else 0.",
        example="where(isinf(x), w, x)",
    ),
    _mask(
        "isfinite",
        inputs=("x",),
        forward=lambda x: absolute(x) < INFINITY,
        latex=r"\operatorname{{isfinite}}\left({0}\right)",
        numpy=("isfinite",),
        summary="1 where x is neither infinite nor nan, else 0.",
        example="isfinite(x) * x",
    ),
    _mask(
        "isclose",
        inputs=("a", "b"),
        parameters=(Parameter("rtol", 1e-5), Parameter("atol", 1e-8)),
        positional=2,
        forward=_close,
        latex=Latex(r"{0} \approx {1}", COMPARISON, (COMPARISON + 1, COMPARISON + 1)),
        numpy=("isclose",),
        summary="1 where a and b differ by no more than atol + rtol·|b|, else 0.",
        example="isclose(x, w, rtol=0.5) * x",
    ),
    _mask(
        "logical_xor",
        inputs=("a", "b"),
        forward=lambda a, b: either(both(not_equal(a, 0), equal(b, 0)), both(equal(a, 0), not_equal(b, 0))),
        label="xor",
        latex=Latex(r"{0} \oplus {1}", OR, (OR + 1, OR + 1)),
        numpy=("logical_xor",),
        summary="1 where exactly one of two masks is 1.",
        example="logical_xor(x > 0, w > 0) * x",
    ),
)
