"""The largest or smallest of several scalars: what `max` and `min` along an axis become in scalar detail.

A chain of two-sided maxima would share a tie among three as 1/4, 1/4, 1/2; these share it equally, as the array op
does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from app.engine.ops.expression import Expr, as_float, equal, lift, maximum, minimum
from app.engine.ops.registry import Call, Kink, Op, tensor_op


def _of_several(name: str, word: Callable[[Expr, Expr], Expr], latex: str) -> Op:
    def forward(call: Call, *xs: Expr) -> Expr:
        return reduce(word, xs)

    def ties(y: Expr, *xs: Expr) -> Expr:
        return reduce(lambda a, b: a + b, [as_float(equal(x, y)) for x in xs])

    def partials(call: Call, y: Expr, *xs: Expr) -> tuple[Expr, ...]:
        return tuple(as_float(equal(x, y)) / ties(y, *xs) for x in xs)

    def jvp(call: Call, t: tuple[Expr, ...], y: Expr, *xs: Expr) -> Expr:
        terms = [ti * p for ti, p in zip(t, partials(call, y, *xs), strict=True)]
        return reduce(lambda a, b: a + b, terms, lift(0.0))

    return tensor_op(
        name,
        kind="elementwise",
        inputs=("xs",),
        variadic=True,
        shape=lambda call: (),
        forward=forward,
        vjp=lambda call, g, y, *xs: tuple(g * p for p in partials(call, y, *xs)),
        jvp=jvp,
        partials=partials,
        bare=False,
        result="promote",
        label=name.removesuffix("_of"),
        latex=latex + r"\left({0}\right)",
        kink=Kink(lambda call, y, *xs: ties(y, *xs) > 1, "several are equal: they share the gradient equally"),
        summary=f"The {name.removesuffix('_of')} of several scalars; ties share the gradient equally.",
    )


OPS: tuple[Op, ...] = (
    _of_several("max_of", maximum, r"\max"),
    _of_several("min_of", minimum, r"\min"),
)
