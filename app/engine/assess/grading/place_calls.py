"""`place(x, np.s_[0, 1:], (2, 3))`: zeros with x at an index.

This is how the gradient of `a[0, 1:]` is written, also in emitted code. Programs do not have it, so it is computed
here, before the rest of its line.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.errors import ProgramError
from app.engine.program import Array, Value

WORD = "place"


def outermost(text: str) -> list[ast.Call]:
    """The calls of `place` in a statement that are not inside another one, in order."""
    found: list[ast.Call] = []
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == WORD:
            found.append(node)
        else:
            waiting += ast.iter_child_nodes(node)
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def in_turn(node: ast.expr, turn: Mapping[str, str]) -> ast.expr:
    """An index with the loop variables replaced by their values in this turn."""

    class Turn(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            text = turn.get(node.id)
            return node if text is None else ast.parse(text, mode="eval").body

    found: ast.expr = Turn().visit(node)
    return found


def index_of(node: ast.expr) -> tuple[Any, ...]:
    """The index that `np.s_[...]` stands for; ProgramError for anything but integers and slices."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "s_"):
        raise _unclear("the second argument of place must be an index", "Write np.s_[0] or np.s_[:, 1:].")
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return tuple(_part(part) for part in parts)


def _part(node: ast.expr) -> Any:
    if isinstance(node, ast.Slice):
        return slice(*(None if bound is None else _whole(bound) for bound in (node.lower, node.upper, node.step)))
    if isinstance(node, ast.Constant) and (node.value is None or node.value is Ellipsis):
        return node.value
    return _whole(node)


def _whole(node: ast.expr) -> int:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = -1, node.operand
    if isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) < 2**31:
        return sign * node.value
    raise _unclear("an index of place must be written in whole numbers", "Write np.s_[0] or np.s_[:, 1:].")


def shape_from(node: ast.expr, known: Mapping[str, Value]) -> tuple[int, ...]:
    """A shape given as whole numbers, or as that of a value, `x.shape`. Raises ProgramError."""
    if isinstance(node, ast.Attribute) and node.attr == "shape" and isinstance(node.value, ast.Name):
        held = known.get(node.value.id)
        if held is not None:
            return np.shape(held)
    if isinstance(node, ast.Tuple):
        shape = tuple(_whole(part) for part in node.elts)
        if all(n >= 0 for n in shape):
            return shape
    raise _unclear("the third argument of place must be a shape", "Write x.shape, or numbers: (2, 3)")


def placed(value: Value, index: tuple[Any, ...], shape: tuple[int, ...]) -> Array:
    """Zeros with the value at the index. Raises ProgramError if it does not fit."""
    out = np.zeros(shape)
    try:
        out[index] = value
    except (IndexError, ValueError):
        raise _unclear("what is placed does not fit the index and the shape", "Give the shape of the array.") from None
    return out


def _unclear(message: str, hint: str) -> ProgramError:
    return ProgramError(message, hint=hint)
