"""Arithmetic on Python's own values, within bounds."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import texts
from app.engine.interpreter.semantics.arrays import from_numpy
from app.engine.interpreter.semantics.operator_table import LOGIC, Operator
from app.engine.interpreter.values import Once, Text, describe
from app.engine.wording import said

_LARGEST = 4_096
"""Bits of a whole number of the host."""


_NUMBERS = frozenset({int, float, bool})


def on_host(interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any) -> Any:
    """The operator on Python's own values, within bounds."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        if type(left) is not float and type(right) is not float:
            _check_size(interpreter, node, left, right)
        return _computed(interpreter, node, held, left, right)
    if isinstance(left, Text) or isinstance(right, Text):
        return texts.joined(interpreter, node, held.sign, left, right)
    if not _plain(left) or not _plain(right):
        odd, where = (left, sides(node)[0]) if not _plain(left) else (right, sides(node)[1])
        raise interpreter.no_number(odd, where)
    _check_size(interpreter, node, left, right)
    with np.errstate(all="ignore"):
        result = _computed(interpreter, node, held, left, right)
    return from_numpy(interpreter, result, node) if isinstance(result, np.ndarray) else result


def _computed(interpreter: Interpreter, node: Any, held: Operator, left: Any, right: Any) -> Any:
    """What Python computes, or the error that says what it raises."""
    try:
        result = held.host(left, right)
    except ZeroDivisionError:
        raise interpreter.fault("ZeroDivisionError", said("semantics.division_by_zero"), node) from None
    except OverflowError:
        raise interpreter.fail(said("semantics.number_too_large"), node) from None
    except (TypeError, ValueError):
        if isinstance(left, str) or isinstance(right, str):
            raise interpreter.fail(
                said("semantics.text_and_number", left=describe(left), sign=held.sign, right=describe(right)), node
            ) from None
        if held.op is None or isinstance(node.op, LOGIC):
            raise interpreter.fail(said("semantics.bitwise_of_float", sign=held.sign), node) from None
        odd, where = (left, sides(node)[0]) if not isinstance(left, int | float) else (right, sides(node)[1])
        raise interpreter.no_number(odd, where) from None
    if isinstance(result, complex):
        raise interpreter.fail(said("semantics.root_of_negative"), node)
    return result


def _plain(value: Any) -> bool:
    return value is None or (
        not isinstance(value, Once)
        and isinstance(value, bool | int | float | str | list | tuple | set | frozenset | dict | np.ndarray)
    )


def _check_size(interpreter: Interpreter, node: Any, left: Any, right: Any) -> None:
    """Bounds what the host makes: whole numbers, texts and lists."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() + right.bit_length()
        if isinstance(node.op, ast.Pow) and right > 0:
            bits = left.bit_length() * right
        elif isinstance(node.op, ast.LShift):
            bits = left.bit_length() + right
        if bits > _LARGEST:
            raise LimitError(said("limits.whole_number_too_large"), span=interpreter.span(node))
        return
    if isinstance(left, int | float) and isinstance(right, int | float):
        return
    sizes = [len(v) for v in (left, right) if isinstance(v, str | list | tuple | set | frozenset | dict)]
    times = [v for v in (left, right) if isinstance(v, int)]
    if isinstance(node.op, ast.Mult) and sizes and times:
        sizes = [sizes[0] * max(times[0], 0)]
    if isinstance(left, str) or isinstance(right, str):
        texts.bounded(interpreter, sum(sizes), node)
        return
    interpreter.visit(node, min(sum(sizes), interpreter.limits.visits))
    if sum(sizes) > interpreter.limits.array_elements:
        raise LimitError(
            said("limits.items_counted_too_many", count=sum(sizes), most=interpreter.limits.array_elements),
            span=interpreter.span(node),
        )


def sides(node: ast.BinOp | ast.AugAssign) -> tuple[Any, ast.expr]:
    return (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
