"""Binding: the one way in which a value gets a place, by `=`, `for`, `with`, a comprehension or `+=`.

A place is a name, an attribute, an item, or several of these at once. A number or an array that the text writes out
becomes a leaf when it gets a place that a person can point at: `W`, `net.layers[0].W`, `params["W1"]`.
"""

from __future__ import annotations

import ast
import builtins
from typing import Any

from app.engine.interpreter import gradients, turns
from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.semantics import indexing, objects
from app.engine.interpreter.semantics.arithmetic import combine
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Class, Instance, Literal, Module, Ref, describe
from app.engine.ops import CONSTANT

_RANK = {"bool": 0, "int": 1, "float": 2}
_KINDS = {"bool": "True and False", "int": "whole numbers", "float": "floats"}
_LONGEST = 60
"""Longest line that a hint writes out, characters."""
_POINTED_AT = 200
"""Items of a container that may become leaves of their own."""


def assign(interpreter: Interpreter, target: ast.expr, node: ast.expr) -> Any:
    """`target = node`: evaluates and binds. The node that the expression writes last gets the target's name. Returns
    the value."""
    if type(target) is ast.Name:
        return _assign_name(interpreter, target, node)
    if isinstance(target, ast.Tuple | ast.List) and isinstance(node, ast.Tuple | ast.List):
        plain = not any(isinstance(item, ast.Starred) for item in (*target.elts, *node.elts))
        if plain and len(target.elts) == len(node.elts):
            # `a, b = b, a`: all right-hand sides first, as in Python.
            values = [_evaluated(interpreter, t, v) for t, v in zip(target.elts, node.elts, strict=True)]
            for item, value in zip(target.elts, values, strict=True):
                bind(interpreter, item, value, node)
            return tuple(values)
    start = len(interpreter.graph.nodes)
    if isinstance(target, ast.Attribute | ast.Subscript):
        value = _evaluated(interpreter, target, node)
    else:
        if interpreter.scope is interpreter.globals:
            interpreter.graph.begin(_spelled(target))
        value = interpreter.evaluate(node)
    bind(interpreter, target, value, node, start=start)
    return value


