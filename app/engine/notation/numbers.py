"""Numbers in short form, as `static/js/words/format.js` writes them: tests/tables/figures.json tests both."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from app.engine.program import Value

MINUS = "−"
_DIGITS = 4
_ROOM = 4
"""Most numbers of a tensor that are written out."""


def figure(x: float, digits: int = _DIGITS) -> str:
    """One number: four significant digits at most, so that an exact 2 reads "2" and an exact 0 reads "0"."""
    if x == 0:
        return "0"
    size = abs(x)
    if size == math.inf:
        text = "∞"
    elif size != size:
        return "NaN"
    elif size < 1e5 and size == int(size):
        text = str(int(size))
    elif 1e-3 <= size < 1e5:
        # Before the point every digit is kept: 12345.6 rounded to 12350 would be another number.
        rounded = float(_scientific(size, max(digits, math.floor(math.log10(size)) + 1)))
        text = str(int(rounded)) if rounded == int(rounded) else repr(rounded)
    else:
        mantissa, _, exponent = _scientific(size, digits).partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{str(int(exponent)).replace('-', MINUS)}"
    return MINUS + text if x < 0 else text


def _scientific(size: float, digits: int) -> str:
    """Rounded to this many digits, with an exponent; halves go up, as in JavaScript."""
    shown = repr(size)
    if len(shown) > digits + 1 and _half(shown, digits):
        exact = Decimal(size)
        exponent = exact.adjusted()
        size = float(exact.quantize(Decimal(1).scaleb(exponent - digits + 1), ROUND_HALF_UP))
    return f"{size:.{digits - 1}e}"


def _half(shown: str, digits: int) -> bool:
    """Whether a number lies in the middle between two that have one digit less."""
    figures = shown.partition("e")[0].replace(".", "").strip("0")
    return len(figures) == digits + 1 and figures[-1] == "5"


def factor(x: float, digits: int = _DIGITS) -> str:
    """In brackets where a sign would collide with the operator before it."""
    return f"({figure(x, digits)})" if x < 0 else figure(x, digits)


def flat(value: Value) -> list[float]:
    """The numbers of a value in row-major order."""
    return [value] if isinstance(value, float | int) else value.ravel().tolist()


def size(value: Value) -> int:
    return 1 if isinstance(value, float | int) else value.size


def tensor(value: Value | None) -> str:
    """A tensor on one line. Columns are written as a row with ᵀ; a longer one is given by its range."""
    if value is None:
        return "·"
    if isinstance(value, float | int):
        return figure(value)
    count = value.size
    if count == 1:
        return figure(value.item())
    if count == 0:
        return "empty"
    if count > _ROOM:
        return spread(value)
    return written(value.shape, [figure(x) for x in value.ravel().tolist()])


def spread(value: Any) -> str:
    """The smallest and the largest of many numbers, or the one that all are; NaN is named after them."""
    numbers = value[~np.isnan(value)]
    if numbers.size == 0:
        return "NaN"
    low, high = float(numbers.min()), float(numbers.max())
    text = f"all {figure(low, 3)}" if low == high else f"{figure(low, 3)} … {figure(high, 3)}"
    return text if numbers.size == value.size else f"{text}, NaN"


def written(shape: tuple[int, ...], numbers: list[str]) -> str:
    """Numbers, each written out already, in the brackets of their shape."""
    if len(shape) == 2 and shape[1] == 1:
        return f"[{'  '.join(numbers)}]ᵀ"
    if len(shape) == 2 and shape[0] > 1:
        rows = ["  ".join(numbers[i * shape[1] : (i + 1) * shape[1]]) for i in range(shape[0])]
        return f"[{'; '.join(rows)}]"
    return f"[{'  '.join(numbers)}]"


def shape(dimensions: tuple[int, ...]) -> str:
    """2×1; a vector by its length."""
    return "×".join(map(str, dimensions)) if dimensions else "1"


def is_finite(value: Any) -> bool:
    return math.isfinite(value) if isinstance(value, float | int) else bool(np.isfinite(value).all())


def unfinite(value: Any) -> int:
    """How many of its numbers are not finite."""
    return size(value) - int(np.count_nonzero(np.isfinite(value)))


def is_zero(value: Any) -> bool:
    """Exactly zero, every element."""
    return value == 0 if isinstance(value, float | int) else not value.any()
