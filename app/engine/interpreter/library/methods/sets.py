"""Methods of sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods.lists import check_length
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import in_order, iterate


def _set_of(interpreter: Interpreter, call: Call) -> set[Any]:
    found: set[Any] = set()
    for value, where in call.args:
        items = iterate(interpreter, value, where)
        interpreter.visit(where, len(items))
        found |= {key_of(interpreter, item, where) for item in items}
    return found


def _add(interpreter: Interpreter, call: Call, owner: set[Any]) -> None:
    owner.add(key_of(interpreter, call.args[0].value, call.node))
    check_length(interpreter, owner, call)


SETS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "add": _add,
        "update": lambda interpreter, call, owner: owner.update(_set_of(interpreter, call)),
        "discard": lambda interpreter, call, owner: owner.discard(key_of(interpreter, call.args[0].value, call.node)),
        "remove": lambda interpreter, call, owner: owner.remove(key_of(interpreter, call.args[0].value, call.node)),
        "union": lambda interpreter, call, owner: owner | _set_of(interpreter, call),
        "intersection": lambda interpreter, call, owner: owner & _set_of(interpreter, call),
        "difference": lambda interpreter, call, owner: owner - _set_of(interpreter, call),
        "symmetric_difference": lambda interpreter, call, owner: owner ^ _set_of(interpreter, call),
        "issubset": lambda interpreter, call, owner: owner <= _set_of(interpreter, call),
        "issuperset": lambda interpreter, call, owner: owner >= _set_of(interpreter, call),
        "isdisjoint": lambda interpreter, call, owner: owner.isdisjoint(_set_of(interpreter, call)),
        "copy": lambda interpreter, call, owner: owner.copy(),
        "pop": lambda interpreter, call, owner: _pop_first(owner),
        "clear": lambda interpreter, call, owner: owner.clear(),
    }
)


def _pop_first(owner: set[Any]) -> Any:
    first = in_order(owner)[0]
    owner.remove(first)
    return first
