"""`for` loops of a backward pass: the values of the loop variable, each as the text of an assignment.

Loops are unrolled, as in a program, so that each line is graded in each turn. Because a backward pass runs in reverse,
`reversed(range(3))` is accepted, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.errors import EngineError, LimitError, ProgramError

TURNS = 500
"""Most turns of all loops of one text together."""
_BIGGEST = 10**9
_DEEPEST = 20
"""Deepest nesting of signs and sums in a loop bound."""
_HOW = "Write for i in range(3): or for i in reversed(range(3)): or a list of names."


def values_of(node: ast.For, known: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> list[str]:
    """The loop variable's value in each turn, as text. known: the values of the program, whose whole numbers and
    lengths may be loop bounds. lists: name of a list -> its items. Raises EngineError, with line and column."""
    if not isinstance(node.target, ast.Name):
        raise _refused(node.target, "the loop variable must be a single name", "Write for i in range(3):")
    if node.orelse:
        raise _refused(node.orelse[0], "else after a loop is not graded", "Write the lines below the loop.")
    found = _items(node.iter, known, lists)
    if len(found) > TURNS:
        raise LimitError(
            f"this loop has {len(found):,} turns; at most {TURNS} are graded",
            line=node.lineno,
            column=node.col_offset + 1,
            hint="Shorten the range.",
        )
    return list(found)


def _items(node: ast.expr, known: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Any:
    """A sequence of texts whose length is known before they are written."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id == "reversed" and len(node.args) == 1:
            return _items(node.args[0], known, lists)[::-1]
        if node.func.id == "range" and 1 <= len(node.args) <= 3:
            bounds = [_whole(argument, known, lists) for argument in node.args]
            if len(bounds) == 3 and bounds[2] == 0:
                raise _refused(node, "range cannot step by 0", "Write a step such as 1 or -1.")
            return _Numbers(range(*bounds))
    if isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            if not _simple(item):
                raise _refused(item, "a loop over a list takes names and numbers", "Give it a name in a line above.")
        return [ast.unparse(item) for item in node.elts]
    if isinstance(node, ast.Name) and node.id in lists:
        return [f"{node.id}[{place}]" for place in range(len(lists[node.id]))]
    raise _refused(node, "a loop must run over range(...) of constants, or over a list", _HOW)


def _simple(node: ast.expr) -> bool:
    """Whether it is a name, a number, or an element or the transpose of a name, which costs nothing in each turn."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    if isinstance(node, ast.Attribute):
        return node.attr == "T" and isinstance(node.value, ast.Name)
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant)
    return isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and type(node.value) in (int, float))


class _Numbers:
    """A range whose items are texts, written on demand."""

    def __init__(self, numbers: range) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        # `len(range(...))` raises for lengths beyond the machine's integers.
        step, span = self.numbers.step, self.numbers.stop - self.numbers.start
        return max(0, -(-span // step))

    def __getitem__(self, part: slice) -> _Numbers:
        return _Numbers(self.numbers[part])

    def __iter__(self) -> Any:
        return map(str, self.numbers)


def _whole(node: ast.expr, known: Mapping[str, Any], lists: Mapping[str, Sequence[str]], depth: int = 0) -> int:
    """A static whole number. Raises ProgramError."""
    number: Any = None
    if depth > _DEEPEST:
        number = None
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        number = node.value
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = -_whole(node.operand, known, lists, depth + 1)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        a, b = (_whole(side, known, lists, depth + 1) for side in (node.left, node.right))
        number = a + b if isinstance(node.op, ast.Add) else a - b if isinstance(node.op, ast.Sub) else a * b
    elif isinstance(node, ast.Name):
        held = known.get(node.id)
        number = int(held) if isinstance(held, float) and abs(held) <= _BIGGEST and held == int(held) else None
    else:
        number = _length(node, known, lists)
    if number is None or abs(number) > _BIGGEST:
        raise _refused(node, "a loop bound must be a constant whole number", "Write a number, as in range(3).")
    return int(number)


def _length(node: ast.expr, known: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> int | None:
    """`len(x)` and `x.shape[0]`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        name = node.args[0]
        if isinstance(name, ast.Name):
            if name.id in lists:
                return len(lists[name.id])
            shape = np.shape(known.get(name.id, 0.0))
            return shape[0] if shape else None
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        owner, axis = node.value.value, node.slice
        if isinstance(owner, ast.Name) and isinstance(axis, ast.Constant) and type(axis.value) is int:
            shape = np.shape(known.get(owner.id, 0.0))
            return shape[axis.value] if -len(shape) <= axis.value < len(shape) else None
    return None


def list_items(node: ast.stmt) -> tuple[str, list[str]] | None:
    """`Ws = [W1, W2]`: the name and its items; None for anything else. (A list of numbers is an array.)"""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return None
    held = node.value
    if not isinstance(held, ast.List | ast.Tuple) or not held.elts:
        return None
    if not all(isinstance(item, ast.Name) for item in held.elts):
        return None
    return node.targets[0].id, [item.id for item in held.elts if isinstance(item, ast.Name)]


def mentioned(text: str) -> frozenset[str]:
    """The names in the text of a value."""
    return frozenset(re.findall(r"(?<![\w.])[^\W\d]\w*", text))


def _refused(node: ast.expr | ast.stmt, message: str, hint: str) -> EngineError:
    return ProgramError(message, line=node.lineno, column=node.col_offset + 1, hint=hint)
