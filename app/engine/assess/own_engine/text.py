"""The text of a program by its lines: what stands there, and inside which function."""

from __future__ import annotations

import ast

from app.engine.interpreter.source import without_notebook
from app.engine.limits import Limits


class Lines:
    """The lines of a program. limits: those that it was read within, for what is read of it again."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.limits = limits
        text, _ = without_notebook(source, limits)
        self.lines = text.split("\n")
        self.tree = ast.parse(text)
        self._functions: list[tuple[int, int, str]] = []
        self._visit(self.tree, "")

    def _visit(self, node: ast.AST, around: str) -> None:
        for each in ast.iter_child_nodes(node):
            name = around
            if isinstance(each, ast.FunctionDef | ast.ClassDef):
                name = f"{around}.{each.name}" if around else each.name
                self._functions.append((each.lineno, each.end_lineno or each.lineno, name))
            self._visit(each, name)

    def code(self, line: int) -> str:
        """A line as it is written, without what surrounds it."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""

    def within(self, line: int, name: str) -> bool:
        """Whether a line belongs to a function, or to one that is defined in it."""
        return bool(name) and any(a <= line <= b and each == name for a, b, each in self._functions)

    def function(self, line: int) -> str:
        """The method that a line belongs to, `Value.__mul__`, without functions that are defined in it; "" at the top
        level."""
        around = [(a, each) for a, b, each in self._functions if a <= line <= b]
        classes = {node.name for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)}
        for _, each in sorted(around):
            last = each.rsplit(".", 1)[-1]
            if last not in classes:
                return each
        return ""

    def end(self, function: str) -> int | None:
        """The last line of a function; None where there is none."""
        return next((b for _, b, each in self._functions if each == function), None)
