"""What the language refuses, and what to write instead: other syntax of Python, and values that are no numbers."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.errors import ProgramError, Span
from app.engine.interpreter.values import Builtin, Function, Native, Text, describe
from app.engine.wording import Said, said

_WORDS: dict[str, tuple[str, str]] = {
    "AsyncFunctionDef": ("async def", "Write def."),
    "AsyncFor": ("async for", "Write for."),
    "AsyncWith": ("async with", "Write with."),
    "Await": ("await", "Leave it out."),
    "Yield": ("yield inside an expression", "Write it on a line of its own."),
    "YieldFrom": ("yield inside an expression", "Write it on a line of its own."),
    "TryStar": ("except*", "Write try and except."),
    "Starred": ("* here", "Write the values out."),
    "TypeAlias": ("type", "Leave it out."),
}
"""By the name of the syntax, since some of it is there only in later versions of Python."""


def refusal(node: ast.AST, span: Span) -> ProgramError:
    """The error for a kind of syntax that the language does not have."""
    kind = type(node).__name__
    what, hint = _WORDS.get(kind) or (kind.lower(), "Write it with assignments, numbers and functions.")
    return ProgramError(said("language.not_in_language", what=what), span=span, hint=hint)


def no_number(value: Any, where: ast.AST) -> Said:
    """What is wrong with a value that is used as a number and is none."""
    if isinstance(value, list | tuple):
        return said("language.array_expected", value=describe(value))
    if isinstance(value, Builtin | Native | Function):
        return said("language.function_as_value", value=describe(value))
    if isinstance(value, str | Text):
        return said("language.operand_is_string")
    if value is None and isinstance(where, ast.Call):
        return said("language.call_gives_nothing")
    return said("language.operand_no_number", value=describe(value))
