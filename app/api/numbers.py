"""Numbers on their way to JSON, which has no NaN and no infinities: they become "NaN", "Infinity", "-Infinity"."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

_NULL = b"null"


def write(content: Any, nulls: int) -> bytes:
    """`content` as JSON. `nulls` is how many None it holds.

    orjson writes non-finite numbers as null. Were there more nulls than None, something is not finite (or a text says
    null, which costs only time), and everything is written again with those numbers spelled out. Looking for nulls in
    the bytes takes far less time than asking every array whether it is finite.
    """
    written = orjson.dumps(content, default=_contiguous, option=orjson.OPT_SERIALIZE_NUMPY)
    if written.count(_NULL) == nulls:
        return written
    return orjson.dumps(spelled(content))


def spelled(content: Any) -> Any:
    """A copy in which every non-finite number is its text, and arrays are lists. As deep as the answer's own shape."""
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


def _contiguous(value: Any) -> Any:
    """orjson writes only C-ordered arrays itself; views of others come here."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not part of an answer")