def _spelled(target: ast.expr) -> str:
    if isinstance(target, ast.Tuple | ast.List):
        return "_".join(_spelled(item) for item in target.elts)
    while isinstance(target, ast.Starred | ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else "value"


def _assign_name(interpreter: Interpreter, target: ast.Name, node: ast.expr) -> Any:
    graph = interpreter.graph
    name = target.id
    top = interpreter.scope is interpreter.globals
    start = len(graph.nodes)
    id = graph.begin(name) if top else graph.local_id(name)
    value = interpreter.evaluate(node, id, name)
    if top:
        id = graph.statement  # it has changed if this is `x = x + 1` with an input x
    value = _named(interpreter, value, id, name, node, start)
    if type(value) is Ref and value.index >= start:
        value = turns.begins(interpreter, interpreter.scope.names.get(name), value, target, in_place=False) or value
    store_name(interpreter, name, value, target)
    return value


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
        return _named(interpreter, value, id, target.id, node, start)
    if top:
        graph.begin(_spelled(target))
    address = address_of(interpreter, target)
    if address is None:
        return interpreter.evaluate(node)
    id = graph.unique(address)
    value = interpreter.evaluate(node, id, address)
    value = _named(interpreter, value, id, address, node, start, pointed=True)
    if type(value) is Ref and value.index >= start and graph.nodes[value.index].inputs:
        before = interpreter.evaluate(_loaded(target)) if _bound(interpreter, target) else None
        value = turns.begins(interpreter, before, value, target, in_place=False) or value
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


def _named(
    interpreter: Interpreter,
    value: Any,
    id: str,
    name: str,
    where: ast.expr,
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
        if value.view is not None and value.index < start:
            return value
        if value.index >= start:
            node = graph.nodes[value.index]
            if node.inputs and node.id != id:
                # A function returned a node that it wrote under another name.
                interpreter.former[value.index] = node.name or ""
                graph.rename(value, id, name)
            elif begins and node.op is CONSTANT and not (pointed and node.kind != "float"):
                graph.promote(value, id, name)
        return value
    if kind is Literal:
        return leaf(interpreter, value, id, name, where) if begins else _remembered(value, name)
    if begins and (kind is float or (kind is int and not pointed and not _is_length(where))):
        return graph.input(id, name, value, interpreter.span(where))
    if begins and kind in (list, dict, tuple):
        settle(interpreter, value, id, where)
    elif kind in (list, dict):
        interpreter.addresses.setdefault(builtins.id(value), (value, id))
    return value


_LENGTHS = frozenset({"shape", "size", "ndim"})


def _is_length(node: ast.expr) -> bool:
    """Whether a whole number is a length of data, which follows from others: `n = len(x)`, `m = X.shape[0] * 2`."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in _LENGTHS)
        or (isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "len")
        for part in ast.walk(node)
    )


def _remembered(value: Literal, name: str) -> Literal:
    value.name = value.name or name
    return value


def leaf(interpreter: Interpreter, value: Literal, id: str, name: str, where: ast.AST) -> Ref:
    """An array of the text as a leaf."""
    if value.ref is None:
        made = interpreter.graph.input(id, name, value, interpreter.span(where))
        value.ref = made
        made.boxed = not value.array.shape
    elif interpreter.graph.nodes[value.ref.index].op is CONSTANT:
        interpreter.graph.promote(value.ref, id, name)
    return value.ref


def settle(interpreter: Interpreter, value: Any, address: str, where: ast.AST, depth: int = 0) -> None:
    """Makes leaves of the arrays in a container that gets a place, each named by its own: `params["W1"]`, `Ws[0]`."""
    held = interpreter.addresses.get(builtins.id(value))
    if held is not None and held[0] is value and depth:
        return
    interpreter.addresses[builtins.id(value)] = (value, address)
    if len(value) > _POINTED_AT or depth > 3:
        return
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, item in pairs:
        own = f'{address}["{key}"]' if isinstance(key, str) else f"{address}[{key}]"
        if type(item) is Literal:
            made = leaf(interpreter, item, interpreter.graph.unique(own) if item.ref is None else own, own, where)
            if not isinstance(value, tuple):
                value[key] = made
        elif type(item) is float and isinstance(value, dict):
            value[key] = interpreter.graph.input(interpreter.graph.unique(own), own, item, interpreter.span(where))
        elif isinstance(item, list | dict | tuple) and item:
            settle(interpreter, item, own, where, depth + 1)


def address_of(interpreter: Interpreter, target: ast.expr) -> str | None:
    """How a person would point at an attribute or an item; None where the container has no place itself."""
    if isinstance(target, ast.Attribute):
        owner = interpreter.evaluate(target.value)
        if isinstance(owner, Instance):
            return f"{owner.address}.{target.attr}"
        return f"{owner.name}.{target.attr}" if isinstance(owner, Class) else None
    if isinstance(target, ast.Subscript):
        owner = interpreter.evaluate(target.value)
        held = interpreter.addresses.get(builtins.id(owner))
        if held is None or held[0] is not owner:
            return None
        key = interpreter.evaluate(target.slice)
        if isinstance(key, str):
            return f'{held[1]}["{key}"]'
        return f"{held[1]}[{key}]" if isinstance(key, int) else None
    return None


def bind(interpreter: Interpreter, target: ast.expr, value: Any, where: ast.AST, *, start: int | None = None) -> None:
    """Gives an evaluated value its place. start: the number of nodes before it was evaluated, where it should take the
    target's name."""
    match target:
        case ast.Name():
            if start is not None:
                value = _part_named(interpreter, value, target, where, start)
            store_name(interpreter, target.id, value, target)
        case ast.Attribute():
            owner = interpreter.evaluate(target.value)
            objects.set_attribute(interpreter, owner, target.attr, value, target)
            gradients.attribute_stored(interpreter, owner, target.attr, value, target)
        case ast.Subscript():
            _bind_item(interpreter, target, value, where)
        case ast.Tuple() | ast.List():
            _unpack(interpreter, target, value, where, start)
        case _:
            raise refusal(target, interpreter.span(target))


def _bind_item(interpreter: Interpreter, target: ast.Subscript, value: Any, where: ast.AST) -> None:
    owner = interpreter.evaluate(target.value)
    index = interpreter.evaluate(target.slice)
    if isinstance(owner, dict):
        key = indexing.key_of(interpreter, index, target)
        owner[key] = value
        gradients.item_stored(interpreter, owner, key, value, target)
    elif isinstance(owner, list):
        if isinstance(index, slice):
            items = list(iterate(interpreter, value, where))
            if index.step not in (None, 1) and len(items) != len(range(*index.indices(len(owner)))):
                raise interpreter.fail(
                    f"{len(items)} values do not fit into this slice", target, "Give as many as the slice has."
                )
            owner[index] = items
            return
        at = indexing.whole(interpreter, index, target, "an index")
        if not -len(owner) <= at < len(owner):
            raise interpreter.fail(f"index {at} is outside the list of {len(owner)} values", target, "Count from 0.")
        owner[at] = value
        gradients.item_stored(interpreter, owner, at, value, target)
    elif isinstance(owner, Instance):
        objects.call_method(interpreter, target, owner, "__setitem__", [index, value])
    elif type(owner) in (Ref, Literal):
        name = _spelled(target)
        id = interpreter.graph.unique(name) if interpreter.scope is interpreter.globals else None
        id = id or interpreter.graph.local_id(name)
        indexing.store_part(interpreter, owner, index, value, target, id, name)
        gradients.array_stored(interpreter, target, owner)
    else:
        raise interpreter.fail(f"{describe(owner)} cannot be changed", target, "Use a list, a dictionary or an array.")


def _part_named(interpreter: Interpreter, value: Any, target: ast.Name, where: ast.AST, start: int) -> Any:
    """One of several values that a line unpacks, under its name."""
    graph = interpreter.graph
    if interpreter.scope is not interpreter.globals:
        return _remembered(value, target.id) if type(value) is Literal and value.ref is None else value
    if type(value) is Ref and value.index >= start:
        node = graph.nodes[value.index]
        if interpreter.loops == 0 and node.op is CONSTANT:
            graph.promote(value, graph.begin(target.id), target.id)
        elif node.inputs:
            interpreter.former[value.index] = node.name or ""
            graph.rename(value, graph.begin(target.id), target.id)
    elif interpreter.loops == 0:
        if type(value) is Literal:
            return leaf(interpreter, value, graph.begin(target.id), target.id, where)
        if type(value) in (int, float) and not isinstance(where, ast.Attribute | ast.Subscript):
            return graph.input(graph.begin(target.id), target.id, value, interpreter.span(where))
        if type(value) in (list, dict):
            settle(interpreter, value, target.id, where)
    return value


def _unpack(
    interpreter: Interpreter, target: ast.Tuple | ast.List, value: Any, where: ast.AST, start: int | None
) -> None:
    wanted = len(target.elts)
    if isinstance(value, Module) and value.silent and not value.shape:
        value = [value] * wanted
    if not isinstance(value, list | tuple | dict | range | str | set | Ref | Literal | Instance | Module):
        raise interpreter.fail(
            f"{describe(value)} cannot be unpacked into {wanted} names", target, "Index it instead: a = x[0]"
        )
    if type(value) is Ref and not interpreter.shape(value):
        raise interpreter.fail(
            f"{describe(value)} cannot be unpacked into {wanted} names", target, "Index it instead: a = x[0]"
        )
    parts = list(iterate(interpreter, value, where))
    star = next((i for i, item in enumerate(target.elts) if isinstance(item, ast.Starred)), None)
    if star is not None:
        after = wanted - star - 1
        if len(parts) < wanted - 1:
            raise interpreter.fail(f"{len(parts)} values for {wanted} names", target, "Write fewer names.")
        parts = [*parts[:star], parts[star : len(parts) - after], *parts[len(parts) - after :]]
    if len(parts) != wanted:
        raise interpreter.fail(f"{len(parts)} values for {wanted} names", target, "Write one name for each value.")
    for item, part in zip(target.elts, parts, strict=True):
        bind(interpreter, item.value if isinstance(item, ast.Starred) else item, part, where, start=start)


def store_name(interpreter: Interpreter, name: str, value: Any, where: ast.AST) -> None:
    """`name = value` in the scope that the name belongs to."""
    scope = interpreter.scope
    scope = scope.outer.get(name, scope)
    if scope is interpreter.globals and type(value) is Ref:
        interpreter.assigned.append(name)
        gradients.name_stored(interpreter, name, value, where)
    scope.names[name] = value
    if scope is interpreter.globals and isinstance(value, dict | list | tuple):
        gradients.container_stored(interpreter, name, value, where)


def augmented(interpreter: Interpreter, node: ast.AugAssign) -> None:  # noqa: C901 - one case per kind of target
    """`target op= value`: into the memory of an array, else a new value."""
    graph, target = interpreter.graph, node.target
    top = interpreter.scope is interpreter.globals
    name = _spelled(target)
    if top:
        id = graph.begin(name)
    read = ast.copy_location(_loaded(target), target)
    before = interpreter.evaluate(read)
    if top:
        id = graph.statement
    else:
        id = graph.local_id(name)
    if not isinstance(target, ast.Name):
        address = address_of(interpreter, target)
        if address is not None:
            id, name = graph.unique(address), address
    if isinstance(before, list) and isinstance(node.op, ast.Add):
        before.extend(iterate(interpreter, interpreter.evaluate(node.value), node.value))
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
            # A slice of a list is a copy, which is stored back.
            bind(interpreter, target, before, node)
        return
    right = interpreter.evaluate(node.value)
    if type(before) is Literal:
        before = interpreter.node(before, read)
    after = combine(interpreter, node, before, right, id, name)
    if isinstance(before, list | dict | set) and type(after) is type(before):
        # In place: other names of the container show it too.
        made = after.copy()
        before.clear()
        before.extend(made) if isinstance(before, list) else before.update(made)
        after = before
    if interpreter.is_array(before) and type(after) is Ref and graph.given is not None:
        _in_place(interpreter, node, before, after)
        if isinstance(target, ast.Name):
            _rebound(interpreter, target, before)
        elif isinstance(target, ast.Attribute):
            gradients.attribute_stored(interpreter, interpreter.evaluate(target.value), target.attr, before, target)
        elif isinstance(target, ast.Subscript):
            gradients.array_stored(interpreter, target, interpreter.evaluate(target.value))
            owner = interpreter.evaluate(target.value)
            if type(owner) in (Ref, Literal) and before.view is None:
                # An index that copies: x[[0, 1]] += v stores the copy back.
                bind(interpreter, target, after, node)
        return
    if type(after) is Ref:
        after = turns.begins(interpreter, before, after, node, in_place=True) or after
    if isinstance(target, ast.Name) and top and interpreter.loops == 0 and type(after) in (int, float):
        after = graph.input(id, name, after, interpreter.span(node))
    bind(interpreter, target, after, node)
    if isinstance(target, ast.Name):
        gradients.added_to(interpreter, target)


def _rebound(interpreter: Interpreter, target: ast.Name, value: Ref) -> None:
    store_name(interpreter, target.id, value, target)
    gradients.added_to(interpreter, target)


def _loaded(target: ast.expr) -> ast.expr:
    """A target as an expression that reads it."""
    match target:
        case ast.Name():
            return ast.Name(id=target.id, ctx=ast.Load())
        case ast.Attribute():
            return ast.Attribute(value=target.value, attr=target.attr, ctx=ast.Load())
        case ast.Subscript():
            return ast.Subscript(value=target.value, slice=target.slice, ctx=ast.Load())
    raise TypeError(target)


def _in_place(interpreter: Interpreter, node: ast.AugAssign, before: Ref, after: Ref) -> None:
    """Stores the result in the memory of the array; refuses what NumPy refuses."""
    graph = interpreter.graph
    kinds = graph.nodes[before.index].kind, graph.nodes[after.index].kind
    if _RANK[kinds[1]] > _RANK[kinds[0]]:
        raise interpreter.fail(
            f"in NumPy this array holds {_KINDS[kinds[0]]}, and {_KINDS[kinds[1]]} cannot be stored in it",
            node,
            f"Write {_written_out(node)} for a new array.",
        )
    if graph.shapes[after.index] != graph.shapes[before.index]:
        raise interpreter.fail(
            "the result has a different shape from the array that it would be stored in",
            node,
            f"Write {_written_out(node)} for a new array.",
        )
    if before.memory is not None and before.memory.frozen:
        raise interpreter.fail(
            "np.broadcast_to gives a read-only view, which NumPy does not store into",
            node,
            f"Write {_written_out(node)} for a new array.",
        )
    made = turns.begins(interpreter, before, after, node, in_place=True)
    store(graph, before, (made or after).index, interpreter.span(node))


def _written_out(node: ast.AugAssign) -> str:
    """`a *= b + 1` as `a = a * (b + 1)`."""
    name = ast.unparse(node.target)
    value = ast.BinOp(left=ast.Name(id=name, ctx=ast.Load()), op=node.op, right=node.value)
    text = f"{name} = {ast.unparse(value)}"
    if len(text) <= _LONGEST:
        return text
    short = ast.BinOp(left=value.left, op=node.op, right=ast.Constant(value=Ellipsis))
    return f"{name} = {ast.unparse(short)}"
