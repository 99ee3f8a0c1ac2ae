"""Errors for Python syntax that is not part of the language: what was found, and what to write instead."""

from __future__ import annotations

import ast

from app.engine.errors import ProgramError, Span

_WORDS: dict[str, tuple[str, str]] = {
    "AsyncFunctionDef": ("async def", "Write def."),
    "AsyncFor": ("async for", "Write for."),
    "AsyncWith": ("async with", "Write with."),
    "Await": ("await", "Leave it out."),
    "Yield": ("yield", "Collect the values in a list, and return it."),
    "YieldFrom": ("yield", "Collect the values in a list, and return it."),
    "Match": ("match", "Write if and elif."),
    "TryStar": ("except*", "Write try and except."),
    "Starred": ("* here", "Write the values out."),
    "TypeAlias": ("type", "Leave it out."),
}
"""By the name of the syntax, since some of it is there only in later versions of Python."""


def refusal(node: ast.AST, span: Span) -> ProgramError:
    """The error for a kind of syntax that the language does not have."""
    kind = type(node).__name__
    what, hint = _WORDS.get(kind) or (kind.lower(), "Write it with assignments, numbers and functions.")
    return ProgramError(f"{what} is not part of the language", span=span, hint=hint)
