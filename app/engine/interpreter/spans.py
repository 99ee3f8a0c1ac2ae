"""Places in the text."""

from __future__ import annotations

import ast
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from app.engine.errors import Span


class Spans(dict[ast.AST, Span]):
    """Where syntax stands in one text: the span of each syntax node, made when it is first asked for.

    lines: the text if it is not ASCII. Python counts columns in bytes of UTF-8 from 0, people in characters from 1.
    """

    def __init__(self, lines: list[str] | None) -> None:
        super().__init__()
        self._lines = lines
        self._starts: dict[int, list[int]] = {}

    def __missing__(self, node: Any) -> Span:
        line, end_line = node.lineno, node.end_lineno
        start, end = node.col_offset, node.end_col_offset
        if self._lines is None:
            # There is one for every line: the constructor of a named tuple takes twice as long.
            found = tuple.__new__(Span, (line, start + 1, end_line, end + 1))
        else:
            found = Span(
                line, self._column(self._lines, line, start), end_line, self._column(self._lines, end_line, end)
            )
        self[node] = found
        return found

    def _column(self, lines: list[str], line: int, offset: int) -> int:
        starts = self._starts.get(line)
        if starts is None:
            starts = self._starts[line] = list(accumulate(len(c.encode()) for c in lines[line - 1]))
        return bisect_right(starts, offset) + 1
