"""Splits a backward pass into its statements, so that one with an error does not affect the others."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.engine.assess.grading.loops import TURNS, list_items, mentioned, values_of
from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.interpreter.source import parse
from app.engine.limits import Limits

_BLOCKS = ("def ", "for ")
_LONGEST = 50
"""Most lines of one statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One assignment.

    column: where it begins in its line, from 0. used: the names that it reads. adds: it uses the earlier value of its
    own name. sums: it adds to that value. turn: inside loops, the loop variables in this turn, as (name, text).
    """

    text: str
    line: int
    column: int
    targets: tuple[str, ...]
    used: frozenset[str]
    adds: bool
    sums: bool = False
    turn: tuple[tuple[str, str], ...] = ()

    @property
    def before(self) -> str:
        """Lines that assign the loop variables."""
        return "".join(f"{name} = {text}\n" for name, text in self.turn)


@dataclass(frozen=True, slots=True)
class Helper:
    """A function definition, or a list of names (`items`), that later lines may use."""

    name: str
    text: str
    used: frozenset[str]
    line: int = 0
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A line with an error, whose line and column are those of the whole text. targets: the names that the line would
    assign, as far as can be seen."""

    line: int
    error: EngineError
    targets: tuple[str, ...] = ()


Piece = Statement | Helper | Broken


@dataclass(slots=True)
class _Loops:
    """The state of unrolling loops. known: the values of the program, None to skip loops. lists: name of a list -> its
    items. left: turns that may still be made. read, stored: by id of a syntax node, the piece that it is, and the names
    that a loop assigns, so that each is read once, however many turns there are."""

    known: Mapping[str, Any] | None
    lists: dict[str, list[str]] = field(default_factory=dict)
    left: int = TURNS
    read: dict[int, Piece | None] = field(default_factory=dict)
    stored: dict[int, list[str]] = field(default_factory=dict)


def pieces(
    source: str, limits: Limits, known: Mapping[str, Any] | None = None, lists: Mapping[str, list[str]] | None = None
) -> Iterator[Piece]:
    """The statements of a text in order, those of a loop once for each turn. known: the values of the program; without
    them loops are skipped. lists: its lists of names."""
    loops = _Loops(known, dict(lists or {}))
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
            # An unclosed bracket must not swallow the lines below; a block has the error as a whole.
            block = lines[at].startswith(_BLOCKS)
            names = [name for line in lines[at : at + length] for name in _assigned(line)] if block else []
            yield Broken(at + 1, moved(error, at, 0), tuple(dict.fromkeys(names)) or _assigned(lines[at]))
            at += length if block else 1
            continue
        for node in tree.body:
            loops.read.clear()
            loops.stored.clear()
            yield from _piece(node, chunk, at, loops, ())
        at += length


def moved(error: EngineError, lines: int, columns: int) -> EngineError:
    """The error with its position in the whole text, of which a part was read that begins after so many lines and
    columns."""
    column = error.column
    if column is not None and error.line == 1:
        column += columns
    line = None if error.line is None else error.line + lines
    return type(error)(error.message, line=line, column=column, hint=error.hint) if _plain(error) else error


def _plain(error: EngineError) -> bool:
    """Whether it has only a message, a position and a hint."""
    return not hasattr(error, "missing")


def _length(lines: list[str], at: int) -> int:
    """The number of lines of the statement that begins here: up to the closing bracket, or to the end of a block."""
    first = lines[at]
    if first.startswith(_BLOCKS):
        end = at + 1
        while end < len(lines) and end - at < _LONGEST and (lines[end][:1] in " \t" or lines[end].startswith("else:")):
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


def _turns(
    node: ast.For, chunk: str, before: int, loops: _Loops, around: tuple[tuple[str, str], ...]
) -> Iterator[Piece]:
    """The lines of a loop, once for each turn."""
    if loops.known is None:
        return
    try:
        values = values_of(node, loops.known, loops.lists)
        name = node.target.id if isinstance(node.target, ast.Name) else ""
        if name in _stored(node, loops):
            raise ProgramError(
                f"{name} is the loop's own name, and is assigned in it",
                line=node.lineno,
                column=node.col_offset + 1,
                hint="Take another name for one of them.",
            )
        loops.left -= len(values)
        if loops.left < 0:
            raise LimitError(
                f"the loops have more than {TURNS} turns together",
                line=node.lineno,
                column=node.col_offset + 1,
                hint="Grade a part of the backward pass.",
            )
    except EngineError as error:
        targets = tuple(dict.fromkeys(_stored(node, loops)))
        yield Broken(before + node.lineno, moved(error, before, 0), targets)
        return
    for value in values:
        for part in node.body:
            yield from _piece(part, chunk, before, loops, (*around, (name, value)))


