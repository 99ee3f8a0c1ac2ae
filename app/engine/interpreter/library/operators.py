"""The module `operator`: operators as functions, and functions that pick."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arguments import Call, first, native
from app.engine.interpreter.semantics.arithmetic import combine
from app.engine.interpreter.semantics.comparison import compared
from app.engine.interpreter.semantics.indexing import read_part
from app.engine.interpreter.semantics.operator_table import BINARY, COMPARISONS
from app.engine.interpreter.values import Native


def _binary(name: str, sign: type[ast.operator]) -> Native:
    @native(f"operator.{name}", "a, b")
    def run(interpreter: Interpreter, call: Call, a: Any, b: Any) -> Any:
        node = ast.BinOp(left=call.where("a"), op=sign(), right=call.where("b"))
        return combine(interpreter, ast.copy_location(node, call.node), a, b, call.id, call.name)

    return run


def _comparison(name: str, sign: type[ast.cmpop]) -> Native:
    @native(f"operator.{name}", "a, b")
    def run(interpreter: Interpreter, call: Call, a: Any, b: Any) -> Any:
        places = call.where("a"), call.where("b")
        node = ast.copy_location(ast.Compare(left=places[0], ops=[sign()], comparators=[places[1]]), call.node)
        return compared(interpreter, node, node.ops[0], a, b, *places, call.id, call.name)

    return run


def _picker(name: str, pick: Callable[..., Any]) -> Native:
    """`itemgetter(1)`, `attrgetter("name")`: a function that picks from what it is given; of several a tuple."""

    def make(interpreter: Interpreter, call: Call) -> Native:
        wanted = [argument.value for argument in call.args]

        def run(interpreter: Interpreter, later: Call) -> Any:
            owner = first(interpreter, later).value
            found = [pick(interpreter, owner, each, later.node) for each in wanted]
            return found[0] if len(found) == 1 else tuple(found)

        return Native(f"operator.{name}", run)

    return Native(f"operator.{name}", make)


def _attribute(interpreter: Interpreter, owner: Any, name: str, where: ast.expr) -> Any:
    for part in name.split("."):
        node = ast.copy_location(ast.Attribute(value=where, attr=part, ctx=ast.Load()), where)
        owner = objects.attribute_of(interpreter, owner, node)
    return owner


@native("operator.neg", "a")
def _neg(interpreter: Interpreter, call: Call, a: Any) -> Any:
    node = ast.copy_location(ast.BinOp(left=call.node, op=ast.Mult(), right=call.where("a")), call.node)
    return combine(interpreter, node, -1, a, call.id, call.name)


@native("operator.not_", "a")
def _not(interpreter: Interpreter, call: Call, a: Any) -> bool:
    return not interpreter.truth(a, call.node)


@cache
def operator_names() -> Mapping[str, Native]:
    table = {"neg": _neg, "not_": _not}
    for sign, held in BINARY.items():
        name = f"{held.method}_" if held.method in ("and", "or") else held.method
        table[name] = _binary(name, sign)
    table |= {held.method: _comparison(held.method, compare) for compare, held in COMPARISONS.items()}
    table |= {"itemgetter": _picker("itemgetter", read_part), "attrgetter": _picker("attrgetter", _attribute)}
    return MappingProxyType(table)
