"""Values that a line computes only to show them, as `print(f(x))` does: each is called what was written, `f(x)`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training_record import Display
from app.engine.interpreter.values import Ref
from app.engine.program import Node
from app.engine.support.checkpoints import checkpoint

LONGEST = 40
"""Characters of an expression that may be a name; a longer one would not be read as one."""
_NAMED = (ast.Name, ast.NamedExpr)


def note(interpreter: Interpreter, value: Any, where: ast.expr, since: int) -> None:
    """Notes that the value of an expression is shown. since: how many nodes there were before it was computed; what is
    older has been computed elsewhere."""
    if isinstance(where, ast.List | ast.Tuple) and isinstance(value, list | tuple) and len(value) == len(where.elts):
        for each, item in zip(value, where.elts, strict=True):
            note(interpreter, each, item, since)
        return
    nodes = interpreter.graph.nodes
    if type(value) is not Ref or value.index < since or isinstance(where, _NAMED) or not nodes[value.index].inputs:
        return
    top = interpreter.scope is interpreter.globals
    shown = interpreter.training.shown
    shown.setdefault(value.index, Display(where, since, top=top))
    inputs = nodes[value.index].inputs
    if nodes[value.index].op.kind == "mask" and len(inputs) == 1 and isinstance(where, ast.Call) and where.args:
        # No gradient flows through `np.round(f(x), 3)`: the value is what is rounded.
        note(interpreter, Ref(inputs[0]), where.args[0], since)


def ends(interpreter: Interpreter, value: Any, where: ast.expr, since: int) -> None:
    """Notes the value of a line without a name: of the last such line a notebook shows it."""
    training = interpreter.training
    if type(value) is Ref and value.index >= since and interpreter.graph.nodes[value.index].inputs:
        if training.last is not None and not training.shown[training.last].top:
            del training.shown[training.last]
        training.shown.setdefault(value.index, Display(where, since, top=False))
        training.last = value.index


def called(interpreter: Interpreter, names: Mapping[str, int]) -> dict[int, str]:
    """The names of the values that are only shown. names: those of the text. Another expression with the same text is
    numbered; an expression that is shown again gives all its values one name, which the last one keeps."""
    held, taken = set(names.values()), set(names)
    known: dict[ast.expr, str] = {}
    found: dict[int, str] = {}
    for index, display in sorted(interpreter.training.shown.items()):
        checkpoint(10)
        where = display.where
        if where not in known:
            known[where] = _free(ast.unparse(where), taken)
            taken.add(known[where])
        if index not in held and len(known[where]) <= LONGEST:
            found[index] = known[where]
    return found


def with_names(interpreter: Interpreter, nodes: Sequence[Node], names: Mapping[int, str]) -> tuple[Node, ...]:
    """The nodes, where those that are only shown have their names, and the parts of each say what they are parts of."""
    found = list(nodes)
    for index, name in names.items():
        checkpoint(10)
        found[index] = found[index]._replace(name=name)
        display = interpreter.training.shown[index]
        whole = ast.unparse(display.where)
        for i in range(display.since, index):
            if found[i].name is None and found[i].whole is None:
                found[i] = found[i]._replace(whole=whole)
    return tuple(found)


def _free(text: str, taken: Collection[str]) -> str:
    name, number = text, 1
    while name in taken:
        number += 1
        name = f"{text} ({number})"
    return name
