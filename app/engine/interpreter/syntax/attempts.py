"""Exceptions in the text: `raise`, `assert`, and `try` with what it catches.

What the text raises itself can be caught, and what Python certainly raises too: a missing key, an index beyond the end,
shapes that do not fit. A refusal that says only that something is not part of the language is none of these.
"""

from __future__ import annotations

import ast
from typing import Any

from app.engine.errors import EngineError
from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import exceptions, objects
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Class, Instance, describe


def assertion(interpreter: Interpreter, node: ast.Assert) -> None:
    if interpreter.scope is interpreter.globals:
        interpreter.graph.begin("assert")
    if interpreter.truth(interpreter.evaluate(node.test), node.test):
        return
    said = "" if node.msg is None else text_of(interpreter, interpreter.evaluate(node.msg), node.msg)
    plain = said if isinstance(said, str) else ""
    error = Raised(
        f"this assertion does not hold{f': {plain}' if plain else ''}",
        span=interpreter.span(node),
        hint="Change the values, or leave the line out.",
    )
    made = interpreter.instance(exceptions.exceptions()["AssertionError"], "error")
    made.names["args"] = () if node.msg is None else (said,)
    raise error.of("AssertionError", thrown=made)


def raise_(interpreter: Interpreter, node: ast.Raise) -> None:
    if node.exc is None:
        if interpreter.handled:
            raise interpreter.handled[-1]
        raise interpreter.fail("there is no error to raise again", node, "Write raise ValueError('why').")
    found = interpreter.evaluate(node.exc)
    if exceptions.is_exception(found):
        call = ast.copy_location(ast.Call(func=node.exc, args=[], keywords=[]), node.exc)
        found = objects.create(interpreter, found, Call(call, found.name, [], {}))
    if not isinstance(found, Instance) or not exceptions.is_exception(found.cls):
        raise interpreter.fail(f"{describe(found)} cannot be raised", node, "Write raise ValueError('why').")
    raise exceptions.raised(interpreter, found, node)


def attempt(interpreter: Interpreter, node: ast.Try) -> Any:
    """`try`: the lines of its body; of what they raise, what its `except` lines name; `finally` in any case."""
    state = interpreter.state()
    try:
        ended = _caught(interpreter, node, state)
    except EngineError as error:
        if exceptions.thrown(interpreter, error) is not None and node.finalbody:
            interpreter.back_to(state)
            ended = interpreter.run(node.finalbody)
            if ended is not None:
                return ended
        raise
    last = interpreter.run(node.finalbody)
    return ended if last is None else last


def _caught(interpreter: Interpreter, node: ast.Try, state: tuple[Any, ...]) -> Any:
    try:
        ended = interpreter.run(node.body)
    except EngineError as error:
        handler = handler_of(interpreter, node, error)
        if handler is None:
            raise
        interpreter.back_to(state)
        assert isinstance(handler.name, str | None)
        if handler.name is not None:
            interpreter.scope.names[handler.name] = exceptions.thrown(interpreter, error)
        interpreter.handled.append(error)
        try:
            ended = interpreter.run(handler.body)
        finally:
            interpreter.handled.pop()
        if handler.name is not None:
            interpreter.scope.names.pop(handler.name, None)
        return ended
    return ended if ended is not None else interpreter.run(node.orelse)


def handler_of(interpreter: Interpreter, node: ast.Try, error: EngineError) -> ast.ExceptHandler | None:
    """The first `except` of these that catches the error."""
    thrown = exceptions.thrown(interpreter, error)
    if thrown is None:
        return None
    for handler in node.handlers:
        if handler.type is None:
            return handler
        named = interpreter.evaluate(handler.type)
        for cls in named if isinstance(named, tuple) else (named,):
            if not isinstance(cls, Class) or not exceptions.is_exception(cls):
                raise interpreter.fail(f"{describe(cls)} is no class of errors", handler.type, "Name ValueError.")
            if thrown.cls.derives(cls):
                return handler
    return None
