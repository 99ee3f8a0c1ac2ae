"""Decorators: a function or a class is handed to another function, and what that gives has its name."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.syntax import calls
from app.engine.interpreter.values import Method, Module, Property
from app.engine.wording import said


def decorated(interpreter: Interpreter, node: ast.FunctionDef | ast.ClassDef, made: Any) -> Any:
    """What the decorators of a definition make of it, the lowest first."""
    for decorator in reversed(node.decorator_list):
        made = _applied(interpreter, node, decorator, made)
    return made


def _applied(interpreter: Interpreter, node: ast.FunctionDef | ast.ClassDef, decorator: ast.expr, made: Any) -> Any:
    match decorator:
        case ast.Name(id="property"):
            return Property(made)
        case ast.Name(id="staticmethod" | "classmethod" as word):
            # A static method is bound to nothing, a class method to its class when it is looked up.
            return Method(made, None if word == "staticmethod" else "class")
        case ast.Attribute(attr="setter" | "getter" | "deleter" as word):
            before = interpreter.evaluate(decorator.value)
            if word == "setter" and isinstance(before, Property):
                return replace(before, setter=made)
            raise interpreter.fail(said("syntax.property_part_not_in_language", word=word), decorator)
    written = ast.copy_location(ast.Call(func=decorator, args=[], keywords=[]), decorator)
    function = calls.function_of(interpreter, decorator)
    if isinstance(function, Module) and function.silent:
        return made
    return calls.invoke(interpreter, function, Call(written, "decorator", [Argument(made, decorator)], {}, node.name))
