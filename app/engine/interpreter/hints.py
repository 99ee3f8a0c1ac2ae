"""Hints: what to write instead of a name that the language does not have."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from app.engine.interpreter.names import suggestion

NOT_THERE = "There is no replacement for it."
FLAT = "It is left out because it is flat almost everywhere, so its gradient is 0."
SEE_OPS = "The list of functions is in the help, and at /api/v1/ops."

REFUSED_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "sum": "Write np.sum(x, axis=0), as Python's sum of an array does, or np.sum(x) to add up all elements.",
        "max": "Write np.maximum(a, b) for the larger of two, np.max(x) for the largest element.",
        "min": "Write np.minimum(a, b) for the smaller of two, np.min(x) for the smallest element.",
        "len": "Write x.shape[0].",
        "round": FLAT,
        "float": "Leave it out: numbers are floats already. Write 1.0 * (x > 0) to turn a mask into numbers.",
        "int": "Write whole numbers directly: 3",
        "str": "Leave it out; print shows numbers: print('loss', loss)",
        "pow": "Write a ** b.",
        "bool": "Comparisons give masks: x > 0",
        "tuple": "Write the values out: a, b = ...",
        "dict": "Give each value a name of its own.",
        "set": "Write the list out: [a, b]",
        "sorted": "It is left out: the order of values cannot decide what is computed.",
        "reversed": "Write range(2, -1, -1) to count down from 2.",
        "any": "Write np.max(mask): it is True if any element is.",
        "all": "Write np.min(mask): it is True if all elements are.",
        "isinstance": "Leave it out.",
        "type": "Leave it out.",
        "input": "Leave it out: a name without a value is an input.",
        "open": "Files cannot be read here; write the values into the program.",
        "eval": "Write the expression itself.",
        "exec": "Write the lines themselves.",
        "list": "Write the list out: [a, b]",
        "map": "Apply the function to the array itself; it works on every element.",
        "zip": "Index with constants in a for loop over range(...).",
        "enumerate": "Write for i in range(3): and index with i.",
    }
)

NUMPY_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "random": "Leave the name without a value, and set it beside the program.",
        "linalg": "Write np.sqrt(np.sum(x * x)) for the norm; nothing else of np.linalg is available.",
        "outer": "Write x.reshape(-1, 1) * y.reshape(-1).",
        "inner": "Write x @ y.T.",
        "vdot": "Write np.sum(x * y).",
        "einsum": "Write it with @, * and np.sum.",
        "tensordot": "Write it with @ and .reshape.",
        "argmax": f"{FLAT} np.max(x) is the value at that index.",
        "argmin": f"{FLAT} np.min(x) is the value at that index.",
        "sign": "Write 1.0 * (x > 0) - 1.0 * (x < 0).",
        "copysign": "Write np.where(y < 0, -1.0, 1.0) * abs(x).",
        "heaviside": "Write np.where(x == 0, y, 1.0 * (x > 0)), with y for the value at 0.",
        "exp2": "Write 2.0 ** x.",
        "cbrt": "Write np.where(x < 0, -1.0, 1.0) * abs(x) ** (1 / 3).",
        "reciprocal": "Write 1 / x.",
        "positive": "Write +x.",
        "hypot": "Write np.sqrt(x * x + y * y).",
        "logaddexp": "Write np.maximum(x, y) + np.log1p(np.exp(-abs(x - y))).",
        "fmax": "Write np.maximum(x, y).",
        "fmin": "Write np.minimum(x, y).",
        "deg2rad": "Write x * np.pi / 180.",
        "rad2deg": "Write x * 180 / np.pi.",
        "radians": "Write x * np.pi / 180.",
        "degrees": "Write x * 180 / np.pi.",
        "ptp": "Write np.max(x) - np.min(x).",
        "average": "Write np.mean(x), or np.sum(w * x) / np.sum(w) with weights w.",
        "full_like": "Write np.zeros_like(x) + y.",
        "any": "Write np.max(mask): it is True if any element is.",
        "all": "Write np.min(mask): it is True if all elements are.",
        "count_nonzero": "Write np.sum(1.0 * (x != 0)).",
        "trace": "Write np.sum(x * np.eye(2)), with 2 for the number of rows.",
        "median": f"{NOT_THERE} The order of values cannot decide what is computed.",
        "sort": f"{NOT_THERE} The order of values cannot decide what is computed.",
        "floor_divide": FLAT,
        "mod": "Write x - n * k, with the whole number k written out.",
        "remainder": "Write x - n * k, with the whole number k written out.",
        "ceil": FLAT,
        "trunc": FLAT,
        "rint": FLAT,
        "log2": "Write np.log(x) / np.log(2).",
        "log10": "Write np.log(x) / np.log(10).",
        "tan": "Write np.sin(x) / np.cos(x).",
        "arcsinh": "Write np.log(x + np.sqrt(x * x + 1)).",
        "arccosh": "Write np.log(x + np.sqrt(x * x - 1)).",
        "arctanh": "Write np.log((1 + x) / (1 - x)) / 2.",
        "vstack": "Write np.concatenate((a, b), axis=0) for matrices, np.stack((a, b)) for vectors.",
        "hstack": "Write np.concatenate((a, b), axis=-1) for vectors and matrices.",
        "column_stack": "Write np.stack((a, b), axis=1) for vectors, np.concatenate((a, b), axis=1) for matrices.",
        "squeeze": "Write x.reshape(...) with the shape that you want.",
        "atleast_2d": "Write x.reshape(1, -1) for a vector; a matrix is one already.",
        "prod": "Multiply the parts: x[0] * x[1], or write np.exp(np.sum(np.log(x))) for positive numbers.",
        "cumsum": "Add the parts up in a for loop.",
        "round": FLAT,
        "floor": FLAT,
        "float64": "Numbers are 64-bit floats already; leave it out.",
        "float32": "All numbers are 64-bit floats; leave it out.",
        "empty": "Write np.zeros((2, 3)).",
        "allclose": "Print both and compare, or print their difference.",
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
    name, such as "np."."""
    found = NUMPY_HINTS.get(word) or OTHER_HINTS.get(word)
    if found is None and word in _taken():
        return f"{NOT_THERE} {SEE_OPS}"
    return found or suggestion(word, known, prefix)
