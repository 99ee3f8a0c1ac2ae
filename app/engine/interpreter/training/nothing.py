"""What is said of a text without a value that could be differentiated."""

from __future__ import annotations

from app.engine.errors import ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Function


def nothing(interpreter: Interpreter) -> ProgramError:
    """The error for a text without a value; where it defines functions, with the call to write."""
    called = any(group.kind == "call" for group in interpreter.graph.groups)
    made = [f for f in interpreter.globals.names.values() if isinstance(f, Function)]
    if made and not called:
        last = made[-1]
        given = [name for name in last.parameters if name not in last.defaults]
        return ProgramError(
            f"nothing to differentiate: {last.name} is defined, and nothing calls it",
            span=interpreter.span(last.body[0]),
            hint=f"Call it below: y = {last.name}({', '.join('2.0' for _ in given)})",
        )
    if called:
        return ProgramError(
            "nothing to differentiate: the functions run, and no number that has a name is computed from another one",
            line=1,
            column=1,
            hint="Give what should be changed a name of its own, and the result, too: x = 2.0, and below it y = x * x",
        )
    return ProgramError(
        "nothing to differentiate: no name holds a number or an array",
        line=1,
        column=1,
        hint="Give the result a name: y = x * x",
    )
