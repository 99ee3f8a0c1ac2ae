"""Leaves: which numbers and arrays of the text become inputs when they get a place, and how one points at that place:
`W`, `net.layers[0].W`, `params["W1"]`."""

from __future__ import annotations

import ast
import builtins
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.list_leaves import POINTED_AT, leaf_kinds
from app.engine.interpreter.values import Address, Class, Instance, Literal, Ref
from app.engine.ops import CONSTANT


def leaf(interpreter: Interpreter, value: Literal, id: str, name: str, where: ast.AST) -> Ref:
    """An array of the text as a leaf."""
    if value.ref is None:
        made = interpreter.graph.input(id, name, value, interpreter.span(where))
        value.ref = made
        made.boxed = not value.array.shape
    elif interpreter.graph.nodes[value.ref.index].op is CONSTANT:
        interpreter.graph.promote(value.ref, id, name)
    return value.ref


def make_leaves(interpreter: Interpreter, value: Any, address: Address, where: ast.AST) -> None:
    """Makes leaves of the arrays in a container that gets a place, each named by its own: `params["W1"]`, `Ws[0]`. So
    are single floats, `layer["bias"]`; those of a list where they are no data."""
    if type(value) is tuple and _CONTAINERS.isdisjoint(map(type, value)) and Literal not in map(type, value):
        # Single numbers of a tuple are no leaves.
        interpreter.addresses[builtins.id(value)] = (value, address)
        return
    _make_leaves(interpreter, value, address, where, 0, numbers=leaf_kinds(interpreter, value, address))


_CONTAINERS = frozenset({list, dict, tuple})


def _make_leaves(
    interpreter: Interpreter, value: Any, address: Address, where: ast.AST, depth: int, *, numbers: tuple[type, ...]
) -> None:
    held = interpreter.addresses.get(builtins.id(value))
    if held is not None and held[0] is value and not held[1].local and depth:
        return
    interpreter.addresses[builtins.id(value)] = (value, address)
    if len(value) > POINTED_AT or depth > 3:
        return
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, item in pairs:
        own = address.item(key)
        if type(item) is Literal:
            id = interpreter.graph.unique(own.id) if item.ref is None else own.id
            made = leaf(interpreter, item, id, own.name, where)
            if not isinstance(value, tuple):
                value[key] = made
        elif (type(item) is float and isinstance(value, dict)) or (type(item) in numbers and isinstance(value, list)):
            id = interpreter.graph.unique(own.id)
            if id in interpreter.arguments.numbers:
                continue
            value[key] = made = interpreter.graph.input(id, own.name, item, interpreter.span(where))
            interpreter.arguments.made[id] = made.index
        elif isinstance(item, list | dict | tuple) and item:
            _make_leaves(interpreter, item, own, where, depth + 1, numbers=numbers)


def address_of(interpreter: Interpreter, target: ast.expr) -> Address | None:
    """How a person would point at an attribute or an item; None where the container has no place itself."""
    if isinstance(target, ast.Attribute):
        owner = interpreter.evaluate(target.value)
        if not isinstance(owner, Instance | Class):
            return None
        place = f"{owner.address if isinstance(owner, Instance) else owner.name}.{target.attr}"
        return Address(place, place)
    if isinstance(target, ast.Subscript):
        owner = interpreter.evaluate(target.value)
        held = interpreter.addresses.get(builtins.id(owner))
        known = held is not None and held[0] is owner
        whole = held[1] if known else address_of(interpreter, target.value) if type(owner) in (list, dict) else None  # type: ignore[index]
        if whole is None:
            return None
        key = interpreter.evaluate(target.slice)
        return whole.item(key) if isinstance(key, str | int) else None
    return None


def remembered(value: Literal, name: str) -> Literal:
    value.name = value.name or name
    return value


def named(
    interpreter: Interpreter,
    value: Any,
    id: str,
    name: str,
    where: ast.AST,
    start: int,
    *,
    pointed: bool = False,
) -> Any:
    """The value as its place holds it: a literal becomes a leaf, a node just written takes the name. pointed: for an
    attribute or an item, whose whole numbers stay the host's."""
    graph = interpreter.graph
    begins = pointed or (interpreter.scope is interpreter.globals and interpreter.loops == 0)
    kind = type(value)
    if kind is Ref:
        index = value.index
        if index >= start:
            node = graph.nodes[index]
            if node.inputs and node.id != id:
                # A function returned a node that it wrote under another name.
                if node.name:
                    interpreter.training.former[index] = node.name
                graph.rename(value, id, name)
            elif begins and node.op is CONSTANT and not (pointed and node.kind != "float"):
                graph.promote(value, id, name)
        return value
    if kind is Literal:
        return leaf(interpreter, value, id, name, where) if begins else remembered(value, name)
    if begins and (kind is float or (kind is int and not pointed and not _is_length(where))):
        return graph.input(id, name, value, interpreter.span(where))
    if begins and kind in (list, dict, tuple):
        make_leaves(interpreter, value, Address(id, name), where)
    elif kind in (list, dict):
        interpreter.addresses.setdefault(builtins.id(value), (value, Address(id, name, local=True)))
    return value


def leaf_of_numbers(interpreter: Interpreter, value: Ref, start: int) -> None:
    """Makes a leaf of a value that has a name and is computed from nothing but numbers that its own line writes down:
    `X = np.array([...]) / 255`, if the text reads it. start: the first node of the line."""
    graph, index = interpreter.graph, value.index
    node, line = graph.nodes[index], graph.nodes[start : index + 1]
    numbers = all(each.op is CONSTANT or (each.inputs and min(each.inputs) >= start) for each in line)
    if not numbers or not node.inputs or node.kind != "float" or graph.tensors.dtypes:
        return
    if node.name in interpreter.names_read():
        held = graph.value(index)
        if type(held) is not float:
            held = np.array(held)
            held.setflags(write=False)
        graph.nodes[index] = node._replace(op=CONSTANT, inputs=(), attrs={}, value=held)
        graph.promote(value, node.id, node.name or "")


_LENGTHS = frozenset({"shape", "size", "ndim"})


def _is_length(node: ast.AST) -> bool:
    """Whether a whole number is a length of data, which follows from others: `n = len(x)`, `m = X.shape[0] * 2`."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in _LENGTHS)
        or (isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "len")
        for part in ast.walk(node)
    )
