"""How a call of an op is typeset where it has no name of its own: `x_{1}` for `x[1]`, `e^{x}` for `exp(x)`.

An op states it as its trait `latex`. What binds less tightly than its place asks for is bracketed, so that the square
of x + 1 is not x + 1².
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.ops.word import ATOM, PRODUCT, SUM

Written = tuple[str, int]
"""A text and how tightly it binds (see `word.py`)."""


@dataclass(frozen=True, slots=True)
class Latex:
    """form: a template over the arguments, or a function of the call (its attributes and shapes) and of them; those of
    a variadic op come as one, with commas between. binds: how tightly the result does. needs: how tightly each argument
    has to; one that is not named stands in brackets, or between braces, as it is."""

    form: str | Callable[[Any, list[str]], str]
    binds: int = ATOM
    needs: tuple[int, ...] = ()

    def write(self, call: Any, arguments: Sequence[Written]) -> Written:
        """`call`: what the op's rules get."""
        texts = [
            rf"\left({text}\right)" if place < len(self.needs) and binds < self.needs[place] else text
            for place, (text, binds) in enumerate(arguments)
        ]
        return (self.form.format(*texts) if isinstance(self.form, str) else self.form(call, texts)), self.binds


def operator(name: str, below: Callable[[Any], str] = lambda call: "") -> Latex:
    """A function by its name in upright letters; `below` gives what stands at its foot, if anything."""

    def form(call: Any, arguments: list[str]) -> str:
        foot = below(call)
        return rf"\operatorname{{{name}}}{foot and f'_{{{foot}}}'}\left({', '.join(arguments)}\right)"

    return Latex(form)


def other_than_default(**defaults: float) -> Callable[[Any], str]:
    """At the foot of a function its parameters that are not the usual ones: LeakyReLU with slope 0.1."""
    return lambda call: ",\\,".join(
        rf"\mathrm{{{name}}} = {call.attrs[name]:g}" for name, usual in defaults.items() if call.attrs[name] != usual
    )


def axes_below(call: Any) -> str:
    """The axes of a reduction, where it does not take all."""
    axis = call.attrs["axis"]
    return "" if axis is None else axis_text(axis if isinstance(axis, tuple) else (axis,))


def axis_text(axes: Sequence[int]) -> str:
    return rf"\text{{axis }}{','.join(map(str, axes))}"


def shape_text(shape: Sequence[int]) -> str:
    return r" \times ".join(map(str, shape))


def reduction(symbol: str) -> Latex:
    """A sum over all that follows: Σ with its axes below."""

    def form(call: Any, arguments: list[str]) -> str:
        below = axes_below(call)
        return f"{symbol}{below and f'_{{{below}}}'} {arguments[0]}"

    return Latex(form, SUM, (PRODUCT,))


_NAME = re.compile(r"\\?[A-Za-z]+|\\(?:mathrm|hat)\{\w+\}")


def subscripted(base: str, below: str) -> str:
    """A name with an index: bracketed if it has one already, or is more than a name."""
    held = base if _NAME.fullmatch(base) or base.startswith(r"\left(") else rf"\left({base}\right)"
    return f"{held}_{{{below}}}" if below else base


def index_latex(index: Sequence[Any]) -> str:
    """A constant index as it stands below a name: `0,1:`, dots for `...`."""
    parts = []
    for item in index:
        if isinstance(item, slice):
            bounds = ["" if bound is None else str(bound) for bound in (item.start, item.stop)]
            parts.append(":".join([*bounds, *([] if item.step is None else [str(item.step)])]))
        else:
            parts.append(r"\ldots" if item is Ellipsis else r"\mathrm{new}" if item is None else str(item))
    return ",".join(parts)


def turned(order: Sequence[int], base: str) -> str:
    """Axes in another order: of a matrix its transpose, of more axes what stands where."""
    if tuple(order) == tuple(range(len(order))):
        return base
    return rf"{base}^{{\top}}" if tuple(order) == (1, 0) else rf"{base}^{{\top({','.join(map(str, order))})}}"
