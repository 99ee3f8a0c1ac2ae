"""Texts with values in them: `str`, `repr`, what `print` shows, and texts put together.

A traced number decides nothing by being shown: it stands in the text as a `Shown`, and is written out in every run."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.prints import options_of
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.tensors import said_of
from app.engine.interpreter.values import (
    NDARRAY,
    Builtin,
    Class,
    Defaulting,
    Dtype,
    Function,
    HostType,
    Instance,
    Lazy,
    Literal,
    Method,
    Module,
    Native,
    Once,
    Opaque,
    Ref,
    Shown,
    Size,
    Text,
    copied,
    describe,
)
from app.engine.wording import said

_CLASS_NAMES = {"bool_": "bool", "double": "float64", "int_": "int64", "intp": "int64"}
_BRACKETS = 4
"""Steps that a container takes besides its items."""
_SHOWN = 20
"""Characters that a number in a text is taken for."""


def text(interpreter: Interpreter, parts: list[str | Shown | Text], where: ast.AST) -> str | Text:
    """Parts as one text: a plain one if nothing in it is traced."""
    flat: list[str | Shown] = []
    bounded(interpreter, sum(_length(part) for part in parts), where)
    for part in parts:
        for each in part.parts if isinstance(part, Text) else (part,):
            if isinstance(each, str) and flat and isinstance(flat[-1], str):
                flat[-1] += each
            elif each != "":
                flat.append(each)
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 and isinstance(flat[0], str) else Text(tuple(flat))


def _length(part: str | Shown | Text) -> int:
    if isinstance(part, str):
        return len(part)
    return _SHOWN if isinstance(part, Shown) else sum(map(_length, part.parts))


def bounded(interpreter: Interpreter, length: int, where: ast.AST) -> None:
    """Checks the length of a text before it is made."""
    if length > interpreter.limits.source_characters:
        raise LimitError(
            said("limits.text_too_long_to_make", most=interpreter.limits.source_characters),
            span=interpreter.span(where),
        )
    interpreter.visit(where, length // 64)


def text_of(interpreter: Interpreter, value: Any, where: ast.AST, *, repr: bool = False) -> str | Text:  # noqa: C901 - by kind
    """`str(value)`, or `repr(value)`."""
    interpreter.visit(where)
    match value:
        case str():
            return f"{value!r}" if repr else value
        case Text():
            return _quoted(interpreter, value, where) if repr else value
        case None | bool() | int() | float() | range() | slice():
            return str(value)
        case Ref():
            return Text((_shown(interpreter, value, repr=repr),))
        case Literal() if value.tensor is not None:
            return Text((_shown(interpreter, interpreter.node(value, where), repr=repr),))  # type: ignore[arg-type]
        case Literal():
            if value.ref is not None:
                return Text((Shown(copied(value.ref, boxed=value.ref.boxed), "", repr, interpreter.printing),))
            interpreter.visit(where, value.array.size)
            held = np.asarray(interpreter.host(value, where))
            with np.printoptions(**options_of(interpreter.printing)):
                return f"{held!r}" if repr else str(held)
        case Lazy():
            raise interpreter.fail(said("semantics.iterator_shown_by_address", kind=value.kind), where)
        case Once():
            if not value.is_view:
                raise interpreter.fail(said("semantics.container_shown_by_address", kind=value.kind), where)
            return text(interpreter, [f"{value.kind}(", _container(interpreter, list(value.now()), where), ")"], where)
        case Defaulting():
            if value.shown is None:
                raise interpreter.fail(said("semantics.dict_shown_by_address"), where)
            inside = _container(interpreter, dict(value.in_order()), where) if value or value.shown else ""
            return text(interpreter, [f"{value.name}(", value.shown, inside, ")"], where)
        case frozenset():
            shown = _container(interpreter, value, where) if value else ""
            return text(interpreter, ["frozenset(", shown, ")"], where)
        case Size():
            return text(interpreter, ["torch.Size(", _container(interpreter, list(value), where), ")"], where)
        case list() | tuple() | set() | dict():
            return _container(interpreter, value, where)
        case Instance():
            for name in ("__repr__", "__str__") if repr else ("__str__", "__repr__"):
                if objects.find(interpreter, value, name, where) is not objects.NOTHING:
                    found = objects.call_method(interpreter, where, value, name, [])
                    if isinstance(found, str | Text):
                        return found
            return f"<{value.cls.name} object>"
        case Class():
            return f"<class '__main__.{value.name}'>"
        case HostType():
            return f"<class '{value.name}'>"
        case Dtype():
            if value.name.startswith("torch."):
                return value.name
            if value.name in ("float", "int", "bool"):
                return f"<class '{value.name}'>"
            if value.scalar:
                return f"<class 'numpy.{_CLASS_NAMES.get(value.name, value.name)}'>"
            return f"dtype('{value.name}')" if repr else value.name
        case Module() if value.silent:
            raise interpreter.fail(said("semantics.silent_without_text"), where)
        case Native() if value is NDARRAY:
            return "<class 'numpy.ndarray'>"
        case Opaque():
            return value.text
        case Function() | Builtin() | Native() | Method() | Module():
            return f"<{describe(value).removeprefix('the ').removeprefix('a ')}>"
        case _:
            if value is Ellipsis or isinstance(value, np.generic | np.ndarray):
                return str(value)
            raise interpreter.fail(said("semantics.value_without_text", value=describe(value)), where)


def _shown(interpreter: Interpreter, ref: Ref, *, repr: bool) -> Shown:
    """A number or an array as NumPy or PyTorch writes it."""
    said = said_of(interpreter, ref) if interpreter.graph.tensors.dtypes else None
    if interpreter.is_array(ref):
        # What is stored in it later does not show in the text.
        ref, python = copied(ref, boxed=ref.boxed), ref.python
        ref.python = python
    return Shown(ref, "", repr, interpreter.printing, said)


def _quoted(interpreter: Interpreter, value: Text, where: ast.AST) -> str | Text:
    """`repr` of a text with values in it. That of an array may have several lines, which is seen when it is written."""
    if any(isinstance(part, Shown) and interpreter.shape(part.ref) for part in value.parts):
        return repr(interpreter.host(value, where))
    plain = "".join([part for part in value.parts if isinstance(part, str)])
    quote = '"' if "'" in plain and '"' not in plain else "'"

    def escaped(part: str) -> str:
        letters = [letter if letter in "'\"" else repr(letter)[1:-1] for letter in part]
        return "".join(letters).replace(quote, f"\\{quote}")

    parts = [escaped(part) if isinstance(part, str) else part for part in value.parts]
    return text(interpreter, [quote, *parts, quote], where)


def _container(interpreter: Interpreter, value: Any, where: ast.AST) -> str | Text:
    if id(value) in interpreter.showing:
        return "{...}" if isinstance(value, dict) else "(...)" if isinstance(value, tuple) else "[...]"
    interpreter.enter(where)
    interpreter.showing.add(id(value))
    try:
        return _written(interpreter, value, where)
    finally:
        interpreter.showing.discard(id(value))
        interpreter.depth -= 1


def _written(interpreter: Interpreter, value: Any, where: ast.AST) -> str | Text:
    interpreter.visit(where, len(value) + _BRACKETS)
    parts: list[str | Shown | Text] = []
    if interpreter.numpy_keys and isinstance(value, dict | set | frozenset):
        odd = [key for key in value if type(key) in (int, float, bool) and (type(key), key) in interpreter.numpy_keys]
        if odd:
            raise interpreter.fail(said("semantics.numpy_number_as_key", odd=odd[0]), where)
    if isinstance(value, dict):
        for key, item in value.items():
            parts += [", " if parts else "", text_of(interpreter, key, where, repr=True), ": "]
            parts.append(text_of(interpreter, item, where, repr=True))
        brackets = "{}"
    else:
        for item in value:
            parts += [", " if parts else "", text_of(interpreter, item, where, repr=True)]
        brackets = "[]" if isinstance(value, list) else "()" if isinstance(value, tuple) else "{}"
        if isinstance(value, tuple) and len(value) == 1:
            parts.append(",")
        if isinstance(value, set | frozenset) and not value:
            parts, brackets = ["set("], " )"
    return text(interpreter, [brackets[0].strip(), *parts, brackets[1]], where)


def joined(interpreter: Interpreter, node: ast.AST, sign: str, left: Any, right: Any) -> str | Text:
    """`+` and `*` of texts with values in them."""
    if sign == "+" and isinstance(left, str | Text) and isinstance(right, str | Text):
        return text(interpreter, [left, right], node)
    if sign == "*":
        times, held = (left, right) if isinstance(left, int) else (right, left)
        if isinstance(times, int) and isinstance(held, Text):
            bounded(interpreter, max(times, 0) * max(_length(held), 1), node)
            return text(interpreter, [held] * max(times, 0), node)
    raise interpreter.fail(said("semantics.text_operator", left=describe(left), sign=sign, right=describe(right)), node)
