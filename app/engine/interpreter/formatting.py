"""Texts with values in them: f-strings, `%`, `.format`, `str`, `repr` and what `print` shows.

A traced number decides nothing by being shown: it stands in the text as a `Shown`, and is written out in every run.
"""

from __future__ import annotations

import ast
import re
import string
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter import objects
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import (
    Builtin,
    Class,
    Defaulting,
    Dtype,
    Function,
    HostType,
    Instance,
    Literal,
    Method,
    Module,
    Native,
    Once,
    Ref,
    Shown,
    Text,
    describe,
)

_PERCENT = re.compile(r"%(?:\((\w+)\))?([-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?)([a-zA-Z%])")
_WIDE = re.compile(r"\d{4,}")
_QUOTES = "'"
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
            f"this text would have more than {interpreter.limits.source_characters:,} characters",
            span=interpreter.span(where),
            hint="Make it shorter.",
        )
    interpreter.visit(where, length // 64)


def text_of(interpreter: Interpreter, value: Any, where: ast.AST, *, repr: bool = False) -> str | Text:  # noqa: C901 - by kind
    """`str(value)`, or `repr(value)`."""
    interpreter.visit(where)
    match value:
        case str():
            return f"{value!r}" if repr else value
        case Text():
            return text(interpreter, [_QUOTES, value, _QUOTES], where) if repr else value
        case None | bool() | int() | float() | range() | slice():
            return str(value)
        case Ref():
            return Text((Shown(value, "", repr),))
        case Literal():
            if value.ref is not None:
                return Text((Shown(value.ref, "", repr),))
            interpreter.visit(where, value.array.size)
            held = np.asarray(interpreter.host(value, where))
            with np.printoptions(threshold=1000):
                return f"{held!r}" if repr else str(held)
        case Once():
            if not value.is_view:
                raise interpreter.fail(
                    f"a {value.kind} is shown by its address, which differs from run to run", where, "Write list(...)."
                )
            return text(interpreter, [f"{value.kind}(", _container(interpreter, list(value.now()), where), ")"], where)
        case Defaulting():
            if value.shown is None:
                raise interpreter.fail("this is shown by an address, which differs", where, "Write dict(...).")
            inside = _container(interpreter, dict(value.in_order()), where) if value or value.shown else ""
            return text(interpreter, [f"{value.name}(", value.shown, inside, ")"], where)
        case frozenset():
            shown = _container(interpreter, set(value), where) if value else ""
            return text(interpreter, ["frozenset(", shown, ")"], where)
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
            if value.name in ("float", "int", "bool"):
                return f"<class '{value.name}'>"
            return f"dtype('{value.name}')" if repr else value.name
        case Function() | Builtin() | Native() | Method() | Module():
            return f"<{describe(value).removeprefix('the ').removeprefix('a ')}>"
        case _:
            return str(value) if isinstance(value, np.generic | np.ndarray) else describe(value)


def _container(interpreter: Interpreter, value: Any, where: ast.AST) -> str | Text:
    interpreter.enter(where)
    interpreter.visit(where, len(value))
    parts: list[str | Shown | Text] = []
    if interpreter.numpy_keys and isinstance(value, dict | set):
        odd = [key for key in value if type(key) in (int, float) and key in interpreter.numpy_keys]
        if odd:
            raise interpreter.fail(
                f"NumPy's number {odd[0]} is a key of this, and is shown in another way than Python's",
                where,
                "Use one of Python's numbers as the key: int(...) or float(...).",
            )
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
    interpreter.depth -= 1
    return text(interpreter, [brackets[0].strip(), *parts, brackets[1]], where)


def formatted(interpreter: Interpreter, value: Any, spec: str, where: ast.AST) -> str | Text:
    """`format(value, spec)`."""
    _check_spec(interpreter, spec, where)
    if not spec:
        return text_of(interpreter, value, where)
    if type(value) is Literal:
        value = interpreter.node(value, where)  # type: ignore[arg-type]
    if type(value) is Ref:
        if interpreter.shape(value) or value.boxed:
            raise interpreter.fail(
                "an array cannot be formatted like a number", where, "Format one element: f'{x[0]:.3f}'."
            )
        try:
            format(0 if interpreter.graph.nodes[value.index].kind == "int" else 0.0, spec)
        except ValueError as error:
            raise interpreter.fail(f"this format does not work: {error}", where, "Write {x:.3f}.") from None
        return Text((Shown(value, spec),))
    if isinstance(value, Text) or not isinstance(value, str | int | float | bool):
        if value is None or isinstance(value, list | tuple | dict | set | frozenset):
            raise interpreter.fail(
                f"{describe(value)} has no format", where, "Leave the format out, or write str(...) around it."
            )
        value = interpreter.host(text_of(interpreter, value, where), where)
    try:
        return format(value, spec)
    except ValueError as error:
        raise interpreter.fail(f"this format does not work: {error}", where, "Write {x:.3f}.") from None


def _check_spec(interpreter: Interpreter, spec: str, where: ast.AST) -> None:
    if _WIDE.search(spec):
        raise LimitError("this format is wider than 999 characters", span=interpreter.span(where), hint="Make it less.")


def joined_string(interpreter: Interpreter, node: ast.JoinedStr, id: str | None, name: str | None) -> str | Text:
    """An f-string."""
    parts: list[str | Shown | Text] = []
    interpreter.enter(node)
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
            continue
        assert isinstance(part, ast.FormattedValue)
        value = interpreter.evaluate(part.value)
        spec: Any = ""
        if part.format_spec is not None:
            spec = interpreter.host(interpreter.evaluate(part.format_spec), part.value)
        if part.conversion in (ord("r"), ord("a"), ord("s")):
            value = text_of(interpreter, value, part.value, repr=part.conversion != ord("s"))
        parts.append(formatted(interpreter, value, spec, part.value))
    interpreter.depth -= 1
    return text(interpreter, parts, node)


def percent(interpreter: Interpreter, node: ast.AST, template: Any, values: Any) -> str | Text:
    """`"loss %.3f" % loss`."""
    template = interpreter.host(template, node)
    given = list(values) if isinstance(values, tuple) else [values]
    parts: list[str | Shown | Text] = []
    at = 0
    for match in _PERCENT.finditer(template):
        parts.append(template[at : match.start()])
        at = match.end()
        if match[3] == "%":
            parts.append("%")
            continue
        if match[1] is not None:
            if not isinstance(values, dict) or match[1] not in values:
                raise interpreter.fail(f"there is no value for %({match[1]})", node, "Give a dictionary with this key.")
            value = values[match[1]]
        elif not given or "*" in match[2]:
            raise interpreter.fail("there are not enough values for this format", node, "Give one for each %.")
        else:
            value = given.pop(0)
        parts.append(_percent_one(interpreter, f"%{match[2]}{match[3]}", value, node))
    if given and not isinstance(values, dict):
        raise interpreter.fail("there are more values than % in this text", node, "Write one % for each value.")
    return text(interpreter, [*parts, template[at:]], node)


def _percent_one(interpreter: Interpreter, spec: str, value: Any, node: ast.AST) -> str | Text:
    _check_spec(interpreter, spec, node)
    if spec[-1] in "sr":
        shown = text_of(interpreter, value, node, repr=spec[-1] == "r")
        return shown if len(spec) == 2 else f"{spec[:-1]}s" % interpreter.host(shown, node)
    if type(value) is Literal:
        value = interpreter.node(value, node)  # type: ignore[arg-type]
    if type(value) is Ref and interpreter.shape(value) in ((), (1,)):
        return Text((Shown(value, spec),))
    try:
        return spec % value  # type: ignore[no-any-return]
    except (TypeError, ValueError, OverflowError):
        raise interpreter.fail(f"{describe(value)} does not fit {spec}", node, "Write %s for any value.") from None


def format_method(
    interpreter: Interpreter, node: ast.AST, template: str, args: list[Any], named: dict[str, Any]
) -> str | Text:
    """`"loss {:.3f}".format(loss)`."""
    parts: list[str | Shown | Text] = []
    count = 0
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        raise interpreter.fail(f"this format does not work: {error}", node, "Write {} for each value.") from None
    for literal, field, spec, conversion in fields:
        parts.append(literal)
        if field is None:
            continue
        if field == "":
            field, count = str(count), count + 1  # noqa: PLW2901
        if field.isdigit() and int(field) < len(args):
            value = args[int(field)]
        elif field in named:
            value = named[field]
        else:
            raise interpreter.fail(f"there is no value for {{{field}}}", node, "Give one value for each {}.")
        for _ in range((spec or "").count("{}")):
            if count >= len(args):
                raise interpreter.fail("there is no value for {}", node, "Give one value for each {}.")
            inner = interpreter.host(text_of(interpreter, args[count], node), node)
            spec, count = spec.replace("{}", inner, 1), count + 1  # type: ignore[union-attr] # noqa: PLW2901
        if "{" in (spec or ""):
            raise interpreter.fail("this format is not part of the language", node, "Write an f-string.")
        if conversion in ("r", "s"):
            value = text_of(interpreter, value, node, repr=conversion == "r")
        parts.append(formatted(interpreter, value, spec or "", node))
    return text(interpreter, parts, node)


def joined(interpreter: Interpreter, node: ast.AST, sign: str, left: Any, right: Any) -> str | Text:
    """`+` and `*` of texts with values in them."""
    if sign == "+" and isinstance(left, str | Text) and isinstance(right, str | Text):
        return text(interpreter, [left, right], node)
    if sign == "*":
        times, held = (left, right) if isinstance(left, int) else (right, left)
        if isinstance(times, int) and isinstance(held, Text):
            bounded(interpreter, max(times, 0) * max(_length(held), 1), node)
            return text(interpreter, [held] * max(times, 0), node)
    raise interpreter.fail(
        f"{describe(left)} {sign} {describe(right)} does not work in Python", node, "Write an f-string."
    )


def print_(interpreter: Interpreter, call: Any) -> tuple[list[Any], str, str]:
    """The items of a `print(...)`, its separator and its end."""
    options = {"sep": " ", "end": "\n", "file": None, "flush": None}
    for key, (value, where) in call.named.items():
        if key not in options:
            raise interpreter.fail(f"print has no argument {key}", where, "Write print('loss', loss).")
        if key in ("sep", "end"):
            if value is not None and not isinstance(value, str):
                raise interpreter.fail(f"{key} must be a text", where, f"Write {key}=', '.")
            options[key] = options[key] if value is None else value
    items = [interpreter.item(text_of(interpreter, value, where)) for value, where in call.args]
    return items, str(options["sep"]), str(options["end"])
