"""Methods of sets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods.lists import check_length
from app.engine.interpreter.semantics.arguments import Call, bound
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import in_order, iterate

_OF_OTHERS = (
    *("update", "union", "intersection", "difference", "symmetric_difference"),
    *(
        "intersection_update",
        "difference_update",
        "symmetric_difference_update",
        "issubset",
        "issuperset",
        "isdisjoint",
    ),
)


def _keys(interpreter: Interpreter, value: Any, where: ast.AST) -> Any:
    """What a method of a set is given: a set as it is, of anything else its items."""
    if isinstance(value, set | frozenset):
        return value
    items = iterate(interpreter, value, where)
    interpreter.visit(where, len(items))
    return [key_of(interpreter, item, where) for item in items]


def _of_others(name: str) -> Callable[..., Any]:
    """A method that takes the items of others, each in their order."""

    def run(interpreter: Interpreter, call: Call, owner: set[Any]) -> Any:
        bound(interpreter, call, "*others")
        return getattr(owner, name)(*[_keys(interpreter, value, where) for value, where in call.args])

    return run


def _of_key(method: Callable[..., Any]) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call, owner: set[Any]) -> Any:
        found = method(owner, key_of(interpreter, bound(interpreter, call, "element")["element"], call.node))
        check_length(interpreter, owner, call)
        return found

    return run


def _alone(method: Callable[..., Any]) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call, owner: set[Any]) -> Any:
        bound(interpreter, call, "")
        return method(owner)

    return run


def _pop_first(owner: set[Any]) -> Any:
    first = in_order(owner)[0]
    owner.remove(first)
    return first


SETS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {name: _of_others(name) for name in _OF_OTHERS}
    | {name: _of_key(getattr(set, name)) for name in ("add", "discard", "remove")}
    | {"copy": _alone(lambda owner: owner.copy()), "pop": _alone(_pop_first), "clear": _alone(set.clear)}
)
