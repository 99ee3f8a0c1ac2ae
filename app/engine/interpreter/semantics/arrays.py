"""What every function that makes or moves arrays needs: number types, shapes and counts from outside, made arrays."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, static
from app.engine.interpreter.semantics.sequences import as_array, as_literal, frozen
from app.engine.interpreter.values import Dtype, Literal, Ref, describe
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.ops.index_array import IndexArray
from app.engine.ops.sizes import check_array
from app.engine.wording import said


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
            result = compute(interpreter.host(left, node), interpreter.host(right, node))
    except (ValueError, TypeError, OverflowError):
        # The op's own error says more.
        return None
    tensors = any(a.tensor is not None for a in arrays)
    if not tensors and isinstance(result, np.generic) and compute is operator.matmul:
        return interpreter.numpy_number(result.item(), node)
    found = from_numpy(interpreter, np.asarray(result), node)
    found.tensor = next((a.tensor for a in arrays if a.tensor is not None), None)
    return found


def from_numpy(interpreter: Interpreter, array: np.ndarray[Any, Any], where: ast.AST) -> Literal:
    """An array that NumPy computed, as a made literal."""
    kind = {"b": "bool", "i": "int", "u": "int"}.get(array.dtype.kind, "float")
    return as_literal(interpreter, array, where, kind, made=True)


def dtype_kind(interpreter: Interpreter, value: Any, where: ast.AST) -> str:
    """The number kind that a dtype argument means."""
    if isinstance(value, str):
        word = value
        kind = {"f": "float", "i": "int", "u": "int", "b": "bool"}.get(value[:1])
        if kind is not None and word in _WORDS:
            return kind
    if isinstance(value, Dtype):
        return value.kind
    shown = value if isinstance(value, str) else "this"
    raise interpreter.fail(said("semantics.dtype_not_in_language", shown=shown), where)


def numpy_type(interpreter: Interpreter, value: Any, where: ast.AST) -> np.dtype[Any]:
    """The number type that a dtype argument names, as NumPy's own."""
    dtype_kind(interpreter, value, where)
    name = value.name if isinstance(value, Dtype) else value
    if name in KINDS_OF_TYPES:
        raise interpreter.fail(said("semantics.abstract_number_type", name=name), where)
    return np.dtype(name)


DTYPES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("float64", "float32", "float16", "double"), "float")
    | dict.fromkeys(("int64", "int32", "int16", "int8", "uint8", "intp", "int_"), "int")
    | {"bool_": "bool"}
)
"""NumPy's names of number types, and the kind of each."""
KINDS_OF_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "floating": "float",
        "inexact": "float",
        "integer": "int",
        "signedinteger": "int",
        "number": "float",
        "generic": "float",
    }
)
"""NumPy's names of several number types at once, for `isinstance`."""
_WORDS = frozenset({*DTYPES, "f8", "f4", "i8", "i4", "float", "int", "bool"})
"""Texts that name a number type."""


def with_kind(interpreter: Interpreter, value: Any, kind: str, where: ast.AST) -> Any:
    """A value cast to a number kind, as `.astype` and `dtype=` do."""
    if type(value) is Literal and value.ref is None:
        if kind == value.kind:
            return value
        array = np.trunc(value.array) if kind == "int" else (value.array != 0) if kind == "bool" else value.array
        tensor = None if value.tensor is None else {"int": "int64", "bool": "bool"}.get(kind, "float32")
        return Literal(frozen(np.asarray(array)), kind, made=value.made, tensor=tensor)
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


_MOVES: dict[str, Callable[..., Any]] = {
    "transpose": lambda x, axes: np.transpose(x, axes),
    "swapaxes": lambda x, axis1, axis2: np.swapaxes(x, axis1, axis2),
    "reshape": lambda x, shape: np.reshape(x, shape),
}


def moved(interpreter: Interpreter, where: ast.AST, op: str, value: Any, attrs: dict[str, Any], **ids: Any) -> Any:
    """An op that moves elements: of a literal without a node another literal, of anything else a node. Floats that have
    a name are a value of the program, such as the weights of `w.T @ x`, and no longer only what another one is made
    of."""
    if type(value) is Literal and value.ref is None and (value.name is None or value.kind != "float"):
        try:
            held = frozen(_MOVES[op](value.array, **attrs))
            return Literal(held, value.kind, made=value.made, tensor=value.tensor)
        except ValueError:
            pass
    return interpreter.operation(REGISTRY[op], (interpreter.node(value, where),), attrs, where, **ids)  # type: ignore[arg-type]


def shape_argument(interpreter: Interpreter, value: Any, where: ast.expr) -> Shape:
    """A shape from outside, within the limits; its elements are counted as if they were made."""
    found = static(interpreter, value, where)
    shape = tuple(found) if isinstance(found, tuple | list) else (found,)
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
        raise interpreter.fail(said("semantics.shape_no_whole_numbers"), where)
    check_array(shape, interpreter.limits, interpreter.span(where), "Make it smaller.")
    return shape


def number_argument(interpreter: Interpreter, value: Any, where: ast.expr) -> float | int:
    """A number from outside."""
    found = static(interpreter, value, where)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise interpreter.fail(said("semantics.number_expected", found=describe(found)), where)
    return found


def index_arrays(index: tuple[Any, ...]) -> tuple[Any, ...]:
    """An index with NumPy's whole-number arrays, as ops hold it."""
    return tuple(IndexArray.of(item) if isinstance(item, np.ndarray) else item for item in index)


def host_array(interpreter: Interpreter, value: Any, call: Call) -> Any:
    """An argument as NumPy's own array, or as a number: decided, whatever it is."""
    return interpreter.host(as_array(interpreter, value, call.node), call.node)


def by_columns(interpreter: Interpreter, call: Call, order: Any) -> bool:
    """Whether an `order` counts column by column."""
    order = interpreter.host(order, call.node)
    if order is None or (isinstance(order, str) and order in ("C", "F")):
        return order == "F"
    raise interpreter.fail(said("semantics.order_unknown"), call.node)


def reshaped_by_columns(interpreter: Interpreter, call: Call, value: Any, shape: tuple[int, ...]) -> Any:
    """The elements in another shape, counted column by column: turned around, row by row, and turned back."""
    turned = moved(interpreter, call.node, "transpose", value, {"axes": None})
    made = moved(interpreter, call.node, "reshape", turned, {"shape": shape[::-1]})
    return moved(interpreter, call.node, "transpose", made, {"axes": None}) if len(shape) > 1 else made
