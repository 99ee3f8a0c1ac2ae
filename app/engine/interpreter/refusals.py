"""What the language refuses, and what to write instead: other syntax of Python, and values that are no numbers."""

from __future__ import annotations

import ast
from types import MappingProxyType
from typing import Any

from app.engine.errors import ProgramError, Span
from app.engine.interpreter.values import Builtin, Function, Native, Text, describe
from app.engine.wording import Said, said

_REFUSED = MappingProxyType(
    {
        "AsyncFunctionDef": said("syntax.async_def"),
        "AsyncFor": said("syntax.async_for"),
        "AsyncWith": said("syntax.async_with"),
        "Await": said("syntax.await"),
        "Yield": said("syntax.yield_in_expression"),
        "YieldFrom": said("syntax.yield_in_expression"),
        "TryStar": said("syntax.except_star"),
        "Starred": said("syntax.star"),
        "TypeAlias": said("syntax.type_alias"),
    }
)
"""By the name of the syntax, since some of it is there only in later versions of Python."""


def refusal(node: ast.AST, span: Span) -> ProgramError:
    """The error for a kind of syntax that the language does not have."""
    kind = type(node).__name__
    return ProgramError(_REFUSED.get(kind) or said("language.not_in_language", what=kind.lower()), span=span)


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
