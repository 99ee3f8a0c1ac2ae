"""A backward pass cut into its statements, so that one that cannot be read does not spoil the others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.errors import EngineError, ProgramError
from app.engine.language.reading import parse
from app.engine.limits import Limits

_LONGEST = 50
"""Lines that one statement may go over."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One assignment. `column` (from 0) is where it begins in its line; `adds`: it goes on with a value that its name
    had before; `used`: the names that it reads."""

    text: str
    line: int
    column: int
    targets: tuple[str, ...]
    used: frozenset[str]
    adds: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """A function that later lines may call."""

    name: str
    text: str
    used: frozenset[str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be read, and why; its places count in the whole text. `targets`: what it would have
    assigned, as far as can be seen."""

    line: int
    error: EngineError
    targets: tuple[str, ...] = ()


Piece = Statement | Helper | Broken


def pieces(source: str, limits: Limits) -> Iterator[Piece]:
    """The statements of a text in order."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        length = _length(lines, at)
        chunk = "\n".join(lines[at : at + length])
        try:
            tree = parse(chunk, limits)
        except EngineError as error:
            # What was never closed must not swallow the lines below it.
            yield Broken(at + 1, moved(error, at, 0), _assigned(lines[at]))
            at += 1
            continue
        for node in tree.body:
            yield from _piece(node, chunk, at)
        at += length


def moved(error: EngineError, lines: int, columns: int) -> EngineError:
    """The error with its place in the whole text, for one whose text began further down, or to the right."""
    column = error.column
    if column is not None and error.line == 1:
        column += columns
    line = None if error.line is None else error.line + lines
    return type(error)(error.message, line=line, column=column, hint=error.hint) if _plain(error) else error


def _plain(error: EngineError) -> bool:
    """Whether it is made of a message and a place alone."""
    return not hasattr(error, "missing")


def _length(lines: list[str], at: int) -> int:
    """How many lines the statement takes that begins here: to the bracket that closes, to the end of a block."""
    first = lines[at]
    if first.startswith(("def ", "for ")):
        end = at + 1
        while end < len(lines) and end - at < _LONGEST and (not lines[end].strip() or lines[end][0] in " \t"):
            end += 1
        return end - at
    depth = 0
    for end in range(at, min(len(lines), at + _LONGEST)):
        code = lines[end].split("#", 1)[0]
        depth += sum(code.count(c) for c in "([{") - sum(code.count(c) for c in ")]}")
        if depth <= 0:
            return end - at + 1
    return 1


def _assigned(line: str) -> tuple[str, ...]:
    name = line.split("=", 1)[0].strip(" \t+-*/@") if "=" in line else ""
    return (name,) if name.isidentifier() else ()


def _piece(node: ast.stmt, chunk: str, before: int) -> Iterator[Piece]:
    line = before + node.lineno
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or _idle(node):
        return
    text = _text(node, chunk)
    if isinstance(node, ast.FunctionDef):
        yield Helper(node.name, text, _names(node))
        return
    targets = _targets(node)
    if targets is None:
        yield Broken(line, _not_an_assignment(node, line))
        return
    adds = isinstance(node, ast.AugAssign) or (node.value is not None and bool(_names(node.value) & set(targets)))  # type: ignore[attr-defined]
    yield Statement(text, line, node.col_offset, targets, used_in(node), adds)


def used_in(node: ast.stmt) -> frozenset[str]:
    """The names that a statement reads; of `dx += ...` dx as well."""
    added = node.target if isinstance(node, ast.AugAssign) else None
    return _names(node) | (frozenset({added.id}) if isinstance(added, ast.Name) else frozenset())


def _idle(node: ast.stmt) -> bool:
    """Prints and texts that stand alone."""
    if not isinstance(node, ast.Expr):
        return False
    held = node.value
    return isinstance(held, ast.Constant) or (
        isinstance(held, ast.Call) and isinstance(held.func, ast.Name) and held.func.id == "print"
    )


def _text(node: ast.stmt, chunk: str) -> str:
    """What a statement says."""
    if node.lineno != node.end_lineno:
        return ast.get_source_segment(chunk, node) or ""
    # The standard library cuts the whole text into lines for each; columns count bytes.
    return chunk.split("\n")[node.lineno - 1].encode()[node.col_offset : node.end_col_offset].decode()


def _targets(node: ast.stmt) -> tuple[str, ...] | None:
    """The names that a statement assigns; None for what is no assignment to names."""
    if isinstance(node, ast.Assign):
        found: list[str] = []
        for target in node.targets:
            items = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            if not all(isinstance(item, ast.Name) for item in items):
                return None
            found += [item.id for item in items if isinstance(item, ast.Name)]
        return tuple(found)
    if isinstance(node, ast.AugAssign | ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        return (node.target.id,)
    return None


def _names(node: ast.AST) -> frozenset[str]:
    """The names that are read."""
    return frozenset(
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    )


def _not_an_assignment(node: ast.stmt, line: int) -> ProgramError:
    if isinstance(node, ast.For):
        return ProgramError(
            "a loop is not graded line by line", line=line, column=1, hint="Write its lines out, one for each turn."
        )
    return ProgramError(
        "this line gives no gradient a name",
        line=line,
        column=node.col_offset + 1,
        hint="Write one gradient a line, as in: dz1 = da1 * (z1 > 0)",
    )
