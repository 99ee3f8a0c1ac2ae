"""The largest or smallest of several scalars: what `max` and `min` along an axis become in scalar detail.

A chain of two-sided maxima would share a tie of three as 1/4, 1/4, 1/2; these ops share it equally, as the array op
does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from app.engine.ops import reasons
from app.engine.ops.chain import weighted
from app.engine.ops.expression import Expr
from app.engine.ops.registry import Call, Kink, Op, tensor_op
from app.engine.ops.rule_words import as_float, equal, largest_of, smallest_of, ties_of


def _of_several(name: str, word: Callable[..., Expr], latex: str) -> Op:
    def forward(call: Call, *xs: Expr) -> Expr:
        return word(*xs)

    def partials(call: Call, y: Expr, *xs: Expr) -> tuple[Expr, ...]:
        return tuple(as_float(equal(x, y)) / ties_of(y, *xs) for x in xs)

    def jvp(call: Call, t: tuple[Expr, ...], y: Expr, *xs: Expr) -> Expr:
        terms = [weighted(ti, p) for ti, p in zip(t, partials(call, y, *xs), strict=True)]
        return reduce(lambda a, b: a + b, terms)

    def ties(call: Call, y: Expr, *xs: Expr) -> Expr | None:
        different = tuple(dict.fromkeys(xs))
        return ties_of(y, *different) > 1 if len(different) > 1 else None

    return tensor_op(
        name,
        kind="elementwise",
        inputs=("xs",),
        variadic=True,
        shape=lambda call: (),
        forward=forward,
        vjp=lambda call, g, y, *xs: tuple(weighted(g, p) for p in partials(call, y, *xs)),
        jvp=jvp,
        partials=partials,
        bare=False,
        result="promote",
        label=name.removesuffix("_of"),
        latex=latex + r"\left({0}\right)",
        kink=Kink(ties, "several are equal: they share the gradient equally"),
        summary=f"The {name.removesuffix('_of')} of several scalars; ties share the gradient equally.",
        because=reasons.of_several("largest" if name == "max_of" else "smallest"),
    )


OPS: tuple[Op, ...] = (
    _of_several("max_of", largest_of, r"\max"),
    _of_several("min_of", smallest_of, r"\min"),
)
