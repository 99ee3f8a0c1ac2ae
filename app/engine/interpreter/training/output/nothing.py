"""What is said of a text without a value that could be differentiated."""

from __future__ import annotations

from app.engine.errors import ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Function
from app.engine.wording import said


def nothing(interpreter: Interpreter) -> ProgramError:
    """The error for a text without a value; where it defines functions, with the call to write."""
    called = any(group.kind == "call" for group in interpreter.graph.groups)
    made = [f for f in interpreter.globals.names.values() if isinstance(f, Function) and not f.foreign]
    if made and not called:
        last = made[-1]
        given = [name for name in last.parameters if name not in last.defaults]
        return ProgramError(
            said("language.function_never_called", name=last.name, given=", ".join("2.0" for _ in given)),
            span=interpreter.span(last.body[0]),
        )
    if called:
        return ProgramError(said("language.result_without_name"), line=1, column=1)
    return ProgramError(said("language.program_without_numbers"), line=1, column=1)
