"""The line of shapes in a rule: (2×3) @ (3×4) → (2×4), or those of a sum that undoes broadcasting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.notation.formulas import Formula
from app.engine.ops.axes import show_shape
from app.engine.ops.dialects import IEEE
from app.engine.ops.expression import Apply, Expr
from app.engine.ops.printed import Piece
from app.engine.ops.rules import kernel
from app.engine.program import Value
from app.engine.support.errstate import ignore_fp_errors

_OPERATORS = {"matmul": "@", "dot": "@"}


def shapes_line(
    message: Expr, grad: Value | None, value: Value | None, inputs: Sequence[Value | None]
) -> list[Formula]:
    """The line of shapes for a message to an input; none if it has no matrix product and no sum. grad, value: of the
    node that sends it; inputs: the values of its inputs."""
    found = _outermost(message)
    if found is None:
        return []
    names = ("g", "y", *(f"x{slot}" for slot in range(len(inputs))))
    given = [
        np.shape(ignore_fp_errors(_evaluated(part, names), grad, value, *inputs)) for part in (*found.arguments, found)
    ]
    *parts, result = map(show_shape, given)
    if found.word in _OPERATORS:
        text = f"({parts[0]}) {_OPERATORS[found.word]} ({parts[1]}) → ({result})"
    else:
        axes = found.options[0]
        along = "all axes" if axes is None else f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes}"
        text = f"({parts[0]}) summed over {along} → ({result})"
    typeset = rf"\text{{{text}}}".replace("→", r"$\to$").replace("×", r"$\times$")
    return [Formula("shapes", (Piece(text),), (Piece(typeset),))]


def _outermost(expression: Expr) -> Apply | None:
    """The outermost matrix product or sum."""
    waiting = [expression]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, Apply):
            if each.word in _OPERATORS or each.word == "sum":
                return each
            waiting += each.arguments
    return None


def _evaluated(expression: Expr, names: tuple[str, ...]) -> Any:
    return kernel(f"lambda {', '.join(names)}: {IEEE.print(expression, {name: name for name in names})}")
