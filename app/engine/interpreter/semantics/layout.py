"""`order="F"`: the elements counted column by column, as Fortran does."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.arrays import moved
from app.engine.wording import said


def by_columns(interpreter: Interpreter, call: Call, order: Any) -> bool:
    """Whether an `order` counts column by column."""
    order = interpreter.host(order, call.node)
    if order is None or (isinstance(order, str) and order in ("C", "F")):
        return order == "F"
    raise interpreter.fail(said("semantics.order_unknown"), call.node)


def reshaped_by_columns(interpreter: Interpreter, call: Call, value: Any, shape: tuple[int, ...]) -> Any:
    """The elements in another shape, counted column by column: turned around, row by row, and turned back."""
    turned = moved(interpreter, call.node, "transpose", value, {"axes": None})
    made = moved(interpreter, call.node, "reshape", turned, {"shape": shape[::-1]})
    return moved(interpreter, call.node, "transpose", made, {"axes": None}) if len(shape) > 1 else made
