"""Methods of lists and tuples."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cmp_to_key
from types import MappingProxyType
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, bound, called, static
from app.engine.interpreter.semantics.comparison import equal, less
from app.engine.interpreter.semantics.list_leaves import appended
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.wording import said


def check_length(interpreter: Interpreter, owner: Any, call: Call) -> None:
    if len(owner) > interpreter.limits.array_elements:
        raise LimitError(
            said("limits.items_too_many", most=interpreter.limits.array_elements), span=interpreter.span(call.node)
        )


def _append(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    owner.append(bound(interpreter, call, "object")["object"])
    appended(interpreter, owner, call.node)
    check_length(interpreter, owner, call)


def _extend(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    given = bound(interpreter, call, "iterable")["iterable"]
    items = list(iterate(interpreter, given, call.node))
    interpreter.visit(call.node, len(items))
    owner.extend(items)
    check_length(interpreter, owner, call)


def _pop(interpreter: Interpreter, call: Call, owner: list[Any]) -> Any:
    at = static(interpreter, call.args[0].value, call.node) if call.args else -1
    if not isinstance(at, int) or not -len(owner) <= at < len(owner):
        raise interpreter.fault(
            "IndexError", said("library.index_outside_list", at=at, owner_count=len(owner)), call.node
        )
    return owner.pop(at)


def sorted_by(interpreter: Interpreter, call: Call, items: list[Any]) -> list[Any]:
    """`sorted(items, key=, reverse=)`."""
    key, backwards = call.named.get("key"), call.named.get("reverse")
    interpreter.visit(call.node, len(items) * 4)
    keys = items
    if key is not None and key.value is not None:
        keys = [called(interpreter, key.value, (item,), call.node, "key") for item in items]
    turned = backwards is not None and interpreter.truth(backwards.value, backwards.where)
    if {type(each) for each in keys} in ({int}, {float}, {str}):
        order = sorted(range(len(items)), key=lambda i: keys[i], reverse=turned)
    else:
        ranks = [cmp_to_key(_before(interpreter, call.node))(each) for each in keys]
        order = sorted(range(len(items)), key=lambda i: ranks[i], reverse=turned)
    return [items[i] for i in order]


def _before(interpreter: Interpreter, where: ast.expr) -> Callable[[Any, Any], int]:
    """Python's sort asks of two keys whether one is less, and nothing else."""
    return lambda a, b: -1 if less(interpreter, where, a, b) else 0


def _sort(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    owner[:] = sorted_by(interpreter, call, owner)


def _index(interpreter: Interpreter, call: Call, owner: Any) -> int:
    wanted = bound(interpreter, call, "value")["value"]
    for i, item in enumerate(owner):
        if equal(interpreter, call.node, item, wanted):
            return i
    raise interpreter.fail(said("library.value_not_in_list"), call.node)


def _count(interpreter: Interpreter, call: Call, owner: Any) -> int:
    wanted = bound(interpreter, call, "value")["value"]
    return sum(equal(interpreter, call.node, item, wanted) for item in owner)


def _insert(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    held = bound(interpreter, call, "index, object")
    owner.insert(static(interpreter, held["index"], call.node), held["object"])
    check_length(interpreter, owner, call)


def _remove(interpreter: Interpreter, call: Call, owner: list[Any]) -> None:
    del owner[_index(interpreter, call, owner)]


LISTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "append": _append,
        "extend": _extend,
        "pop": _pop,
        "insert": _insert,
        "remove": _remove,
        "index": _index,
        "count": _count,
        "sort": _sort,
        "reverse": lambda interpreter, call, owner: owner.reverse(),
        "copy": lambda interpreter, call, owner: owner.copy(),
        "clear": lambda interpreter, call, owner: owner.clear(),
    }
)
TUPLES: Mapping[str, Callable[..., Any]] = MappingProxyType({"index": _index, "count": _count})
