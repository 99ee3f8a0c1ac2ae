"""Comparisons between evaluated operands: `<`, `==`, `is`, `in`, and the order of sorting."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.object_operators import comparison_method
from app.engine.interpreter.semantics.operator_table import COMPARISONS, MIRRORED, NO_ATTRS, TRACEABLE
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Dtype, Instance, Lazy, Literal, Once, Ref, Text, describe
from app.engine.wording import said

_NUMBERS = frozenset({int, float, bool})


def compared(  # noqa: C901 - by kinds of operands
    interpreter: Interpreter,
    node: ast.Compare,
    sign: ast.cmpop,
    left: Any,
    right: Any,
    left_where: ast.expr,
    right_where: ast.expr,
    id: str | None,
    name: str | None,
) -> Any:
    kind = type(sign)
    if kind is ast.Is or kind is ast.IsNot:
        return (same(left, right)) is isinstance(sign, ast.Is)
    if kind is ast.In or kind is ast.NotIn:
        return contains(interpreter, node, right, left) is isinstance(sign, ast.In)
    held = COMPARISONS.get(kind)
    if held is None:
        raise refusal(sign, interpreter.span(node))
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return held.host(left, right)
    if type(left) is Text or type(right) is Text:
        left, right = interpreter.host(left, node), interpreter.host(right, node)
    if isinstance(left, Instance) or isinstance(right, Instance):
        return comparison_method(interpreter, node, held.method, MIRRORED[held.method], left, right)
    kinds = type(left), type(right)
    if Ref in kinds or Literal in kinds:
        assert held.op is not None
        if kinds[0] in TRACEABLE and kinds[1] in TRACEABLE:
            a, b = interpreter.node(left, left_where), interpreter.node(right, right_where)
            made = interpreter.graph.operation(
                held.op,
                (a.index, b.index),
                NO_ATTRS,
                interpreter.span(node),
                id,
                name,  # type: ignore[arg-type]
            )
            made.python = a.python and b.python
            return made
        if (
            isinstance(sign, ast.Eq | ast.NotEq)
            and not isinstance(left, list | tuple | range)
            and not isinstance(right, list | tuple | range)
            and not interpreter.is_array(left)
            and not interpreter.is_array(right)
        ):
            return isinstance(sign, ast.NotEq)
        odd, where = (left, left_where) if kinds[0] not in TRACEABLE else (right, right_where)
        other = right if odd is left else left
        if isinstance(odd, list | tuple | range) and not (type(other) is Ref and other.python):
            array = as_array(interpreter, odd, where)
            pair = (array, right) if odd is left else (left, array)
            return compared(interpreter, node, sign, *pair, left_where, right_where, id, name)
        raise interpreter.no_number(odd, where)
    if isinstance(sign, ast.Eq | ast.NotEq):
        return equal(interpreter, node, left, right) is isinstance(sign, ast.Eq)
    if isinstance(left, list | tuple) and type(left) is type(right):
        return _ordered(interpreter, node, sign, left, right)
    if isinstance(left, set | frozenset) and isinstance(right, set | frozenset):
        interpreter.visit(node, len(left))
    try:
        return held.host(left, right)
    except TypeError:
        raise interpreter.fail(
            said("semantics.not_comparable", left=describe(left), right=describe(right)), node
        ) from None


def _ordered(interpreter: Interpreter, node: ast.Compare, sign: ast.cmpop, left: Any, right: Any) -> Any:
    """`left < right` of lists or tuples: the first items that differ decide."""
    interpreter.enter(node)
    interpreter.visit(node, min(len(left), len(right)) // 8)
    for a, b in zip(left, right, strict=False):
        if a is not b and not equal(interpreter, node, a, b):
            found = compared(interpreter, node, sign, a, b, node.left, node.left, None, None)
            break
    else:
        found = COMPARISONS[type(sign)].host(len(left), len(right))
    interpreter.depth -= 1
    return found


def less(interpreter: Interpreter, node: ast.expr, left: Any, right: Any, *, mirrored: bool = False) -> bool:
    """`left < right`, as sorting asks; mirrored: `left > right`."""
    sign = ast.Gt() if mirrored else ast.Lt()
    place = ast.copy_location(ast.Compare(left=node, ops=[sign], comparators=[node]), node)
    interpreter.visit(node)
    return interpreter.truth(compared(interpreter, place, sign, left, right, node, node, None, None), node)


def same(left: Any, right: Any) -> bool:
    """`is`: identity; a small number, a text, True, False and None are themselves."""
    if type(left) is type(right) and isinstance(left, int | str | float):
        return bool(left == right)
    return left is right


def equal(interpreter: Interpreter, node: ast.AST, left: Any, right: Any) -> bool:
    """`==` between host values; containers item by item, traced numbers in them decided."""
    interpreter.visit(node)
    left, right = (interpreter.host(v, node) if type(v) is Text else v for v in (left, right))
    if isinstance(left, Once) or isinstance(right, Once):
        raise interpreter.fail(said("semantics.containers_not_comparable"), node)
    if isinstance(left, Instance) or isinstance(right, Instance):
        return interpreter.truth(comparison_method(interpreter, node, "eq", "eq", left, right), node)
    if type(left) is Ref or type(right) is Ref:
        if not all(type(v) in TRACEABLE for v in (left, right)):
            return False
        left, right = interpreter.host(left, node), interpreter.host(right, node)
        return bool(np.array_equal(left, right))
    if isinstance(left, list | tuple) and type(left) is type(right):
        if len(left) != len(right):
            return False
        interpreter.visit(node, len(left) // 8)
        interpreter.enter(node)
        same = all(a is b or equal(interpreter, node, a, b) for a, b in zip(left, right, strict=True))
        interpreter.depth -= 1
        return same
    if isinstance(left, dict) and isinstance(right, dict):
        interpreter.visit(node, len(left))
        interpreter.enter(node)
        same = left.keys() == right.keys() and all(
            left[k] is right[k] or equal(interpreter, node, left[k], right[k]) for k in left
        )
        interpreter.depth -= 1
        return same
    if isinstance(left, set | frozenset) and isinstance(right, set | frozenset):
        interpreter.visit(node, len(left))
    if isinstance(left, Literal) or isinstance(right, Literal):
        return left is right
    if isinstance(left, Dtype) and isinstance(right, Dtype):
        return _SPELLED.get(left.name, left.name) == _SPELLED.get(right.name, right.name)
    return bool(left == right)


_SPELLED = {"float": "float64", "double": "float64", "int": "int64", "bool_": "bool"}
"""Number types that NumPy takes for others."""


def contains(interpreter: Interpreter, node: ast.AST, container: Any, value: Any) -> bool:
    """`value in container`."""
    if type(container) is set or type(container) is dict:
        return key_of(interpreter, value, node) in container
    if isinstance(container, Instance):
        found = objects.call_method(interpreter, node, container, "__contains__", [value])
        return interpreter.truth(found, node)
    if isinstance(container, Text):
        container = interpreter.host(container, node)
    if isinstance(container, str):
        value = interpreter.host(value, node)
        if not isinstance(value, str):
            raise interpreter.fail(said("semantics.text_expected", value=describe(value)), node)
        interpreter.visit(node, len(container) // 64)
        return value in container
    if isinstance(container, range):
        held = interpreter.host(value, node)
        return isinstance(held, int | float) and held == held // 1 and int(held) in container
    if isinstance(container, dict | set | frozenset):
        return key_of(interpreter, value, node) in container
    if isinstance(container, Lazy):
        return any(item is value or equal(interpreter, node, item, value) for item in container.rounds)
    if isinstance(container, Once):
        container = container.spend(interpreter, node)
    if isinstance(container, list | tuple):
        interpreter.visit(node, len(container) // 8)
        return any(item is value or equal(interpreter, node, item, value) for item in container)
    if type(container) in (Ref, Literal):
        held = interpreter.host(container, node)
        return bool(np.any(np.asarray(held) == interpreter.host(value, node)))
    raise interpreter.fail(said("semantics.container_expected", container=describe(container)), node)
