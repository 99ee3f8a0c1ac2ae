"""Operators between expressions: + - * / ** @ & |, comparisons, and signs."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.folding import fold, is_literal
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.values import Ref, copied
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
_DIVISIONS = ast.FloorDiv, ast.Mod
_NO_ATTRS: dict[str, Any] = {}


def binary(interpreter: Interpreter, node: ast.BinOp, id: str | None, name: str | None) -> Any:
    interpreter.enter(node)
    if type(node.left) is ast.BinOp:
        # A long sum is as deep as it is long, on the left: walk down without recursion.
        spine = [node]
        while type(spine[-1].left) is ast.BinOp:
            spine.append(spine[-1].left)
        left: Any = None
        for link in reversed(spine):
            last = link is node
            left = _combine(interpreter, link, left, id if last else None, name if last else None)
    else:
        left = _combine(interpreter, node, None, id, name)
    interpreter.depth -= 1
    return left


def _combine(interpreter: Interpreter, node: ast.BinOp, left: Any, id: str | None, name: str | None) -> Any:
    op = _BINARY.get(type(node.op))
    if op is None and not isinstance(node.op, _DIVISIONS):
        raise refusal(node.op, interpreter.span(node))
    names = interpreter.scope.names
    chained = left is not None
    # Most operands are names of nodes: look them up here, which is faster than `evaluate`.
    if left is None:
        side = node.left
        left = names.get(side.id) if type(side) is ast.Name else None
        if type(left) is not Ref:
            left = interpreter.evaluate(side)
    side = node.right
    right = names.get(side.id) if type(side) is ast.Name else None
    if type(right) is not Ref:
        right = interpreter.evaluate(side)
    # The left part of a sum is folded already; asking whether it is a literal again would make long sums quadratic.
    if (
        type(left) is not Ref
        and type(right) is not Ref
        and is_literal(node.right)
        and (chained or is_literal(node.left))
    ):
        return fold(interpreter, node, left, right)
    if op is None:
        return _whole_division(interpreter, node, left, right)
    if type(left) is not Ref:
        left = interpreter.node(left, node.left)
    if type(right) is not Ref:
        right = interpreter.node(right, node.right)
    if op.kind == "mask":
        _check_masks(interpreter, node, left, right)
    return interpreter.graph.operation(op, (left.index, right.index), _NO_ATTRS, interpreter.span(node), id, name)


def _whole_division(interpreter: Interpreter, node: ast.BinOp, left: Any, right: Any) -> int:
    """`d // heads`, `i % 2` of static whole numbers. Inputs that they depend on become fixed."""
    a, b = (interpreter.graph.known.get(v.index) if type(v) is Ref else v for v in (left, right))
    if type(a) is not int or type(b) is not int:
        for value, side in ((left, node.left), (right, node.right)):
            if not isinstance(value, int | float):
                # For a text, a list or a function, this raises a more exact error.
                interpreter.node(value, side)
        raise refusal(node.op, interpreter.span(node))
    if b == 0:
        raise interpreter.fail("this divides by 0", node, "Divide by a whole number other than 0.")
    for value in (left, right):
        if type(value) is Ref:
            interpreter.graph.fix(value, interpreter.span(node).line)
    return a // b if isinstance(node.op, ast.FloorDiv) else a % b


def _check_masks(interpreter: Interpreter, node: ast.BinOp, left: Ref, right: Ref) -> None:
    """Refuses & and | between numbers, which Python computes bit by bit: 6 & 3."""
    for ref, side in ((left, node.left), (right, node.right)):
        if interpreter.graph.nodes[ref.index].kind != "bool":
            raise interpreter.fail("& and | combine masks, and this is a number", side, "Write (a > 0) & (b > 0).")


def unary(interpreter: Interpreter, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
    if isinstance(node.op, ast.UAdd):
        return _plus(interpreter, node, id, name)
    if isinstance(node.op, ast.Not):
        raise refusal(node.op, interpreter.span(node))
    interpreter.enter(node)
    value = interpreter.evaluate(node.operand)
    interpreter.depth -= 1
    if isinstance(node.op, ast.USub) and isinstance(value, int | float) and not isinstance(value, bool):
        return -value
    op = REGISTRY["negative"] if isinstance(node.op, ast.USub) else REGISTRY["logical_not"]
    ref = interpreter.node(value, node.operand)
    if op.name == "logical_not" and interpreter.graph.nodes[ref.index].kind != "bool":
        raise interpreter.fail("~ needs a mask", node, "Write ~(x > 0): it turns a mask around.")
    if op.name == "logical_not":
        message = "in Python, ~ of a single comparison is a number: ~True is -2"
        interpreter.doubts.append(
            Doubt(ref.index, False, interpreter.span(node), message, "Write x <= 0, or np.logical_not(x > 0).")
        )
    return interpreter.graph.operation(op, (ref.index,), _NO_ATTRS, interpreter.span(node), id, name)


def _plus(interpreter: Interpreter, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
    """`+x`: a number itself; a copy of an array, as in NumPy."""
    value = interpreter.evaluate(node.operand, id, name)
    if isinstance(value, int | float):
        return +value
    ref = interpreter.node(value, node.operand)
    if interpreter.graph.nodes[ref.index].kind == "bool":
        raise interpreter.fail("NumPy has no + for a mask", node, "Leave the + out.")
    return copied(ref)


def compare(interpreter: Interpreter, node: ast.Compare, id: str | None, name: str | None) -> Ref:
    if len(node.ops) != 1:
        raise interpreter.fail("comparisons cannot be chained", node, "Write (a < b) & (b < c).")
    op = _COMPARISONS.get(type(node.ops[0]))
    if op is None:
        raise refusal(node.ops[0], interpreter.span(node))
    interpreter.enter(node)
    left, right = interpreter.operand(node.left), interpreter.operand(node.comparators[0])
    interpreter.depth -= 1
    return interpreter.graph.operation(op, (left, right), _NO_ATTRS, interpreter.span(node), id, name)