def _stored(loop: ast.For, loops: _Loops) -> list[str]:
    """The names that the lines of a loop assign."""
    found = loops.stored.get(id(loop))
    if found is None:
        parts = (part for line in loop.body for part in ast.walk(line))
        found = [part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
        loops.stored[id(loop)] = found
    return found


def _piece(
    node: ast.stmt, chunk: str, before: int, loops: _Loops, turn: tuple[tuple[str, str], ...]
) -> Iterator[Piece]:
    if isinstance(node, ast.For):
        yield from _turns(node, chunk, before, loops, turn)
        return
    if id(node) not in loops.read:
        loops.read[id(node)] = _read(node, chunk, before)
    piece = loops.read[id(node)]
    if isinstance(piece, Helper) and piece.items:
        loops.lists[piece.name] = list(piece.items)
    if isinstance(piece, Statement) and turn:
        used = piece.used.union(*(mentioned(value) for _, value in turn)) - {name for name, _ in turn}
        piece = replace(piece, used=used, turn=turn)
    if piece is not None:
        yield piece


def _read(node: ast.stmt, chunk: str, before: int) -> Piece | None:
    """A statement as a piece; None for statements that are skipped."""
    line = before + node.lineno
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or _idle(node):
        return None
    text = _text(node, chunk)
    if isinstance(node, ast.FunctionDef):
        return Helper(node.name, text, _names(node))
    held = list_items(node)
    if held is not None:
        return Helper(held[0], text, _names(node), line, tuple(held[1]))
    targets = _targets(node)
    if targets is None:
        return Broken(line, _not_an_assignment(node, line))
    adds = isinstance(node, ast.AugAssign) or (node.value is not None and bool(_names(node.value) & set(targets)))  # type: ignore[attr-defined]
    sums = isinstance(node, ast.AugAssign) or bool(_addends(getattr(node, "value", None)) & set(targets))
    return Statement(text, line, node.col_offset, targets, used_in(node), adds, sums)


def _addends(node: ast.expr | None) -> set[str]:
    """The names that are terms of a sum."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Sub):
            waiting += [part.left, part.right]
            found |= {side.id for side in (part.left, part.right) if isinstance(side, ast.Name)}
    return found


def used_in(node: ast.stmt) -> frozenset[str]:
    """The names that a statement reads; for `dx += ...`, dx, too."""
    added = node.target if isinstance(node, ast.AugAssign) else None
    return _names(node) | (frozenset({added.id}) if isinstance(added, ast.Name) else frozenset())


def _idle(node: ast.stmt) -> bool:
    """Whether it is a print or a lone string."""
    if not isinstance(node, ast.Expr):
        return False
    held = node.value
    return isinstance(held, ast.Constant) or (
        isinstance(held, ast.Call) and isinstance(held.func, ast.Name) and held.func.id == "print"
    )


def _text(node: ast.stmt, chunk: str) -> str:
    """The text of a statement. (`ast.get_source_segment` splits the whole text again for each statement.)"""
    lines = chunk.split("\n")[node.lineno - 1 : node.end_lineno]
    # Columns count bytes. The end is cut first, because both may be in one line.
    lines[-1] = lines[-1].encode()[: node.end_col_offset].decode()
    lines[0] = lines[0].encode()[node.col_offset :].decode()
    return "\n".join(lines)


def _targets(node: ast.stmt) -> tuple[str, ...] | None:
    """The names that a statement assigns; None if it is no assignment to names."""
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
    return ProgramError(
        "this line does not assign a gradient to a name",
        line=line,
        column=node.col_offset + 1,
        hint="Write one gradient per line, as in: dz1 = da1 * (z1 > 0)",
    )
