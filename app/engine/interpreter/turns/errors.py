"""The loss of a turn whose text computes errors, `out - y`, and no number of them: what its steps follow the slope of.

It is half the sum of the squares of the errors, or the cross-entropy whose gradient before the sigmoid, or before the
softmax, is the error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from app.engine.program import Value

SQUARES, ENTROPIES, CLASSES = "squares", "entropies", "classes"


class Errors(NamedTuple):
    """kind: SQUARES, ENTROPIES (each number is a probability) or CLASSES (those of a row are, together); scale: how
    many times half of the squares, or the entropy, the loss is. sign: 1 for `out - y`, -1 for `y - out`. pairs: what
    the network says and the error, as nodes, one pair for each example of the turn."""

    kind: str
    scale: float
    sign: int
    pairs: tuple[tuple[int, int], ...] = ()

    def measured(self, value: Callable[[int], Value]) -> float:
        """The loss. value: that of a node."""
        with np.errstate(all="ignore"):
            return self.scale * sum([self._of_one(value, out, error) for out, error in self.pairs])

    def _of_one(self, value: Callable[[int], Value], out: int, error: int) -> float:
        wrong = np.asarray(value(error))
        if self.kind == SQUARES:
            return float(0.5 * np.sum(wrong * wrong))
        said = np.asarray(value(out))
        label = said - self.sign * wrong
        if self.kind == CLASSES:
            return float(-np.sum(label * np.log(said)))
        return float(-np.sum(label * np.log(said) + (1 - label) * np.log(1 - said)))

    def shifted(self, by: int) -> Errors | None:
        """The same, counted from another node; None where one of the pairs stands before it."""
        moved = tuple([(out - by, error - by) for out, error in self.pairs])
        return self._replace(pairs=moved) if all(out >= 0 for out, _ in moved) else None
