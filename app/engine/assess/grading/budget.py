"""How much looking for slips may cost: it is a help, and must not keep anybody waiting."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.support.deadline import checkpoint


class Spent(Exception):
    """The allowance is used up."""


class Allowance:
    """Counts steps of about a microsecond."""

    def __init__(self, steps: int = 60_000) -> None:
        self.left = float(steps)

    def take(self, *arrays: Any, products: int = 0) -> None:
        """Pays for one operation on these arrays, before it is done; Spent where there is nothing left."""
        self.left -= 3 + sum(np.size(array) for array in arrays) / 100 + products / 1_000
        if self.left < 0:
            raise Spent
        checkpoint(3)
