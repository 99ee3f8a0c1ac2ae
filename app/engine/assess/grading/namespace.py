"""The names that a backward pass may use: those of the program, as running it leaves them, and of emitted code."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.assess.grading.scope import Scope
from app.engine.errors import EngineError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.source import parse, pasted
from app.engine.interpreter.training.reach import reach
from app.engine.interpreter.turns.trainings import Wanted
from app.engine.interpreter.values import Instance, Literal, Ref
from app.engine.interpreter.values import Scope as Names
from app.engine.interpreter.written_texts import GRAMMAR, numpy_functions, prelude, written_library
from app.engine.ops import INPUT
from app.engine.ops.helpers import HELPERS
from app.engine.program import NO_GROUP, Value

_HELPERS = "\n".join([HELPERS["place"], HELPERS["stored"]])
"""Functions of emitted code: zeros with x at an index, as the gradient of `a[0, 1:]` is, and x with a part stored."""


def left_by(program: str, scope: Scope, source: str) -> Interpreter:
    """An interpreter that has run the program with the values of a run, for a text `source` below it. Around the
    program's names stand those of emitted code.

    A line of the program that fails is passed over: what leads to the output is there by its value in any case.
    """
    limits = scope.run.structure.limits
    text = pasted(program, limits)
    whole = f"{text}\n{source}"
    lines = None if whole.isascii() else whole.split("\n")
    reading = scope.run.structure.reading
    left = None if reading is None or reading.own is None or reading.turn is None else Wanted(reading.own, reading.turn)
    every_round = left is not None and left.own.every_round
    interpreter = Interpreter(limits, GRAMMAR, lines, _given(scope), every_round=every_round)
    interpreter.training.loops.wanted = left
    interpreter.long = left is not None and left.own.large
    interpreter.prelude, interpreter.numpy, interpreter.written = prelude(), numpy_functions(), written_library
    around = Names({})
    interpreter.globals.parent = interpreter.scope = around
    interpreter.run(ast.parse(_HELPERS).body)
    interpreter.scope = interpreter.globals
    for statement in _parsed(text, scope):
        try:
            interpreter.statement(statement)
        except (EngineError, RecursionError):
            recover(interpreter)
    _without_missing(interpreter)
    _of_the_last_turn(interpreter, scope)
    _by_value(interpreter, scope, around)
    return interpreter


def recover(interpreter: Interpreter, depth: int = 0, loops: int = 0) -> None:
    """Leaves what an error has broken off. depth, loops: how deep the line stands in others."""
    graph = interpreter.graph
    interpreter.depth, interpreter.loops = depth, loops
    interpreter.training.loops.back_to(loops)
    interpreter.scope, interpreter.foreign, graph.group = interpreter.globals, None, NO_GROUP
    # A node whose shape does not fit has been written already.
    del graph.nodes[len(graph.shapes) :]


def _given(scope: Scope) -> dict[str, Value]:
    """The inputs that have another value in the run than in the text."""
    plan = scope.run.plan
    found = {}
    for i, value in zip(scope.structure.schedule.leaves, plan.defaults, strict=True):
        node = scope.structure.schedule.nodes[i]
        if node.op is INPUT and (node.value is None or not np.array_equal(node.value, value, equal_nan=True)):
            found[node.id] = value
    return found


def _parsed(text: str, scope: Scope) -> list[ast.stmt]:
    try:
        return parse(text, scope.run.structure.limits).body
    except EngineError:
        return []


def _without_missing(interpreter: Interpreter) -> None:
    """Takes away the names that depend on inputs without a value."""
    graph = interpreter.graph
    if not graph.missing:
        return
    lost = reach(graph.nodes, list(graph.missing.values()), through_masks=True)
    for names in (interpreter.globals.names, graph.free):
        for name, held in list(names.items()):
            if type(held) is Ref and lost[held.index]:
                del names[name]
    graph.missing.clear()


def _of_the_last_turn(interpreter: Interpreter, scope: Scope) -> None:
    """Gives parameters, wherever they are held, the values before the last training step: the graph is of that turn."""
    graph, before, known = interpreter.graph, interpreter.training.predecessors, scope.structure.index
    waiting: list[Any] = [interpreter.globals.names]
    seen: set[int] = set()
    while waiting and before:
        held = waiting.pop()
        held = held.names if isinstance(held, Instance) else held
        if not isinstance(held, dict | list) or id(held) in seen:
            continue
        seen.add(id(held))
        for key, value in list(held.items() if isinstance(held, dict) else enumerate(held)):
            last = before.get(value.index) if type(value) is Ref else None
            if last is not None and graph.nodes[value.index].id not in known and graph.nodes[last].id in known:
                held[key] = Ref(last)
            waiting.append(value)


def _by_value(interpreter: Interpreter, scope: Scope, around: Names) -> None:
    """Puts the nodes of the run that the program's text does not name around its names."""
    graph, nodes = interpreter.graph, scope.structure.schedule.nodes
    known = places(interpreter)
    for name, i in scope.indices.items():
        if name in interpreter.globals.names or name in graph.free:
            continue
        id = nodes[i].id
        if id in known:
            around.names[name] = Ref(known[id])
            continue
        value = scope.run.value_list[i]
        span = interpreter.span(ast.Name(name, lineno=1, end_lineno=1, col_offset=0, end_col_offset=0))
        held = Literal(value, nodes[i].kind) if isinstance(value, np.ndarray) else value
        around.names[name] = graph.input(id, name, held, span)


def places(interpreter: Interpreter) -> Mapping[str, int]:
    """Node id -> index."""
    return {node.id: i for i, node in enumerate(interpreter.graph.nodes)}
