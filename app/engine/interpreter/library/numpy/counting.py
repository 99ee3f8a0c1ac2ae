"""Functions of NumPy on places, masks and counts, by tables: `np.argwhere`, `np.isin`, `np.histogram` ..."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.library.numpy.settled import leads_from_input, settled
from app.engine.interpreter.semantics.arguments import Call, by_name, native, static
from app.engine.interpreter.semantics.arrays import from_numpy, index_arrays, moved, shape_argument
from app.engine.interpreter.semantics.indexing import add_at, whole
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Native, Ref
from app.engine.ops import REGISTRY
from app.engine.wording import said


def _bytes(function: Any) -> Any:
    """A function of bytes, which are whole numbers here."""
    return lambda a, **options: function(np.asarray(a).astype(np.uint8, casting="unsafe"), **options)


def _square(n: int, m: int | None = None, **options: Any) -> tuple[int, int]:
    return n, n if m is None else m


_PLACES: tuple[Native, ...] = (
    settled("np.flatnonzero", np.flatnonzero, "a"),
    settled("np.argwhere", np.argwhere, "a"),
    settled("np.lexsort", np.lexsort, "keys", "axis="),
    settled("np.argpartition", np.argpartition, "a", "kth, axis="),
    settled("np.unravel_index", np.unravel_index, "indices", "shape"),
    settled("np.ravel_multi_index", np.ravel_multi_index, "multi_index", "dims"),
    settled("np.unpackbits", _bytes(np.unpackbits), "a", "axis=, count=", size=lambda a, **options: a.size * 8),
    settled("np.packbits", np.packbits, "a", "axis="),
    settled("np.isin", np.isin, "element, test_elements", "assume_unique=, invert="),
    settled("np.triu_indices", np.triu_indices, "", "n, k=, m=", size=_square),
    settled("np.tril_indices", np.tril_indices, "", "n, k=, m=", size=_square),
    settled("np.diag_indices", np.diag_indices, "", "n, ndim=", size=lambda n, ndim=2: (n, max(ndim, 1))),
    settled("np.triu_indices_from", np.triu_indices_from, "arr", "k="),
    settled("np.tril_indices_from", np.tril_indices_from, "arr", "k="),
    settled("np.diag_indices_from", np.diag_indices_from, "arr"),
    settled("np.indices", np.indices, "", "dimensions", size=lambda dimensions: (len(dimensions), *dimensions)),
    settled("np.array_equiv", np.array_equiv, "a1, a2"),
    settled("np.signbit", np.signbit, "x"),
    settled("np.gcd", np.gcd, "x1, x2"),
    settled("np.lcm", np.lcm, "x1, x2"),
)
_EDGES: dict[str, Any] = {"arrays": "a", "size": lambda a, bins=10, **options: _bins(bins)}
_NUMBERS: tuple[Native, ...] = (
    settled("np.histogram", np.histogram, others="bins=, range=, density=", **_EDGES),
    settled("np.histogram_bin_edges", np.histogram_bin_edges, others="bins=, range=", **_EDGES),
    settled("np.polyfit", np.polyfit, "x, y", "deg", size=lambda x, y, deg: (len(np.atleast_1d(x)), deg + 1)),
    settled("np.roots", np.roots, "p", size=lambda p: (p.size, p.size)),
    settled("np.hanning", np.hanning, "", "M", size=lambda M: M),
    settled("np.hamming", np.hamming, "", "M", size=lambda M: M),
)


def _bins(bins: Any) -> int:
    return bins if isinstance(bins, int) else len(bins) if isinstance(bins, list | tuple) else 1


def _order_decided(interpreter: Interpreter, call: Call, value: Ref) -> None:
    """Decides in which order the elements stand and which are equal, and not what they are."""

    def op(name: str, *inputs: Ref, **attrs: Any) -> Ref:
        return interpreter.operation(REGISTRY[name], inputs, attrs, call.node)

    flat = op("reshape", value, shape=(-1,))
    order = op("argsort", flat, axis=-1, kind="stable")
    found = interpreter.decide(order, call.node)
    ordered = op("index", flat, index=index_arrays((np.asarray(found).astype(np.int64),)))
    pair = [op("index", ordered, index=(part,)) for part in (slice(1, None), slice(None, -1))]
    interpreter.decide(op("equal", *pair), call.node)
    interpreter.decide(op("isnan", flat), call.node)


@native("np.unique", "ar, return_index=, return_inverse=, return_counts=, axis=")
def _unique(interpreter: Interpreter, call: Call, ar: Any, axis: Any, **wanted: Any) -> Any:
    """The different elements, or rows, in order: each is the first one of its kind."""
    value = as_array(interpreter, ar, call.where("ar"))
    along = None if axis is None else whole(interpreter, axis, call.where("axis"), "an axis")
    traced = type(value) is Ref and interpreter.shape(value) and leads_from_input(interpreter, value)
    traced = traced and interpreter.graph.nodes[value.index].kind == "float"
    if traced and along is None:
        _order_decided(interpreter, call, value)
        held = np.asarray(interpreter.graph.value(value.index))
    else:
        held = np.asarray(interpreter.host(value, call.node))
    interpreter.visit(call.node, held.size // 8)
    with host_errors(interpreter, call, "np.unique", "Write axis=0."):
        found, at, inverse, counts = np.unique(
            held, return_index=True, return_inverse=True, return_counts=True, axis=along
        )
    made: Any = from_numpy(interpreter, found, call.node)
    if traced:
        rows = moved(interpreter, call.node, "reshape", value, {"shape": (-1,)}) if along is None else value
        index = (*(slice(None),) * (0 if along is None else along % held.ndim), at)
        made = interpreter.operation(REGISTRY["index"], (rows,), {"index": index_arrays(index)}, call.node)
    flags = ("return_index", at), ("return_inverse", inverse), ("return_counts", counts)
    rest = [
        from_numpy(interpreter, array, call.node)
        for name, array in flags
        if wanted[name] is not None and interpreter.truth(wanted[name], call.where(name))
    ]
    return (made, *rest) if rest else made


@native("np.ix_", "*args")
def _ix(interpreter: Interpreter, call: Call, args: list[Any]) -> Any:
    """`np.ix_(rows, columns)`: an index of the places where they cross."""
    arrays = [np.asarray(interpreter.host(as_array(interpreter, each, call.node), call.node)) for each in args]
    if any(each.ndim != 1 for each in arrays):
        raise interpreter.fail(said("library.ix_of_other_numbers"), call.node)
    shape_argument(interpreter, tuple(each.size for each in arrays), call.node)
    return tuple([from_numpy(interpreter, each, call.node) for each in np.ix_(*arrays)])


@native("np.bincount", "x, weights=, minlength=")
def _bincount(interpreter: Interpreter, call: Call, x: Any, weights: Any, minlength: Any) -> Any:
    held = np.asarray(interpreter.host(as_array(interpreter, x, call.node), call.node))
    shortest = 0 if minlength is None else whole(interpreter, minlength, call.where("minlength"), "a length")
    if held.dtype.kind not in "ib" or held.ndim != 1 or (held.size and not 0 <= held.min() <= held.max() < _MOST):
        raise interpreter.fail(said("library.bincount_of_other_numbers"), call.node)
    found = np.bincount(held, minlength=min(shortest, _MOST))
    if weights is None:
        return from_numpy(interpreter, found, call.node)
    sums = interpreter.node(from_numpy(interpreter, np.zeros(len(found)), call.node), call.node)
    add_at(interpreter, sums, from_numpy(interpreter, held, call.node), weights, call.node)
    return sums


_MOST = 10_000


@native("np.broadcast_shapes", "*args")
def _broadcast_shapes(interpreter: Interpreter, call: Call, args: list[Any]) -> tuple[int, ...]:
    shapes = [shape_argument(interpreter, each, call.node) for each in args]
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        raise interpreter.fail(said("library.broadcast_shapes_differ"), call.node) from None


@native("np.size", "a, axis=")
def _size(interpreter: Interpreter, call: Call, a: Any, axis: Any) -> int:
    shape = interpreter.shape(as_array(interpreter, a, call.node))
    if axis is None:
        return math.prod(shape)
    along = static(interpreter, axis, call.where("axis"))
    if not isinstance(along, int) or not -len(shape) <= along < len(shape):
        raise interpreter.fail(said("library.axis_outside"), call.where("axis"))
    return shape[along]


@native("np.isscalar", "element")
def _isscalar(interpreter: Interpreter, call: Call, element: Any) -> bool:
    return isinstance(element, int | float | str) or (type(element) is Ref and not interpreter.is_array(element))


def _answer(name: str, answer: bool) -> Native:
    """What is the same for all real numbers."""
    return Native(f"np.{name}", lambda interpreter, call: answer)


FUNCTIONS: Mapping[str, Native] = MappingProxyType(
    {
        **by_name(*_PLACES, *_NUMBERS, _unique, _ix, _bincount, _broadcast_shapes, _size, _isscalar),
        **by_name(_answer("isrealobj", True), _answer("iscomplexobj", False)),
    }
)
