"""A closed form: one rule for the gradient that a function sends back to a parameter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from app.engine.ops.axes import count
from app.engine.ops.expression import Shape


@dataclass(frozen=True, slots=True)
class Whole:
    """The gradient of one parameter as one rule. `code`: lines of the language over the parameters, `g` (the gradient
    of the result), `y` (the result) and `n` (how many numbers are averaged: one per row, or all); the last one gives
    `d`. `latex`: the same, with the names as fields. `holds`: what it assumes. `jacobian`: of a function of rows, the
    derivative of its element j towards element k of the parameter; δ[j,k] is 1 where j = k, else 0.

    In `code` {AXIS} is the axis of the function, {COLUMN} the gradient of the result with the reduced axes as axes of
    length 1, and {EPS} what is added to a variance, if anything: {eps} in `latex`. {TIMES} and {OVER}, in LaTeX
    {SCALE}, are the factor of a loss."""

    code: str
    latex: str
    averages: Literal["", "rows", "all"] = ""
    holds: str = ""
    jacobian: str = ""

    def count(self, shape: tuple[int, ...]) -> int:
        return count(shape[:-1] if self.averages == "rows" else shape) if self.averages else 1

    def scaled(self, times: str, over: str, latex: str) -> Whole:
        """The rule with its factor: before and after it in code, before it in LaTeX."""
        code = self.code.replace("{TIMES}", times).replace("{OVER}", over)
        return replace(self, code=code, latex=self.latex.replace("{SCALE}", latex))

    def along(self, axes: tuple[int, ...], shape: Shape, result: Shape, *, eps: bool = False) -> Whole:
        """The rule for a function along these axes. shape: of the parameter; result: of the result. (The Jacobian is
        that of rows.)"""
        if "{AXIS}" not in self.code:
            return self
        last = axes == (len(shape) - 1,)
        axis = "-1" if last else str(axes[0]) if len(axes) == 1 else "None" if len(axes) == len(shape) else str(axes)
        column = "g"
        if 0 < len(result) < len(shape):
            column = f"g[{', '.join('None' if i in axes else ':' for i in range(len(shape)))}]"
        code = self.code.replace("{AXIS}", axis).replace("{COLUMN}", column).replace("{EPS}", " + eps" if eps else "")
        if last:
            # The axis that a function goes along anyway.
            code = code.replace(", axis=-1)", ")")
        latex = self.latex.replace("{eps}", " + {eps}" if eps else "")
        return replace(self, code=code, latex=latex, jacobian=self.jacobian if last else "")
