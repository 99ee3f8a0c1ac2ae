"""NumPy's number types: `np.float64`, `np.dtype`, `np.finfo`, and what becomes of two of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.arrays import DTYPES, KINDS_OF_TYPES, dtype_kind, numpy_type
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import NDARRAY, Dtype, Literal, Module, Ref
from app.engine.wording import said

_KINDS = MappingProxyType({"b": "bool", "i": "int", "u": "int", "f": "float"})


def _type_of(interpreter: Interpreter, value: Any, call: Call) -> Any:
    """A number type of the text, or that of an array, as NumPy's own."""
    if isinstance(value, Dtype | str):
        return numpy_type(interpreter, value, call.node)
    held = as_array(interpreter, value, call.node)
    if type(held) in (Ref, Literal):
        kind = held.kind if type(held) is Literal else interpreter.graph.nodes[held.index].kind
        plain = type(held) is Ref and held.python and not interpreter.is_array(held)
        return {"bool": bool, "int": int, "float": float}[kind](0) if plain else np.dtype(f"{kind}{_BITS[kind]}")
    if isinstance(held, int | float):
        return held
    raise interpreter.fail(said("library.number_type_expected"), call.node)


_BITS = MappingProxyType({"float": "64", "int": "64", "bool": ""})


def _given_back(interpreter: Interpreter, call: Call, found: Any) -> Dtype:
    if found.kind not in _KINDS:
        raise interpreter.fail(said("library.number_type_not_in_language"), call.node)
    return Dtype(found.name, _KINDS[found.kind])


@native("np.dtype", "dtype")
def _dtype(interpreter: Interpreter, call: Call, dtype: Any) -> Dtype:
    if not isinstance(dtype, Dtype | str):
        raise interpreter.fail(said("library.dtype_unknown"), call.node)
    return _given_back(interpreter, call, np.dtype(_type_of(interpreter, dtype, call)))


@native("np.result_type", "*arrays_and_dtypes")
def _result_type(interpreter: Interpreter, call: Call, arrays_and_dtypes: list[Any]) -> Dtype:
    given = [_type_of(interpreter, each, call) for each in arrays_and_dtypes]
    if not given:
        raise interpreter.fail(said("library.result_type_without_array"), call.node)
    return _given_back(interpreter, call, np.result_type(*given))


@native("np.promote_types", "type1, type2")
def _promote_types(interpreter: Interpreter, call: Call, type1: Any, type2: Any) -> Dtype:
    if not all(isinstance(each, Dtype | str) for each in (type1, type2)):
        raise interpreter.fail(said("library.promote_types_no_type"), call.node)
    pair = [np.dtype(_type_of(interpreter, each, call)) for each in (type1, type2)]
    return _given_back(interpreter, call, np.promote_types(*pair))


@native("np.can_cast", "from_, to, casting=")
def _can_cast(interpreter: Interpreter, call: Call, from_: Any, to: Any, casting: Any) -> bool:
    if not all(isinstance(each, Dtype | str) for each in (from_, to)) or casting not in _CASTINGS:
        raise interpreter.fail(said("library.can_cast_no_type"), call.node)
    pair = [np.dtype(_type_of(interpreter, each, call)) for each in (from_, to)]
    return bool(np.can_cast(pair[0], pair[1], casting or "safe"))


_CASTINGS = (None, "no", "equiv", "safe", "same_kind", "unsafe")


@native("np.finfo", "dtype")
def _finfo(interpreter: Interpreter, call: Call, dtype: Any) -> Module:
    """The limits of floats: of those that are computed with, which have 64 bits."""
    if (
        dtype_kind(interpreter, dtype, call.node) != "float"
        or np.dtype(_type_of(interpreter, dtype, call)) != np.float64
    ):
        raise interpreter.fail(said("library.finfo_of_other_floats"), call.node)
    held = np.finfo(np.float64)
    names = ("eps", "max", "min", "tiny", "smallest_normal", "resolution", "epsneg", "smallest_subnormal")
    numbers = {name: interpreter.numpy_number(float(getattr(held, name)), call.node) for name in names}
    return Module("np.finfo", lambda: numbers | {"bits": 64, "precision": held.precision})


@native("np.iinfo", "type")
def _iinfo(interpreter: Interpreter, call: Call, type: Any) -> Module:
    if dtype_kind(interpreter, type, call.node) != "int":
        raise interpreter.fail(said("library.iinfo_of_floats"), call.node)
    held = np.iinfo(_type_of(interpreter, type, call))
    return Module("np.iinfo", lambda: {"max": held.max, "min": held.min, "bits": held.bits})


TYPES: Mapping[str, Any] = MappingProxyType(
    {name: Dtype(name, kind, scalar=True) for name, kind in {**DTYPES, **KINDS_OF_TYPES}.items()}
    | dict(by_name(_dtype, _result_type, _promote_types, _can_cast, _finfo, _iinfo))
    | {"ndarray": NDARRAY, "newaxis": None}
)
