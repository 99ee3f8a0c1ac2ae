"""Where a text that computes with numbers alone (`numbers.py`) begins to do so, and where it writes nodes again."""

from __future__ import annotations

import gc

from app.engine.errors import Span
from app.engine.interpreter.interpreter import HELD, Interpreter
from app.engine.interpreter.numbers import Numbers
from app.engine.interpreter.training.naming import collects
from app.engine.interpreter.training.steps import training_steps
from app.engine.interpreter.values import Ref


def begin_numbers(interpreter: Interpreter, line: int) -> None:
    """A backward pass begins: a large one is computed with numbers alone."""
    graph = interpreter.graph
    if interpreter.large and interpreter.numbers is None and graph.given is not None and interpreter.watch is None:
        _begin(interpreter, line)


def _begin(interpreter: Interpreter, line: int) -> None:
    # All the steps that a training may take: a turn of this size is not over before they are judged.
    interpreter.most_steps = max(interpreter.most_steps, interpreter.most_training)
    interpreter.stores.partial = True
    interpreter.held = (HELD - {Ref}) | {float, int}
    interpreter.numbers = Numbers(interpreter.graph, len(interpreter.training.loops.running), line)


def skip_round(interpreter: Interpreter, line: int) -> None:
    """A round of a training begins. Of a large one, the turns before the one that is wanted are computed with numbers
    alone."""
    loops = interpreter.training.loops
    if not loops.skips(loops.done):
        return
    if interpreter.numbers is None:
        _begin(interpreter, line)


def end_round(interpreter: Interpreter) -> None:
    """A round of the innermost loop is over: if numbers began in it, nodes are written again from here on, unless the
    next one is skipped, too."""
    numbers, loops = interpreter.numbers, interpreter.training.loops
    if numbers is None or numbers.running != len(loops.running):
        return
    if loops.skips(loops.done + 1):
        # Numbers of a text's own refer to one another in circles: those of the turn before are given back here.
        gc.collect()
    else:
        end_numbers(interpreter)


def end_numbers(interpreter: Interpreter) -> None:
    """Nodes are written again: what training steps have changed are leaves with their new values. The numbers hold for
    these values of the leaves that they were computed from."""
    numbers, interpreter.numbers, interpreter.held = interpreter.numbers, None, HELD
    if numbers is None:
        return
    graph = interpreter.graph
    for index in numbers.read:
        training_steps.depends(interpreter, index, numbers.line)
    span: Span | None = None
    for owner, name, before, where in numbers.steps.values():
        # `p.grad += ...` is a number that an object adds up: no step.
        if type(owner.names.get(name)) is not float or collects(name):
            continue
        first, span = graph.nodes[before.index], interpreter.span(where)
        made = graph.input(graph.again(first.id), first.name or name, owner.names[name], span)
        made.python = before.python
        owner.names[name] = made
        training_steps.becomes(interpreter, before.index, made.index)
    if span is None:
        return
    running = interpreter.training.loops.running
    if running:
        running[-1].large = True
    interpreter.next_turn(span)
