"""The module `dataclasses`: a class whose fields are written down gets `__init__`, `__repr__` and `__eq__`, here as in
Python by writing them as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.standard import copy
from app.engine.interpreter.semantics.arguments import Argument, Call, first, native
from app.engine.interpreter.semantics.definitions import method_from_text
from app.engine.interpreter.semantics.exceptions import exceptions
from app.engine.interpreter.semantics.objects import create
from app.engine.interpreter.values import Class, Instance, Native, Scope, describe
from app.engine.wording import said

_MISSING = object()
_OPTIONS = ("init", "repr", "eq", "frozen", "slots", "kw_only", "unsafe_hash")


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """One field: its default, or the function that makes one, and where it takes part."""

    default: Any = _MISSING
    factory: Any = None
    init: bool = True
    repr: bool = True
    compare: bool = True


def _field(interpreter: Interpreter, call: Call) -> _Field:
    """`field(default=0)`, `field(default_factory=list)`."""
    given = {name: argument.value for name, argument in call.named.items()}
    odd = [name for name in given if name not in ("default", "default_factory", "init", "repr", "compare", "metadata")]
    if call.args or odd:
        raise interpreter.fail(said("library.field_option_unknown"), call.node)
    flags = {name: bool(given.get(name, True)) for name in ("init", "repr", "compare")}
    return _Field(given.get("default", _MISSING), given.get("default_factory"), **flags)


def _dataclass(interpreter: Interpreter, call: Call) -> Any:
    """`@dataclass`, and `@dataclass(repr=False)`, which gives the decorator."""
    options = {name: argument.value for name, argument in call.named.items()}
    odd = next((name for name, value in options.items() if name not in _OPTIONS and value), None)
    if odd is not None:
        raise interpreter.fail(said("library.dataclass_option_unknown", odd=odd), call.node)
    if call.args:
        return _made(interpreter, call.args[0].value, options, call)

    def decorate(interpreter: Interpreter, later: Call) -> Class:
        return _made(interpreter, first(interpreter, later).value, options, later)

    return Native("dataclass", decorate)


def _made(interpreter: Interpreter, cls: Any, options: dict[str, Any], call: Call) -> Class:
    if not isinstance(cls, Class):
        raise interpreter.fail(said("library.decorated_no_class", cls=describe(cls)), call.node)
    fields = dict(_inherited(cls))
    for name in cls.annotated:
        held = cls.names.get(name, _MISSING)
        fields[name] = held if isinstance(held, _Field) else _Field(held)
        if isinstance(fields[name].default, list | dict | set):
            raise interpreter.fail(said("library.default_shared", name=name), call.node)
        cls.names.pop(name, None)
        if fields[name].default is not _MISSING:
            cls.names[name] = fields[name].default
    _in_order(interpreter, fields, call)
    cls.fields = fields
    cls.frozen = bool(options.get("frozen", False))
    texts = {"__init__": _init(cls, fields), "__repr__": _repr(cls, fields), "__eq__": _eq(fields)}
    wanted = {"__init__": "init", "__repr__": "repr", "__eq__": "eq"}
    scope = Scope({f"_default_{name}": held.factory for name, held in fields.items()}, interpreter.globals)
    scope.names["_missing"] = _MISSING
    defaults = {n: f.default if f.factory is None else _MISSING for n, f in fields.items()}
    for name, text in texts.items():
        if name not in cls.names and options.get(wanted[name], True):
            given = {n: v for n, v in defaults.items() if name == "__init__" and _optional(cls, n)}
            cls.names[name] = method_from_text(interpreter, cls, text, scope, given, call)
    return cls


def _inherited(cls: Class) -> Mapping[str, Any]:
    return next((base.fields for base in cls.line() if base is not cls and base.fields is not None), {})


def _in_order(interpreter: Interpreter, fields: dict[str, _Field], call: Call) -> None:
    optional = ""
    for name, held in fields.items():
        if held.init and held.default is _MISSING and held.factory is None and optional:
            raise interpreter.fail(said("library.default_missing", name=name, optional=optional), call.node)
        optional = name if held.init and (held.default is not _MISSING or held.factory is not None) else optional


def _init(cls: Class, fields: dict[str, _Field]) -> str:
    lines = []
    for name, held in fields.items():
        if held.factory is not None:
            given = f"_default_{name}() if {name} is _missing else {name}" if held.init else f"_default_{name}()"
            lines.append(f"    self.{name} = {given}")
        elif held.init:
            lines.append(f"    self.{name} = {name}")
    try:
        cls.find("__post_init__")
        lines.append("    self.__post_init__()")
    except KeyError:
        pass
    named = ", ".join(["self", *(name for name, held in fields.items() if held.init)])
    return "\n".join([f"def __init__({named}):", *(lines or ["    pass"])])


def _repr(cls: Class, fields: dict[str, _Field]) -> str:
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name, held in fields.items() if held.repr)
    return f"def __repr__(self):\n    return f'{cls.name}({shown})'"


def _eq(fields: dict[str, _Field]) -> str:
    def all_of(owner: str) -> str:
        return "(" + "".join(f"{owner}.{name}, " for name, held in fields.items() if held.compare) + ")"

    return (
        "def __eq__(self, other):\n"
        "    if other.__class__ is not self.__class__:\n"
        "        return NotImplemented\n"
        f"    return {all_of('self')} == {all_of('other')}"
    )


def _optional(cls: Class, name: str) -> bool:
    held = (cls.fields or {})[name]
    return held.default is not _MISSING or held.factory is not None


@native("dataclasses.asdict", "obj")
def _asdict(interpreter: Interpreter, call: Call, obj: Any) -> dict[str, Any]:
    if not isinstance(obj, Instance) or obj.cls.fields is None:
        raise interpreter.fail(said("library.not_a_dataclass", obj=describe(obj)), call.node)
    found: dict[str, Any] = {}
    for name in obj.cls.fields:
        value = obj.names[name]
        inner = Call(call.node, "asdict", [Argument(value, call.node)], {})
        nested = isinstance(value, Instance) and value.cls.fields is not None
        found[name] = _asdict.run(interpreter, inner) if nested else copy(True).run(interpreter, inner)
    return found


def _replace(interpreter: Interpreter, call: Call) -> Any:
    """`replace(config, lr=0.1)`: another object, with these fields in place of its own."""
    obj = first(interpreter, call).value
    if not isinstance(obj, Instance) or obj.cls.fields is None or len(call.args) > 1:
        raise interpreter.fail(said("library.not_a_dataclass", obj=describe(obj)), call.node)
    kept = {name: obj.names[name] for name, held in obj.cls.fields.items() if held.init and name not in call.named}
    named = {name: Argument(value, call.node) for name, value in kept.items()} | call.named
    return create(interpreter, obj.cls, Call(call.node, obj.cls.name, [], named, call.id, call.name))


DATACLASSES: Mapping[str, Any] = MappingProxyType(
    {
        "dataclass": Native("dataclass", _dataclass),
        "field": Native("field", _field),
        "asdict": _asdict,
        "replace": Native("dataclasses.replace", _replace),
        "FrozenInstanceError": exceptions()["FrozenInstanceError"],
    }
)
