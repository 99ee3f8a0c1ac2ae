"""Paragraphs with a name: the lines between `# region NAME` and `# endregion`, as editors fold them. Their nodes become
a group like those of a function call. Only whole top-level lines count, never a word inside a text."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import NamedTuple

from app.engine.errors import LimitError, ProgramError
from app.engine.limits import Limits

_MARK = re.compile(r"#[ \t]*(region|endregion)\b[ \t]*(.*?)[ \t]*$")
_ANY = re.compile(r"^[ \t]*#[ \t]*(?:end)?region\b", re.MULTILINE)
NAME_CHARACTERS = 60
"""Length of the name of a region, characters."""


class Mark(NamedTuple):
    """A line that begins a region (with its name) or ends one (None)."""

    line: int
    name: str | None


def marks(text: str, body: list[ast.stmt], limits: Limits) -> list[Mark]:
    """The marks of a program, in order. Raises ProgramError for those that do not pair up, or stand within a line."""
    if not _ANY.search(text):
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Mark] = []
    open_since: list[Mark] = []
    for token in _comments(text):
        match = _MARK.match(token.string)
        # Behind code on the same line it is an ordinary comment.
        if match is None or token.line[: token.start[1]].strip():
            continue
        line, column = token.start[0], token.start[1] + 1
        _check_place(line, column, body)
        if match[1] == "endregion":
            if not open_since:
                raise _problem("this endregion ends nothing", line, "Write # region NAME above, or leave it out.")
            open_since.pop()
            found.append(Mark(line, None))
            continue
        if not match[2]:
            raise _problem("this region has no name", line, "Write its name behind it: # region layer 1")
        if len(match[2]) > NAME_CHARACTERS:
            raise LimitError(f"the name of a region has at most {NAME_CHARACTERS} characters", line=line, column=column)
        if len(open_since) >= limits.nesting:
            raise LimitError(f"regions are nested more than {limits.nesting} deep", line=line, column=column)
        open_since.append(Mark(line, match[2]))
        found.append(open_since[-1])
    if open_since:
        mark = open_since[-1]
        raise _problem(f"the region {mark.name!r} has no end", mark.line, "Write # endregion below its last line.")
    return found


def _comments(text: str) -> list[tokenize.TokenInfo]:
    return [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]


def _check_place(line: int, column: int, body: list[ast.stmt]) -> None:
    for statement in body:
        if statement.lineno > line:
            break
        if line <= (statement.end_lineno or statement.lineno):
            raise _problem("a region begins and ends between lines, not within one", line, "Write it above or below.")
    if column != 1:
        raise _problem("a region stands at the top level", line, "Move it to the left margin.")


def _problem(message: str, line: int, hint: str) -> ProgramError:
    return ProgramError(message, line=line, column=1, hint=hint)
