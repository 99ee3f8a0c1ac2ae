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
from app.engine.interpreter.values import Instance, Literal, Ref, Scope
from app.engine.program import Manual

_FORMS = (
    re.compile(r"d_?(?P<target>\w+)"),
    re.compile(r"(?:grad|g|delta|nabla|del)_(?P<target>\w+)"),
    re.compile(r"grad(?P<target>[A-Z]\w*)"),
    re.compile(r"(?P<target>\w+?)_(?:grad|gradient|bar)"),
)
_QUOTIENTS = (
    re.compile(r"d(?P<of>\w+?)_d_?(?P<target>\w+)"),
    re.compile(r"d(?P<of>[A-Za-z]\w*?)d(?P<target>[A-Za-z]\w*)"),
    re.compile(r"(?:grad|d)_?(?P<of>\w+?)_(?:wrt|by)_(?P<target>\w+)"),
)
LOSSES = frozenset({"L", "loss", "Loss", "J", "j", "cost", "C", "E", "error", "out", "l", "f", "total"})
"""What learners call the output where no variable has that name."""
_LIKE = re.compile(r"\w*grad\w*|d[A-Z]?|\w*delta\w*|\w*nabla\w*|g", re.IGNORECASE)
"""Names of containers of gradients."""
_MOMENTS = re.compile(r"[vsm]\w?|(vel|mom|mem|cache|adam|rms)\w*|\w*_(hat|corrected|cache|buffer|prev|old)")
"""Names of containers of what an optimiser remembers; their keys are those of the gradients."""
_SAME = {"w": ("weights", "W", "Ws", "ws"), "b": ("biases", "B", "bs")}
"""Lists that are called otherwise than their items."""
_PARAMETERS = re.compile(r"param|weight|model|theta|W", re.IGNORECASE)
"""Names of dictionaries of an object that hold what is trained."""
_VERSION = re.compile(r"#.*")
_BARE = re.compile(r"grad(ient)?s?|g")
"""Names that say gradient, and not of what."""
_BEHIND = 12
"""Nodes behind a training step that are searched for its gradient."""


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
    if "d" not in name and "_" not in name and name != "g":
        return
    names = interpreter.globals.names
    # `loss, grad = svm(W)`, where the function called it dW.
    said = interpreter.former.get(value.index, "") if _BARE.fullmatch(name) else name
    for target, of in targets(said):
        held = names.get(target)
        if type(held) is Literal:
            held = held.ref
        if held is None:
            held = interpreter.graph.free.get(target)
        if type(held) is Ref and held is not value:
            _note(interpreter, name, held, value, where, of)
            return


def container_stored(interpreter: Interpreter, name: str, value: Any, where: ast.AST) -> None:
    """Notes the gradients in a container that a top-level name gets: `grads = backward(...)`."""
    if isinstance(value, dict):
        graded = {m.node for lines in interpreter.manual.values() for m in lines.values()}
        for key, item in [] if _MOMENTS.fullmatch(name) else value.items():
            if type(item) is Ref and item.index not in graded:
                _noted_by_key(interpreter, name, value, key, item, where)
        return
    for target, of in targets(name):
        held = next((h for each in (target, *_SAME.get(target, ())) if (h := _list(interpreter, each))), None)
        if held is not None and len(held) == len(value):
            for i, (item, of_item) in enumerate(zip(value, held, strict=True)):
                if type(item) is Ref and type(of_item) is Ref and item is not of_item:
                    _note(interpreter, f"{name}[{i}]", of_item, item, where, of)
            return


def _list(interpreter: Interpreter, name: str) -> Any:
    """A list of the text by its name, or by that of an attribute that holds it."""
    places = [interpreter.globals.names]
    places += [v.names for v in interpreter.globals.names.values() if isinstance(v, Instance)]
    return next((place[name] for place in places if isinstance(place.get(name), list)), None)


def stepped(interpreter: Interpreter, old: int, new: int) -> None:
    """A training step was made of leaf `old`: what it follows is noted as the gradient of that leaf, wherever it was
    computed, if its name says so."""
    nodes = interpreter.graph.nodes
    graded = {m.node for lines in interpreter.manual.values() for m in lines.values()}
    plain = _plain(nodes[old].name or "")
    waiting, seen = [i for i in nodes[new].inputs if i != old], 0
    while waiting and seen < _BEHIND:
        i = max(waiting)
        waiting.remove(i)
        seen += 1
        if i in graded:
            return
        node = nodes[i]
        spelled = node.name or ""
        name = _plain(spelled)
        remembered = "[" in spelled and _MOMENTS.fullmatch(_local(spelled.split("[")[0]))
        said = _BARE.fullmatch(name) or any(target == plain for target, _ in targets(name))
        if said and not remembered and node.inputs and node.span is not None:
            if interpreter.scope is not interpreter.globals:
                interpreter.followed.add(i)
            _record(interpreter, name, old, i, node.span.line, None)
            return
        waiting += [j for j in node.inputs if j != old]


