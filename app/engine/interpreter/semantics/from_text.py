"""Methods that a class gets without writing them, made from their text, as Python's own library does it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import definitions
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.values import Class, Function, Scope


def method_from_text(
    interpreter: Interpreter, cls: Class, text: str, scope: Scope, defaults: dict[str, Any], call: Call
) -> Function:
    """A method from its text, at the place of the class. defaults: of its parameters."""
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    for part in ast.walk(node):
        ast.copy_location(part, call.node)
    before = interpreter.scope
    interpreter.scope = scope
    try:
        made = definitions.function(interpreter, node.name, node.args, node.body, node)
    finally:
        interpreter.scope = before
    return replace(made, defaults={n: v for n, v in defaults.items() if n in made.parameters}, owner=cls)
