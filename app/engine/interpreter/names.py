"""Names that the registry of ops gives: `exp`, `np.exp`, `math.exp`, `x.sum` ..."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from app.engine.interpreter.values import Builtin
from app.engine.ops import REGISTRY
from app.engine.ops.activations import MATH_TANH
from app.engine.ops.functions import MATH_EXP, MATH_LOG

FLOAT_NAMES = frozenset({"np.fabs", "np.float_power", "math.fabs", "math.pow"})
"""Names whose result is a float even for whole numbers, unlike other names of the same op."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan})

_MATH = (
    "exp log log1p expm1 sqrt sin cos tan sinh cosh tanh asin acos atan atan2 asinh acosh atanh log2 log10 exp2 cbrt "
    "hypot erf erfc fabs pow"
).split()


@cache
def bare_names() -> Mapping[str, Builtin]:
    """Names that need no module: ops marked `bare`."""
    return MappingProxyType({op.name: Builtin(op, op.name) for op in REGISTRY.values() if op.bare})


@cache
def numpy_names() -> Mapping[str, Builtin]:
    """Ops by their names after `np.`."""
    return MappingProxyType({name: Builtin(op, f"np.{name}") for op in REGISTRY.values() for name in op.numpy})


@cache
def math_names() -> Mapping[str, Builtin]:
    """Ops by their names after `math.`, for programs on scalars."""
    table: dict[str, Builtin] = {}
    for name in _MATH:
        op = next((op for op in REGISTRY.values() if name == op.name or name in op.numpy), None)
        if op is not None:
            table[name] = Builtin(op, f"math.{name}")
    own = {"tanh": MATH_TANH, "exp": MATH_EXP, "log": MATH_LOG}
    return MappingProxyType(table | {name: Builtin(op, f"math.{name}") for name, op in own.items()})


@cache
def method_names() -> Mapping[str, Builtin | None]:
    """Methods of an array: `x.sum()`, `x.reshape(2, 3)`; None for one that the prelude writes."""
    table: dict[str, Builtin | None] = {op.name: Builtin(op, f".{op.name}") for op in REGISTRY.values() if op.method}
    return MappingProxyType(table | dict.fromkeys(PRELUDE_METHODS))


PRELUDE_METHODS = ("std", "squeeze", "repeat", "trace", "ptp", "cumprod")
"""Methods of arrays that the prelude writes."""


def suggestion(name: str, known: Iterable[str], prefix: str = "") -> str | None:
    """A hint with the most similar known name; None if none is similar."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f"Did you mean {prefix}{near[0]}?" if near else None
