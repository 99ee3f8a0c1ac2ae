"""Functions with `yield`: their lines run up to the next `yield` whenever an item is asked for, as in Python.

A statement that holds a `yield` is run by a generator of Python's own, which stands still where the text does. All
others are run as everywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.grammar import BREAK, CONTINUE
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.semantics.definitions import yields
from app.engine.interpreter.semantics.sequences import one_by_one
from app.engine.interpreter.syntax import attempts, binding, statements

Steps = Generator[Any, None, Any]
"""Yields items; returns how the lines ended, as statements do."""


def generate(interpreter: Interpreter, body: list[ast.stmt]) -> Iterator[Any]:
    """The items that a function's lines yield."""
    yield from _run(interpreter, body)


def _run(interpreter: Interpreter, body: list[ast.stmt]) -> Steps:
    for statement in body:
        ended = yield from _statement(interpreter, statement)
        if ended is not None:
            return ended
    return None


def _statement(interpreter: Interpreter, node: ast.stmt) -> Steps:
    if not yields(interpreter, [node], node):
        return interpreter.statement(node)
    interpreter.visit(node)
    handler = _YIELDING.get(type(node))
    if handler is None:
        raise _too_deep(interpreter, node)
    return (yield from handler(interpreter, node))


def _too_deep(interpreter: Interpreter, node: ast.AST) -> Exception:
    held = next(part for part in ast.walk(node) if isinstance(part, ast.Yield | ast.YieldFrom))
    return refusal(held, interpreter.span(held))


def _expression(interpreter: Interpreter, node: ast.Expr) -> Steps:
    """`yield x`, `yield from items`, each on a line of its own."""
    yield from _yielded(interpreter, node.value, node)


def _yielded(interpreter: Interpreter, value: ast.expr, node: ast.stmt) -> Steps:
    if isinstance(value, ast.Yield):
        yield None if value.value is None else interpreter.evaluate(value.value)
    elif isinstance(value, ast.YieldFrom):
        yield from one_by_one(interpreter, interpreter.evaluate(value.value), value.value)
    else:
        raise _too_deep(interpreter, node)


def _assignment(interpreter: Interpreter, node: ast.Assign) -> Steps:
    """`sent = yield x`: nothing can be sent here, so it is None."""
    yield from _yielded(interpreter, node.value, node)
    for target in node.targets:
        binding.bind(interpreter, target, None, node)


def _conditional(interpreter: Interpreter, node: ast.If) -> Steps:
    test = interpreter.truth(interpreter.evaluate(node.test), node.test)
    return (yield from _run(interpreter, node.body if test else node.orelse))


def _for(interpreter: Interpreter, node: ast.For) -> Steps:
    interpreter.enter(node)
    rounds = statements.rounds_of(interpreter, node)
    interpreter.loops += 1
    ended: Any = None
    for item in rounds:
        binding.bind(interpreter, node.target, item, node.iter)
        ended = yield from _run(interpreter, node.body)
        if ended is not None and ended is not CONTINUE:
            break
        interpreter.visit(node)
    return (yield from _after_rounds(interpreter, node, ended))


def _while(interpreter: Interpreter, node: ast.While) -> Steps:
    interpreter.enter(node)
    interpreter.loops += 1
    ended: Any = None
    while interpreter.truth(interpreter.evaluate(node.test), node.test):
        ended = yield from _run(interpreter, node.body)
        if ended is not None and ended is not CONTINUE:
            break
        interpreter.visit(node)
    return (yield from _after_rounds(interpreter, node, ended))


def _after_rounds(interpreter: Interpreter, node: ast.For | ast.While, ended: Any) -> Steps:
    """What follows the rounds of a loop: its `else`, unless they were ended early."""
    statements.leave(interpreter, node)
    if ended is None or ended is CONTINUE:
        return (yield from _run(interpreter, node.orelse))
    return None if ended is BREAK else ended


def _attempt(interpreter: Interpreter, node: ast.Try) -> Steps:
    return (yield from attempts.attempted(interpreter, node, _run))


_YIELDING: Mapping[type[ast.stmt], Callable[..., Steps]] = MappingProxyType(
    {
        ast.Expr: _expression,
        ast.Assign: _assignment,
        ast.If: _conditional,
        ast.For: _for,
        ast.While: _while,
        ast.Try: _attempt,
    }
)
"""Statements in which a `yield` may stand."""
