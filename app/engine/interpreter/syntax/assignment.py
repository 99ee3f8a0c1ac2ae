"""Assignment: `target = expression`. The node that the expression writes last gets the target's name."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.syntax.binding import bind, line_of, loaded, spelled, store_name
from app.engine.interpreter.syntax.leaves import (
    address_of,
    leaf_of_numbers,
    named,
)
from app.engine.interpreter.training.gradients import own_gradients
from app.engine.interpreter.training.steps import training_steps
from app.engine.interpreter.values import Address, Instance, Literal, Ref


def assign(interpreter: Interpreter, target: ast.expr, node: ast.expr) -> Any:
    """`target = node`: evaluates and binds. The node that the expression writes last gets the target's name. Returns
    the value."""
    if type(target) is not ast.Name:
        return _assign_places(interpreter, target, node)
    graph = interpreter.graph
    if interpreter.numbers is not None:
        value = interpreter.evaluate(node)
        store_name(interpreter, target.id, value, target)
        return value
    name = target.id
    top = interpreter.scope is interpreter.globals
    start, decided = len(graph.nodes), len(interpreter.guards)
    id = graph.begin(name) if top else graph.local_id(name)
    value = interpreter.evaluate(node, id, name)
    if top:
        id = graph.statement  # it has changed if this is `x = x + 1` with an input x
    if type(value) is not Ref:
        if type(value) in _NAMED:
            value = named(interpreter, value, id, name, node, start)
        store_name(interpreter, name, value, target)
        return value
    index = value.node if value.memory is None else value.index
    if index < start or graph.nodes[index].id != id:
        value = named(interpreter, value, id, name, node, start)
    elif top and interpreter.loops == 0 and value.memory is None and decided == len(interpreter.guards):
        leaf_of_numbers(interpreter, value, start)
    before = interpreter.scope.names.get(name)
    if index >= start and training_steps.may_begin(interpreter, before, index):
        value = training_steps.begins(interpreter, before, value, target, in_place=False) or value
    elif type(node) is ast.Name:
        value = training_steps.begins_late(interpreter, before, value, target) or value
    store_name(interpreter, name, value, target)
    return value


_NAMED = frozenset({Ref, Literal, float, int, list, dict, tuple})
"""The types of values that take the name of their place, or become leaves there."""


def _assign_attribute(interpreter: Interpreter, target: ast.Attribute, node: ast.expr) -> Any:
    """The same for an attribute of what a name holds, `self.W = ...`, which is evaluated once."""
    graph, word = interpreter.graph, target.attr
    owner = interpreter.evaluate(target.value)
    if type(owner) is not Instance:
        return _assign_elsewhere(interpreter, target, node)
    if interpreter.scope is interpreter.globals:
        graph.begin(line_of(interpreter, target))
    elif interpreter.large and word not in owner.names:
        # Where there are very many, what an object begins with has no name of its own.
        value = interpreter.evaluate(node)
        objects.set_attribute(interpreter, owner, word, value, target)
        return value
    place = f"{owner.address}.{word}"
    start, id = len(graph.nodes), graph.unique(place)
    value = interpreter.evaluate(node, id, place)
    kind = type(value)
    if kind in _NAMED:
        if kind is not Ref or value.index >= start:
            value = named(interpreter, value, id, place, node, start, pointed=True)
        before = owner.names.get(word)
        if type(value) is Ref:
            index = value.node if value.memory is None else value.index
            if index >= start:
                if graph.nodes[index].inputs:
                    value = training_steps.begins(interpreter, before, value, target, in_place=False) or value
            elif before is not None and type(node) is ast.Name:
                value = training_steps.begins_late(interpreter, before, value, target) or value
        elif before is not None and kind in _CONTAINERS:
            training_steps.begin_items(interpreter, before, value, Address(place, place), target)
    objects.set_attribute(interpreter, owner, word, value, target)
    if type(value) is Ref:
        own_gradients.attribute_stored(interpreter, owner, word, value, target)
    return value


_CONTAINERS = frozenset({list, dict, tuple})


def _assign_places(interpreter: Interpreter, target: ast.expr, node: ast.expr) -> Any:
    """The same for a target that is no name."""
    if interpreter.numbers is not None:
        value = interpreter.evaluate(node)
        bind(interpreter, target, value, node)
        return value
    if type(target) is ast.Attribute and type(target.value) is ast.Name:
        return _assign_attribute(interpreter, target, node)
    return _assign_elsewhere(interpreter, target, node)


def _assign_elsewhere(interpreter: Interpreter, target: ast.expr, node: ast.expr) -> Any:
    if isinstance(target, ast.Tuple | ast.List) and isinstance(node, ast.Tuple | ast.List):
        plain = not any(isinstance(item, ast.Starred) for item in (*target.elts, *node.elts))
        if plain and len(target.elts) == len(node.elts):
            start = len(interpreter.graph.nodes)
            # `a, b = b, a`: all right-hand sides first, as in Python.
            values = [_evaluated(interpreter, t, v) for t, v in zip(target.elts, node.elts, strict=True)]
            for item, value in zip(target.elts, values, strict=True):
                bind(interpreter, item, _begun(interpreter, item, value, start), node)
            return tuple(values)
    start = len(interpreter.graph.nodes)
    if isinstance(target, ast.Attribute | ast.Subscript):
        value = _evaluated(interpreter, target, node)
    else:
        if interpreter.scope is interpreter.globals:
            interpreter.graph.begin(spelled(target))
        value = interpreter.evaluate(node)
    bind(interpreter, target, value, node, start=start)
    return value


def _begun(interpreter: Interpreter, target: ast.expr, value: Any, start: int) -> Any:
    """One of the values of `w, b = w - lr * dw, b - lr * db`: the new leaf, where it is a training step of what its
    name still holds. start: the number of nodes before they were evaluated."""
    if not isinstance(target, ast.Name) or type(value) is not Ref:
        return value
    before = interpreter.scope.names.get(target.id)
    if value.index < start:
        return training_steps.begins_late(interpreter, before, value, target) or value
    return training_steps.begins(interpreter, before, value, target, in_place=False) or value


def _evaluated(interpreter: Interpreter, target: ast.expr, node: ast.expr) -> Any:
    """The value for one target, under the name that the target gives it."""
    graph = interpreter.graph
    start = len(graph.nodes)
    top = interpreter.scope is interpreter.globals
    if isinstance(target, ast.Name):
        id = graph.begin(target.id) if top else graph.local_id(target.id)
        value = interpreter.evaluate(node, id, target.id)
        if top:
            id = graph.statement
        return named(interpreter, value, id, target.id, node, start)
    if top:
        graph.begin(line_of(interpreter, target))
    address = address_of(interpreter, target)
    if address is None:
        return interpreter.evaluate(node)
    id = graph.unique(address.id)
    value = interpreter.evaluate(node, id, address.name)
    value = named(interpreter, value, id, address.name, node, start, pointed=True)
    if type(value) is Ref and value.index >= start and graph.nodes[value.index].inputs:
        before = interpreter.evaluate(loaded(target)) if _bound(interpreter, target) else None
        value = training_steps.begins(interpreter, before, value, target, in_place=False) or value
    elif type(value) is Ref and type(node) is ast.Name and _bound(interpreter, target):
        value = training_steps.begins_late(interpreter, interpreter.evaluate(loaded(target)), value, target) or value
    return value


def _bound(interpreter: Interpreter, target: ast.expr) -> bool:
    """Whether an attribute or an item has a value already."""
    assert isinstance(target, ast.Attribute | ast.Subscript)
    owner = interpreter.evaluate(target.value)
    if isinstance(target, ast.Attribute):
        return isinstance(owner, Instance) and target.attr in owner.names
    key = interpreter.evaluate(target.slice)
    if isinstance(owner, dict):
        return key in owner
    return isinstance(owner, list) and isinstance(key, int) and -len(owner) <= key < len(owner)
