"""Every name that the language knows by itself, made from the registry: `exp`, `np.exp`, `x.sum`, `softmax` ..."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from app.engine.language.values import Builtin, Module, Special
from app.engine.ops import REGISTRY

Known = Builtin | Special | float

# Carried out while the text is read (see special.py); spelled with and without the module.
NUMPY_SPECIALS = (
    "array",
    "asarray",
    "zeros",
    "ones",
    "full",
    "eye",
    "arange",
    "linspace",
    "split",
    "ravel",
    "expand_dims",
)
METHOD_SPECIALS = ("astype", "copy", "flatten", "ravel")
PRELUDE_IN_NUMPY = ("std",)

SEE_OPS = "The list of functions is in the help, and at /api/v1/ops."

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan})

REFUSED_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "sum": "Write np.sum(x) or x.sum(): Python's own sum adds only the first axis.",
        "max": "Write np.maximum(a, b) for the larger of two, np.max(x) for the largest element.",
        "min": "Write np.minimum(a, b) for the smaller of two, np.min(x) for the smallest element.",
        "len": "Write x.shape[0].",
        "round": "Rounding has no useful gradient; leave it out.",
        "float": "Numbers are floats already; write x.astype(float) for a mask.",
        "int": "Whole numbers are written as they are: 3",
        "str": "print shows numbers by itself: print('loss', loss)",
        "pow": "Write x ** 2.",
        "bool": "Comparisons give masks: x > 0",
        "tuple": "Write the values out: a, b = ...",
        "dict": "Give each value a name of its own.",
        "set": "Write the list out: [a, b]",
        "sorted": "The order of values cannot decide what is computed; leave it out.",
        "isinstance": "Leave it out.",
        "type": "Leave it out.",
        "input": "A name without a value becomes an input by itself.",
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
        "linalg": "Write the norm as np.sqrt(np.sum(x * x)).",
        "outer": "Write x.reshape(-1, 1) * y.",
        "inner": "Write x @ y.",
        "einsum": "Write it with @, * and np.sum.",
        "tensordot": "Write it with @ and .reshape.",
        "argmax": "It is flat almost everywhere, so it has no useful gradient; write np.max(x) for the value.",
        "argmin": "It is flat almost everywhere, so it has no useful gradient; write np.min(x) for the value.",
        "sign": "Write (x > 0).astype(float) - (x < 0).astype(float).",
        "heaviside": "Write (x > 0).astype(float).",
        "log2": "Write np.log(x) / np.log(2).",
        "log10": "Write np.log(x) / np.log(10).",
        "tan": "Write np.sin(x) / np.cos(x).",
        "sinh": "Write (np.exp(x) - np.exp(-x)) / 2.",
        "cosh": "Write (np.exp(x) + np.exp(-x)) / 2.",
        "vstack": "Write np.concatenate((a, b), axis=0) for matrices, np.stack((a, b)) for vectors.",
        "hstack": "Write np.concatenate((a, b), axis=-1).",
        "column_stack": "Write np.stack((a, b), axis=1).",
        "squeeze": "Write x.reshape(...) with the shape that it shall have.",
        "atleast_2d": "Write x.reshape(1, -1).",
        "prod": "Multiply the parts: x[0] * x[1], or write np.exp(np.sum(np.log(x))) for positive numbers.",
        "cumsum": "Add the parts up in a for loop.",
        "round": "It is flat almost everywhere, so it has no useful gradient; leave it out.",
        "floor": "It is flat almost everywhere, so it has no useful gradient; leave it out.",
        "float64": "Numbers are 64-bit floats already; leave it out.",
        "float32": "All numbers are 64-bit floats; leave it out.",
        "empty": "Write np.zeros((2, 3)).",
        "allclose": "Print both and compare, or print their difference.",
    }
)
"""What to write instead of NumPy's functions that people reach for, where no name nearby means the same."""


@cache
def bare_names() -> Mapping[str, Known]:
    """Names usable without a module: every op that reads well alone, `print`, `range`."""
    table: dict[str, Known] = {op.name: Builtin(op, op.name) for op in REGISTRY.values() if op.bare}
    table["print"] = Special("print", "print")
    table["range"] = Special("range", "range")
    return MappingProxyType(table)


@cache
def numpy_names() -> Mapping[str, Known]:
    """Names behind `np.`: the ops that NumPy has under that name, array makers and constants."""
    table: dict[str, Known] = {}
    for op in REGISTRY.values():
        for name in op.numpy:
            table[name] = Builtin(op, f"np.{name}")
    for name in (*NUMPY_SPECIALS, *PRELUDE_IN_NUMPY):
        table[name] = Special(name, f"np.{name}")
    return MappingProxyType(table | dict(CONSTANTS))


@cache
def math_names() -> Mapping[str, Known]:
    """Names behind `math.`, for programs on scalars."""
    wanted = (
        "exp",
        "log",
        "log1p",
        "expm1",
        "sqrt",
        "sin",
        "cos",
        "sinh",
        "cosh",
        "tanh",
        "erf",
        "erfc",
        "fabs",
        "pow",
    )
    table: dict[str, Known] = {}
    for name in wanted:
        op = next(op for op in REGISTRY.values() if name == op.name or name in op.numpy)
        table[name] = Builtin(op, f"math.{name}")
    return MappingProxyType(table | dict(CONSTANTS))


@cache
def method_names() -> Mapping[str, Known]:
    """Names behind an array: `x.sum()`, `x.reshape(2, 3)`."""
    table: dict[str, Known] = {op.name: Builtin(op, f".{op.name}") for op in REGISTRY.values() if op.method}
    for name in METHOD_SPECIALS:
        table[name] = Special(name, f".{name}")
    table["std"] = Special("std", ".std")
    return MappingProxyType(table)


MODULES: Mapping[str, Module] = MappingProxyType({"np": Module("np"), "numpy": Module("np"), "math": Module("math")})


def suggestion(name: str, known: Iterable[str], prefix: str = "") -> str | None:
    """The nearest known name as a hint, where one is near."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f"Did you mean {prefix}{near[0]}?" if near else None
