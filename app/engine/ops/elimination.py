"""Gauss and Jordan's elimination written out in single numbers, with the largest pivot that a column has."""

from __future__ import annotations

from typing import Any

Rows = list[list[Any]]


def eliminated(write: Any, a: Rows, b: Rows) -> tuple[list[Any], Any, Rows]:
    """Solves a @ x = b. The pivots, the sign that exchanging rows gives their product, and x.

    Which row holds the largest number is chosen by a comparison each, so that it may change with the numbers.
    """
    a, b = [list(row) for row in a], [list(row) for row in b]
    sign = write.constant(1.0)
    pivots: list[Any] = []
    for k in range(len(a)):
        for i in range(k + 1, len(a)):
            sign = _larger_first(write, a, b, k, i, sign)
        pivots.append(a[k][k])
        for i in range(len(a)):
            if i != k:
                factor = write("divide", a[i][k], a[k][k])
                a[i] = _less(write, a[i], factor, a[k], k + 1)
                b[i] = _less(write, b[i], factor, b[k], 0)
    return pivots, sign, [[write("divide", x, pivot) for x in row] for row, pivot in zip(b, pivots, strict=True)]


def _larger_first(write: Any, a: Rows, b: Rows, k: int, i: int, sign: Any) -> Any:
    """Exchanges rows k and i where i has the larger number in column k."""
    swap = write("greater", write("abs", a[i][k]), write("abs", a[k][k]))
    for rows, start in ((a, k), (b, 0)):
        for j in range(start, len(rows[k])):
            upper, lower = rows[k][j], rows[i][j]
            rows[k][j], rows[i][j] = write("where", swap, lower, upper), write("where", swap, upper, lower)
    return write("where", swap, write("negative", sign), sign)


def _less(write: Any, row: list[Any], factor: Any, other: list[Any], start: int) -> list[Any]:
    pairs = zip(row[start:], other[start:], strict=True)
    return [*row[:start], *(write("subtract", x, write("multiply", factor, y)) for x, y in pairs)]
