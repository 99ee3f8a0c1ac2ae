"""The reader's own gradients: which of the values that get a name, a key or an attribute are gradients, and of what."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.beginnings import counterparts
from app.engine.interpreter.training.forms.descents import follows_alone, is_judged, multiplied
from app.engine.interpreter.training.forms.momenta import LIKE_ONE, behind_momenta
from app.engine.interpreter.training.gradients.record import note, record
from app.engine.interpreter.training.gradients.relu_cuts import relu_cut
from app.engine.interpreter.training.gradients.unaimed import abbreviated, unaimed_stored
from app.engine.interpreter.training.naming import (
    AGAIN,
    BARE,
    LIKE,
    MOMENTS,
    PARAMETERS,
    SAME,
    called,
    like_parameter,
    local,
    plain,
    stem,
    targets,
    tells_of,
)
from app.engine.interpreter.training.reach import read_for
from app.engine.interpreter.values import Address, Instance, Literal, Ref, Scope, node_of
from app.engine.program import Manual, Node

_UNUSED = "_"
"""The name for what is thrown away."""

_BEHIND = 12
"""Nodes behind a training step that are searched for its gradient."""


def name_stored(interpreter: Interpreter, name: str, value: Ref, where: ast.AST) -> None:
    """Notes a top-level line that gives a gradient a name."""
    if "d" not in name and "_" not in name and name[:1] != "g":
        return
    names = interpreter.globals.names
    # `loss, grad = svm(W)`, where the function called it dW.
    said = interpreter.training.former.get(value.index, "") if BARE.fullmatch(name) else name
    # `dx_alt`, beside a dx: which scalar it is one of, that one says.
    again = AGAIN.fullmatch(name)
    if again is not None and again["name"] in interpreter.training.manual:
        said = again["name"]
    for target, of in targets(said):
        held = names.get(target)
        if type(held) is Literal:
            held = held.ref
        if held is None:
            held = interpreter.graph.free.get(target)
        if type(held) is Ref and not _is_place(interpreter, held, value):
            note(interpreter, name, held, value, where, of)
            if said != name and again is not None:
                lines = interpreter.training.manual.get(name, {})
                lines.update({line: m.in_doubt() for line, m in lines.items()})
            return
    held = abbreviated(interpreter, said, value)
    if held is None:
        unaimed_stored(interpreter, name, value)
    else:
        note(interpreter, name, held, value, where, None)


def _is_place(interpreter: Interpreter, held: Ref, value: Ref) -> bool:
    """Whether what a gradient is called after is a whole number of another shape, such as the place of a row:
    `d_center`, the gradient of `W[center]`."""
    graph = interpreter.graph
    return graph.nodes[held.index].kind == "int" and graph.shapes[held.index] != graph.shapes[value.index]


def local_stored(interpreter: Interpreter, name: str, value: Ref) -> None:
    """Notes a line of a function that is called like the gradient of what it has at hand: `dxhat`, beside `xhat`. It
    may be one of something else (`dh`, of what h is a relu of), or a part of one: it is told only where it is right; of
    a parameter, of a value that the turn computes once, or a quotient, also where another line is right and it is no
    part of a later one."""
    graph = interpreter.graph
    said = False
    for target, of in targets(name):
        held = _at_hand(interpreter, target)
        if held is not None and held.index < value.index and graph.shapes[held.index] == graph.shapes[value.index]:
            said = True
            line = graph.nodes[value.index].span
            if line is not None:
                plainly = of is not None or like_parameter(target)
                made = Manual(name, held.index, value.index, line.line, of, certain=False, by_others=plainly)
                first, last = interpreter.training.inner.get((name, line.line), (made, made))
                if not plainly and graph.nodes[held.index].inputs:
                    # Of a line that a turn runs several times, for each layer, it is not known which one it means.
                    once = last is made or last.node < next(reversed(interpreter.training.origins), -1)
                    made = replace(made, by_others=once)
                    first = made if last.node == made.node else replace(first, by_others=first.by_others and once)
                interpreter.training.inner[name, line.line] = first, made
            break
    unaimed_stored(interpreter, name, value, said=said)


def _at_hand(interpreter: Interpreter, name: str) -> Ref | None:
    """The node that a name holds in the scope of a function or around it, or an attribute or an item of what the
    function was given: `self.z`, `cache["z"]`."""
    scope = interpreter.scope.holder(name)
    if scope is not None:
        return node_of(scope.names[name])
    for held in interpreter.scope.names.values():
        if isinstance(held, Instance | dict):
            found = node_of((held.names if isinstance(held, Instance) else held).get(name))
            if found is not None:
                return found
    return None


def container_stored(interpreter: Interpreter, name: str, value: Any, where: ast.AST, *, top: bool) -> None:
    """Notes the gradients in a container that a name gets: `grads = backward(...)`. top: whether it is a name of the
    top level; in a function, `grads = {"dW": ...}` is one as well."""
    if name == _UNUSED or (not top and not LIKE.fullmatch(name)):
        return
    if not top and isinstance(value, list):
        # `nabla_w` of a method: which of its values are gradients is known when a step follows them.
        items = {item.index: f"{name}[{place}]" for place, item in enumerate(value) if type(item) is Ref}
        interpreter.training.items.update(items)
        return
    if isinstance(value, dict):
        _dictionary_stored(interpreter, name, value, where)
        return
    for target, of in targets(name):
        held = next((h for each in (target, *SAME.get(target, ())) if (h := _list(interpreter, each))), None)
        if held is not None and len(held) == len(value):
            found = list(counterparts(held, value, Address(name, name)))
            for items, key, of_item, own in [each for each in found if each is not None]:
                item = items[key]
                if type(item) is Ref and type(of_item) is Ref and item is not of_item:
                    note(interpreter, own.name, of_item, item, where, of)
            return


def _dictionary_stored(interpreter: Interpreter, name: str, value: dict[Any, Any], where: ast.AST) -> None:
    if MOMENTS.fullmatch(name):
        return
    graded = {m.node: other for other, lines in interpreter.training.manual.items() for m in lines.values()}
    for key, item in value.items():
        if type(item) is not Ref:
            continue
        other = graded.get(item.index)
        top = interpreter.scope is interpreter.globals
        listed = top and other in interpreter.training.listed
        if other is not None and not listed:
            continue
        if not _noted_by_key(interpreter, name, value, key, item, where):
            continue
        if listed and other is not None and other != _keyed(name, key):
            # What a function has listed and returned is called as the top level calls it.
            interpreter.training.manual.pop(other, None)
        elif not top:
            interpreter.training.listed.add(_keyed(name, key))


def _list(interpreter: Interpreter, name: str) -> Any:
    """A list of the text by its name, or by that of an attribute that holds it."""
    places = [interpreter.globals.names]
    places += [v.names for v in interpreter.globals.names.values() if isinstance(v, Instance)]
    return next((place[name] for place in places if isinstance(place.get(name), list)), None)


def stepped(interpreter: Interpreter, old: int, new: int, *, whole: bool = True) -> None:
    """A training step was made of leaf `old`: what it follows is noted as the gradient of that leaf, wherever it was
    computed, if its name says so. What a learning rate is multiplied by may be one whatever it is called. whole:
    whether it is a step of all of the leaf."""
    nodes = interpreter.graph.nodes
    graded = {m.node for lines in interpreter.training.manual.values() for m in lines.values()}
    address = nodes[old].name or nodes[new].name or ""
    of = called(address)
    waiting, seen = [i for i in nodes[new].inputs if i != old], 0
    while waiting and seen < _BEHIND:
        i = max(waiting)
        waiting.remove(i)
        seen += 1
        if i in graded:
            return
        if i in interpreter.training.items and _is_followed(nodes, i):
            _followed(interpreter, old, i, sure=whole and follows_alone(nodes, old, new, i))
            return
        name = stem(_spelled(nodes, i))
        bare = BARE.fullmatch(name) is not None
        if (bare or tells_of(name, of)) and _is_followed(nodes, i):
            alone = not bare or follows_alone(nodes, old, new, i) or _is_remembered(interpreter, old, new, i)
            _followed(interpreter, old, i, sure=whole and alone)
            return
        waiting += [j for j in nodes[i].inputs if j != old]
    # What a gradient was added up in, `v = 0.9 * v + g`, is looked through first.
    remembered = behind_momenta(interpreter, old, new)
    rated = multiplied(nodes, old, new) if remembered is None else remembered
    if rated is not None and rated not in graded and _is_followed(nodes, rated):
        sure = whole and LIKE_ONE.fullmatch(stem(_spelled(nodes, rated))) is not None
        _followed(interpreter, old, rated, sure=sure and is_judged(interpreter, old, new))


def _is_remembered(interpreter: Interpreter, old: int, new: int, index: int) -> bool:
    """Whether an optimizer adds up a value and nothing else, and takes a step by it: `m = 0.9 * m + 0.1 * g`."""
    return behind_momenta(interpreter, old, new) == index and is_judged(interpreter, old, new)


def _spelled(nodes: Sequence[Node], index: int) -> str:
    """The name of a value. `dW[s] += d * g` gives its name to the part, and what it is stored in is the gradient."""
    node = nodes[index]
    stores = node.name is None and node.op.indexed == "set" and len(node.inputs) > 1
    return (nodes[node.inputs[1]].name if stores else node.name) or ""


def _is_followed(nodes: Sequence[Node], index: int) -> bool:
    """Whether a value may be the gradient of a step, and is not what an optimizer remembers of it."""
    spelled = _spelled(nodes, index)
    remembered = "[" in spelled and MOMENTS.fullmatch(local(spelled.split("[")[0]))
    return bool(nodes[index].inputs) and nodes[index].span is not None and not remembered


def _followed(interpreter: Interpreter, old: int, index: int, *, sure: bool) -> None:
    """Notes a value that a step of leaf `old` follows. sure: whether it can only be the gradient of that leaf."""
    nodes = interpreter.graph.nodes
    if interpreter.scope is not interpreter.globals:
        interpreter.training.followed.add(index)
    spelled = _spelled(nodes, index)
    shown = stem(spelled) if stem(spelled) == plain(spelled) else local(spelled)
    shown = interpreter.training.items.get(index, shown)
    span = nodes[index].span
    assert span is not None
    record(interpreter, shown, old, index, span.line, None, sure=sure)


def added_to(interpreter: Interpreter, target: ast.Name) -> None:
    """`dW += ...` adds to the value of earlier lines, which are then only parts of the gradient."""
    if interpreter.scope is interpreter.globals:
        _only_last(interpreter, target.id, target)


def _only_last(interpreter: Interpreter, name: str, where: ast.AST) -> None:
    graded = interpreter.training.manual.get(name, {})
    line = interpreter.span(where).line
    if line in graded:
        interpreter.training.manual[name] = {line: graded[line]}


def array_stored(interpreter: Interpreter, base: ast.expr, owner: Any) -> None:
    """`dz[z <= 0] = 0`, `np.add.at(dE, ids, dx)`: the gradient is what it is after the last such line. base: the array
    as the text points at it."""
    if isinstance(base, ast.Attribute):
        object = interpreter.evaluate(base.value)
        if isinstance(object, Instance):
            attribute_stored(interpreter, object, base.attr, owner, base)
            _only_last(interpreter, f"{object.address}.{base.attr}", base)
        return
    if isinstance(base, ast.Subscript):
        items = interpreter.evaluate(base.value)
        if isinstance(items, dict):
            item_stored(interpreter, items, interpreter.evaluate(base.slice), owner, base)
        return
    if not isinstance(base, ast.Name):
        return
    if interpreter.scope is not interpreter.globals:
        inside = interpreter.scope.names.get(base.id)
        if type(inside) is Ref and inside.view is None and interpreter.foreign is None:
            local_stored(interpreter, base.id, inside)
        return
    held = node_of(interpreter.globals.names.get(base.id))
    if held is not None and relu_cut(interpreter, base.id, held.index) is None:
        interpreter.training.assigned.append(base.id)
        name_stored(interpreter, base.id, held, base)
        added_to(interpreter, base)


def attribute_stored(interpreter: Interpreter, owner: Any, name: str, value: Any, where: ast.AST) -> None:
    """`self.dW = ...`: a gradient of an attribute of the same object."""
    if not isinstance(owner, Instance) or type(value) is not Ref:
        return
    for target, of in targets(name):
        held = owner.names.get(target)
        if type(held) is Ref and held is not value:
            note(interpreter, f"{owner.address}.{name}", held, value, where, of)
            return


def item_stored(interpreter: Interpreter, owner: Any, key: Any, value: Any, where: ast.AST) -> None:
    """`grads["dW"] = ...`, `grads["W"] = ...`: a gradient by a key."""
    if not isinstance(owner, dict):
        return
    held = interpreter.addresses.get(id(owner))
    name = local(held[1].id) if held is not None and held[0] is owner else ""
    if not MOMENTS.fullmatch(name):
        _noted_by_key(interpreter, name, owner, key, value, where)


def _noted_by_key(
    interpreter: Interpreter, name: str, owner: dict[Any, Any], key: Any, value: Any, where: ast.AST
) -> bool:
    """Notes a gradient under a key. Returns whether it is one."""
    if not isinstance(key, str) or type(value) is not Ref:
        return False
    for target, of in [*targets(key), *([(key, None)] if LIKE.fullmatch(name) else [])]:
        found = _named(interpreter, target, owner, value)
        if found is not None and found is not value:
            note(interpreter, _keyed(name, key), found, value, where, of)
            return True
    return False


def _keyed(name: str, key: str) -> str:
    return f'{name}["{key}"]' if name else key


def _named(interpreter: Interpreter, target: str, owner: dict[Any, Any], value: Ref) -> Ref | None:
    """The value of an item of a dictionary of parameters, of a variable, or of another item or attribute, from the
    inside out: `grads["b1"]` beside an optimizer's `b1 = 0.9` is the gradient of `params["b1"]`. value: the gradient; a
    value of its shape comes first, and of several the one that it is computed from: a text may hold the parameters of
    an earlier try as well."""
    scope: Scope | None = interpreter.scope
    places: list[dict[Any, Any]] = []
    while scope is not None:
        places.append(scope.names)
        scope = scope.parent
    if not any(names is interpreter.globals.names for names in places):
        places.append(interpreter.globals.names)
    parts = [(name, part) for names in places for name, part in _parts(names) if part is not owner]
    parameters = [part for name, part in parts if PARAMETERS.match(name)]
    others = [part for name, part in parts if not LIKE.fullmatch(name) and not MOMENTS.fullmatch(name)]
    found = [held for place in (*parameters, *places, *others) if type(held := place.get(target)) is Ref]
    fitting = [held for held in found if interpreter.shape(held) == interpreter.shape(value)] or found[:1]
    if len({held.index for held in fitting}) > 1:
        behind = read_for(interpreter.graph.nodes, value.index)
        fitting = [held for held in fitting if held.index in behind] or fitting
    return fitting[0] if fitting else None


def _parts(names: dict[Any, Any]) -> list[tuple[str, dict[Any, Any]]]:
    """The dictionaries and the objects of a scope with their names; those of an object come after it."""
    inner = [(name, v.names if isinstance(v, Instance) else v) for name, v in names.items() if name != _UNUSED]
    parts = [(name, part) for name, part in inner if isinstance(part, dict)]
    nested = [(str(key), v) for _, part in parts for key, v in part.items() if isinstance(v, dict)]
    return parts + [(key, v) for key, v in nested if PARAMETERS.match(key)]
