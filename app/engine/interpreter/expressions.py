"""What each kind of expression is. EXPRESSIONS, at the end, is the whole of what is accepted; refusals.py only words
the answer for the rest."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any

from app.engine.interpreter import calls, functions
from app.engine.interpreter.constants import index_of, loop_values, whole
from app.engine.interpreter.folding import fold, is_literal
from app.engine.interpreter.interpreter import Reader
from app.engine.interpreter.names import (
    MODULES,
    NUMPY_HINTS,
    REFUSED_NAMES,
    SEE_OPS,
    bare_names,
    math_names,
    method_names,
    numpy_names,
    suggestion,
)
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.values import Function, Module, Ref, Scope, ShapeOf
from app.engine.ops import REGISTRY
from app.engine.program import Doubt

_BINARY = {
    ast.Add: REGISTRY["add"],
    ast.Sub: REGISTRY["subtract"],
    ast.Mult: REGISTRY["multiply"],
    ast.Div: REGISTRY["divide"],
    ast.Pow: REGISTRY["power"],
    ast.MatMult: REGISTRY["matmul"],
    ast.BitAnd: REGISTRY["logical_and"],
    ast.BitOr: REGISTRY["logical_or"],
}
_COMPARISONS = {
    ast.Gt: REGISTRY["greater"],
    ast.GtE: REGISTRY["greater_equal"],
    ast.Lt: REGISTRY["less"],
    ast.LtE: REGISTRY["less_equal"],
    ast.Eq: REGISTRY["equal"],
    ast.NotEq: REGISTRY["not_equal"],
}
_ATTRIBUTE_HINTS = {
    "size": "Write x.shape[0] * x.shape[1].",
    "ndim": "Write the number of axes itself.",
    "dtype": "All numbers are 64-bit floats; leave it out.",
}
_NO_ATTRS: dict[str, Any] = {}
_SURROGATE = re.compile("[\ud800-\udfff]")


def constant(reader: Reader, node: ast.Constant, id: str | None, name: str | None) -> Any:
    value = node.value
    if isinstance(value, str) and not value.isprintable() and _SURROGATE.search(value):
        raise reader.fail("half a character (a lone surrogate) is in this text", node, "Write the character itself.")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > 2**1023:
            raise reader.fail("this number is too large for a 64-bit float", node, "The largest is about 1.8e308.")
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise reader.fail(
                "this number is too large for a 64-bit float",
                node,
                "The largest is about 1.8e308; write np.inf for infinity.",
            )
        return value
    if isinstance(value, complex):
        raise reader.fail("complex numbers are not part of the language", node, "Use real numbers.")
    raise reader.fail("this literal is not part of the language", node, "Use numbers.")


def name(reader: Reader, node: ast.Name, id: str | None, as_name: str | None) -> Any:
    word = node.id
    scope: Scope | None = reader.scope
    while scope is not None:
        names = scope.names
        if word in names:
            value = names[word]
            if scope is not reader.globals and type(value) in (int, float):
                # One variable is one node however often it is used.
                value = names[word] = reader.write.number(value, reader.span(node), word)
            return value
        if word in scope.own:
            raise reader.fail(
                f"{word} is used before the function gives it a value",
                node,
                f"Assign {word} earlier in the function.",
            )
        scope = scope.parent
    return _known_name(reader, word, node)


def _known_name(reader: Reader, word: str, node: ast.expr) -> Any:
    found = bare_names().get(word)
    if found is not None:
        return found
    if word in reader.prelude:
        return reader.prelude[word]
    if word in MODULES:
        return MODULES[word]
    if word in REFUSED_NAMES:
        raise reader.fail(f"{word} is not part of the language", node, REFUSED_NAMES[word])
    known = word in reader.write.free
    free = reader.write.free_input(word, reader.span(node))
    if not known:
        reader.sharing.hold(free)
    return free


def binary(reader: Reader, node: ast.BinOp, id: str | None, name: str | None) -> Any:
    reader.enter(node)
    if type(node.left) is ast.BinOp:
        # Long sums lean to the left as deep as they are long; walk down without Python's stack.
        spine = [node]
        while type(spine[-1].left) is ast.BinOp:
            spine.append(spine[-1].left)
        left: Any = None
        for link in reversed(spine):
            last = link is node
            left = _combine(reader, link, left, id if last else None, name if last else None)
    else:
        left = _combine(reader, node, None, id, name)
    reader.depth -= 1
    return left


def _combine(reader: Reader, node: ast.BinOp, left: Any, id: str | None, name: str | None) -> Any:
    op = _BINARY.get(type(node.op))
    if op is None:
        raise refusal(node.op, reader.span(node))
    names = reader.scope.names
    chained = left is not None
    # Most operands are names of nodes: those are looked up here, without a walk.
    if left is None:
        side = node.left
        left = names.get(side.id) if type(side) is ast.Name else None
        if type(left) is not Ref:
            left = reader.evaluate(side)
    side = node.right
    right = names.get(side.id) if type(side) is ast.Name else None
    if type(right) is not Ref:
        right = reader.evaluate(side)
    if type(left) is not Ref:
        # A number handed on along a sum was folded already: asking for all of it again would make long sums quadratic.
        if type(right) is not Ref and is_literal(node.right) and (chained or is_literal(node.left)):
            return fold(reader, node, left, right)
        left = reader.node(left, node.left)
    if type(right) is not Ref:
        right = reader.node(right, node.right)
    if op.kind == "mask":
        _check_masks(reader, node, left, right)
    return reader.write.operation(op, (left.index, right.index), _NO_ATTRS, reader.span(node), id, name)


def _check_masks(reader: Reader, node: ast.BinOp, left: Ref, right: Ref) -> None:
    """`6 & 3` counts in bits, which is not what a mask does."""
    for ref, side in ((left, node.left), (right, node.right)):
        if reader.write.nodes[ref.index].kind != "bool":
            raise reader.fail("& and | combine masks, and this is a number", side, "Write (a > 0) & (b > 0).")


def unary(reader: Reader, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
    if isinstance(node.op, ast.UAdd):
        return reader.evaluate(node.operand, id, name)
    if isinstance(node.op, ast.Not):
        raise refusal(node.op, reader.span(node))
    reader.enter(node)
    value = reader.evaluate(node.operand)
    reader.depth -= 1
    if isinstance(node.op, ast.USub) and isinstance(value, int | float) and not isinstance(value, bool):
        return -value
    op = REGISTRY["negative"] if isinstance(node.op, ast.USub) else REGISTRY["logical_not"]
    ref = reader.node(value, node.operand)
    if op.name == "logical_not" and reader.write.nodes[ref.index].kind != "bool":
        raise reader.fail("~ needs a mask", node, "Write ~(x > 0), or 1 - x for numbers.")
    if op.name == "logical_not":
        message = "Python counts ~ of a single comparison in bits: ~True is -2"
        reader.doubts.append(
            Doubt((ref.index,), False, reader.span(node), message, "Write x <= 0, or np.logical_not(x > 0).")
        )
    return reader.write.operation(op, (ref.index,), _NO_ATTRS, reader.span(node), id, name)


def compare(reader: Reader, node: ast.Compare, id: str | None, name: str | None) -> Ref:
    if len(node.ops) != 1:
        raise reader.fail("comparisons cannot be chained", node, "Write (a < b) & (b < c).")
    op = _COMPARISONS.get(type(node.ops[0]))
    if op is None:
        raise refusal(node.ops[0], reader.span(node))
    reader.enter(node)
    left, right = reader.operand(node.left), reader.operand(node.comparators[0])
    reader.depth -= 1
    return reader.write.operation(op, (left, right), _NO_ATTRS, reader.span(node), id, name)


def call(reader: Reader, node: ast.Call, id: str | None, name: str | None) -> Any:
    reader.enter(node)
    result = calls.call(reader, node, id, name)
    reader.depth -= 1
    return result


def attribute(reader: Reader, node: ast.Attribute, id: str | None, name: str | None) -> Any:
    reader.enter(node)
    owner = reader.evaluate(node.value)
    reader.depth -= 1
    if isinstance(owner, Module):
        table = numpy_names() if owner.name == "np" else math_names()
        if node.attr in table:
            return table[node.attr]
        if owner.name == "np" and node.attr == "newaxis":
            return None
        if owner.name == "np" and node.attr in reader.prelude:
            raise reader.fail(f"NumPy has no {node.attr}", node, f"Write {node.attr}(...), without np.")
        raise reader.fail(
            f"{owner.name}.{node.attr} is not part of the language",
            node,
            NUMPY_HINTS.get(node.attr) or suggestion(node.attr, table, f"{owner.name}.") or SEE_OPS,
        )
    if node.attr == "T":
        ref = reader.node(owner, node.value)
        return reader.write.operation(REGISTRY["transpose"], (ref.index,), {"axes": None}, reader.span(node), id, name)
    if node.attr == "shape":
        return ShapeOf(reader.node(owner, node.value))
    if node.attr in method_names():
        raise reader.fail(f".{node.attr} is a function", node, f"Call it: x.{node.attr}()")
    raise reader.fail(
        f".{node.attr} is not part of the language",
        node,
        _ATTRIBUTE_HINTS.get(node.attr)
        or "Arrays have .T, .shape[i], .sum(), .mean(), .max(), .min(), .var(), .reshape() and .astype(float).",
    )


def subscript(reader: Reader, node: ast.Subscript, id: str | None, name: str | None) -> Any:
    reader.enter(node)
    owner = reader.evaluate(node.value)
    reader.depth -= 1
    if isinstance(owner, list | tuple):
        position = whole(reader, node.slice, "an index")
        if not -len(owner) <= position < len(owner):
            raise reader.fail(f"index {position} is outside the {len(owner)} values", node, "Count from 0.")
        return owner[position]
    if isinstance(owner, ShapeOf):
        axis = whole(reader, node.slice, "an axis")
        return reader.write.operation(
            REGISTRY["size"], (owner.node.index,), {"axis": axis}, reader.span(node), id, name
        )
    ref = reader.node(owner, node.value)
    index = index_of(reader, node.slice)
    return reader.write.operation(REGISTRY["index"], (ref.index,), {"index": index}, reader.span(node), id, name)


def sequence(reader: Reader, node: ast.List | ast.Tuple, id: str | None, name: str | None) -> Any:
    reader.enter(node)
    values = [reader.evaluate(item) for item in node.elts]
    reader.depth -= 1
    return tuple(values) if isinstance(node, ast.Tuple) else values


def lambda_(reader: Reader, node: ast.Lambda, id: str | None, name: str | None) -> Function:
    body = ast.copy_location(ast.Return(value=node.body), node.body)
    return functions.function(reader, name or "lambda", node.args, [body], node)


def comprehension(reader: Reader, node: ast.ListComp, id: str | None, name: str | None) -> list[Any]:
    """`[... for i in range(3)]`, written out."""
    if len(node.generators) != 1 or node.generators[0].ifs or not isinstance(node.generators[0].target, ast.Name):
        raise reader.fail("only simple list comprehensions are accepted", node, "Write [f(i) for i in range(3)].")
    generator = node.generators[0]
    before = reader.scope
    result = []
    reader.enter(node)
    # One scope for all rounds: a function written inside sees the last value, as in Python.
    scope = Scope({}, before)
    for value in loop_values(reader, generator.iter):
        reader.scope = scope
        reader.sharing.rebind(scope.names, generator.target.id, value)  # type: ignore[attr-defined]
        result.append(reader.evaluate(node.elt))
    reader.depth -= 1
    reader.scope = before
    return result


EXPRESSIONS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.BinOp: binary,
    ast.UnaryOp: unary,
    ast.Compare: compare,
    ast.Call: call,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Lambda: lambda_,
    ast.ListComp: comprehension,
}
