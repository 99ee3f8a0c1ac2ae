"""Array constructors: `np.array`, `np.zeros`, `np.arange` ... Sizes are checked before anything is allocated."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.arguments import Call, native, static
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.sequences import as_array, as_literal, frozen
from app.engine.interpreter.values import Dtype, Literal, Ref, copied, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.ops.index_array import IndexArray

_BIGGEST_BOUND = 2**53


def made_array(interpreter: Interpreter, node: Any, compute: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Arithmetic on arrays that a function made, such as `0.1 * np.ones((2, 3))`: part of making them. None where it is
    something else."""
    left, right = (interpreter.host(v, node) if type(v) is Ref else v for v in (left, right))
    arrays = [v for v in (left, right) if isinstance(v, Literal)]
    if not arrays or not all(a.made and a.ref is None for a in arrays):
        return None
    try:
        a, b = (np.asarray(interpreter.host(v, node)) for v in (left, right))
        interpreter.visit(node, (a.size + b.size) // 100)
        shape = (*a.shape[:-1], *b.shape[-1:]) if compute is operator.matmul else np.broadcast_shapes(a.shape, b.shape)
        if count(shape) > interpreter.limits.array_elements:
            return None
        with np.errstate(all="ignore"):
            result = np.asarray(compute(interpreter.host(left, node), interpreter.host(right, node)))
    except (ValueError, TypeError, OverflowError):
        # The op's own error says more.
        return None
    return from_numpy(interpreter, result, node)


def from_numpy(interpreter: Interpreter, array: np.ndarray[Any, Any], where: ast.AST) -> Literal:
    """An array that NumPy computed, as a made literal."""
    kind = {"b": "bool", "i": "int", "u": "int"}.get(array.dtype.kind, "float")
    return as_literal(interpreter, array, where, kind, made=True)


def dtype_kind(interpreter: Interpreter, value: Any, where: ast.AST) -> str:
    """The number kind that a dtype argument means."""
    if isinstance(value, str):
        word = value
        kind = {"f": "float", "i": "int", "u": "int", "b": "bool"}.get(value[:1])
        if kind is not None and (word in _DTYPES or word in ("float", "int", "bool")):
            return kind
    if isinstance(value, Dtype):
        return value.kind
    shown = value if isinstance(value, str) else "this"
    raise interpreter.fail(
        f"the number type {shown} is not part of the language",
        where,
        "All numbers are 64-bit floats: dtype=float, or nothing.",
    )


_DTYPES = frozenset(
    {
        "float64",
        "float32",
        "float16",
        "f8",
        "f4",
        "double",
        "int64",
        "int32",
        "int8",
        "int16",
        "uint8",
        "i8",
        "i4",
        "bool_",
    }
)


def with_kind(interpreter: Interpreter, value: Any, kind: str, where: ast.AST) -> Any:
    """A value cast to a number kind, as `.astype` and `dtype=` do."""
    if type(value) is Literal and value.ref is None:
        if kind == value.kind:
            return value
        array = np.trunc(value.array) if kind == "int" else (value.array != 0) if kind == "bool" else value.array
        return Literal(frozen(np.asarray(array)), kind, made=value.made)
    ref = interpreter.node(value, where)  # type: ignore[arg-type]
    held = interpreter.graph.nodes[ref.index]
    if held.kind == kind:
        return ref
    if kind == "bool":
        zero = interpreter.graph.number(0.0, interpreter.span(where))
        made = interpreter.operation(REGISTRY["not_equal"], (ref, zero), {}, where)
    elif kind == "int":
        op = REGISTRY["trunc"] if held.kind == "float" else REGISTRY["multiply"]
        one = () if held.kind == "float" else (interpreter.graph.number(1, interpreter.span(where)),)
        made = interpreter.operation(op, (ref, *one), {}, where, kind="int")
    else:
        # A new node, so that the mask itself is still printed as a mask.
        one_ = interpreter.graph.number(1.0, interpreter.span(where))
        made = interpreter.operation(REGISTRY["multiply"], (ref, one_), {}, where)
    made.boxed = ref.boxed
    return made


def _array(interpreter: Interpreter, value: Any, where: ast.expr, dtype: Any, dtype_where: ast.AST) -> Any:
    kind = None if dtype is None else dtype_kind(interpreter, dtype, dtype_where)
    if isinstance(value, int | float):
        value = Literal(
            frozen(np.array(float(value))),
            "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "float",
        )
    elif isinstance(value, list | tuple | range):
        value = as_array(interpreter, value, where)
    elif type(value) not in (Ref, Literal):
        raise interpreter.fail(
            f"{describe(value)} cannot become an array", where, "Write numbers in brackets: np.array([1.0, 2.0])"
        )
    return value if kind is None else with_kind(interpreter, value, kind, where)


@native("np.array", "object, dtype=, copy=, ndmin=")
def array(interpreter: Interpreter, call: Call, object: Any, dtype: Any, copy: Any, ndmin: Any) -> Any:
    """`np.array(...)`: an array literal for a list of numbers, a stack for a list with computed values, a copy of an
    array."""
    value = _array(interpreter, object, call.where("object"), dtype, call.where("dtype"))
    if isinstance(ndmin, int) and ndmin > len(interpreter.shape(value)):
        shape = (1,) * (ndmin - len(interpreter.shape(value))) + interpreter.shape(value)
        value = moved(interpreter, call.node, "reshape", value, {"shape": shape})
    if isinstance(value, Literal):
        return value if value.ref is None and value is not object else Literal(value.array, value.kind, made=value.made)
    return copied(value, boxed=True)


@native("np.asarray", "object, dtype=")
def asarray(interpreter: Interpreter, call: Call, object: Any, dtype: Any) -> Any:
    """`np.asarray(x)`: as `np.array`, but an array itself is not copied."""
    value = _array(interpreter, object, call.where("object"), dtype, call.where("dtype"))
    if isinstance(value, Ref) and not interpreter.is_array(value):
        return copied(value, boxed=True)
    return value


_MOVES: dict[str, Callable[..., Any]] = {
    "transpose": lambda x, axes: np.transpose(x, axes),
    "swapaxes": lambda x, axis1, axis2: np.swapaxes(x, axis1, axis2),
    "reshape": lambda x, shape: np.reshape(x, shape),
}


def moved(interpreter: Interpreter, where: ast.AST, op: str, value: Any, attrs: dict[str, Any], **ids: Any) -> Any:
    """An op that moves elements: of a literal without a node another literal, of anything else a node."""
    if type(value) is Literal and value.ref is None:
        try:
            return Literal(frozen(_MOVES[op](value.array, **attrs)), value.kind, made=value.made)
        except ValueError:
            pass
    return interpreter.operation(REGISTRY[op], (interpreter.node(value, where),), attrs, where, **ids)  # type: ignore[arg-type]


def shape_argument(interpreter: Interpreter, value: Any, where: ast.expr) -> Shape:
    """A shape from outside, within the limits; its elements are counted as if they were made."""
    found = static(interpreter, value, where)
    shape = tuple(found) if isinstance(found, tuple | list) else (found,)
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
        raise interpreter.fail("a shape is made of whole numbers", where, "Write (2, 3).")
    if len(shape) > interpreter.limits.dimensions or count(shape) > interpreter.limits.array_elements:
        raise LimitError(
            f"this array would have {count(shape):,} elements in {len(shape)} dimensions; "
            f"at most {interpreter.limits.array_elements:,} in {interpreter.limits.dimensions} are accepted",
            span=interpreter.span(where),
            hint="Make it smaller.",
        )
    return shape


def number_argument(interpreter: Interpreter, value: Any, where: ast.expr) -> float | int:
    """A number from outside."""
    found = static(interpreter, value, where)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise interpreter.fail(f"a number is needed here, and this is {describe(found)}", where, "Write a number.")
    return found


def whole_argument(interpreter: Interpreter, value: Any, where: ast.expr, what: str) -> int:
    """A whole number from outside. what: how messages call it, such as "an index"."""
    found = static(interpreter, value, where)
    if isinstance(found, bool) or not isinstance(found, int) or abs(found) > 2**31:
        raise interpreter.fail(
            f"{what} must be a whole number, and this is {describe(found)}", where, "Write a whole number such as 2."
        )
    return found


def _filled(spelling: str, value: float) -> Any:
    @native(spelling, "shape, dtype=, order=")
    def make(interpreter: Interpreter, call: Call, shape: Any, dtype: Any, order: Any) -> Literal:
        kind = "float" if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
        wanted = shape_argument(interpreter, shape, call.where("shape"))
        return as_literal(interpreter, np.full(wanted, value), call.node, kind, made=True)

    return make


@native("np.full", "shape, fill_value, dtype=")
def full(interpreter: Interpreter, call: Call, shape: Any, fill_value: Any, dtype: Any) -> Any:
    wanted = shape_argument(interpreter, shape, call.where("shape"))
    if type(fill_value) is Ref:
        ref = interpreter.operation(REGISTRY["broadcast_to"], (fill_value,), {"shape": wanted}, call.node)
        return copied(ref, boxed=True)
    held = number_argument(interpreter, fill_value, call.where("fill_value"))
    kind = "float" if isinstance(held, float) else "int"
    kind = kind if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
    return as_literal(interpreter, np.full(wanted, float(held)), call.node, kind, made=True)


@native("np.eye", "N, M=, k=, dtype=")
def eye(interpreter: Interpreter, call: Call, N: Any, M: Any, k: Any, dtype: Any) -> Literal:
    rows = whole_argument(interpreter, N, call.where("N"), "a size")
    columns = rows if M is None else whole_argument(interpreter, M, call.where("M"), "a size")
    shift = 0 if k is None else whole_argument(interpreter, k, call.where("k"), "a diagonal")
    shape_argument(interpreter, (rows, columns), call.where("N"))
    kind = "float" if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
    return as_literal(interpreter, np.eye(rows, columns, shift), call.node, kind, made=True)


@native("np.linspace", "start, stop, num=, endpoint=")
def linspace(interpreter: Interpreter, call: Call, start: Any, stop: Any, num: Any, endpoint: Any) -> Literal:
    first = float(number_argument(interpreter, start, call.where("start")))
    last = float(number_argument(interpreter, stop, call.where("stop")))
    size = 50 if num is None else whole_argument(interpreter, num, call.where("num"), "a count")
    shape_argument(interpreter, size, call.where("num"))
    with np.errstate(all="ignore"):
        made = np.linspace(first, last, size, endpoint=endpoint is not False)
    return as_literal(interpreter, made, call.node, "float", made=True)


@native("np.arange", "start, stop=, step=, dtype=")
def arange(interpreter: Interpreter, call: Call, start: Any, stop: Any, step: Any, dtype: Any) -> Literal:
    bounds = [
        number_argument(interpreter, value, call.where(name))
        for name, value in (("start", start), ("stop", stop), ("step", step))
        if value is not None
    ]
    first, last, by = (0, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1) if len(bounds) == 2 else bounds
    if by == 0:
        raise interpreter.fail("np.arange cannot step by 0", call.node, "Write a step such as 1.")
    if not all(math.isfinite(b) and abs(b) <= _BIGGEST_BOUND for b in bounds):
        raise interpreter.fail("the bounds of np.arange are too large", call.node, "Write np.arange(5).")
    length = max(0, math.ceil((last - first) / by))
    if length > interpreter.limits.array_elements:
        raise LimitError(
            "np.arange would have too many elements", span=interpreter.span(call.node), hint="Make it smaller."
        )
    kind = "int" if all(isinstance(b, int) for b in bounds) else "float"
    kind = kind if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
    return as_literal(interpreter, np.arange(first, last, by), call.node, kind, made=True)


@native("np.diag", "v, k=")
def diag(interpreter: Interpreter, call: Call, v: Any, k: Any) -> Any:
    """The diagonal of a matrix, or a matrix with this diagonal."""
    value = as_array(interpreter, v, call.where("v"))
    shift = 0 if k is None else whole_argument(interpreter, k, call.where("k"), "a diagonal")
    shape = interpreter.shape(value)
    ref = interpreter.node(value, call.where("v"))
    if len(shape) == 1:
        size = shape[0] + abs(shift)
        rows = shape_argument(interpreter, (size, size), call.where("v"))
        zeros = as_literal(interpreter, np.zeros(rows), call.node, "float", made=True)
        at = np.arange(shape[0])
        index = (at + max(-shift, 0), at + max(shift, 0))
        from_ = (interpreter.node(zeros, call.node), ref)
        return interpreter.operation(REGISTRY["put"], from_, {"index": index_arrays(index)}, call.node)
    if len(shape) != 2:
        raise interpreter.fail("np.diag takes a vector or a matrix", call.node, "Write np.diag(x).")
    size = max(0, min(shape[0] - max(-shift, 0), shape[1] - max(shift, 0)))
    at = np.arange(size)
    index = (at + max(-shift, 0), at + max(shift, 0))
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": index_arrays(index)}, call.node)


def index_arrays(index: tuple[Any, ...]) -> tuple[Any, ...]:
    """An index with NumPy's whole-number arrays, as ops hold it."""
    return tuple(IndexArray.of(item) if isinstance(item, np.ndarray) else item for item in index)


CONSTRUCTORS = MappingProxyType(
    {
        "array": array,
        "asarray": asarray,
        "asanyarray": asarray,
        "zeros": _filled("np.zeros", 0.0),
        "ones": _filled("np.ones", 1.0),
        "empty": _filled("np.empty", 0.0),
        "full": full,
        "eye": eye,
        "identity": eye,
        "linspace": linspace,
        "arange": arange,
        "diag": diag,
    }
)
