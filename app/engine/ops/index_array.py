"""Arrays of whole numbers in an index."""

from __future__ import annotations

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
