"""How messages call a value."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.interpreter.values.containers import Lazy, Once
from app.engine.interpreter.values.defined import Class, Function, Instance, Method
from app.engine.interpreter.values.offered import Builtin, Dtype, HostType, Module, Native
from app.engine.interpreter.values.texts import Text
from app.engine.interpreter.values.traced import Literal, Ref


def describe(value: Any) -> str:  # noqa: C901 - one case per kind of value
    """A value in a few words, for error messages."""
    match value:
        case None:
            return "None"
        case bool():
            return str(value)
        case int() | float():
            return f"the number {value}"
        case str() | Text():
            return "a string"
        case Ref():
            return "a computed value"
        case Literal() | np.ndarray():
            return "an array"
        case Builtin() | Native():
            return f"the function {value.spelling}"
        case Function():
            return f"the function {value.name}"
        case Method():
            return "a method"
        case Class():
            return f"the class {value.name}"
        case Instance():
            return f"an object of the class {value.cls.name}"
        case Module():
            return f"the module {value.name}"
        case Dtype():
            return f"the number type {value.name}"
        case HostType():
            return f"the type {value.name}"
        case tuple():
            return "a tuple"
        case Once():
            return f"a {value.kind}"
        case Lazy():
            return f"a {value.kind}"
        case list():
            return "a list"
        case dict():
            return "a dictionary"
        case set() | frozenset():
            return "a set"
        case range():
            return "a range"
        case slice():
            return "a slice"
        case _:
            return "this"
