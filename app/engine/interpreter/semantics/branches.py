"""The number of an object that an operation of the text makes by a decision: `Value(0 if x.data < 0 else x.data)`.

The branch that is taken hands on a number that another object holds, or one that nothing leads to. So that each object
has a node of its own, and what it comes from is seen, that is written as what it is: `where(True, x, 0)`.
"""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.stores import absent
from app.engine.interpreter.values import Function, Instance, Literal, Ref, Scope
from app.engine.ops import REGISTRY


def own_number(interpreter: Interpreter, owner: Instance, name: str, before: Any, value: Any, where: ast.AST) -> Any:
    """What the new object `owner` keeps under `name`: the value, or a node of its own that has it."""
    made = interpreter.stores.made
    if before is not absent() or not made or made[-1][0] is not owner or type(value) not in (Ref, float, int):
        return value
    if type(value) is not Ref and not _is_given(interpreter.scope, value):
        return value
    scope = made[-1][1]
    while scope.function is None and scope.parent is not None:
        scope = scope.parent
    function = scope.function
    if function is None or function.foreign:
        return value
    operands = _operands(scope, function, owner, name)
    if not operands:
        return value
    graph = interpreter.graph
    index = value.index if type(value) is Ref else -1
    if type(value) is Ref and index in [each.index for each in operands]:
        single = not graph.shapes[value.index] and value.python
        return _chosen(interpreter, value, 0.0, where, takes=True) if single else value
    number = _alone(interpreter, value)
    if not _is_given(interpreter.scope, number):
        return value
    given = [scope.names.get(each) for each in function.parameters]
    wrapped = any(type(each) in (int, float) and each == number for each in given)
    if number is None or wrapped or len(operands) != 1 or graph.shapes[operands[0].index]:
        return value
    return _chosen(interpreter, operands[0], number, where, takes=False)


def _is_given(scope: Scope, number: float | None) -> bool:
    """Whether the caller gives the number. A gradient's first 0 is written where the object is made."""
    function = scope.function
    if function is None:
        return False
    defaults = function.defaults
    for name in function.parameters:
        if name not in defaults:
            given = scope.names.get(name)
            if type(given) in (int, float) and given == number:
                return True
    return False


def _alone(interpreter: Interpreter, value: Any) -> float | int | None:
    """A number that nothing leads to; None for any other value."""
    if type(value) is not Ref:
        return value  # type: ignore[no-any-return]
    node = interpreter.graph.nodes[value.index]
    if node.inputs or type(node.value) is not float:
        return None
    return int(node.value) if node.kind == "int" else node.value


def _operands(scope: Scope, function: Function, owner: Instance, name: str) -> list[Ref]:
    """The numbers that the objects have which the function is given."""
    given = list(map(scope.names.get, function.parameters))
    many = scope.names.get(function.many) if function.many is not None else None
    given += many if isinstance(many, tuple | list) else []
    found = []
    for each in given:
        if type(each) is not Instance or each is owner:
            continue
        held = each.names.get(name)
        if type(held) is Literal:
            held = held.ref
        if type(held) is Ref:
            found.append(held)
    return found


def _chosen(interpreter: Interpreter, operand: Ref, other: float, where: ast.AST, *, takes: bool) -> Ref:
    graph, span = interpreter.graph, interpreter.span(where)
    condition = graph.number(takes, span)
    constant = graph.number(other, span)
    kind = graph.nodes[operand.index if takes else constant.index].kind
    inputs = (condition.index, operand.index, constant.index)
    made = graph.operation(REGISTRY["where"], inputs, {}, span, kind=kind)
    made.python = True
    return made
