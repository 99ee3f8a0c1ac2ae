"""Values as code, exact to the last bit."""

from __future__ import annotations

import re

from app.engine.program import Array, Value


def float_text(value: float, module: str) -> str:
    """A number as code; infinities and nan by their names in the module."""
    return {"inf": f"{module}.inf", "-inf": f"-{module}.inf", "nan": f"{module}.nan"}.get(repr(value), repr(value))


def array_text(value: Array, module: str, maker: str, options: str = "") -> str:
    """An array as code. maker: the function that makes one from nested lists. Larger arrays of one number are written
    with `full`."""
    if value.size == 0:
        return f"{module}.zeros({value.shape}{options})"
    if value.size > 16 and is_uniform(value):
        return f"{module}.full({value.shape}, {float_text(float(value.flat[0]), module)}{options})"
    listed = re.sub(r"(inf|nan)", rf"{module}.\1", repr(value.tolist()))
    return f"{maker}({listed}{options})"


def seed_text(seed: Value, module: str, maker: str) -> str:
    """The seed as code."""
    if isinstance(seed, float):
        return float_text(seed, module)
    if seed.size and is_uniform(seed):
        first = float(seed.flat[0])
        if first == 1.0:
            return f"{module}.ones({seed.shape})"
        return f"{module}.full({seed.shape}, {float_text(first, module)})"
    return array_text(seed, module, maker)


def is_uniform(value: Array) -> bool:
    """Whether all elements are the same number."""
    return bool((value == value.flat[0]).all())
