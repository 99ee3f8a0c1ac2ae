"""Operators between expressions: arithmetic, comparisons, `and`, `or`, `not`, `if` `else`."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter import shown_values
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arithmetic import combine, of_numpy
from app.engine.interpreter.semantics.comparison import compared
from app.engine.interpreter.semantics.operator_table import NO_ATTRS
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.values import Instance, Literal, Ref, copied
from app.engine.ops import REGISTRY
from app.engine.wording import said


def binary(interpreter: Interpreter, node: ast.BinOp, id: str | None, name: str | None) -> Any:
    interpreter.depth += 1
    if interpreter.depth > interpreter.limits.nesting:
        raise interpreter.too_deep(node)
    if type(node.left) is ast.BinOp:
        # A long sum is as deep as it is long, on the left: walk down without recursion.
        spine = [node]
        while type(spine[-1].left) is ast.BinOp:
            spine.append(spine[-1].left)
        left: Any = None
        for link in reversed(spine):
            if left is None:
                left = _operand(interpreter, link.left)
            right = _operand(interpreter, link.right)
            last = link is node
            left = combine(interpreter, link, left, right, id if last else None, name if last else None)
    else:
        left = _operand(interpreter, node.left)
        if type(left) is str:
            since = len(interpreter.graph.nodes)
            right = _operand(interpreter, node.right)
            shown_values.note(interpreter, right, node.right, since)
        else:
            right = _operand(interpreter, node.right)
        left = combine(interpreter, node, left, right, id, name)
    interpreter.depth -= 1
    return left


def _operand(interpreter: Interpreter, side: ast.expr) -> Any:
    # Most operands are names of nodes: look them up here, which is faster than `evaluate`.
    found = interpreter.scope.names.get(side.id) if type(side) is ast.Name else None
    return found if type(found) is Ref and interpreter.numbers is None else interpreter.evaluate(side)


def unary(interpreter: Interpreter, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    value = interpreter.evaluate(node.operand, id if isinstance(node.op, ast.UAdd) else None, None)
    interpreter.depth -= 1
    if type(value) is float and type(node.op) is ast.USub:
        return -value
    if isinstance(node.op, ast.Not):
        return not interpreter.truth(value, node.operand)
    if isinstance(value, Instance):
        method = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}[type(node.op)]
        return objects.call_method(interpreter, node, value, method, [], id)
    if isinstance(node.op, ast.UAdd):
        return _plus(interpreter, node, value)
    if isinstance(node.op, ast.USub):
        if isinstance(value, int | float):
            return -value
        if type(value) is Literal and value.ref is None and value.made:
            return Literal(-value.array, value.kind, made=True, tensor=value.tensor)
        ref = interpreter.node(value, node.operand)
        made = interpreter.graph.operation(
            REGISTRY["negative"], (ref.index,), NO_ATTRS, interpreter.span(node), id, name
        )
        made.python, made.order = ref.python, ref.order
        return made
    return _invert(interpreter, node, value, id, name)


def _invert(interpreter: Interpreter, node: ast.UnaryOp, value: Any, id: str | None, name: str | None) -> Any:
    """`~mask`."""
    if isinstance(value, int):
        return ~value
    ref = interpreter.node(value, node.operand)
    if interpreter.graph.nodes[ref.index].kind == "int" and not interpreter.is_array(ref):
        return of_numpy(interpreter, node, ~interpreter.host(ref, node), python=ref.python)
    if interpreter.graph.nodes[ref.index].kind != "bool":
        raise interpreter.fail(said("syntax.invert_needs_mask"), node)
    if ref.python:
        raise interpreter.fail(said("syntax.invert_of_comparison"), node)
    op = REGISTRY["logical_not"]
    return interpreter.graph.operation(op, (ref.index,), NO_ATTRS, interpreter.span(node), id, name)


def _plus(interpreter: Interpreter, node: ast.UnaryOp, value: Any) -> Any:
    """`+x`: a number or a tensor itself; a copy of an array, as in NumPy."""
    if isinstance(value, int | float):
        return +value
    ref = interpreter.node(value, node.operand)
    if interpreter.graph.nodes[ref.index].kind == "bool":
        raise interpreter.fail(said("syntax.plus_of_mask"), node)
    if is_tensor(interpreter, ref):
        return ref
    made = copied(ref)
    made.python = ref.python
    return made


def compare(interpreter: Interpreter, node: ast.Compare, id: str | None, name: str | None) -> Any:
    """`a < b`, and `a < b < c`, which is `a < b and b < c`."""
    interpreter.enter(node)
    left = _operand(interpreter, node.left)
    if len(node.ops) == 1:
        side = node.comparators[0]
        right = _operand(interpreter, side)
        result = compared(interpreter, node, node.ops[0], left, right, node.left, side, id, name)
        interpreter.depth -= 1
        return result
    places = [node.left, *node.comparators]
    result = True
    for place, (sign, side) in enumerate(zip(node.ops, node.comparators, strict=True)):
        right = _operand(interpreter, side)
        last = place == len(node.ops) - 1
        result = compared(interpreter, node, sign, left, right, places[place], side, id if last else None, name)
        if not last and not interpreter.truth(result, node):
            break
        left = right
    interpreter.depth -= 1
    return result


def logical(interpreter: Interpreter, node: ast.BoolOp, id: str | None, name: str | None) -> Any:
    """`a and b`, `a or b`: the value that decides it, as in Python."""
    interpreter.enter(node)
    stops = isinstance(node.op, ast.Or)
    value: Any = None
    for place, part in enumerate(node.values):
        value = interpreter.evaluate(part)
        if place < len(node.values) - 1 and interpreter.truth(value, part) is stops:
            break
    interpreter.depth -= 1
    return value


def conditional(interpreter: Interpreter, node: ast.IfExp, id: str | None, name: str | None) -> Any:
    """`a if condition else b`: only the one that is chosen is computed."""
    interpreter.enter(node)
    test = interpreter.evaluate(node.test)
    if type(test) is not bool:
        test = interpreter.truth(test, node.test)
    chosen = node.body if test else node.orelse
    value = interpreter.evaluate(chosen, id, name)
    interpreter.depth -= 1
    return value
