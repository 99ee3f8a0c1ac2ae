"""`print(...)` statements."""

from __future__ import annotations

import ast

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import ShapeOf
from app.engine.program import Printed, ShapeItem


def print_(interpreter: Interpreter, node: ast.Call) -> None:
    """Records the items of a `print(...)`. Their values are filled in when the program has run."""
    if node.keywords:
        raise interpreter.fail(
            "print takes no sep, end or file here", node.keywords[0].value, "Write print('loss', loss)."
        )
    interpreter.graph.begin("print")
    items: list[str | int | ShapeItem] = []
    for argument in node.args:
        value = interpreter.evaluate(argument)
        if isinstance(value, str):
            items.append(value)
        elif isinstance(value, ShapeOf):
            items.append(ShapeItem(value.node.index))
        elif value is None or isinstance(value, bool):
            items.append(str(value))
        else:
            items.append(interpreter.node(value, argument).index)
    interpreter.prints.append(Printed(interpreter.span(node).line, tuple(items)))
