"""What is written in the language, as names of a module: functions of Python's library, and of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.sources.standard import NAMES
from app.engine.interpreter.values import Native, Written


def offered(interpreter: Interpreter, value: Any) -> Any:
    """What a module has under a name: what is written in the language, where that is so, and else the value itself."""
    return interpreter.written(value.library)[value.key] if type(value) is Written else value


def written_in(library: str, names: Iterable[str]) -> dict[str, Written]:
    """Names of a library, each of which is written in the language under the same name."""
    return {name: Written(name, library) for name in names}


def written(module: str) -> dict[str, Native]:
    """The functions and classes of a module, by name."""
    return {name: _found(module, name) for name in NAMES[module]}


def _found(module: str, name: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        return interpreter.grammar.invoke(interpreter, interpreter.numpy[f"{module}.{name}"], call)

    return Native(name, run)
