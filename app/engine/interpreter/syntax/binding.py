"""Binding: the one way in which an evaluated value gets a place, by `=`, `for`, `with` or a comprehension. A place is a
name, an attribute, an item, or several of these at once."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.semantics import indexing, objects
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.syntax.leaves import address_of, leaf, make_leaves, named, remembered
from app.engine.interpreter.training.gradients import own_gradients
from app.engine.interpreter.training.gradients.unaimed import may_be_gradient
from app.engine.interpreter.training.steps import tensor_steps, training_steps
from app.engine.interpreter.values import Address, Defaulting, Instance, Literal, Module, Once, Ref, Size, describe
from app.engine.ops import CONSTANT
from app.engine.wording import said


def bind(interpreter: Interpreter, target: ast.expr, value: Any, where: ast.AST, *, start: int | None = None) -> None:
    """Gives an evaluated value its place. start: the number of nodes before it was evaluated, where it should take the
    target's name."""
    if type(target) is ast.Name and start is None:
        store_name(interpreter, target.id, value, target)
        return
    if interpreter.numbers is not None and _bind_number(interpreter, target, value):
        return
    match target:
        case ast.Name():
            if start is not None:
                value = _part_named(interpreter, value, target, where, start)
                if type(value) is Ref and value.index >= start:
                    # `w, b = step(w, b, rate)`
                    before = interpreter.scope.names.get(target.id)
                    value = training_steps.begins(interpreter, before, value, target, in_place=False) or value
            store_name(interpreter, target.id, value, target)
        case ast.Attribute():
            owner = interpreter.evaluate(target.value)
            if is_tensor(interpreter, owner):
                tensor_steps.set_attribute(interpreter, owner, target, value)
                return
            if isinstance(owner, Instance) and isinstance(value, list | dict | tuple):
                address = Address(f"{owner.address}.{target.attr}", f"{owner.address}.{target.attr}")
                training_steps.begin_items(interpreter, owner.names.get(target.attr), value, address, target)
            objects.set_attribute(interpreter, owner, target.attr, value, target)
            own_gradients.attribute_stored(interpreter, owner, target.attr, value, target)
        case ast.Subscript():
            _bind_item(interpreter, target, value, where)
        case ast.Tuple() | ast.List():
            _unpack(interpreter, target, value, where, start)
        case _:
            raise refusal(target, interpreter.span(target))


def _bind_number(interpreter: Interpreter, target: ast.expr, value: Any) -> bool:
    """The same where a text computes with numbers alone: an attribute of an object, an item of a list. False for
    anything else."""
    if type(target) is ast.Attribute:
        owner = interpreter.evaluate(target.value)
        if type(owner) is Instance:
            objects.set_attribute(interpreter, owner, target.attr, value, target)
        return type(owner) is Instance
    if type(target) is ast.Subscript:
        owner, index = interpreter.evaluate(target.value), interpreter.evaluate(target.slice)
        if type(owner) is list and type(index) is int and -len(owner) <= index < len(owner):
            owner[index] = value
            return True
    return False


def _bind_item(interpreter: Interpreter, target: ast.Subscript, value: Any, where: ast.AST) -> None:
    owner = interpreter.evaluate(target.value)
    index = interpreter.evaluate(target.slice)
    if isinstance(owner, dict):
        key = indexing.key_of(interpreter, index, target)
        _item_begins(interpreter, target, owner.get(key), value)
        interpreter.stores.item(owner, key, owner.get(key), value, target, interpreter.scope)
        owner[key] = value
        own_gradients.item_stored(interpreter, owner, key, value, target)
    elif isinstance(owner, list):
        if isinstance(index, slice):
            items = list(iterate(interpreter, value, where))
            if index.step not in (None, 1) and len(items) != len(range(*index.indices(len(owner)))):
                raise interpreter.fail(said("syntax.values_do_not_fit_slice", items_count=len(items)), target)
            owner[index] = items
            return
        at = indexing.whole(interpreter, index, target, "an index")
        if not -len(owner) <= at < len(owner):
            raise interpreter.fault(
                "IndexError", said("syntax.index_outside_list", at=at, owner_count=len(owner)), target
            )
        _item_begins(interpreter, target, owner[at], value)
        interpreter.stores.item(owner, at, owner[at], value, target, interpreter.scope)
        owner[at] = value
        own_gradients.item_stored(interpreter, owner, at, value, target)
    elif isinstance(owner, Instance):
        objects.call_method(interpreter, target, owner, "__setitem__", [index, value])
    elif is_tensor(interpreter, owner) and (
        changed := tensor_steps.changed_leaf(interpreter, interpreter.node(owner, target), target)
    ):
        old = changed.index
        indexing.store_part(interpreter, interpreter.node(owner, target), index, value, target)
        training_steps.begin_tensor(interpreter, changed, old, target)
    elif type(owner) in (Ref, Literal):
        if type(value) is Ref and indexing.is_whole(target) and _begins_whole(interpreter, owner, value, target):
            return
        _bind_part(interpreter, target, owner, index, value)
    elif not (isinstance(owner, Module) and owner.silent):
        raise interpreter.fail(said("syntax.owner_unchangeable", owner=describe(owner)), target)


