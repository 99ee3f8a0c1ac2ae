"""Methods of texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import formats, texts
from app.engine.interpreter.semantics.arguments import Call, bound, static
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Text
from app.engine.wording import said


def _of_text(name: str) -> Callable[..., Any]:
    """A method of Python's texts, on plain values."""

    def run(interpreter: Interpreter, call: Call, owner: Any) -> Any:
        given = [
            static(interpreter, value, where) if not isinstance(value, str) else value for value, where in call.args
        ]
        if any(isinstance(v, int) and abs(v) > 10_000 for v in given):
            raise LimitError(said("limits.text_too_long"), span=interpreter.span(call.node))
        interpreter.visit(call.node, len(owner) // 10)
        if name == "replace" and len(given) > 1 and all(isinstance(v, str) for v in given[:2]):
            texts.bounded(interpreter, len(owner) + owner.count(given[0]) * len(given[1]), call.node)
        result = getattr(owner, name)(*given)
        if isinstance(result, list):
            interpreter.visit(call.node, len(result))
        return result

    return run


def _join(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    items = iterate(interpreter, bound(interpreter, call, "iterable")["iterable"], call.node)
    interpreter.visit(call.node, len(items))
    if not all(isinstance(item, str | Text) for item in items):
        raise interpreter.fail(said("library.joined_no_text"), call.node)
    parts: list[Any] = []
    for item in items:
        parts += [owner, item] if parts else [item]
    return texts.text(interpreter, parts, call.node)


def _format(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    call.shows(interpreter)
    named = {key: argument.value for key, argument in call.named.items()}
    return formats.format_method(interpreter, call.node, owner, [argument.value for argument in call.args], named)


_PLAIN_TEXT = (
    "upper lower strip lstrip rstrip split rsplit splitlines replace startswith endswith find rfind index count title "
    "capitalize center ljust rjust zfill isdigit isalpha isalnum isspace isupper islower removeprefix removesuffix "
    "partition rpartition swapcase casefold translate"
)
TEXTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"join": _join, "format": _format} | {name: _of_text(name) for name in _PLAIN_TEXT.split()}
)
