"""A tensor as PyTorch prints it: four digits, a column wide enough for all numbers, and what stands after them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from app.engine.program import TensorText, Value

_LINE, _EDGE, _MANY = 80, 3, 1000
"""Characters of a line, items shown at both ends of an axis, elements beyond which only these
are shown: what PyTorch begins with."""
_PREFIX = "tensor("
_SMALL, _LARGE, _RANGE = 1e-4, 1e8, 1000.0
"""Beyond these, numbers are written with an exponent."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How each number is written. width: that of the widest one."""

    width: int
    write: Callable[[Any], str]

    def __call__(self, value: Any) -> str:
        return self.write(value).rjust(self.width)


def tensor_text(value: Value, said: TensorText) -> str:
    """The text of a tensor with this value."""
    array = _typed(np.asarray(value), said.dtype)
    brief = array.size > _MANY
    column = _column(_edges(array) if brief else array, said)
    indent = len(_PREFIX)
    suffixes = [*([f"size={array.shape}"] if not array.size and array.ndim > 1 else []), *said.suffixes]
    if not array.size:
        text = f"{_PREFIX}[]"
    elif not array.ndim:
        text = _PREFIX + column(array.item())
    else:
        text = _PREFIX + _nested(array, column, indent, brief=brief)
    return ("Parameter containing:\n" if said.parameter else "") + _with_suffixes(text, suffixes, indent) + ")"


def _typed(array: np.ndarray[Any, Any], dtype: str) -> np.ndarray[Any, Any]:
    """The numbers as the type has them."""
    if dtype in ("int64", "bool"):
        return array.astype(dtype)
    with np.errstate(all="ignore"):
        return array.astype(dtype).astype(np.float64)


def _column(array: np.ndarray[Any, Any], said: TensorText) -> _Column:
    if array.dtype.kind != "f":
        return _Column(max([len(str(each)) for each in array.ravel().tolist()], default=0), str)
    held = array[np.isfinite(array) & (array != 0)].ravel()
    if not held.size:
        return _Column(1, _whole)
    smallest, largest = float(np.abs(held).min()), float(np.abs(held).max())
    whole = bool((held == np.ceil(held)).all())
    far = largest / smallest > _RANGE or largest > _LARGE or (not whole and smallest < _SMALL)
    write: Callable[[float], str]
    if far if said.exponents is None else said.exponents:
        write = partial(_with_digits, f".{said.digits}e")
    else:
        write = _whole if whole else partial(_with_digits, f".{said.digits}f")
    return _Column(max(len(write(each)) for each in held.tolist()), write)


def _whole(value: float) -> str:
    return f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"


def _with_digits(spec: str, value: float) -> str:
    return format(value, spec)


def _edges(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The elements at the ends of each axis."""
    for axis, length in enumerate(array.shape):
        if length > 2 * _EDGE:
            array = np.take(array, [*range(_EDGE), *range(length - _EDGE, length)], axis=axis)
    return array


def _shown(length: int, *, brief: bool) -> list[int | None]:
    """The places of an axis that are shown; None for those that are left out."""
    if not brief or length <= 2 * _EDGE:
        return list(range(length))
    return [*range(_EDGE), None, *range(length - _EDGE, length)]


def _nested(array: np.ndarray[Any, Any], column: _Column, indent: int, *, brief: bool) -> str:
    places = _shown(array.shape[0], brief=brief)
    if array.ndim == 1:
        most = max(1, (_LINE - indent) // (column.width + 2))
        items = [" ..." if at is None else column(array[at].item()) for at in places]
        lines = [", ".join(items[start : start + most]) for start in range(0, len(items), most)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    parts = ["..." if at is None else _nested(array[at], column, indent + 1, brief=brief) for at in places]
    return "[" + ("," + "\n" * (array.ndim - 1) + " " * (indent + 1)).join(parts) + "]"


def _with_suffixes(text: str, suffixes: Sequence[str], indent: int) -> str:
    """What stands after the numbers: in the same line where there is room."""
    length = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if length + len(suffix) + 2 > _LINE:
            text += ",\n" + " " * indent + suffix
            length = indent + len(suffix)
        else:
            text += ", " + suffix
            length += len(suffix) + 2
    return text
