"""What `print(...)` shows, letter for letter as Python and NumPy would show it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.program import NumberKind, Value

_DTYPES: dict[NumberKind, Any] = {"float": np.float64, "int": np.int64, "bool": np.bool_}


@dataclass(frozen=True, slots=True)
class Line:
    """One print: its line in the source, its items (texts, and values as Python would hold them) and the printed
    text."""

    line: int
    items: tuple[Any, ...]
    text: str


def as_python(value: Value, kind: NumberKind) -> Any:
    """A value in the number type that Python would have: whole numbers and masks are floats only inside the engine."""
    if type(value) is float:
        if kind == "bool":
            return bool(value)
        # Beyond 2**53 a float does not hold every whole number: it is shown as the float that it is.
        whole = kind == "int" and math.isfinite(value) and value.is_integer() and abs(value) <= 2**53
        return int(value) if whole else value
    if (
        kind != "float"
        and np.isfinite(value).all()
        and (np.floor(value) == value).all()
        and (np.abs(value) <= 2**53).all()
    ):
        return value.astype(_DTYPES[kind])  # type: ignore[union-attr]
    return value


def line(number: int, items: Sequence[str | tuple[Value, NumberKind]]) -> Line:
    """One printed line from its items."""
    held = tuple(item if isinstance(item, str) else as_python(*item) for item in items)
    with np.printoptions(threshold=1000):
        text = " ".join(str(item) for item in held)
    return Line(number, held, text)
