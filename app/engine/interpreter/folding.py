"""Constant folding: arithmetic between number literals (`1/3`, `2*np.pi`) becomes one number."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import describe

_WHOLE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
}


def fold(interpreter: Interpreter, node: ast.BinOp, left: Any, right: Any) -> Any:
    """The value of `left op right`. It is computed in floats, so that 9**9**9 ends at once. Raises ProgramError."""
    for value, side in ((left, node.left), (right, node.right)):
        if not isinstance(value, int | float):
            interpreter.node(value, side)
            raise interpreter.fail(f"{describe(value)} cannot be used in a calculation", side, "Give it a name first.")
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        raise interpreter.fail("& and | combine masks, and these are numbers", node, "Write (a > 0) & (b > 0).")
    result = _arithmetic(type(node.op), left, right)
    if result is None:
        raise interpreter.fail("this constant is not a finite number", node, "Write the value itself.")
    return result


def is_literal(node: ast.expr) -> bool:
    """Whether an expression is arithmetic between number literals and constants such as np.pi."""
    todo: list[ast.expr] = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, ast.BinOp):
            todo += [part.left, part.right]
        elif isinstance(part, ast.UnaryOp):
            todo.append(part.operand)
        elif not isinstance(part, ast.Constant | ast.Attribute):
            return False
    return True


def _arithmetic(operator: type[ast.operator], a: Any, b: Any) -> float | int | None:
    """a op b as a finite float, or as an int where Python gives one that floats hold exactly; else None."""
    try:
        if operator is ast.Pow:
            result: Any = math.pow(a, b)
        elif operator is ast.Div:
            result = float(a) / float(b)
        elif operator in _WHOLE:
            result = _WHOLE[operator](float(a), float(b))
        else:
            return None
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(result):
        return None
    whole = isinstance(a, int) and isinstance(b, int) and operator is not ast.Div and result.is_integer()
    whole = whole and not (operator is ast.Pow and b < 0)
    return int(result) if whole and abs(result) <= 2**53 else float(result)