def _plain(name: str) -> str:
    """The last part of an address: `W1` for `net.params["W1"]`."""
    return _VERSION.sub("", re.split(r"[.\[\"']", name.rstrip("\"']"))[-1])


def _note(interpreter: Interpreter, name: str, target: Ref, value: Ref, where: ast.AST, of: str | None) -> None:
    line = interpreter.span(where).line
    _record(interpreter, name, _restored(interpreter, target.index), value.index, line, of)


def _record(interpreter: Interpreter, name: str, target: int, value: int, line: int, of: str | None) -> None:
    """A line in a loop is graded by its last value. Where training steps came between the gradient and this line, it
    is one at the leaves before them."""
    before = interpreter.predecessors
    turn = []
    for leaf, version in interpreter.versions.items():
        held = version
        while held > value and held in before:
            held = before[held]
        turn.append((leaf, held))
    while target > value and target in before:
        target = before[target]
    interpreter.manual.setdefault(name, {})[line] = Manual(name, target, value, line, of, tuple(turn))


def _restored(interpreter: Interpreter, index: int) -> int:
    """The first version of an array that has been changed and changed back, as a numerical gradient does it."""
    graph = interpreter.graph
    first = index
    while first in graph.stored and first not in interpreter.predecessors:
        first = graph.stored[first]
    if first != index and np.array_equal(graph.value(first), graph.value(index), equal_nan=True):
        return first
    return index


def added_to(interpreter: Interpreter, target: ast.Name) -> None:
    """`dW += ...` adds to the value of earlier lines, which are then only parts of the gradient."""
    if interpreter.scope is interpreter.globals:
        _only_last(interpreter, target.id, target)


def _only_last(interpreter: Interpreter, name: str, where: ast.AST) -> None:
    graded = interpreter.manual.get(name, {})
    line = interpreter.span(where).line
    if line in graded:
        interpreter.manual[name] = {line: graded[line]}


def array_stored(interpreter: Interpreter, target: ast.Subscript, owner: Any) -> None:
    """`dz[z <= 0] = 0`: the gradient is what it is after the last such line."""
    base = target.value
    if isinstance(base, ast.Attribute):
        object = interpreter.evaluate(base.value)
        if isinstance(object, Instance):
            attribute_stored(interpreter, object, base.attr, owner, base)
            _only_last(interpreter, f"{object.address}.{base.attr}", base)
        return
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
    if not isinstance(owner, dict):
        return
    held = interpreter.addresses.get(id(owner))
    name = _local(held[1].id) if held is not None and held[0] is owner else ""
    if not _MOMENTS.fullmatch(name):
        _noted_by_key(interpreter, name, owner, key, value, where)


def _local(address: str) -> str:
    """An address as the function that fills the container writes it: `grads` for `step#2.grads#4`."""
    return _VERSION.sub("", address.rsplit(".", maxsplit=1)[-1])


def _noted_by_key(
    interpreter: Interpreter, name: str, owner: dict[Any, Any], key: Any, value: Any, where: ast.AST
) -> None:
    if not isinstance(key, str) or type(value) is not Ref:
        return
    for target, of in [*targets(key), *([(key, None)] if _LIKE.fullmatch(name) else [])]:
        found = _named(interpreter, target, owner)
        if found is not None and found is not value:
            _note(interpreter, f'{name}["{key}"]' if name else key, found, value, where, of)
            return


def _named(interpreter: Interpreter, target: str, owner: dict[Any, Any]) -> Ref | None:
    """The value of a variable, of an item of a dictionary of parameters, or of an attribute, from the inside out."""
    scope: Scope | None = interpreter.scope
    places: list[dict[Any, Any]] = []
    while scope is not None:
        places.append(scope.names)
        scope = scope.parent
    if not any(names is interpreter.globals.names for names in places):
        places.append(interpreter.globals.names)
    for names in places:
        held = names.get(target)
        if type(held) is Ref:
            return held
    for names in places:
        inner = [(name, v.names if isinstance(v, Instance) else v) for name, v in names.items()]
        parts = [(name, part) for name, part in inner if isinstance(part, dict)]
        parts += [
            (key, v)
            for _, part in parts
            for key, v in part.items()
            if isinstance(v, dict) and _PARAMETERS.match(str(key))
        ]
        for name, part in parts:
            if (
                part is not owner
                and not _LIKE.fullmatch(name)
                and not _MOMENTS.fullmatch(name)
                and type(part.get(target)) is Ref
            ):
                return part[target]  # type: ignore[no-any-return]
    return None
