"""The module `enum`: a class whose names stand for values that are compared, and are nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.definitions import method_from_text
from app.engine.interpreter.values import Class, Function, Method, Native, Property, Scope


def _derived(interpreter: Interpreter, cls: Class, call: Call) -> Class:
    """Each name with a value becomes an object of the class."""
    values = {
        name: value
        for name, value in cls.names.items()
        if not isinstance(value, Function | Method | Property) and not name.startswith("_")
    }
    for place, (name, value) in enumerate(values.items()):
        member = interpreter.instance(cls, f"{cls.name}.{name}")
        member.names |= {"name": name, "value": place + 1 if value is _AUTO else value}
        cls.names[name] = member
    texts = {
        "__str__": f"def __str__(self):\n    return f'{cls.name}.{{self.name}}'",
        "__repr__": f"def __repr__(self):\n    return f'<{cls.name}.{{self.name}}: {{self.value!r}}>'",
    }
    for name, text in texts.items():
        if name not in cls.names:
            cls.names[name] = method_from_text(interpreter, cls, text, Scope({}, interpreter.globals), {}, call)
    cls.members = tuple([cls.names[name] for name in values])
    return cls


_AUTO = object()
ENUMERATIONS: Mapping[str, Any] = MappingProxyType(
    {
        "Enum": Class("Enum", None, {}, fixed=True, derived=_derived),
        "auto": Native("auto", lambda interpreter, call: _AUTO),
    }
)
