"""Values of the engine as Python and NumPy have them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.program import Value


def as_host(value: Value, kind: str) -> Any:
    """A value of the engine as Python's number or as a NumPy array of the type that Python would have."""
    if type(value) is float:
        if kind == "bool":
            return bool(value)
        return int(value) if kind == "int" and np.isfinite(value) else value
    dtype: Any = {"bool": np.bool_, "int": np.int64}.get(kind, np.float64)
    with np.errstate(all="ignore"):
        return value.astype(dtype)  # type: ignore[union-attr]
