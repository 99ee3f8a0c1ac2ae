"""Methods of dictionaries."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods.lists import check_length
from app.engine.interpreter.semantics.arguments import Call, bound, static
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Defaulting, Once
from app.engine.wording import said


def _by_key(method: Callable[..., Any]) -> Callable[..., Any]:
    """`get` and `setdefault`."""

    def run(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> Any:
        held = bound(interpreter, call, "key, default=")
        return method(owner, key_of(interpreter, held["key"], call.node), held["default"])

    return run


def _pop_key(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> Any:
    held = bound(interpreter, call, "key, default=")
    key = key_of(interpreter, held["key"], call.node)
    if key not in owner and len(call.args) < 2:
        raise interpreter.fault("KeyError", said("library.key_missing", key=key), call.node, text=key)
    return owner.pop(key, held["default"])


def _count(interpreter: Interpreter, owner: dict[Any, Any], value: Any, where: ast.AST) -> None:
    """What a Counter is given: things to count, or counts to add."""
    if isinstance(value, dict):
        interpreter.visit(where, len(value))
        for key, number in value.items():
            owner[key] = owner.get(key, 0) + number
        return
    items = iterate(interpreter, value, where)
    interpreter.visit(where, len(items))
    for item in items:
        key = key_of(interpreter, item, where)
        owner[key] = owner.get(key, 0) + 1


def _most_common(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> list[Any]:
    """`Counter.most_common(n)`."""
    if not isinstance(owner, Defaulting) or owner.name != "Counter":
        raise interpreter.fail(said("library.most_common_of_dictionary"), call.node)
    n = static(interpreter, bound(interpreter, call, "n=")["n"], call.node)
    return owner.in_order()[:n]


def _update(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> None:
    for value, where in call.args:
        if isinstance(owner, Defaulting) and owner.name == "Counter":
            _count(interpreter, owner, value, where)
        elif isinstance(value, dict):
            interpreter.visit(where, len(value))
            owner.update(value)
        else:
            for pair in iterate(interpreter, value, where):
                held = iterate(interpreter, pair, where)
                if len(held) != 2:
                    raise interpreter.fault("ValueError", said("library.entry_no_pair"), where)
                owner[key_of(interpreter, held[0], where)] = held[1]
    owner.update({key: argument.value for key, argument in call.named.items()})
    check_length(interpreter, owner, call)


DICTIONARIES: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "keys": lambda interpreter, call, owner: Once("dict_keys", owner, owner),
        "values": lambda interpreter, call, owner: Once("dict_values", owner.values(), owner),
        "items": lambda interpreter, call, owner: Once("dict_items", owner.items(), owner),
        "get": _by_key(dict.get),
        "setdefault": _by_key(dict.setdefault),
        "pop": _pop_key,
        "update": _update,
        "copy": lambda interpreter, call, owner: owner.copy(),
        "clear": lambda interpreter, call, owner: owner.clear(),
        "most_common": _most_common,
        "popitem": lambda interpreter, call, owner: owner.popitem(),
    }
)
