"""Operators in one table: what Python's own function is, which op it writes between traced values, and which methods
objects of the reader's classes have for it."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.engine.interpreter.values import Literal, Ref
from app.engine.ops import REGISTRY, Op


@dataclass(frozen=True, slots=True)
class Operator:
    """sign: as it is written. host: on Python's values; op: on traced values, None if there is none. method: of
    objects, without underscores; its mirror image is tried on the right operand. settles: whether it may decide
    something between whole numbers. raises: whether Python raises for some numbers where IEEE arithmetic goes on."""

    sign: str
    host: Callable[[Any, Any], Any]
    op: Op | None
    method: str = ""
    settles: bool = False
    raises: bool = False
    own: str = field(init=False, default="")
    mirrored: str = field(init=False, default="")
    in_place: str = field(init=False, default="")
    """The methods of objects by their names: of the left operand, of the right one, and of what `+=` changes."""
    sure: bool = field(init=False, default=False)
    """Whether it gives a number for any two floats."""

    def __post_init__(self) -> None:
        for name, mark in (("own", ""), ("mirrored", "r"), ("in_place", "i")):
            object.__setattr__(self, name, f"__{mark}{self.method}__")
        object.__setattr__(self, "sure", self.sign in ("+", "-", "*"))


def _op(name: str) -> Op | None:
    return REGISTRY.get(name)


BINARY: dict[type[ast.operator], Operator] = {
    ast.Add: Operator("+", operator.add, _op("add"), "add"),
    ast.Sub: Operator("-", operator.sub, _op("subtract"), "sub"),
    ast.Mult: Operator("*", operator.mul, _op("multiply"), "mul"),
    ast.Div: Operator("/", operator.truediv, _op("divide"), "truediv", raises=True),
    ast.Pow: Operator("**", operator.pow, _op("power"), "pow", raises=True),
    ast.MatMult: Operator("@", operator.matmul, _op("matmul"), "matmul"),
    ast.FloorDiv: Operator("//", operator.floordiv, _op("floor_divide"), "floordiv", settles=True, raises=True),
    ast.Mod: Operator("%", operator.mod, _op("mod"), "mod", settles=True, raises=True),
    ast.BitAnd: Operator("&", operator.and_, _op("logical_and"), "and", settles=True),
    ast.BitOr: Operator("|", operator.or_, _op("logical_or"), "or", settles=True),
    ast.BitXor: Operator("^", operator.xor, _op("logical_xor"), "xor", settles=True),
    ast.LShift: Operator("<<", operator.lshift, None, "lshift"),
    ast.RShift: Operator(">>", operator.rshift, None, "rshift"),
}
COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Gt: Operator(">", operator.gt, _op("greater"), "gt"),
    ast.GtE: Operator(">=", operator.ge, _op("greater_equal"), "ge"),
    ast.Lt: Operator("<", operator.lt, _op("less"), "lt"),
    ast.LtE: Operator("<=", operator.le, _op("less_equal"), "le"),
    ast.Eq: Operator("==", operator.eq, _op("equal"), "eq"),
    ast.NotEq: Operator("!=", operator.ne, _op("not_equal"), "ne"),
}
MIRRORED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge", "eq": "eq", "ne": "ne"}
LOGIC = (ast.BitAnd, ast.BitOr, ast.BitXor)
NO_ATTRS: dict[str, Any] = {}
TRACEABLE = frozenset({int, float, bool, Ref, Literal})
