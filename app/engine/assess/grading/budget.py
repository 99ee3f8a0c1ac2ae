"""A budget for diagnosis; when it runs out, no slip is named."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.support.checkpoints import checkpoint


class BudgetExceeded(Exception):
    """The budget is used up."""


class Budget:
    """Counts work in steps of about a microsecond."""

    def __init__(self, steps: int = 60_000) -> None:
        self.left = float(steps)

    def take(self, *arrays: Any, products: int = 0) -> None:
        """Pays for one operation on these arrays before it is done. products: its scalar multiplications. Raises
        BudgetExceeded."""
        self.left -= 3 + sum(np.size(array) for array in arrays) / 100 + products / 1_000
        if self.left < 0:
            raise BudgetExceeded
        checkpoint(3)
