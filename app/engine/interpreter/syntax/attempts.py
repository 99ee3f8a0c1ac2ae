"""Exceptions in the text: `raise`, `assert`, and `try` with what it catches.

What the text raises itself can be caught, and what Python certainly raises too: a missing key, an index beyond the end,
shapes that do not fit. A refusal that says only that something is not part of the language is none of these.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from app.engine.errors import EngineError
from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import exceptions, objects
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Class, Instance, describe
from app.engine.wording import said


def assertion(interpreter: Interpreter, node: ast.Assert) -> None:
    if interpreter.scope is interpreter.globals:
        interpreter.graph.begin("assert")
    if interpreter.truth(interpreter.evaluate(node.test), node.test):
        return
    text = "" if node.msg is None else text_of(interpreter, interpreter.evaluate(node.msg), node.msg)
    plain = isinstance(text, str) and text != ""
    error = Raised(
        said("syntax.assertion_fails_with_text", text=text) if plain else said("syntax.assertion_fails"),
        span=interpreter.span(node),
    )
    made = interpreter.instance(exceptions.exceptions()["AssertionError"], "error")
    made.names["args"] = () if node.msg is None else (text,)
    raise error.of("AssertionError", thrown=made)


def raise_(interpreter: Interpreter, node: ast.Raise) -> None:
    if node.exc is None:
        if interpreter.handled:
            raise interpreter.handled[-1]
        raise interpreter.fail(said("syntax.reraise_without_error"), node)
    found = interpreter.evaluate(node.exc)
    if exceptions.is_exception(found):
        call = ast.copy_location(ast.Call(func=node.exc, args=[], keywords=[]), node.exc)
        found = objects.create(interpreter, found, Call(call, found.name, [], {}))
    if not isinstance(found, Instance) or not exceptions.is_exception(found.cls):
        raise interpreter.fail(said("syntax.not_raisable", found=describe(found)), node)
    raise exceptions.raised(interpreter, found, node)


Lines = Callable[[Interpreter, list[ast.stmt]], Generator[Any, None, Any]]
"""Runs lines: yields the items where they hold a `yield`, and returns how they ended, as statements do."""


def attempt(interpreter: Interpreter, node: ast.Try) -> Any:
    """`try`: the lines of its body; of what they raise, what its `except` lines name; `finally` in any case."""
    try:
        next(attempted(interpreter, node, _at_once))
    except StopIteration as done:
        return done.value
    raise AssertionError("these lines hold no yield")


def _at_once(interpreter: Interpreter, body: list[ast.stmt]) -> Generator[Any, None, Any]:
    yield from ()
    return interpreter.run(body)


def attempted(interpreter: Interpreter, node: ast.Try, run: Lines) -> Generator[Any, None, Any]:
    """The same step by step, for lines that may stand still."""
    trial = _Trial(interpreter, run, interpreter.state())
    try:
        ended = yield from _caught(interpreter, node, trial)
    except EngineError as error:
        if exceptions.thrown(interpreter, error) is not None and node.finalbody:
            interpreter.back_to(trial.state)
            ended = yield from trial.lines(node.finalbody)
            if ended is not None:
                return ended
        raise
    last = yield from trial.lines(node.finalbody)
    return ended if last is None else last


@dataclass(slots=True)
class _Trial:
    """state: where the text stood when these lines began, or went on after a `yield`."""

    interpreter: Interpreter
    run: Lines
    state: tuple[Any, ...]

    def attempted(self, body: list[ast.stmt]) -> Generator[Any, None, Any]:
        """The lines whose errors are caught; not those of whoever asks for items meanwhile."""
        rounds = self.lines(body)
        while True:
            self.interpreter.trying += 1
            try:
                item = next(rounds)
            except StopIteration as done:
                return done.value
            finally:
                self.interpreter.trying -= 1
            yield item

    def lines(self, body: list[ast.stmt], handled: EngineError | None = None) -> Generator[Any, None, Any]:
        """handled: the error that a bare `raise` in these lines raises again, and in no others that run meanwhile."""
        rounds = self.run(self.interpreter, body)
        errors = [] if handled is None else [handled]
        while True:
            self.interpreter.handled += errors
            try:
                item = next(rounds)
            except StopIteration as done:
                return done.value
            finally:
                if errors:
                    self.interpreter.handled.pop()
            yield item
            self.state = self.interpreter.state()


def _caught(interpreter: Interpreter, node: ast.Try, trial: _Trial) -> Generator[Any, None, Any]:
    interpreter.settle_python()
    try:
        ended = yield from trial.attempted(node.body)
    except EngineError as error:
        handler = handler_of(interpreter, node, error)
        if handler is None:
            raise
        interpreter.back_to(trial.state)
        assert isinstance(handler.name, str | None)
        if handler.name is not None:
            interpreter.scope.names[handler.name] = exceptions.thrown(interpreter, error)
        ended = yield from trial.lines(handler.body, error)
        if handler.name is not None:
            interpreter.scope.names.pop(handler.name, None)
        return ended
    return ended if ended is not None else (yield from trial.lines(node.orelse))


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
                raise interpreter.fail(said("syntax.caught_no_error_class", cls=describe(cls)), handler.type)
            if thrown.cls.derives(cls):
                return handler
    return None
