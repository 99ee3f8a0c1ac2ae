"""Methods of dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods.lists import check_length
from app.engine.interpreter.semantics.arguments import Call, bound
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Once


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
        raise interpreter.fail(f"the dictionary has no key {key!r}", call.node, "Ask with `in` first.")
    return owner.pop(key, held["default"])


def _update(interpreter: Interpreter, call: Call, owner: dict[Any, Any]) -> None:
    for value, where in call.args:
        if isinstance(value, dict):
            interpreter.visit(where, len(value))
            owner.update(value)
        else:
            for pair in iterate(interpreter, value, where):
                key, item = iterate(interpreter, pair, where)
                owner[key_of(interpreter, key, where)] = item
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
        "popitem": lambda interpreter, call, owner: owner.popitem(),
    }
)
