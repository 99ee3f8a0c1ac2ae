"""Places in the text."""

from __future__ import annotations

import ast
from bisect import bisect_right
from itertools import accumulate

from app.engine.errors import Span


class Spans:
    """Where syntax stands in one text.

    lines: the text if it is not ASCII. Python counts columns in bytes of UTF-8 from 0, people in characters from 1.
    """

    def __init__(self, lines: list[str] | None) -> None:
        self._lines = lines
        self._starts: dict[int, list[int]] = {}
        self._spans: dict[ast.AST, Span] = {}

    def of(self, node: ast.AST) -> Span:
        """The span of a syntax node."""
        found = self._spans.get(node)
        if found is None:
            line, end_line = node.lineno, node.end_lineno  # type: ignore[attr-defined]
            start, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
            found = Span(line, self._column(line, start), end_line, self._column(end_line, end))
            self._spans[node] = found
        return found

    def _column(self, line: int, offset: int) -> int:
        if self._lines is None:
            return offset + 1
        starts = self._starts.get(line)
        if starts is None:
            starts = self._starts[line] = list(accumulate(len(c.encode()) for c in self._lines[line - 1]))
        return bisect_right(starts, offset) + 1
