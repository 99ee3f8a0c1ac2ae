"""How a call of an op is written in LaTeX: `x_{1}` for `x[1]`, `e^{x}` for `exp(x)`.

An op states it as its trait `latex`. Rules are written word by word instead, by the dialect `LATEX`; the whole map is
in `app/engine/notation/__init__.py`. An operand of too low a precedence is bracketed, so that the square of x + 1 is
not x + 1².
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.ops.index_array import IndexArray, index_parts
from app.engine.ops.printed import bracketed, fill, in_brackets, join
from app.engine.ops.word import ATOM, PRODUCT, SUM, Written

_SHOWN = 6
"""So many numbers of an index array are written out."""


@dataclass(frozen=True, slots=True)
class Latex:
    """How a call is written. form: a template over the arguments, or a function of the call (its attributes and shapes)
    and the arguments; the arguments of a variadic op are one text, separated by commas. binds: the precedence of the
    result. needs: the least precedence of each argument; those not listed need no brackets."""

    form: str | Callable[[Any, list[str]], str]
    binds: int = ATOM
    needs: tuple[int, ...] = ()

    def write(self, call: Any, arguments: Sequence[Written]) -> Written:
        """The LaTeX of a call with these arguments, and its precedence."""
        needs = (*self.needs, *[0] * len(arguments))
        texts = [bracketed(written, need, True) for written, need in zip(arguments, needs, strict=False)]
        return (fill(self.form, *texts) if isinstance(self.form, str) else self.form(call, texts)), self.binds


def operator(name: str, below: Callable[[Any], str] = lambda call: "") -> Latex:
    """A function by its name in upright letters. below(call): its subscript, "" for none."""

    def form(call: Any, arguments: list[str]) -> str:
        foot = below(call)
        return rf"\operatorname{{{name}}}{foot and f'_{{{foot}}}'}\left(" + join(", ", arguments) + r"\right)"

    return Latex(form)


def other_than_default(**defaults: float) -> Callable[[Any], str]:
    """The subscript of a function: its parameters that are not the defaults, as for LeakyReLU with slope 0.1."""
    return lambda call: ",\\,".join(
        rf"\mathrm{{{name}}} = {call.attrs[name]:g}" for name, usual in defaults.items() if call.attrs[name] != usual
    )


def axes_below(call: Any) -> str:
    """The axes of a reduction as a subscript, "" for all."""
    axis = call.attrs["axis"]
    return "" if axis is None else axis_text(axis if isinstance(axis, tuple) else (axis,))


def axis_text(axes: Sequence[int]) -> str:
    return rf"\text{{axis }}{','.join(map(str, axes))}"


def shape_text(shape: Sequence[int]) -> str:
    return r" \times ".join(map(str, shape))


def reduction(symbol: str) -> Latex:
    """A reduction written as a symbol with its axes as subscript: Σ."""

    def form(call: Any, arguments: list[str]) -> str:
        below = axes_below(call)
        return f"{symbol}{below and f'_{{{below}}}'} " + arguments[0]

    return Latex(form, SUM, (PRODUCT,))


_NAME = re.compile(r"\\?[A-Za-z]+|\\(?:mathrm|hat)\{\w+\}")


def subscripted(base: str, below: str) -> str:
    """`base` with a subscript; bracketed if it is not a plain name."""
    held = base if _NAME.fullmatch(base) or base.startswith(r"\left(") else in_brackets(base, True)
    return held + f"_{{{below}}}" if below else base


def index_latex(index: Sequence[Any]) -> str:
    """A constant index as a subscript: `0,1:`, dots for `...`."""
    return ",".join(index_parts(index, _array_latex, r"\ldots", r"\mathrm{new}"))


def _array_latex(item: IndexArray) -> str:
    """The numbers of an index array, the first ones of many."""
    shown = [str(number) for number in item.array.ravel()[:_SHOWN]] + [r"\ldots"] * (item.array.size > _SHOWN)
    return rf"\left[{','.join(shown)}\right]"


def turned(order: Sequence[int], base: str) -> str:
    """`base` with its axes in another order: ⊤ for a matrix, ⊤ with the order for more axes."""
    if tuple(order) == tuple(range(len(order))):
        return base
    return base + (r"^{\top}" if tuple(order) == (1, 0) else rf"^{{\top({','.join(map(str, order))})}}")
