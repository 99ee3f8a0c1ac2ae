"""Hints: what to write instead of a name that the language does not have."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from app.engine.interpreter.names import bare_names, numpy_names, suggestion

NOT_THERE = "There is no replacement for it."
SEE_OPS = "The list of functions is in the help, and at /api/v1/ops."

REFUSED_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "input": "Leave it out: a name without a value is an input.",
        "eval": "Write the expression itself.",
        "exec": "Write the lines themselves.",
    }
)

NUMPY_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "copysign": "Write np.where(y < 0, -1.0, 1.0) * abs(x).",
        **dict.fromkeys(
            ("matrix", "asmatrix", "mat", "bmat"),
            "Write np.array([[1.0, 2.0], [3.0, 4.0]]), and @ for products of matrices.",
        ),
        "as_strided": "Write np.lib.stride_tricks.sliding_window_view(x, n) for windows of x.",
        "frombuffer": "Write the numbers into the program: np.array([...]).",
    }
)
"""What to write instead of functions of NumPy (and of Python's math) that the language does not have. It gives the same
numbers, under the conditions that the hint names."""

OTHER_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "lrelu": "Write leaky_relu(x).",
        "swish": "Write silu(x).",
        "selu": "Write 1.0507009873554805 * elu(x, alpha=1.6732632423543772).",
        "celu": "Write elu(x), which is the same for alpha = 1.",
        "relu6": "Write np.clip(x, 0, 6).",
        "mish": "Write x * np.tanh(softplus(x)).",
        "softsign": "Write x / (1 + abs(x)).",
        "softmin": "Write softmax(-x).",
        "logsigmoid": "Write -softplus(-x).",
        "rmse": "Write np.sqrt(mse(x, y)).",
        "mae": "Write np.mean(abs(x - y)).",
        "sse": "Write np.sum((x - y) ** 2).",
    }
)
"""The same for names of functions in other libraries and books."""


@cache
def _taken() -> frozenset[str]:
    """Names with a meaning in Python or NumPy: they are not misspellings of something else."""
    return frozenset([*dir(np), *dir(np.ndarray), *dir(math), *dir(builtins)])


def advice(word: str, known: Iterable[str], prefix: str = "") -> str | None:
    """What to write instead of a function that the language does not have, or None. prefix: put before a suggested
    name, such as "np.". An op of that name comes first: what is said in its place is for as long as there is none."""
    if word in bare_names():
        return f"Write {word}(...)."
    if word in numpy_names():
        return f"Write np.{word}(...)."
    found = NUMPY_HINTS.get(word) or OTHER_HINTS.get(word)
    if found is None and word in _taken():
        return f"{NOT_THERE} {SEE_OPS}"
    return found or suggestion(word, known, prefix)