def _bind_part(interpreter: Interpreter, target: ast.Subscript, owner: Any, index: Any, value: Any) -> None:
    """`x[i] = v`, of an array."""
    id, name = _named_whole(interpreter, target)
    whole = interpreter.node(owner, target)
    root = whole
    while root.view is not None:
        root = root.view[0]
    old = root.like
    # A gradient is noted with each of its lines.
    may_wait = not may_be_gradient(interpreter, name)
    if indexing.store_part(interpreter, whole, index, value, target, id, name, may_wait=may_wait):
        if isinstance(target.value, ast.Name) and interpreter.scope is interpreter.globals:
            interpreter.training.assigned.append(target.value.id)
        return
    training_steps.begin_part(interpreter, root, old, target)
    own_gradients.array_stored(interpreter, target.value, owner)


def _begins_whole(interpreter: Interpreter, owner: Any, value: Ref, target: ast.Subscript) -> bool:
    """`W[:] = W - lr * dW`: whether it is a training step, which is stored."""
    whole = interpreter.node(owner, target)
    if interpreter.shape(whole) != interpreter.shape(value):
        return False
    begun = training_steps.begins(interpreter, whole, value, target, in_place=True)
    if begun is not None:
        store(interpreter.graph, whole, begun.index, interpreter.span(target))
    return begun is not None


def _item_begins(interpreter: Interpreter, target: ast.Subscript, before: Any, value: Any) -> None:
    """`layer["weights"] = [...]`: a list in the place of another one."""
    if isinstance(value, list | dict | tuple) and isinstance(before, list | dict | tuple):
        address = address_of(interpreter, target) or Address(spelled(target), spelled(target))
        training_steps.begin_items(interpreter, before, value, address, target)


def _named_whole(interpreter: Interpreter, target: ast.Subscript) -> tuple[str, str]:
    """The id and the name of an array of which a part is stored: `xs[0]` for `xs[0][i] = v`."""
    graph, whole = interpreter.graph, target.value
    address = address_of(interpreter, whole) if isinstance(whole, ast.Attribute | ast.Subscript) else None
    if address is not None:
        return graph.unique(address.id), address.name
    name = spelled(target)
    return graph.unique(name) if interpreter.scope is interpreter.globals else graph.local_id(name), name


def _part_named(interpreter: Interpreter, value: Any, target: ast.Name, where: ast.AST, start: int) -> Any:
    """One of several values that a line unpacks, under its name."""
    graph = interpreter.graph
    if interpreter.scope is not interpreter.globals:
        if type(value) is Ref and value.index >= start and interpreter.foreign is None:
            node = graph.nodes[value.index]
            if node.name is None and node.inputs:
                # `gw, gb = gradients(w, b)`, in a function.
                graph.rename(value, graph.local_id(target.id), target.id)
        return remembered(value, target.id) if type(value) is Literal and value.ref is None else value
    if type(value) is Ref and value.index >= start:
        node = graph.nodes[value.index]
        if interpreter.loops == 0 and node.op is CONSTANT:
            graph.promote(value, graph.begin(target.id), target.id)
        elif node.inputs and (target.id != "_" or node.name is None):
            interpreter.training.former[value.index] = node.name or ""
            graph.rename(value, graph.begin(target.id), target.id)
    elif interpreter.loops == 0:
        if type(value) is Literal:
            return leaf(interpreter, value, graph.begin(target.id), target.id, where)
        if type(value) in (int, float) and not isinstance(where, ast.Attribute | ast.Subscript):
            return graph.input(graph.begin(target.id), target.id, value, interpreter.span(where))
        if type(value) in (list, dict):
            make_leaves(interpreter, value, Address(target.id, target.id), where)
    return value


def _attribute_named(
    interpreter: Interpreter, value: Any, target: ast.Attribute, where: ast.AST, start: int | None
) -> Any:
    """An array that the text makes is a leaf of `self.W1, self.W2 = (draw() for _ in range(2))`, as it is of a line of
    its own."""
    graph = interpreter.graph
    made = type(value) is Ref and graph.nodes[value.index].op is CONSTANT and graph.nodes[value.index].kind == "float"
    if start is None or not (made or type(value) is Literal):
        return value
    address = address_of(interpreter, target)
    if address is None:
        return value
    return named(interpreter, value, graph.unique(address.id), address.name, where, start, pointed=True)


