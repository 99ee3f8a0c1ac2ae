"""Built-in functions on texts: `print`, `format`, `repr`, `chr`, `ord`."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.prints import as_item
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.formats import formatted
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Native
from app.engine.program import Printed
from app.engine.wording import said


def print_(interpreter: Interpreter, call: Call) -> None:
    options = {"sep": " ", "end": "\n", "file": None, "flush": None}
    for key, (value, where) in call.named.items():
        if key not in options:
            raise interpreter.fail(said("library.print_option_unknown", key=key), where)
        if key in ("sep", "end"):
            if value is not None and not isinstance(value, str):
                raise interpreter.fail(said("library.print_option_no_text", key=key), where)
            options[key] = options[key] if value is None else value
    call.shows(interpreter)
    items = [as_item(text_of(interpreter, value, where)) for value, where in call.args]
    line = interpreter.span(call.node).line
    interpreter.prints.append(Printed(line, tuple(items), str(options["sep"]), str(options["end"])))


@native("format", "value, format_spec=")
def format_(interpreter: Interpreter, call: Call, value: Any, format_spec: Any) -> Any:
    call.shows(interpreter)
    spec = "" if format_spec is None else interpreter.host(format_spec, call.node)
    if not isinstance(spec, str):
        raise interpreter.fail(said("library.format_no_text"), call.where("format_spec"))
    return formatted(interpreter, value, spec, call.node)


@native("repr", "obj")
def repr_(interpreter: Interpreter, call: Call, obj: Any) -> Any:
    return text_of(interpreter, obj, call.node, repr=True)


@native("chr", "i")
def chr_(interpreter: Interpreter, call: Call, i: Any) -> str:
    code = whole(interpreter, i, call.node, "a code")
    if not 0 <= code < 0xD800:
        raise interpreter.fail(said("library.character_code_outside"), call.node)
    return chr(code)


@native("ord", "c")
def ord_(interpreter: Interpreter, call: Call, c: Any) -> int:
    if not isinstance(c, str) or len(c) != 1:
        raise interpreter.fail(said("library.ord_of_text"), call.node)
    return ord(c)


FUNCTIONS = by_name(Native("print", print_), format_, repr_, chr_, ord_)
