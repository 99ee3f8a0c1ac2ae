"""`target op= value`: into the memory of an array, else a new value."""

from __future__ import annotations

import ast

from app.engine.interpreter.graph.storage import store
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import indexing
from app.engine.interpreter.semantics.arithmetic import combine
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.syntax.binding import bind, line_of, loaded, spelled, store_name
from app.engine.interpreter.syntax.leaves import (
    address_of,
)
from app.engine.interpreter.training.gradients import own_gradients
from app.engine.interpreter.training.steps import tensor_steps, training_steps
from app.engine.interpreter.values import Literal, Ref, copied
from app.engine.wording import said

_RANK = {"bool": 0, "int": 1, "float": 2}
_KINDS = {"bool": "True and False", "int": "whole numbers", "float": "floats"}
_LONGEST = 60
"""Longest line that a hint writes out, characters."""


def augmented(interpreter: Interpreter, node: ast.AugAssign) -> None:  # noqa: C901 - one case per kind of target
    """`target op= value`: into the memory of an array, else a new value."""
    graph, target = interpreter.graph, node.target
    if isinstance(target, ast.Subscript) and indexing.is_whole(target) and _whole(interpreter, node, target):
        return
    if interpreter.numbers is not None and type(target) is not ast.Name:
        before = interpreter.evaluate(_loaded(interpreter, target))
        if type(before) in _PLAIN:
            right = interpreter.evaluate(node.value)
            bind(interpreter, target, combine(interpreter, node, before, right), node)
            return
    top = interpreter.scope is interpreter.globals
    name = spelled(target)
    if top:
        id = graph.begin(line_of(interpreter, target))
    read = _loaded(interpreter, target)
    before = interpreter.evaluate(read)
    if top:
        id = graph.statement
    else:
        id = graph.local_id(name)
    if not isinstance(target, ast.Name):
        address = address_of(interpreter, target)
        if address is not None:
            id, name = graph.unique(address.id), address.name
    right = interpreter.evaluate(node.value)
    # Beside an array, or a number of NumPy, + is NumPy's.
    of_numpy = type(right) is Literal or (type(right) is Ref and not right.python)
    if isinstance(before, list) and isinstance(node.op, ast.Add) and not of_numpy:
        before.extend(iterate(interpreter, right, node.value))
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
            # A slice of a list is a copy, which is stored back.
            bind(interpreter, target, before, node)
        return
    if type(before) is Literal:
        before = interpreter.node(before, read)
    after = combine(interpreter, node, before, right, id, name)
    if isinstance(before, list | dict | set) and type(after) is type(before):
        # In place: other names of the container show it too.
        made = after.copy()
        before.clear()
        before.extend(made) if isinstance(before, list) else before.update(made)
        after = before
    if interpreter.is_array(before) and type(after) is Literal:
        after = interpreter.node(after, node.value)
    if interpreter.is_array(before) and type(after) is Ref and graph.given is not None:
        old = copied(before)
        _in_place(interpreter, node, before, after)
        if isinstance(target, ast.Name):
            _rebound(interpreter, target, before)
        elif isinstance(target, ast.Attribute):
            owner = interpreter.evaluate(target.value)
            interpreter.stores.note(owner, target.attr, old, before, target, interpreter.scope)
            own_gradients.attribute_stored(interpreter, owner, target.attr, before, target)
        elif isinstance(target, ast.Subscript):
            owner = interpreter.evaluate(target.value)
            if isinstance(owner, dict | list):
                key = interpreter.evaluate(target.slice)
                interpreter.stores.item(owner, key, old, before, target, interpreter.scope)
                own_gradients.item_stored(interpreter, owner, key, before, target)
            own_gradients.array_stored(interpreter, target.value, owner)
            if type(owner) in (Ref, Literal) and before.view is None:
                # An index that copies: x[[0, 1]] += v stores the copy back.
                bind(interpreter, target, after, node)
        return
    if type(after) is Ref:
        after = training_steps.begins(interpreter, before, after, node, in_place=True) or after
    if isinstance(target, ast.Name) and top and interpreter.loops == 0 and type(after) in (int, float):
        after = graph.input(id, name, after, interpreter.span(node))
    bind(interpreter, target, after, node)
    if isinstance(target, ast.Name):
        own_gradients.added_to(interpreter, target)


_PLAIN = frozenset({float, int, bool})


def _loaded(interpreter: Interpreter, target: ast.expr) -> ast.expr:
    """The target as an expression that reads it, made once for each place."""
    found = interpreter.read.get(target)
    if found is None:
        found = interpreter.read[target] = loaded(target)
    return found


def _whole(interpreter: Interpreter, node: ast.AugAssign, target: ast.Subscript) -> bool:
    """`W[:] -= v` is `W -= v` where W is an array; False where it is not."""
    owner = interpreter.evaluate(target.value)
    if not interpreter.is_array(owner):
        return False
    graph, name = interpreter.graph, spelled(target)
    id = graph.begin(name) if interpreter.scope is interpreter.globals else graph.local_id(name)
    before = interpreter.node(owner, target)
    after = combine(interpreter, node, before, interpreter.evaluate(node.value), id, name)
    assert type(after) is Ref
    _in_place(interpreter, node, before, after)
    own_gradients.array_stored(interpreter, target.value, before)
    return True


def _rebound(interpreter: Interpreter, target: ast.Name, value: Ref) -> None:
    store_name(interpreter, target.id, value, target)
    own_gradients.added_to(interpreter, target)


def _in_place(interpreter: Interpreter, node: ast.AugAssign, before: Ref, after: Ref) -> None:
    """Stores the result in the memory of the array; refuses what NumPy refuses."""
    graph = interpreter.graph
    kinds = graph.nodes[before.index].kind, graph.nodes[after.index].kind
    if _RANK[kinds[1]] > _RANK[kinds[0]]:
        raise interpreter.fail(
            said(
                "syntax.stored_kind_differs",
                kinds=_KINDS[kinds[0]],
                kinds2=_KINDS[kinds[1]],
                node=_written_out(node),
            ),
            node,
        )
    if graph.shapes[after.index] != graph.shapes[before.index]:
        raise interpreter.fail(said("syntax.stored_shape_differs", node=_written_out(node)), node)
    if before.memory is not None and before.memory.frozen:
        raise interpreter.fail(said("syntax.store_into_read_only_view", node=_written_out(node)), node)
    if graph.tensors.leaves and tensor_steps.stored(interpreter, before, after, node):
        return
    made = training_steps.begins(interpreter, before, after, node, in_place=True)
    whole = before
    while whole.view is not None:
        whole = whole.view[0]
    old = whole.index
    store(graph, before, (made or after).index, interpreter.span(node))
    if whole is not before:
        training_steps.begin_part(interpreter, whole, old, node)


def _written_out(node: ast.AugAssign) -> str:
    """`a *= b + 1` as `a = a * (b + 1)`."""
    name = ast.unparse(node.target)
    value = ast.BinOp(left=ast.Name(id=name, ctx=ast.Load()), op=node.op, right=node.value)
    text = f"{name} = {ast.unparse(value)}"
    if len(text) <= _LONGEST:
        return text
    short = ast.BinOp(left=value.left, op=node.op, right=ast.Constant(value=Ellipsis))
    return f"{name} = {ast.unparse(short)}"
