"""Splits a text into its statements, so that one that cannot be read does not affect the others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.errors import EngineError
from app.engine.interpreter.source import parse
from app.engine.limits import Limits

_BLOCK = re.compile(r"(def|class|for|while|if|with|try)\b|@")
_GOES_ON = re.compile(r"[ \t]|(else|elif|except|finally)\b")
"""How a line begins that belongs to the block above it."""
_LONGEST = 50
"""Most lines of one statement in brackets."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be read, or a block. names: what it would assign, as far as can be seen."""

    line: int
    error: EngineError
    names: tuple[str, ...] = ()


def statements(source: str, limits: Limits) -> Iterator[ast.stmt | Broken]:
    """The statements of a text in order, each with its place in the whole text."""
    try:
        whole = parse(source, limits).body
    except EngineError:
        yield from _piece_by_piece(source, limits)
    else:
        yield from whole


def _piece_by_piece(source: str, limits: Limits) -> Iterator[ast.stmt | Broken]:
    """The statements of a text in which something cannot be read."""
    lines = source.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        length = _length(lines, at)
        try:
            tree = parse("\n".join(lines[at : at + length]), limits)
        except EngineError as error:
            # An unclosed bracket must not swallow the lines below; a block has the error as a whole.
            block = _BLOCK.match(lines[at]) is not None
            names = [name for line in lines[at : at + (length if block else 1)] for name in _assigned(line)]
            line = None if error.line is None else error.line + at
            moved = type(error)(error.message, line=line, column=error.column, hint=error.hint)
            yield Broken(at + 1, moved, tuple(dict.fromkeys(names)))
            at += length if block else 1
            continue
        for node in tree.body:
            yield ast.increment_lineno(node, at)
        at += length


def _length(lines: list[str], at: int) -> int:
    """The number of lines of the statement that begins here: up to the closing bracket, or to the end of a block."""
    if _BLOCK.match(lines[at]):
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or _GOES_ON.match(lines[end]) or lines[end - 1][:1] == "@"):
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


def assigned(node: ast.stmt) -> list[tuple[str, bool]]:
    """The names that an assignment is to, in order, each with whether it stores into what the name holds."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.AnnAssign) and node.value is not None):
        targets = [node.target]
    found = []
    for part in [part for target in targets for part in ast.walk(target)]:
        stores = isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store)
        while stores and isinstance(part, ast.Subscript):
            part = part.value  # noqa: PLW2901
        if isinstance(part, ast.Name) and (stores or isinstance(part.ctx, ast.Store)):
            found.append((part.id, stores))
    return found


def stored_in(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement assigns; of a loop or a branch, those that its lines assign."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return ()
    if hasattr(node, "body"):
        parts = [*node.body, *getattr(node, "orelse", [])]
        return tuple(dict.fromkeys([name for part in parts for name in stored_in(part)]))
    return tuple(dict.fromkeys([name for name, stores in assigned(node) if not stores]))


def read_in(node: ast.AST) -> frozenset[str]:
    """The names that a statement reads; for `dx += ...` and `dx[i] = ...`, dx, too."""
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    added = node.target if isinstance(node, ast.AugAssign) else None
    return frozenset([name.id for name in names if isinstance(name.ctx, ast.Load) or name is added])


def goes_on(node: ast.stmt, target: str) -> tuple[bool, bool]:
    """Whether an assignment uses the earlier value of what it assigns, and whether it adds to it. target: a name, or an
    item or attribute as it is written."""
    value = getattr(node, "value", None)
    if isinstance(node, ast.AugAssign):
        return True, True
    if value is None:
        return False, False
    if target.isidentifier():
        return target in read_in(value), any(isinstance(t, ast.Name) and t.id == target for t in _terms(value))
    return target in ast.unparse(value), any(ast.unparse(t) == target for t in _terms(value))


def _terms(node: ast.expr) -> list[ast.expr]:
    """The terms of a sum."""
    found: list[ast.expr] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Sub):
            waiting += [part.left, part.right]
            found += [part.left, part.right]
    return found


def turning(loop: ast.For | ast.While) -> list[ast.Name]:
    """The variables of a loop."""
    if isinstance(loop, ast.While):
        return []
    return [part for part in ast.walk(loop.target) if isinstance(part, ast.Name)]
