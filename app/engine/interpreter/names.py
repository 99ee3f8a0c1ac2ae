"""The built-in names, made from the registry of ops: `exp`, `np.exp`, `math.exp`, `x.sum` ..."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from app.engine.interpreter.values import Builtin, Module, Special
from app.engine.ops import REGISTRY

Binding = Builtin | Special | float

# Functions of NumPy that the interpreter carries out itself (see arrays.py and specials.py).
NUMPY_SPECIALS = (
    "array",
    "asarray",
    "copy",
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

FLOAT_NAMES = frozenset({"np.fabs", "np.float_power", "math.fabs", "math.pow"})
"""Names whose result is a float even for whole numbers, unlike other names of the same op."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan})


@cache
def bare_names() -> Mapping[str, Binding]:
    """Names that need no module: ops marked `bare`, `print` and `range`."""
    table: dict[str, Binding] = {op.name: Builtin(op, op.name) for op in REGISTRY.values() if op.bare}
    table["print"] = Special("print", "print")
    table["range"] = Special("range", "range")
    return MappingProxyType(table)


@cache
def numpy_names() -> Mapping[str, Binding]:
    """Names after `np.`: ops, array constructors, other functions and constants."""
    table: dict[str, Binding] = {}
    for op in REGISTRY.values():
        for name in op.numpy:
            table[name] = Builtin(op, f"np.{name}")
    for name in (*NUMPY_SPECIALS, *PRELUDE_IN_NUMPY):
        table[name] = Special(name, f"np.{name}")
    return MappingProxyType(table | dict(CONSTANTS))


@cache
def math_names() -> Mapping[str, Binding]:
    """Names after `math.`, for programs on scalars."""
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
    table: dict[str, Binding] = {}
    for name in wanted:
        op = next(op for op in REGISTRY.values() if name == op.name or name in op.numpy)
        table[name] = Builtin(op, f"math.{name}")
    return MappingProxyType(table | dict(CONSTANTS))


@cache
def method_names() -> Mapping[str, Binding]:
    """Methods of an array: `x.sum()`, `x.reshape(2, 3)`."""
    table: dict[str, Binding] = {op.name: Builtin(op, f".{op.name}") for op in REGISTRY.values() if op.method}
    for name in METHOD_SPECIALS:
        table[name] = Special(name, f".{name}")
    table["std"] = Special("std", ".std")
    return MappingProxyType(table)


MODULES: Mapping[str, Module] = MappingProxyType({"np": Module("np"), "numpy": Module("np"), "math": Module("math")})


def suggestion(name: str, known: Iterable[str], prefix: str = "") -> str | None:
    """A hint with the most similar known name; None if none is similar."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f"Did you mean {prefix}{near[0]}?" if near else None
