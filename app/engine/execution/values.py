"""Converts values from outside (numbers, nested lists, arrays) to float64, and checks them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.limits import Limits
from app.engine.program import Value
from app.engine.wording import said

_SPELLED = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def to_value(given: Any, name: str, limits: Limits) -> Value:
    """One value: a float for a number, a float64 array for lists and arrays. Arrays of float64 are not copied.

    Raises ValueProblem for anything that is not made of numbers, LimitError for too many of them.
    """
    kind = type(given)
    if kind is float:
        return given  # type: ignore[no-any-return]
    if kind is int:
        return _whole(given, name)
    if kind is np.ndarray:
        return _array(given, name, limits)
    if isinstance(given, list | tuple):
        return _nested(given, name, limits)
    if isinstance(given, str) and given in _SPELLED:
        return _SPELLED[given]
    if isinstance(given, np.generic) and given.dtype.kind in "fiu":
        return float(given)
    raise ValueProblem(said("values.value_no_number", name=name))


def _whole(given: int, name: str) -> float:
    try:
        return float(given)
    except OverflowError:
        raise ValueProblem(said("values.value_too_large", name=name)) from None


def _array(given: np.ndarray[Any, Any], name: str, limits: Limits) -> Value:
    if given.dtype.kind not in "fiub":
        raise ValueProblem(said("values.value_kind_unknown", name=name, dtype=given.dtype))
    _check_size(given.shape, name, limits)
    array = np.asarray(given, dtype=np.float64)
    return float(array) if not array.shape else array


def _check_size(shape: tuple[int, ...], name: str, limits: Limits) -> None:
    size = math.prod(shape)
    if size > limits.array_elements:
        raise LimitError(said("limits.value_too_large", name=name, size=size, most=limits.array_elements))
    if len(shape) > limits.dimensions:
        raise LimitError(said("limits.value_too_deep", name=name, dimensions=limits.dimensions))


def _nested(given: Any, name: str, limits: Limits) -> Value:
    """An array from a nested list. The shape is checked first, level by level, before an array is built."""
    shape = [len(given)]
    level = given
    while level and isinstance(level[0], list | tuple):
        if not set(map(type, level)) <= {list, tuple}:
            raise _ragged(name)
        lengths = set(map(len, level))
        if len(lengths) != 1:
            raise _ragged(name)
        shape.append(lengths.pop())
        if len(shape) > limits.dimensions or math.prod(shape) > limits.array_elements:
            _check_size(tuple(shape), name, limits)
        level = list(chain.from_iterable(level))
    if len(level) > limits.array_elements:
        _check_size(tuple(shape), name, limits)
    numbers = level if set(map(type, level)) <= {float, int} else [_leaf(x, name) for x in level]
    try:
        return np.array(numbers, dtype=np.float64).reshape(shape)
    except OverflowError:
        raise ValueProblem(said("values.value_element_too_large", name=name)) from None


def _ragged(name: str) -> ValueProblem:
    return ValueProblem(said("values.rows_differ_in_length", name=name))


def _leaf(given: Any, name: str) -> float:
    if isinstance(given, list | tuple):
        raise _ragged(name)
    value = to_value(given, name, Limits())
    if not isinstance(value, float):
        raise ValueProblem(said("values.value_mixed", name=name))
    return value


def to_values(given: Mapping[str, Any] | None, limits: Limits) -> dict[str, Value]:
    """All values of a request, by name."""
    if not given:
        return {}
    return {name: to_value(value, name, limits) for name, value in given.items()}


def as_value(number: Any) -> Value:
    """The value of a number or array as runs hold it: a float if it has no axes, else a float64 array."""
    if type(number) is float:
        return number
    array = np.asarray(number, dtype=np.float64)
    return array if array.shape else float(array)


def has_element(shape: tuple[int, ...], index: Sequence[int]) -> bool:
    """Whether an index, counted from 0, names one element of an array of this shape."""
    return len(index) == len(shape) and all(0 <= i < n for i, n in zip(index, shape, strict=True))


def shape_of(value: Value) -> tuple[int, ...]:
    return () if type(value) is float else value.shape  # type: ignore[union-attr]
