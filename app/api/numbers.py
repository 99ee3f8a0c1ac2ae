"""Numbers on their way to JSON, which has no NaN and no infinities: they become "NaN", "Infinity", "-Infinity".

orjson writes non-finite numbers as null. So whoever calls says how many None there are, and where more nulls were
written, something is not finite and everything is written again with those numbers spelled out. Looking for nulls in
the bytes takes far less time than asking every array whether it is finite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType
from typing import Any

import numpy as np
import orjson

_NULL = b"null"
_SEPARATOR = "|"
_SEPARATED = b',"|",'  # cannot occur inside a text, where a quote is written \"


def write(content: Any, nulls: int) -> bytes:
    """`content` as JSON. `nulls` is how many None it holds; a text that says null costs only time."""
    written = orjson.dumps(content, default=_listed, option=orjson.OPT_SERIALIZE_NUMPY)
    if written.count(_NULL) == nulls:
        return written
    return orjson.dumps(spelled(content), default=_listed)


class Template:
    """JSON text with holes for numbers: what stays the same while values change is written once."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        """`parts` are the texts around the holes: one more than there are holes, of which there is at least one."""
        self._parts = [b""] * (2 * len(parts) - 1)
        self._parts[::2] = parts
        self._separated: list[Any] = [_SEPARATOR] * (2 * len(parts) - 3)

    def fill(self, numbers: Sequence[Any], nulls: int) -> bytes:
        """The text with one number, nested list, text or None in each hole. All are written at once, then cut apart."""
        separated = self._separated.copy()
        separated[::2] = numbers
        parts = self._parts.copy()
        parts[1::2] = write(separated, nulls)[1:-1].split(_SEPARATED)
        return b"".join(parts)


def nones(items: Iterable[Any]) -> int:
    """How many are None. By type: arrays do not compare to None as a whole."""
    return list(map(type, items)).count(NoneType)


def spelled(content: Any) -> Any:
    """A copy in which every non-finite number is its text. As deep as the answer's own shape."""
    if isinstance(content, float):
        return content if content - content == 0 else _spelling(content)
    if isinstance(content, np.ndarray):
        listed = content.tolist()
        return listed if np.isfinite(content).all() else spelled(listed)
    if isinstance(content, dict):
        return {key: spelled(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [spelled(item) for item in content]
    return content


def _spelling(number: float) -> str:
    return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"


def _listed(value: Any) -> Any:
    """Arrays that orjson does not write itself, such as those in another order than C's, come here."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not part of an answer")
