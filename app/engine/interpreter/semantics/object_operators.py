"""Operators and comparisons between operands of which one is an object of the text: the methods that Python tries."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.semantics.objects import NOTHING, call_at, find, invoked
from app.engine.interpreter.semantics.operator_table import Operator
from app.engine.interpreter.values import Function, Instance, Literal, Ref, describe
from app.engine.wording import said


def operator_method(
    interpreter: Interpreter, node: Any, operator: Operator, left: Any, right: Any, id: str | None = None
) -> Any:
    """`left op right` where one of them is an object: `__add__` of the left, else `__radd__` of the right."""
    if type(left) in (Ref, Literal) and not (type(left) is Ref and left.python):
        sequence = all(find(interpreter, right, each, node) is not NOTHING for each in ("__len__", "__getitem__"))
        if sequence or interpreter.is_array(left):
            raise interpreter.fail(said("semantics.array_of_object"), node)
    in_place = isinstance(node, ast.AugAssign)
    tries: tuple[tuple[Any, str, Any], ...] = ((left, operator.own, right), (right, operator.mirrored, left))
    if in_place:
        tries = ((left, operator.in_place, right), *tries)
    for owner, name, other in tries:
        if type(owner) is Instance:
            held = owner.cls.get(name, NOTHING)
            if type(held) is Function and name not in owner.names:
                result = _operated(interpreter, node, held, owner, other, id)
            else:
                found = find(interpreter, owner, name, node)
                if found is NOTHING:
                    continue
                result = invoked(interpreter, node, found, [other], id)
            if result is not NotImplemented:
                return result
    method = operator.method
    owner = left if isinstance(left, Instance) else right
    facts = {"left": describe(left), "right": describe(right), "method": method, "name": owner.cls.name}
    if owner is right and find(interpreter, right, f"__{method}__", node) is not NOTHING:
        sign = _COMMUTES.get(method)
        returned = f"self {sign} other" if sign else f"{owner.cls.name}(other).__{method}__(self)"
        raise interpreter.fail(said("semantics.mirrored_method_missing", returned=returned, **facts), node)
    raise interpreter.fail(said("semantics.operator_method_missing", **facts), node)


def _operated(
    interpreter: Interpreter, where: ast.AST, method: Function, owner: Instance, other: Any, id: str | None
) -> Any:
    """What a method gives for the two operands, which is what most operators are."""
    node = call_at(interpreter, where)
    args = [tuple.__new__(Argument, (owner, node.func)), tuple.__new__(Argument, (other, where))]
    return interpreter.grammar.invoke(interpreter, method, Call(node, method, args, {}, id))


_COMMUTES = {"add": "+", "mul": "*"}
"""The methods of operators for which a op b is b op a."""


def comparison_method(
    interpreter: Interpreter, node: ast.AST, method: str, mirrored: str, left: Any, right: Any
) -> Any:
    """`left < right` where one of them is an object."""
    for owner, name, other in ((left, method, right), (right, mirrored, left)):
        if isinstance(owner, Instance):
            found = find(interpreter, owner, f"__{name}__", node)
            if found is not NOTHING:
                return invoked(interpreter, node, found, [other])
    if method in ("eq", "ne"):
        return (left is right) is (method == "eq")
    missing = said("semantics.comparison_method_missing", left=describe(left), right=describe(right), method=method)
    raise interpreter.fail(missing, node)
