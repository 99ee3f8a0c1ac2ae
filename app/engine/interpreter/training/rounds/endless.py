"""A training that only its reader ends: `while True:` without a way out, as many published programs have it. It is read
for some rounds, and a note says for how many."""

from __future__ import annotations

import ast

from app.engine.interpreter.interpreter import Interpreter

_WAYS_OUT = (ast.Return, ast.Raise, ast.Assert, ast.Yield, ast.YieldFrom)
ROUNDS = 1_000
"""Rounds after which it is left."""
_SHARE = 4
"""The part of the limits on a training after which it is left."""


def never_ends(node: ast.While) -> bool:
    """Whether nothing in a loop can end it."""
    if not isinstance(node.test, ast.Constant) or not node.test.value:
        return False
    waiting: list[tuple[ast.AST, bool]] = [(each, False) for each in node.body]
    while waiting:
        each, inner = waiting.pop()
        # `break` in a loop inside ends that one; who takes what a generator yields stops it.
        if isinstance(each, _WAYS_OUT) or (isinstance(each, ast.Break) and not inner):
            return False
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            inner = inner or isinstance(each, ast.For | ast.While)
            waiting += [(child, inner) for child in ast.iter_child_nodes(each)]
    return True


def is_left(interpreter: Interpreter, node: ast.While, since: int, rounds: int) -> bool:
    """Whether a loop that never ends has been read for long enough; if so, a note says it. since: the nodes before its
    training steps. A loop without any is no training: it goes on to the limits."""
    graph = interpreter.graph
    if graph.turn == since:
        return False
    near = interpreter.steps * _SHARE > interpreter.most_training or graph.turn * _SHARE > graph.most
    if rounds < ROUNDS and not near:
        return False
    interpreter.notes.append(f"The loop in line {node.lineno} never ends: it is left after {rounds:,} rounds.")
    return True
