"""`namedtuple` and `NamedTuple`: a class of a few values in order, with a name for each."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.definitions import method_from_text
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Class, Scope
from app.engine.wording import said


@native("namedtuple", "typename, field_names, *, defaults=")
def named_tuple(interpreter: Interpreter, call: Call, typename: Any, field_names: Any, defaults: Any) -> Class:
    """`namedtuple("Point", ["x", "y"])`."""
    text = interpreter.host(field_names, call.node)
    fields = text.replace(",", " ").split() if isinstance(text, str) else list(iterate(interpreter, text, call.node))
    if not isinstance(typename, str) or not all(isinstance(name, str) and name.isidentifier() for name in fields):
        raise interpreter.fail(said("library.field_name_no_text"), call.node)
    last = [] if defaults is None else list(iterate(interpreter, defaults, call.node))
    made = Class(typename, None, {})
    return _with_fields(
        interpreter, made, fields, dict(zip(fields[len(fields) - len(last) :], last, strict=True)), call
    )


def _derived(interpreter: Interpreter, cls: Class, call: Call) -> Class:
    defaults = {name: cls.names.pop(name) for name in cls.annotated if name in cls.names}
    return _with_fields(interpreter, cls, list(cls.annotated), defaults, call)


def _with_fields(
    interpreter: Interpreter, cls: Class, fields: list[str], defaults: dict[str, Any], call: Call
) -> Class:
    own = "(" + "".join(f"self.{name}, " for name in fields) + ")"
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name in fields)
    pairs = ", ".join(f"{name!r}: self.{name}" for name in fields)
    texts = {
        "__init__": "\n".join(
            [
                f"def __init__({', '.join(['self', *fields])}):",
                *[f"    self.{name} = {name}" for name in fields],
                "    pass",
            ]
        ),
        "__repr__": f"def __repr__(self):\n    return f'{cls.name}({shown})'",
        "__iter__": f"def __iter__(self):\n    return iter({own})",
        "__len__": f"def __len__(self):\n    return {len(fields)}",
        "__getitem__": f"def __getitem__(self, i):\n    return {own}[i]",
        "__eq__": f"def __eq__(self, other):\n    return {own} == tuple(other)",
        "_asdict": f"def _asdict(self):\n    return {{{pairs}}}",
        "_replace": "def _replace(self, **changes):\n    return self.__class__(**{**self._asdict(), **changes})",
    }
    for name, text in texts.items():
        if name not in cls.names:
            given = defaults if name == "__init__" else {}
            cls.names[name] = method_from_text(interpreter, cls, text, Scope({}, interpreter.globals), given, call)
    cls.names["_fields"] = tuple(fields)
    return cls


@native("NamedTuple", "typename, fields")
def _with_types(interpreter: Interpreter, call: Call, typename: Any, fields: Any) -> Class:
    """`NamedTuple("Batch", [("inputs", Tensor), ("targets", Tensor)])`."""
    pairs = [list(iterate(interpreter, pair, call.node)) for pair in iterate(interpreter, fields, call.node)]
    names: list[Any] = [pair[0] if pair else None for pair in pairs]
    if not isinstance(typename, str) or not all(isinstance(name, str) and name.isidentifier() for name in names):
        raise interpreter.fail(said("library.typed_fields_expected"), call.node)
    return _with_fields(interpreter, Class(typename, None, {}), names, {}, call)


NAMED_TUPLE = Class("NamedTuple", None, {"__new__": _with_types}, fixed=True, derived=_derived)
