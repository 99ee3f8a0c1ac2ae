"""How each kind of expression is evaluated. EXPRESSIONS, at the end, lists all that are accepted; refusals.py words the
errors for the others."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any

from app.engine.interpreter import calls, functions, operators
from app.engine.interpreter.constants import held, index_of, loop_values, whole
from app.engine.interpreter.hints import REFUSED_NAMES, SEE_OPS, advice
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import (
    MODULES,
    bare_names,
    math_names,
    method_names,
    numpy_names,
)
from app.engine.interpreter.values import ArrayLiteral, Function, Module, Scope, ShapeOf, describe
from app.engine.ops import REGISTRY

_ATTRIBUTE_HINTS = {
    "size": "Write x.shape[0] for a vector, x.shape[0] * x.shape[1] for a matrix.",
    "ndim": "Write the number of axes itself.",
    "dtype": "All numbers are 64-bit floats; leave it out.",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def constant(interpreter: Interpreter, node: ast.Constant, id: str | None, name: str | None) -> Any:
    value = node.value
    if isinstance(value, str) and not value.isprintable() and _SURROGATE.search(value):
        raise interpreter.fail(
            "this string holds half a character (a lone surrogate)", node, "Write the character itself."
        )
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > 2**1023:
            raise interpreter.fail("this number is too large for a 64-bit float", node, "The largest is about 1.8e308.")
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise interpreter.fail(
                "this number is too large for a 64-bit float",
                node,
                "The largest is about 1.8e308; write np.inf for infinity.",
            )
        return value
    if isinstance(value, complex):
        raise interpreter.fail("complex numbers are not part of the language", node, "Use real numbers.")
    raise interpreter.fail("this literal is not part of the language", node, "Use numbers.")


def name(interpreter: Interpreter, node: ast.Name, id: str | None, as_name: str | None) -> Any:
    word = node.id
    scope: Scope | None = interpreter.scope
    while scope is not None:
        names = scope.names
        if word in names:
            value = names[word]
            kind = type(value)
            if kind is ArrayLiteral or (scope is not interpreter.globals and kind in (int, float)):
                # One variable is one node, however often it is used.
                value = names[word] = interpreter.graph.number(value, interpreter.span(node), word)
            return value
        if word in scope.own:
            raise interpreter.fail(
                f"{word} is used before the function gives it a value",
                node,
                f"Assign {word} earlier in the function.",
            )
        scope = scope.parent
    return _known_name(interpreter, word, node)


def _known_name(interpreter: Interpreter, word: str, node: ast.expr) -> Any:
    found = bare_names().get(word)
    if found is not None:
        return found
    if word in interpreter.prelude:
        return interpreter.prelude[word]
    if word in MODULES:
        return MODULES[word]
    if word in REFUSED_NAMES:
        raise interpreter.fail(f"{word} is not part of the language", node, REFUSED_NAMES[word])
    known = word in interpreter.graph.free
    free = interpreter.graph.free_input(word, interpreter.span(node))
    if not known:
        interpreter.sharing.hold(free)
    return free


def call(interpreter: Interpreter, node: ast.Call, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    result = calls.call(interpreter, node, id, name)
    interpreter.depth -= 1
    return result


def attribute(interpreter: Interpreter, node: ast.Attribute, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    owner = interpreter.evaluate(node.value)
    interpreter.depth -= 1
    if isinstance(owner, Module):
        table = numpy_names() if owner.name == "np" else math_names()
        if node.attr in table:
            return table[node.attr]
        if owner.name == "np" and node.attr == "newaxis":
            return None
        if owner.name == "np" and node.attr in interpreter.prelude:
            raise interpreter.fail(f"NumPy has no {node.attr}", node, f"Write {node.attr}(...), without np.")
        raise interpreter.fail(
            f"{owner.name}.{node.attr} is not part of the language",
            node,
            advice(node.attr, table, f"{owner.name}.") or SEE_OPS,
        )
    if node.attr == "T":
        ref = interpreter.node(owner, node.value)
        return interpreter.operation(REGISTRY["transpose"], (ref,), {"axes": None}, node, id, name)
    if node.attr == "shape":
        return ShapeOf(interpreter.node(owner, node.value))
    if node.attr in method_names():
        raise interpreter.fail(f".{node.attr} is a function", node, f"Call it: x.{node.attr}()")
    raise interpreter.fail(
        f".{node.attr} is not part of the language",
        node,
        _ATTRIBUTE_HINTS.get(node.attr)
        or "Arrays have .T, .shape[i], .sum(), .mean(), .max(), .min(), .var(), .reshape() and .astype(float).",
    )


def subscript(interpreter: Interpreter, node: ast.Subscript, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    owner = interpreter.evaluate(node.value)
    interpreter.depth -= 1
    if isinstance(owner, list | tuple):
        position = whole(interpreter, node.slice, "an index")
        if not -len(owner) <= position < len(owner):
            raise interpreter.fail(
                f"index {position} is outside the list of {len(owner)} values", node, "Count from 0."
            )
        return owner[position]
    if isinstance(owner, ShapeOf):
        axis = whole(interpreter, node.slice, "an axis")
        return interpreter.graph.operation(
            REGISTRY["size"], (owner.node.index,), {"axis": axis}, interpreter.span(node), id, name
        )
    if isinstance(owner, int | float):
        raise interpreter.fail(f"{describe(owner)} has no elements", node, "Index an array: np.array([1.0, 2.0])[0]")
    ref = interpreter.node(owner, node.value)
    index = index_of(interpreter, node.slice)
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": index}, node, id, name)


def sequence(interpreter: Interpreter, node: ast.List | ast.Tuple, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    values = [interpreter.evaluate(item) for item in node.elts]
    interpreter.depth -= 1
    return tuple(values) if isinstance(node, ast.Tuple) else values


def lambda_(interpreter: Interpreter, node: ast.Lambda, id: str | None, name: str | None) -> Function:
    body = ast.copy_location(ast.Return(value=node.body), node.body)
    return functions.function(interpreter, name or "lambda", node.args, [body], node)


def comprehension(interpreter: Interpreter, node: ast.ListComp, id: str | None, name: str | None) -> list[Any]:
    """`[... for i in range(3)]`, unrolled."""
    if len(node.generators) != 1 or node.generators[0].ifs or not isinstance(node.generators[0].target, ast.Name):
        raise interpreter.fail("only simple list comprehensions are accepted", node, "Write [f(i) for i in range(3)].")
    generator = node.generators[0]
    before = interpreter.scope
    result = []
    interpreter.enter(node)
    # One scope for all rounds: a function defined inside sees the last value, as in Python.
    scope = Scope({}, before)
    for value in held(interpreter, loop_values(interpreter, generator.iter)):
        interpreter.scope = scope
        interpreter.sharing.rebind(scope.names, generator.target.id, value)  # type: ignore[attr-defined]
        result.append(interpreter.evaluate(node.elt))
    interpreter.depth -= 1
    interpreter.scope = before
    interpreter.sharing.leave(scope.names, result)
    return result


EXPRESSIONS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.BinOp: operators.binary,
    ast.UnaryOp: operators.unary,
    ast.Compare: operators.compare,
    ast.Call: call,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Lambda: lambda_,
    ast.ListComp: comprehension,
}
