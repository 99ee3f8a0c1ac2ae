"""Arrays of whole numbers in an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.ops.expression import Shape


@dataclass(frozen=True, slots=True)
class IndexArray:
    """An array of whole numbers in an index, as in `x[[0, 2], 1]`: frozen, and equal to others with these numbers.

    data: the numbers as bytes of int64. shape: that of the array.
    """

    data: bytes
    shape: Shape

    @classmethod
    def of(cls, numbers: Any) -> IndexArray:
        """From whole numbers, nested lists of them, or an array (of float64 as well, if they are whole)."""
        given = np.asarray(numbers)
        array = given.astype(np.int64)
        if not np.array_equal(array, given):
            raise ValueError(f"an index takes whole numbers, not {numbers!r}")
        return cls(array.tobytes(), array.shape)

    @property
    def array(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The numbers, read-only."""
        return np.frombuffer(self.data, dtype=np.int64).reshape(self.shape)


def index_parts(
    index: Iterable[Any], array: Callable[[IndexArray], str], dots: str = "...", new: str = "None"
) -> list[str]:
    """What stands between square brackets, part by part. array: how index arrays are written."""

    def part(item: Any) -> str:
        match item:
            case slice():
                bounds = ["" if bound is None else str(bound) for bound in (item.start, item.stop)]
                return ":".join(bounds if item.step is None else [*bounds, str(item.step)])
            case IndexArray():
                return array(item)
            case None:
                return new
            case _:
                return dots if item is Ellipsis else str(item)

    return [part(item) for item in index]
