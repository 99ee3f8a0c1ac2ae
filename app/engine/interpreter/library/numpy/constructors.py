"""Array constructors: `np.array`, `np.zeros`, `np.arange` ... Sizes are checked before anything is allocated."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.graph.storage import as_view
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.numpy.settled import leads_from_input
from app.engine.interpreter.semantics.arguments import Argument, Call, by_name, native
from app.engine.interpreter.semantics.arrays import (
    dtype_kind,
    index_arrays,
    moved,
    number_argument,
    shape_argument,
    with_kind,
)
from app.engine.interpreter.semantics.functions import inline
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import as_array, as_literal, frozen
from app.engine.interpreter.semantics.tensors import detached, is_tensor
from app.engine.interpreter.values import Literal, Native, Ref, copied, describe
from app.engine.ops import REGISTRY
from app.engine.wording import said

_BIGGEST_BOUND = 2**53


def _array(interpreter: Interpreter, value: Any, where: ast.expr, dtype: Any, dtype_where: ast.AST) -> Any:
    kind = None if dtype is None else dtype_kind(interpreter, dtype, dtype_where)
    if interpreter.foreign is None and is_tensor(interpreter, value):
        value = detached(interpreter, value, where, tensor=False)
    if isinstance(value, int | float):
        value = Literal(
            frozen(np.array(float(value))),
            "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "float",
        )
    else:
        value = as_array(interpreter, value if kind is None else _numbers(interpreter, value, kind, where), where)
    if type(value) not in (Ref, Literal):
        raise interpreter.fail(said("library.item_no_number", value=describe(value)), where)
    return value if kind is None else with_kind(interpreter, value, kind, where)


def _numbers(interpreter: Interpreter, value: Any, kind: str, where: ast.expr) -> Any:
    """A nested list in which texts are read as numbers, as NumPy does where it is told the type: rows of a table."""
    if isinstance(value, list | tuple):
        interpreter.visit(where, len(value))
        return [_numbers(interpreter, item, kind, where) for item in value]
    if not isinstance(value, str) or kind == "bool":
        return value
    try:
        return int(value) if kind == "int" else float(value)
    except ValueError:
        raise interpreter.fault("ValueError", said("library.no_number", value=value), where) from None


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
    rows = whole(interpreter, N, call.where("N"), "a size")
    columns = rows if M is None else whole(interpreter, M, call.where("M"), "a size")
    shift = 0 if k is None else whole(interpreter, k, call.where("k"), "a diagonal")
    shape_argument(interpreter, (rows, columns), call.where("N"))
    kind = "float" if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
    return as_literal(interpreter, np.eye(rows, columns, shift), call.node, kind, made=True)


@native("np.linspace", "start, stop, num=, endpoint=, retstep=, dtype=")
def linspace(
    interpreter: Interpreter, call: Call, start: Any, stop: Any, num: Any, endpoint: Any, retstep: Any, dtype: Any
) -> Any:
    """Numbers at equal distances, and with `retstep` the distance too."""
    size = 50 if num is None else whole(interpreter, num, call.where("num"), "a count")
    shape_argument(interpreter, size, call.where("num"))
    closed = endpoint is None or interpreter.truth(endpoint, call.where("endpoint"))
    traced = [end for end in (start, stop) if type(end) is Ref]
    made: Any
    if any(interpreter.shape(end) or leads_from_input(interpreter, end) for end in traced):
        ends = [interpreter.node(end, call.where(name)) for end, name in ((start, "start"), (stop, "stop"))]
        if any(map(interpreter.shape, ends)):
            raise interpreter.fail(said("library.linspace_of_arrays"), call.node)
        given = [Argument(each, call.node) for each in (*ends, size, closed)]
        made = inline(
            interpreter, interpreter.numpy["linspace"], Call(call.node, "np.linspace", given, {}, call.id, call.name)
        )
        step = None
    else:
        first = float(number_argument(interpreter, start, call.where("start")))
        last = float(number_argument(interpreter, stop, call.where("stop")))
        with np.errstate(all="ignore"):
            numbers, step = np.linspace(first, last, size, endpoint=closed, retstep=True)
        made = as_literal(interpreter, numbers, call.node, "float", made=True)
    if dtype is not None:
        made = with_kind(interpreter, made, dtype_kind(interpreter, dtype, call.where("dtype")), call.node)
    if retstep is None or not interpreter.truth(retstep, call.where("retstep")):
        return made
    if step is None:
        raise interpreter.fail(said("library.linspace_step_computed"), call.node)
    return made, interpreter.numpy_number(float(step), call.node)


def _spaced(name: str, compute: Callable[..., Any], signature: str) -> Native:
    """`np.logspace`, `np.geomspace`: numbers at equal ratios."""

    @native(f"np.{name}", signature)
    def make(interpreter: Interpreter, call: Call, num: Any, endpoint: Any, **given: Any) -> Literal:
        size = 50 if num is None else whole(interpreter, num, call.where("num"), "a count")
        shape_argument(interpreter, size, call.where("num"))
        numbers = {
            key: number_argument(interpreter, value, call.where(key))
            for key, value in given.items()
            if value is not None or key in ("start", "stop")
        }
        with host_errors(interpreter, call, f"np.{name}", "Change its ends."):
            made = compute(num=size, endpoint=endpoint is not False, **numbers)
        return as_literal(interpreter, made, call.node, "float", made=True)

    return make


@native("np.arange", "start, stop=, step=, dtype=")
def arange(interpreter: Interpreter, call: Call, start: Any, stop: Any, step: Any, dtype: Any) -> Literal:
    bounds = [
        number_argument(interpreter, value, call.where(name))
        for name, value in (("start", start), ("stop", stop), ("step", step))
        if value is not None
    ]
    first, last, by = (0, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1) if len(bounds) == 2 else bounds
    if by == 0:
        raise interpreter.fail(said("library.arange_step_zero"), call.node)
    if not all(math.isfinite(b) and abs(b) <= _BIGGEST_BOUND for b in bounds):
        raise interpreter.fail(said("library.arange_bounds_too_large"), call.node)
    length = max(0, math.ceil((last - first) / by))
    if length > interpreter.limits.array_elements:
        raise LimitError(said("limits.arange_too_long"), span=interpreter.span(call.node))
    kind = "int" if all(isinstance(b, int) for b in bounds) else "float"
    kind = kind if dtype is None else dtype_kind(interpreter, dtype, call.where("dtype"))
    return as_literal(interpreter, np.arange(first, last, by), call.node, kind, made=True)


@native("np.diag", "v, k=")
def diag(interpreter: Interpreter, call: Call, v: Any, k: Any) -> Any:
    """The diagonal of a matrix, or a matrix with this diagonal."""
    value = as_array(interpreter, v, call.where("v"))
    shift = 0 if k is None else whole(interpreter, k, call.where("k"), "a diagonal")
    shape = interpreter.shape(value)
    ref = interpreter.node(value, call.where("v"))
    if len(shape) == 1:
        size = shape[0] + abs(shift)
        rows = shape_argument(interpreter, (size, size), call.where("v"))
        kind = interpreter.graph.nodes[ref.index].kind
        zeros = as_literal(interpreter, np.zeros(rows), call.node, kind, made=True)
        at = np.arange(shape[0])
        index = (at + max(-shift, 0), at + max(shift, 0))
        from_ = (interpreter.node(zeros, call.node), ref)
        return interpreter.operation(REGISTRY["put"], from_, {"index": index_arrays(index)}, call.node, kind=kind)
    if len(shape) != 2:
        raise interpreter.fail(said("library.diag_of_many_axes"), call.node)
    size = max(0, min(shape[0] - max(-shift, 0), shape[1] - max(shift, 0)))
    at = np.arange(size)
    index = (at + max(-shift, 0), at + max(shift, 0))
    attrs = {"index": index_arrays(index)}
    made = interpreter.operation(REGISTRY["index"], (ref,), attrs, call.node)
    return as_view(interpreter.graph, REGISTRY["index"], attrs, ref, made, interpreter.span(call.node))


CONSTRUCTORS: Mapping[str, Native] = MappingProxyType(
    {
        **by_name(array, asarray, full, eye, linspace, arange, diag),
        **by_name(_filled("np.zeros", 0.0), _filled("np.ones", 1.0), _filled("np.empty", 0.0)),
        **dict.fromkeys(("asanyarray", "ascontiguousarray", "asarray_chkfinite"), asarray),
        "identity": eye,
        "logspace": _spaced("logspace", np.logspace, "start, stop, num=, endpoint=, base="),
        "geomspace": _spaced("geomspace", np.geomspace, "start, stop, num=, endpoint="),
    }
)
