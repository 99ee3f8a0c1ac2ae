"""What of Python's library is written in the language, as functions of a module."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.standard_source import NAMES
from app.engine.interpreter.values import Native


def written(module: str) -> dict[str, Native]:
    """The functions and classes of a module, by name."""
    return {name: _found(module, name) for name in NAMES[module]}


def _found(module: str, name: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        return interpreter.grammar.invoke(interpreter, interpreter.numpy[f"{module}.{name}"], call)

    return Native(name, run)
