"""Writes results as JSON, which has no NaN and no infinities: they become "NaN", "Infinity", "-Infinity".

A dataclass becomes an object with its fields; a named tuple one without the fields that are None or False. A piece of
a formula is told with what it leads to.

orjson writes non-finite numbers as null. The caller says how many None the content holds; if more nulls were written,
a number may not be finite, and everything is written again with such numbers as text. Counting nulls in the bytes is
far faster than testing every array.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any

import numpy as np
import orjson

from app.engine.ops.printed import Piece

_NULL = b"null"
_SEPARATOR = "|"
_SEPARATED = b',"|",'  # cannot occur inside a text, in which a quote is written \"


def write(content: Any, nulls: int = 0) -> bytes:
    """`content` as JSON. `nulls` is how many None it holds; where it holds others, or a text says null, that costs only
    time."""
    written = orjson.dumps(content, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY)
    if written.count(_NULL) == nulls:
        return written
    return orjson.dumps(spelled(content), default=_plain)


class Template:
    """JSON text with holes for numbers. The text around them is written once."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        """parts: the texts around the holes, one more than there are holes; at least two."""
        self._parts = [b""] * (2 * len(parts) - 1)
        self._parts[::2] = parts
        self._separated: list[Any] = [_SEPARATOR] * (2 * len(parts) - 3)

    def fill(self, numbers: Sequence[Any], nulls: int) -> bytes:
        """The text with a number, nested list, text or None in each hole. All are written in one call, then split."""
        separated = self._separated.copy()
        separated[::2] = numbers
        parts = self._parts.copy()
        parts[1::2] = write(separated, nulls)[1:-1].split(_SEPARATED)
        return b"".join(parts)


def nones(items: Iterable[Any]) -> int:
    """The number of None. It compares types, because an array compared to None gives an array."""
    return list(map(type, items)).count(NoneType)


def spelled(content: Any) -> Any:
    """A copy in which every non-finite number is its text. As deep as the answer's own shape."""
    if isinstance(content, float):
        return content if math.isfinite(content) else _spelling(content)
    if isinstance(content, np.ndarray):
        listed = content.tolist()
        return listed if np.isfinite(content).all() else spelled(listed)
    if isinstance(content, dict):
        return {key: spelled(value) for key, value in content.items()}
    if type(content) in (list, tuple):
        return [spelled(item) for item in content]
    if isinstance(content, tuple):
        return spelled(_plain(content))
    if is_dataclass(content):
        return {name: spelled(value) for name, value in members(content).items()}
    return content


def members(record: Any) -> dict[str, Any]:
    """The fields of a dataclass by name. Unlike `dataclasses.asdict`, it does not copy them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _spelling(number: float) -> str:
    return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"


def _piece(piece: Piece) -> dict[str, Any]:
    leads_to = {} if piece.source is None else piece.source._asdict()
    return {"text": piece.text, **leads_to, "bracket": piece.bracket}


def _plain(value: Any) -> Any:
    """Converts what orjson does not write itself: arrays that are not C-contiguous, and named tuples."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, tuple):
        fields_of = _piece(value) if isinstance(value, Piece) else value._asdict()  # type: ignore[attr-defined]
        return {name: each for name, each in fields_of.items() if each is not None and each is not False}
    raise TypeError(f"{type(value).__name__} is not part of an answer")
