"""Python's exceptions as values: their classes, and which of them a refusal is."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.errors import EngineError, ShapeError
from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.prints import as_item
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Class, Instance, Native
from app.engine.wording import said

_BASES = {
    "BaseException": None,
    "Exception": "BaseException",
    "KeyboardInterrupt": "BaseException",
    "ArithmeticError": "Exception",
    "ZeroDivisionError": "ArithmeticError",
    "OverflowError": "ArithmeticError",
    "FloatingPointError": "ArithmeticError",
    "AssertionError": "Exception",
    "AttributeError": "Exception",
    "FrozenInstanceError": "AttributeError",
    "ImportError": "Exception",
    "ModuleNotFoundError": "ImportError",
    "LookupError": "Exception",
    "IndexError": "LookupError",
    "KeyError": "LookupError",
    "NameError": "Exception",
    "OSError": "Exception",
    "FileNotFoundError": "OSError",
    "RuntimeError": "Exception",
    "NotImplementedError": "RuntimeError",
    "StopIteration": "Exception",
    "TypeError": "Exception",
    "ValueError": "Exception",
    "Warning": "Exception",
    "UserWarning": "Warning",
    "RuntimeWarning": "Warning",
}
"""Each class and what it is derived from, as the library reference has it."""


@cache
def exceptions() -> Mapping[str, Class]:
    """The classes by name."""
    found: dict[str, Class] = {}
    for name, base in _BASES.items():
        names: dict[str, Any] = (
            {} if base else {"__init__": Native("__init__", _keep), "__str__": Native("__str__", _text)}
        )
        found[name] = Class(name, found[base] if base else None, names, fixed=True)
    return MappingProxyType(found)


def _keep(interpreter: Interpreter, call: Call) -> None:
    owner = call.args[0].value
    owner.names["args"] = tuple([argument.value for argument in call.args[1:]])


def _text(interpreter: Interpreter, call: Call) -> Any:
    owner = call.args[0].value
    if owner.names.get("args") is None:
        raise interpreter.fail(said("semantics.error_text_unknown"), call.node)
    args = owner.names["args"]
    whole = args[0] if len(args) == 1 else args
    repr = len(args) == 1 and owner.cls.derives(exceptions()["KeyError"])
    return text_of(interpreter, whole, call.node, repr=repr) if args else ""


def is_exception(cls: Any) -> bool:
    return isinstance(cls, Class) and cls.derives(exceptions()["BaseException"])


def raised(interpreter: Interpreter, thrown: Instance, where: ast.AST) -> Raised:
    """The error for an object that the text raises."""
    spoken = text_of(interpreter, thrown, where) if thrown.names.get("args") is not None else ""
    shown = as_item(spoken)
    shown = f": {shown}" if isinstance(shown, str) and shown else ""
    error = Raised(said("semantics.program_raises", name=thrown.cls.name, shown=shown), span=interpreter.span(where))
    return error.of(thrown.cls.name, thrown=thrown)


def thrown(interpreter: Interpreter, error: EngineError) -> Instance | None:
    """The object that Python would throw for an error; None for a refusal that is none of Python's."""
    if isinstance(error, ShapeError):
        error = Raised(error.message).of("ValueError")
    if not isinstance(error, Raised):
        return None
    if error.thrown is None:
        error.thrown = interpreter.instance(exceptions()[error.kind], error.kind)
        error.thrown.names["args"] = None if error.text is None else (error.text,)
    return error.thrown  # type: ignore[no-any-return]
