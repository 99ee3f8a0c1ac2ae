"""The reader's own gradients: which names are gradients, and of what.

`dW`, `d_W`, `grad_W`, `W_grad`, `delta_W` are gradients of W; `dL_dW`, `dLdW` and `dloss_dW` are those of L or of loss
by W. A name is one only where there is such a W; `dt` and `data` are ordinary names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Instance, Literal, Ref
from app.engine.program import Manual

_FORMS = (
    re.compile(r"d_?(?P<target>\w+)"),
    re.compile(r"(?:grad|g|delta|nabla|del)_(?P<target>\w+)"),
    re.compile(r"grad(?P<target>[A-Z]\w*)"),
    re.compile(r"(?P<target>\w+?)_(?:grad|gradient|delta|bar)"),
)
_QUOTIENTS = (
    re.compile(r"d(?P<of>\w+?)_d_?(?P<target>\w+)"),
    re.compile(r"d(?P<of>[A-Za-z]\w*?)d(?P<target>[A-Za-z]\w*)"),
    re.compile(r"(?:grad|d)_?(?P<of>\w+?)_(?:wrt|by)_(?P<target>\w+)"),
)
LOSSES = frozenset({"L", "loss", "Loss", "J", "cost", "C", "E", "error", "out", "l", "f", "total"})
"""What learners call the output where no variable has that name."""


def targets(name: str) -> Iterator[tuple[str, str | None]]:
    """What a name may be the gradient of, the likeliest first: (target, the name of the numerator or None)."""
    for form in _QUOTIENTS:
        match = form.fullmatch(name)
        if match:
            yield match["target"], match["of"]
    for form in _FORMS:
        match = form.fullmatch(name)
        if match:
            yield match["target"], None


def name_stored(interpreter: Interpreter, name: str, value: Ref, where: ast.AST) -> None:
    """Notes a top-level line that gives a gradient a name."""
    if "d" not in name and "_" not in name:
        return
    names = interpreter.globals.names
    for target, of in targets(name):
        held = names.get(target)
        if type(held) is Literal:
            held = held.ref
        if held is None:
            held = interpreter.graph.free.get(target)
        if type(held) is Ref and held is not value:
            _note(interpreter, name, held, value, where, of)
            return


def _note(interpreter: Interpreter, name: str, target: Ref, value: Ref, where: ast.AST, of: str | None) -> None:
    line = interpreter.span(where).line
    index = _restored(interpreter, target.index)
    # A line in a loop is graded by its last value.
    turn = tuple(interpreter.versions.items())
    interpreter.manual.setdefault(name, {})[line] = Manual(name, index, value.index, line, of, turn)


def _restored(interpreter: Interpreter, index: int) -> int:
    """The first version of an array that has been changed and changed back, as a numerical gradient does it."""
    graph = interpreter.graph
    first = index
    while first in graph.stored and first not in interpreter.begun:
        first = graph.stored[first]
    if first != index and np.array_equal(graph.value(first), graph.value(index), equal_nan=True):
        return first
    return index


def added_to(interpreter: Interpreter, target: ast.Name) -> None:
    """`dW += ...` adds to the value of earlier lines, which are then only parts of the gradient."""
    graded = interpreter.manual.get(target.id, {})
    line = interpreter.span(target).line
    if interpreter.scope is interpreter.globals and line in graded:
        interpreter.manual[target.id] = {line: graded[line]}


def array_stored(interpreter: Interpreter, target: ast.Subscript, owner: Any) -> None:
    """`dz[z <= 0] = 0`: the gradient is what it is after the last such line."""
    base = target.value
    if not isinstance(base, ast.Name) or interpreter.scope is not interpreter.globals:
        return
    held = interpreter.globals.names.get(base.id)
    if type(held) is Literal:
        held = held.ref
    if type(held) is Ref:
        interpreter.assigned.append(base.id)
        name_stored(interpreter, base.id, held, base)
        added_to(interpreter, base)


def attribute_stored(interpreter: Interpreter, owner: Any, name: str, value: Any, where: ast.AST) -> None:
    """`self.dW = ...`: a gradient of an attribute of the same object."""
    if not isinstance(owner, Instance) or type(value) is not Ref:
        return
    for target, of in targets(name):
        held = owner.names.get(target)
        if type(held) is Ref and held is not value:
            _note(interpreter, f"{owner.address}.{name}", held, value, where, of)
            return


def item_stored(interpreter: Interpreter, owner: Any, key: Any, value: Any, where: ast.AST) -> None:
    """`grads["dW"] = ...`, `grads["W"] = ...`: a gradient by a key."""
    if not isinstance(key, str) or type(value) is not Ref or not isinstance(owner, dict):
        return
    held = interpreter.addresses.get(id(owner))
    address = held[1] if held is not None and held[0] is owner else ""
    gradient_like = re.search(r"grad|^d[A-Z]?$|delta", address)
    for target, of in [*targets(key), *([(key, None)] if gradient_like else [])]:
        found = _named(interpreter, target)
        if found is not None and found is not value:
            _note(interpreter, f'{address}["{key}"]' if address else key, found, value, where, of)
            return


def _named(interpreter: Interpreter, target: str) -> Ref | None:
    """The value of a variable, or of an item of a dictionary of parameters."""
    held = interpreter.globals.names.get(target)
    if type(held) is Ref:
        return held
    for value in interpreter.globals.names.values():
        if isinstance(value, dict) and type(value.get(target)) is Ref:
            return value[target]  # type: ignore[no-any-return]
    return None
