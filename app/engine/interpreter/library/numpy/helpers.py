"""What the functions of NumPy that are written in the language ask the interpreter: axes, slices as numbers, how an
array lies in memory. They are no names of a reader's text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.semantics.arguments import Call, by_name, native, static
from app.engine.interpreter.semantics.arrays import from_numpy, host_array, moved, shape_argument
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.values import Native, node_of
from app.engine.wording import said


def _axis(interpreter: Interpreter, call: Call, value: Any, count: int) -> int:
    found = whole(interpreter, value, call.node, "an axis")
    if not -count <= found < count:
        axes = "1 axis" if count == 1 else f"{count} axes"
        raise interpreter.fail(said("library.axis_missing_of_array", found=found, axes=axes), call.node)
    return found % count


@native("axis_of", "axis, count")
def _axis_of(interpreter: Interpreter, call: Call, axis: Any, count: Any) -> int:
    """An axis of an array, counted from the first one."""
    return _axis(interpreter, call, axis, count)


@native("axes_of", "axis, count")
def _axes_of(interpreter: Interpreter, call: Call, axis: Any, count: Any) -> tuple[int, ...]:
    """One or several axes; all of them for None."""
    if axis is None:
        return tuple(range(count))
    given = axis if isinstance(axis, tuple | list) else (axis,)
    found = tuple([_axis(interpreter, call, each, count) for each in given])
    if len(set(found)) < len(found):
        raise interpreter.fail(said("library.axis_given_twice"), call.node)
    return found


@native("counted", "value, length=")
def _counted(interpreter: Interpreter, call: Call, value: Any, length: Any) -> Any:
    """A slice as the numbers that it counts, in an array of a length, or as `np.arange` counts; anything else as it
    is."""
    if not isinstance(value, slice):
        return value
    if length is not None:
        found = np.arange(*value.indices(length))
        return from_numpy(interpreter, found, call.node)
    return from_numpy(interpreter, _row(interpreter, call, value), call.node)


def _row(interpreter: Interpreter, call: Call, part: Any) -> Any:
    """What `np.r_` makes of a slice: a step of 5j is a count."""
    _length(interpreter, call, part)
    if isinstance(part.step, complex):
        return np.r_[part]
    return np.arange(part.start or 0, part.stop, 1 if part.step is None else part.step)


def _length(interpreter: Interpreter, call: Call, part: Any) -> int:
    """How many numbers a slice counts, within the limits."""
    if not isinstance(part, slice) or part.stop is None:
        raise interpreter.fail(said("library.index_range_without_end"), call.node)
    start, step = part.start or 0, 1 if part.step is None else part.step
    if isinstance(step, complex):
        length = int(abs(step))
    elif step == 0 or not all(math.isfinite(v) and abs(v) < 2**53 for v in (start, part.stop, step)):
        raise interpreter.fail(said("library.index_range_unknown"), call.node)
    else:
        length = max(0, math.ceil((part.stop - start) / step))
    shape_argument(interpreter, length, call.node)
    return length


@native("grid_of", "key, open")
def _grid_of(interpreter: Interpreter, call: Call, key: Any, open: Any) -> Any:
    """`np.mgrid[key]`, `np.ogrid[key]`."""
    parts = key if isinstance(key, tuple) else (key,)
    lengths = [_length(interpreter, call, part) for part in parts]
    shape_argument(interpreter, (len(lengths), *lengths), call.node)
    found = (np.ogrid if open else np.mgrid)[key]
    if isinstance(found, tuple | list):
        return tuple([from_numpy(interpreter, each, call.node) for each in found])
    return from_numpy(interpreter, found, call.node)


@native("as_stored", "x")
def _as_stored(interpreter: Interpreter, call: Call, x: Any) -> Any:
    """A matrix as its numbers lie in memory, row by row: turned back where it is a transposed one."""
    ref = node_of(x)
    if ref is not None and ref.order == "F":
        return moved(interpreter, call.node, "transpose", ref, {"axes": None})
    return x


@native("partitioned", "a, kth, axis")
def _partitioned(interpreter: Interpreter, call: Call, a: Any, kth: Any, axis: Any) -> Any:
    """From where `np.partition` takes each element: its order is NumPy's own on both sides of the kth, and
    follows from what is less than what."""
    held = np.asarray(host_array(interpreter, a, call))
    interpreter.visit(call.node, held.size // 8)
    with host_errors(interpreter, call, "np.partition", "Count from 0."):
        found = np.partition(held, static(interpreter, kth, call.node), axis=axis)
    taken, ordered = (np.argsort(each, axis=axis, kind="stable") for each in (held, found))
    at = np.empty_like(taken)
    np.put_along_axis(at, ordered, taken, axis=axis)
    return from_numpy(interpreter, at, call.node)


HELPERS: Mapping[str, Native] = by_name(_axis_of, _axes_of, _counted, _grid_of, _as_stored, _partitioned)
