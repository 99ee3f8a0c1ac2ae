"""Regions: the lines between `# region NAME` and `# endregion`, as editors fold them. Their nodes become a group, as
those of a function call do. Only comments on top-level lines of their own count."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import NamedTuple

from app.engine.errors import LimitError, ProgramError
from app.engine.limits import Limits
from app.engine.wording import said

_MARK = re.compile(r"#[ \t]*(region|endregion)\b[ \t]*(.*?)[ \t]*$")
_ANY = re.compile(r"^[ \t]*#[ \t]*(?:end)?region\b", re.MULTILINE)
NAME_CHARACTERS = 60
"""Length of the name of a region, characters."""


class Mark(NamedTuple):
    """A line that begins a region, or ends one (name None)."""

    line: int
    name: str | None


def marks(text: str, body: list[ast.stmt], limits: Limits) -> list[Mark]:
    """The marks of a program, in order. Raises ProgramError for marks that do not pair up or are inside a statement,
    LimitError for names that are too long and regions nested too deeply."""
    if not _ANY.search(text):
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Mark] = []
    open_since: list[Mark] = []
    for token in _comments(text):
        match = _MARK.match(token.string)
        # After code on the same line it is an ordinary comment.
        if match is None or token.line[: token.start[1]].strip():
            continue
        line, column = token.start[0], token.start[1] + 1
        _check_place(line, column, body)
        if match[1] == "endregion":
            if not open_since:
                raise _problem(said("language.endregion_without_region"), line)
            open_since.pop()
            found.append(Mark(line, None))
            continue
        if not match[2]:
            raise _problem(said("language.region_without_name"), line)
        if len(match[2]) > NAME_CHARACTERS:
            raise LimitError(
                said("limits.region_name_too_long", name_characters=NAME_CHARACTERS), line=line, column=column
            )
        if len(open_since) >= limits.nesting:
            raise LimitError(said("limits.regions_too_deep", most=limits.nesting), line=line, column=column)
        open_since.append(Mark(line, match[2]))
        found.append(open_since[-1])
    if open_since:
        mark = open_since[-1]
        raise _problem(said("language.region_without_end", name=mark.name), mark.line)
    return found


def _comments(text: str) -> list[tokenize.TokenInfo]:
    return [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]


def _check_place(line: int, column: int, body: list[ast.stmt]) -> None:
    for statement in body:
        if statement.lineno > line:
            break
        if line <= (statement.end_lineno or statement.lineno):
            raise _problem(said("language.region_inside_statement"), line)
    if column != 1:
        raise _problem(said("language.region_mark_indented"), line)


def _problem(message: str, line: int) -> ProgramError:
    return ProgramError(message, line=line, column=1)
