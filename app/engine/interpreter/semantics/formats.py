"""Values in a given format: f-strings, `%`, `.format`."""

from __future__ import annotations

import ast
import re
import string
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter import shown_values
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.semantics.texts import text, text_of
from app.engine.interpreter.values import Literal, Ref, Shown, Text, describe
from app.engine.wording import said

_PERCENT = re.compile(r"%(?:\((\w+)\))?([-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?)(?:[hlL](?=[a-zA-Z]))?([a-zA-Z%])")
_WIDE = re.compile(r"\d{4,}")


def formatted(interpreter: Interpreter, value: Any, spec: str, where: ast.AST) -> str | Text:
    """`format(value, spec)`."""
    _check_spec(interpreter, spec, where)
    if is_tensor(interpreter, value) and not interpreter.shape(value):
        # A tensor without axes is formatted as its number.
        value = Ref(interpreter.node(value, where).index, python=True)  # type: ignore[arg-type]
        if not spec:
            return Text((Shown(value),))
    if not spec:
        return text_of(interpreter, value, where)
    if type(value) is Literal:
        value = interpreter.node(value, where)  # type: ignore[arg-type]
    if type(value) is Ref:
        if value.boxed and not interpreter.shape(value):
            # NumPy formats an array without axes as its number.
            value = Ref(value.index)
        if interpreter.shape(value):
            raise interpreter.fail(said("semantics.format_of_array"), where)
        try:
            format(0 if interpreter.graph.nodes[value.index].kind == "int" else 0.0, spec)
        except ValueError as error:
            raise interpreter.fail(said("semantics.format_fails", error=error), where, "Write {x:.3f}.") from None
        return Text((Shown(value, spec),))
    if isinstance(value, Text) or not isinstance(value, str | int | float | bool):
        if value is None or isinstance(value, list | tuple | dict | set | frozenset):
            raise interpreter.fail(said("semantics.value_without_format", value=describe(value)), where)
        value = interpreter.host(text_of(interpreter, value, where), where)
    try:
        return format(value, spec)
    except ValueError as error:
        raise interpreter.fail(said("semantics.format_fails", error=error), where, "Write {x:.3f}.") from None


def _check_spec(interpreter: Interpreter, spec: str, where: ast.AST) -> None:
    if _WIDE.search(spec):
        raise LimitError(said("limits.format_too_wide"), span=interpreter.span(where))


def joined_string(interpreter: Interpreter, node: ast.JoinedStr, id: str | None, name: str | None) -> str | Text:
    """An f-string."""
    parts: list[str | Shown | Text] = []
    interpreter.enter(node)
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
            continue
        assert isinstance(part, ast.FormattedValue)
        since = len(interpreter.graph.nodes)
        value = interpreter.evaluate(part.value)
        shown_values.note(interpreter, value, part.value, since)
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
                raise interpreter.fail(said("semantics.percent_key_missing", match=match[1]), node)
            value = values[match[1]]
        elif not given or "*" in match[2]:
            raise interpreter.fail(said("semantics.percent_values_too_few"), node)
        else:
            value = given.pop(0)
        parts.append(_percent_one(interpreter, f"%{match[2]}{match[3]}", value, node))
    if given and not isinstance(values, dict):
        raise interpreter.fail(said("semantics.percent_values_too_many"), node)
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
        raise interpreter.fail(said("semantics.percent_kind_differs", value=describe(value), spec=spec), node) from None


def format_method(
    interpreter: Interpreter, node: ast.AST, template: str, args: list[Any], named: dict[str, Any]
) -> str | Text:
    """`"loss {:.3f}".format(loss)`."""
    parts: list[str | Shown | Text] = []
    count = 0
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        raise interpreter.fail(said("semantics.format_method_fails", error=error), node) from None
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
            raise interpreter.fail(said("semantics.field_value_missing", field=field), node)
        for _ in range((spec or "").count("{}")):
            if count >= len(args):
                raise interpreter.fail(said("semantics.braces_value_missing"), node)
            inner = interpreter.host(text_of(interpreter, args[count], node), node)
            spec, count = spec.replace("{}", inner, 1), count + 1  # type: ignore[union-attr] # noqa: PLW2901
        if "{" in (spec or ""):
            raise interpreter.fail(said("semantics.format_not_in_language"), node)
        if conversion in ("r", "s"):
            value = text_of(interpreter, value, node, repr=conversion == "r")
        parts.append(formatted(interpreter, value, spec or "", node))
    return text(interpreter, parts, node)