def _unpack(
    interpreter: Interpreter, target: ast.Tuple | ast.List, value: Any, where: ast.AST, start: int | None
) -> None:
    wanted = len(target.elts)
    if type(value) in _PAIRS and len(value) == wanted and start is None and _names_alone(target):
        for item, part in zip(target.elts, value, strict=True):
            store_name(interpreter, item.id, part, item)  # type: ignore[attr-defined]
        return
    if isinstance(value, Module) and value.silent and not value.shape:
        value = [value] * wanted
    if not isinstance(value, list | tuple | dict | range | str | set | Ref | Literal | Instance | Module):
        raise interpreter.fail(said("syntax.not_unpackable", value=describe(value), wanted=wanted), target)
    if type(value) is Ref and not interpreter.shape(value):
        raise interpreter.fail(said("syntax.not_unpackable", value=describe(value), wanted=wanted), target)
    parts = list(iterate(interpreter, value, where))
    star = next((i for i, item in enumerate(target.elts) if isinstance(item, ast.Starred)), None)
    if star is not None:
        after = wanted - star - 1
        if len(parts) < wanted - 1:
            raise interpreter.fail(said("syntax.values_too_few", parts_count=len(parts), wanted=wanted), target)
        parts = [*parts[:star], parts[star : len(parts) - after], *parts[len(parts) - after :]]
    if len(parts) != wanted:
        raise interpreter.fail(said("syntax.values_too_many", parts_count=len(parts), wanted=wanted), target)
    for item, part in zip(target.elts, parts, strict=True):
        if isinstance(item, ast.Attribute):
            part = _attribute_named(interpreter, part, item, where, start)  # noqa: PLW2901
        bind(interpreter, item.value if isinstance(item, ast.Starred) else item, part, where, start=start)


_PAIRS = (tuple, list)


def _names_alone(target: ast.Tuple | ast.List) -> bool:
    return all(type(item) is ast.Name for item in target.elts)


def store_name(interpreter: Interpreter, name: str, value: Any, where: ast.AST) -> None:
    """`name = value` in the scope that the name belongs to."""
    scope = interpreter.scope
    if scope.outer:
        scope = scope.target(name)
    if type(value) not in _NOTED and (type(value) is not Instance or scope is not interpreter.globals):
        scope.names[name] = value
        return
    if type(value) is Ref:
        if scope is interpreter.globals:
            interpreter.training.assigned.append(name)
            own_gradients.name_stored(interpreter, name, value, where)
        elif interpreter.foreign is None:
            own_gradients.local_stored(interpreter, name, value)
        scope.names[name] = value
        return
    if isinstance(value, dict | list | tuple):
        training_steps.begin_items(interpreter, scope.names.get(name), value, Address(name, name), where)
    scope.names[name] = value
    if type(value) is Instance and scope is interpreter.globals and "." in value.address:
        value.name = name
    if isinstance(value, dict | list | tuple):
        own_gradients.container_stored(interpreter, name, value, where, top=scope is interpreter.globals)


_NOTED = frozenset({Ref, dict, list, tuple, Once, Defaulting, Size})
"""The types of values of which a store into a name may mean something."""


def spelled(target: ast.expr) -> str:
    if isinstance(target, ast.Tuple | ast.List):
        return "_".join(spelled(item) for item in target.elts)
    while isinstance(target, ast.Starred | ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else "value"


def line_of(interpreter: Interpreter, target: ast.expr) -> str:
    """What the line is called: by the name that it changes. What changes the data of a tensor, or its gradient, is
    called by these, so that the leaf that a step makes is the next one of its name."""
    name = spelled(target)
    if isinstance(target, ast.Attribute) and is_tensor(interpreter, interpreter.scope.names.get(name)):
        return f"{name}.{target.attr}"
    if isinstance(target, ast.Name) and not interpreter.graph.tensors.recording:
        return f"{name}.data" if is_tensor(interpreter, interpreter.scope.names.get(name)) else name
    return name


def loaded(target: ast.expr) -> ast.expr:
    """A target as an expression that reads it, at the same place."""
    made: ast.expr
    match target:
        case ast.Name():
            made = ast.Name(id=target.id, ctx=ast.Load())
        case ast.Attribute():
            made = ast.Attribute(value=target.value, attr=target.attr, ctx=ast.Load())
        case ast.Subscript():
            made = ast.Subscript(value=target.value, slice=target.slice, ctx=ast.Load())
        case _:
            raise TypeError(target)
    return ast.copy_location(made, target)
