"""Python's types as functions: `list`, `dict`, `str` ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods import dictionaries, texts
from app.engine.interpreter.semantics.arguments import Call, bound
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Dtype, HostType
from app.engine.wording import said


def _list(interpreter: Interpreter, call: Call) -> list[Any]:
    items = list(iterate(interpreter, call.args[0].value, call.args[0].where)) if call.args else []
    interpreter.visit(call.node, len(items))
    return items


def _dict(interpreter: Interpreter, call: Call) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    dictionaries.DICTIONARIES["update"](interpreter, call, found)
    return found


def _from_keys(interpreter: Interpreter, call: Call) -> dict[Any, Any]:
    held = bound(interpreter, call, "iterable, value=")
    items = iterate(interpreter, held["iterable"], call.node)
    interpreter.visit(call.node, len(items))
    return {key_of(interpreter, item, call.node): held["value"] for item in items}


def _unbound_method(name: str) -> Callable[..., Any]:
    """`str.upper(text)`."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        owner = interpreter.host(call.args.pop(0).value, call.node) if call.args else None
        if not isinstance(owner, str):
            raise interpreter.fail(said("library.str_method_of_value", name=name), call.node)
        return texts.TEXTS[name](interpreter, call, owner)

    return run


def _translation(interpreter: Interpreter, call: Call) -> dict[int, Any]:
    """`str.maketrans("", "", "!?")`."""
    given = [interpreter.host(value, where) for value, where in call.args]
    try:
        return str.maketrans(*given)
    except (TypeError, ValueError) as error:
        raise interpreter.fail(said("library.maketrans_fails", error=error), call.node) from None


def _set(interpreter: Interpreter, call: Call) -> set[Any]:
    return {key_of(interpreter, item, call.node) for item in _list(interpreter, call)}


def _str(interpreter: Interpreter, call: Call) -> Any:
    call.shows(interpreter)
    return text_of(interpreter, bound(interpreter, call, "object=")["object"] if call.args else "", call.node)


_OF_STR = {name: _unbound_method(name) for name in texts.TEXTS} | {"maketrans": _translation}
TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "float": Dtype("float", "float"),
        "int": Dtype("int", "int"),
        "bool": Dtype("bool", "bool"),
        "list": HostType("list", (list,), _list),
        "tuple": HostType("tuple", (tuple,), lambda interpreter, call: tuple(_list(interpreter, call))),
        "dict": HostType("dict", (dict,), _dict, {"fromkeys": _from_keys}),
        "set": HostType("set", (set,), _set),
        "frozenset": HostType("frozenset", (frozenset,), lambda interpreter, call: frozenset(_set(interpreter, call))),
        "str": HostType("str", (str,), _str, _OF_STR),
    }
)
