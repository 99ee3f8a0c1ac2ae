"""Built-in functions that ask what a value is, and what it has: `isinstance`, `type`, `getattr` ..."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import attributes
from app.engine.interpreter.library.builtins.kinds import TYPES
from app.engine.interpreter.library.methods import arrays
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.indexing import key_of
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.values import (
    NDARRAY,
    Builtin,
    Class,
    Dtype,
    Function,
    HostType,
    Instance,
    Literal,
    Method,
    Native,
    Once,
    Ref,
    Text,
    describe,
)
from app.engine.wording import said


@native("isinstance", "obj, classinfo")
def isinstance_(interpreter: Interpreter, call: Call, obj: Any, classinfo: Any) -> bool:
    if type(classinfo) is Class:
        return type(obj) is Instance and obj.cls.derives(classinfo)
    wanted = classinfo if isinstance(classinfo, tuple) else (classinfo,)
    return any(_is_a(interpreter, obj, each, call) for each in wanted)


def _is_a(interpreter: Interpreter, value: Any, cls: Any, call: Call) -> bool:
    match cls:
        case Class():
            return isinstance(value, Instance) and value.cls.derives(cls)
        case HostType():
            return (isinstance(value, cls.types) and type(value) is not Once) or (
                cls.name == "str" and type(value) is Text
            )
        case Dtype():
            kind = _number_kind(interpreter, value)
            if kind is None:
                return False
            if type(value) is Ref and not value.python:
                # Of NumPy's numbers, a float64 alone is one of Python's numbers too.
                return cls.name in _OF_NUMPY[kind]
            if cls.name not in TYPES:
                return False
            return kind == cls.kind or (cls.name == "int" and kind == "bool")
        case Native() if cls is NDARRAY:
            return interpreter.is_array(value) and not is_tensor(interpreter, value)
        case Native() if cls.spelling == "torch.Tensor":
            return is_tensor(interpreter, value)
    raise interpreter.fail(said("library.isinstance_no_type", cls=describe(cls)), call.node)


_OF_NUMPY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "float": ("float", "float64", "double", "floating", "inexact", "number", "generic"),
        "int": ("int64", "int_", "integer", "signedinteger", "number", "generic"),
        "bool": ("bool_", "generic"),
    }
)
"""By the kind of one of NumPy's numbers, the types that it is of."""


def _number_kind(interpreter: Interpreter, value: Any) -> str | None:
    """The kind of a single number; None for anything else."""
    if type(value) is Ref and not interpreter.is_array(value):
        return interpreter.graph.nodes[value.index].kind
    return {bool: "bool", int: "int", float: "float"}.get(type(value))


@native("type", "obj, bases=, dict=")
def type_(interpreter: Interpreter, call: Call, obj: Any, bases: Any, dict: Any) -> Any:
    if isinstance(obj, str) and isinstance(bases, tuple) and len(call.args) == 3:
        base = next((each for each in bases if isinstance(each, Class) and each.name != "object"), None)
        return Class(obj, base, {str(key): value for key, value in dict.items()})
    if isinstance(obj, Instance):
        return obj.cls
    kind = _number_kind(interpreter, obj)
    if kind is not None and (type(obj) is not Ref or obj.python):
        return TYPES[kind]
    if type(obj) in (Ref, Literal):
        return attributes.type_of(interpreter, obj)
    if obj is None:
        return HostType("NoneType", (type(None),), lambda interpreter, call: None)
    for held in TYPES.values():
        if isinstance(held, HostType) and (str if type(obj) is Text else type(obj)) in held.types:
            return held
    raise interpreter.fail(said("library.type_not_in_language", obj=describe(obj)), call.node)


@native("issubclass", "cls, classinfo")
def issubclass_(interpreter: Interpreter, call: Call, cls: Any, classinfo: Any) -> bool:
    wanted = classinfo if isinstance(classinfo, tuple) else (classinfo,)
    if not all(isinstance(each, Class) for each in (cls, *wanted)):
        raise interpreter.fail(said("library.issubclass_of_value"), call.node)
    return any(cls.derives(each) or each.name == "object" for each in wanted)


@native("getattr", "obj, name, default=")
def getattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any, default: Any) -> Any:
    if not isinstance(obj, Instance | Class) or not isinstance(name, str):
        raise interpreter.fail(said("library.getattr_of_value"), call.node)
    found = objects.find(interpreter, obj, name, call.node)
    if found is not objects.NOTHING:
        return found
    if len(call.args) == 3:
        return default
    raise interpreter.fail(said("library.attribute_missing", obj=describe(obj), name=name), call.node)


@native("setattr", "obj, name, value")
def setattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any, value: Any) -> None:
    if not isinstance(name, str):
        raise interpreter.fail(said("library.attribute_name_no_text"), call.node)
    objects.set_attribute(interpreter, obj, name, value, call.node)


@native("hasattr", "obj, name")
def hasattr_(interpreter: Interpreter, call: Call, obj: Any, name: Any) -> bool:
    if isinstance(obj, Instance | Class) and isinstance(name, str):
        return objects.find(interpreter, obj, name, call.node) is not objects.NOTHING
    if type(obj) in (Ref, Literal):
        return name in ("shape", "T", "size", "ndim", "dtype") or name in arrays.ARRAYS
    return False


@native("callable", "obj")
def callable_(interpreter: Interpreter, call: Call, obj: Any) -> bool:
    return isinstance(obj, Function | Builtin | Native | Class | Method | HostType)


@native("vars", "object")
def vars_(interpreter: Interpreter, call: Call, object: Any) -> Any:
    if not isinstance(object, Instance):
        raise interpreter.fail(said("library.vars_of_value"), call.node)
    return object.names


@native("globals", "")
def globals_(interpreter: Interpreter, call: Call) -> Any:
    """The names of the top level themselves: what is stored in them is stored there."""
    interpreter.note(said("notes.globals_of_the_text"))
    return interpreter.globals.names


@native("locals", "")
def locals_(interpreter: Interpreter, call: Call) -> Any:
    if interpreter.scope is interpreter.globals:
        return interpreter.globals.names
    return dict(interpreter.scope.names)


@native("hash", "obj")
def hash_(interpreter: Interpreter, call: Call, obj: Any) -> int:
    held = key_of(interpreter, obj, call.node)
    if isinstance(held, str) or (isinstance(held, tuple) and any(isinstance(part, str) for part in held)):
        raise interpreter.fail(said("library.hash_of_text"), call.node)
    return hash(held)


@native("id", "obj")
def id_(interpreter: Interpreter, call: Call, obj: Any) -> int:
    """A number that this object has alone. It is another one than Python's, which differs from run to run."""
    known = interpreter.identities
    return known.setdefault(id(obj), (len(known) + 1, obj))[0]


FUNCTIONS = by_name(
    isinstance_, issubclass_, type_, getattr_, setattr_, hasattr_, callable_, vars_, globals_, locals_, hash_, id_
)
