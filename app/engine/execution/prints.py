"""The output of `print(...)`, character for character as Python and NumPy print it."""

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
    """One print: its line in the source, its items (texts, and values of Python's types) and the printed text."""

    line: int
    items: tuple[Any, ...]
    text: str


def as_python(value: Value, kind: NumberKind) -> Any:
    """A value of the type that Python has: integers and masks are floats only inside the engine."""
    if type(value) is float:
        if kind == "bool":
            return bool(value)
        # Above 2**53 a float cannot represent every integer, so it is shown as a float.
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
