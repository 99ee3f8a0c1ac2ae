"""Functions of NumPy that compute no gradient of their own: lists of parts, shapes, and what is decided when read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.numpy.settled import settled
from app.engine.interpreter.semantics.arguments import Call, bound, by_name, native, static
from app.engine.interpreter.semantics.arrays import (
    by_columns,
    dtype_kind,
    from_numpy,
    host_array,
    moved,
    reshaped_by_columns,
    shape_argument,
    with_kind,
)
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Literal, Native, Ref, copied
from app.engine.ops import REGISTRY
from app.engine.wording import said


def _split(interpreter: Interpreter, call: Call) -> list[Any]:
    """`np.split(x, n, axis)`: n equal parts, or parts between the places of a list; each a node."""
    held = bound(interpreter, call, "ary, indices_or_sections, axis=")
    sections = static(interpreter, held["indices_or_sections"], call.where("indices_or_sections"))
    given = held["ary"]
    if isinstance(sections, list | tuple):
        given = as_array(interpreter, given, call.where("ary"))
    # For equal parts NumPy asks for the shape, which a list does not have.
    ref = interpreter.node(given, call.where("ary"))
    axis = 0 if held["axis"] is None else whole(interpreter, held["axis"], call.where("axis"), "an axis")
    if isinstance(sections, list | tuple):
        bounds = [None, *sections, None]
        before = (slice(None),) * (axis % max(1, len(interpreter.shape(ref))))
        return [
            interpreter.operation(REGISTRY["index"], (ref,), {"index": (*before, slice(a, b))}, call.node)
            for a, b in pairwise(bounds)
        ]
    sections = whole(interpreter, sections, call.where("indices_or_sections"), "a count")
    if sections < 1:
        raise interpreter.fail(said("library.sections_no_whole_number"), call.node)
    interpreter.visit(call.node, sections)
    attrs = {"sections": sections, "axis": axis}
    return [
        interpreter.operation(REGISTRY["split"], (ref,), attrs | {"part": part}, call.node) for part in range(sections)
    ]


@native("np.expand_dims", "a, axis")
def _expand_dims(interpreter: Interpreter, call: Call, a: Any, axis: Any) -> Any:
    at = whole(interpreter, axis, call.where("axis"), "an axis")
    if abs(at) > interpreter.limits.dimensions:
        raise interpreter.fail(said("library.new_axis_missing", at=at), call.where("axis"))
    places = (slice(None),) * at + (None,) if at >= 0 else (Ellipsis, None) + (slice(None),) * (-at - 1)
    ref = interpreter.node(as_array(interpreter, a, call.where("a")), call.where("a"))
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": places}, call.node, call.id, call.name)


@native("np.copy", "a")
def _copy(interpreter: Interpreter, call: Call, a: Any) -> Any:
    if type(a) is Literal and a.ref is None:
        return Literal(a.array, a.kind, made=a.made)
    return copied(interpreter.node(as_array(interpreter, a, call.node), call.where("a")), boxed=True)


@native("np.ravel", "a, order=")
def _ravel(interpreter: Interpreter, call: Call, a: Any, order: Any) -> Any:
    value = as_array(interpreter, a, call.node)
    if by_columns(interpreter, call, order):
        return reshaped_by_columns(interpreter, call, value, (-1,))
    return moved(interpreter, call.node, "reshape", value, {"shape": (-1,)}, id=call.id, name=call.name)


def _like(value: float, name: str) -> Native:
    """`np.zeros_like(x)`: in the shape of x, which is known."""

    @native(f"np.{name}", "a, dtype=")
    def run(interpreter: Interpreter, call: Call, a: Any, dtype: Any) -> Any:
        held = as_array(interpreter, a, call.node)
        if type(held) is Ref and dtype is None:
            return interpreter.operation(REGISTRY[name], (held,), {}, call.node, call.id, call.name)
        kind = held.kind if type(held) is Literal else None
        if type(held) is Ref:
            kind = interpreter.graph.nodes[held.index].kind
        if dtype is not None:
            kind = dtype_kind(interpreter, dtype, call.where("dtype"))
        array = np.full(interpreter.shape(held), value)
        made = from_numpy(interpreter, array, call.node)
        return with_kind(interpreter, made, kind or "float", call.node)

    return run


@native("np.shape", "a")
def _shape(interpreter: Interpreter, call: Call, a: Any) -> tuple[int, ...]:
    return tuple(interpreter.shape(as_array(interpreter, a, call.node)))


@native("np.ndim", "a")
def _ndim(interpreter: Interpreter, call: Call, a: Any) -> int:
    return len(interpreter.shape(as_array(interpreter, a, call.node)))


_ALLCLOSE = settled("np.allclose", np.allclose, "a, b", "rtol=, atol=, equal_nan=")
_ARRAY_EQUAL = settled("np.array_equal", np.array_equal, "a1, a2", "equal_nan=")
_NONZERO = settled("np.nonzero", np.nonzero, "a")
_SEARCHSORTED = settled("np.searchsorted", np.searchsorted, "a, v", "side=")
_DIGITIZE = settled("np.digitize", np.digitize, "x, bins", "right=")
_TRUE_PLACES = settled("np.where", np.nonzero, "condition")


@native("np.meshgrid", "*xi, indexing=")
def _meshgrid(interpreter: Interpreter, call: Call, xi: list[Any], indexing: Any) -> list[Any]:
    axes = [host_array(interpreter, x, call) for x in xi]
    shape_argument(interpreter, tuple([np.size(axis) for axis in axes]), call.node)
    with host_errors(interpreter, call, "np.meshgrid"):
        grids = np.meshgrid(*axes, indexing="xy" if indexing is None else indexing)
    return [from_numpy(interpreter, each, call.node) for each in grids]


def _reshape(interpreter: Interpreter, call: Call) -> Any:
    """`np.reshape(x, shape, order=)`."""
    order = call.named.pop("order", None)
    inputs, attrs = op_arguments(interpreter, REGISTRY["reshape"], call)
    if order is not None and by_columns(interpreter, call, order.value):
        return reshaped_by_columns(interpreter, call, inputs[0], attrs["shape"])
    return interpreter.operation(REGISTRY["reshape"], inputs, attrs, call.node, call.id, call.name)


def _where(interpreter: Interpreter, call: Call) -> Any:
    """`np.where(condition, a, b)`; with the condition alone, where it is true."""
    if len(call.args) == 1 and not call.named:
        return _TRUE_PLACES.run(interpreter, call)
    inputs, attrs = op_arguments(interpreter, REGISTRY["where"], call)
    return interpreter.operation(REGISTRY["where"], inputs, attrs, call.node, call.id, call.name)


FUNCTIONS: Mapping[str, Native] = MappingProxyType(
    {
        **by_name(_expand_dims, _copy, _ravel, _shape, _ndim, _meshgrid),
        **by_name(
            Native("np.split", _split),
            Native("np.reshape", _reshape),
            Native("np.where", _where),
        ),
        **by_name(_ALLCLOSE, _ARRAY_EQUAL, _NONZERO, _SEARCHSORTED, _DIGITIZE),
        **by_name(_like(0.0, "zeros_like"), _like(1.0, "ones_like")),
        "empty_like": _like(0.0, "zeros_like"),
    }
)
