"""What learners use of the module `sys`: its numbers, and `sys.stdout.write`. The rest of it changes no value."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.silent import SILENT
from app.engine.interpreter.prints import as_item
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.values import Module, Native, Text
from app.engine.program import Printed
from app.engine.wording import said


@native("sys.stdout.write", "text")
def _write(interpreter: Interpreter, call: Call, text: Any) -> None:
    if not isinstance(text, str | Text):
        raise interpreter.fail(said("library.written_no_text"), call.node)
    line = interpreter.span(call.node).line
    parts = list(text.parts) if isinstance(text, Text) else [text]
    end = ""
    if isinstance(parts[-1], str) and parts[-1].endswith("\n"):
        parts[-1], end = parts[-1][:-1], "\n"
    items = tuple([as_item(part if isinstance(part, str) else Text((part,))) for part in parts])
    interpreter.prints.append(Printed(line, items, "", end))


def _exit(interpreter: Interpreter, call: Call) -> None:
    raise interpreter.fail(said("library.program_exits"), call.node)


_FLOATS = ("max", "min", "epsilon", "dig", "mant_dig")
_PASSED_OVER = ("path", "argv", "version", "version_info", "stderr", "stdin", "modules", "setrecursionlimit")
_STDOUT = Module(
    "sys.stdout", lambda: {"write": _write, "flush": Native("sys.stdout.flush", lambda interpreter, call: None)}
)
SYSTEM: Mapping[str, Any] = MappingProxyType(
    {
        "maxsize": sys.maxsize,
        "float_info": Module("sys.float_info", lambda: {name: getattr(sys.float_info, name) for name in _FLOATS}),
        "stdout": _STDOUT,
        "exit": Native("sys.exit", _exit),
        **dict.fromkeys(_PASSED_OVER, SILENT),
    }
)
