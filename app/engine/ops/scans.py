"""Along an axis: products, running sums, and questions about all elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

import numpy as np

from app.engine.ops.axes import count, normal_axis, number_of, place_in
from app.engine.ops.call_latex import axes_below, operator, reduction
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.reductions import (
    AXIS,
    aligned,
    all_axes,
    merged,
    plain_axes,
    reduce_elements,
    reduced_by,
    reduced_shape,
)
from app.engine.ops.registry import Call, Op, Parameter, flat_op, linear, tensor_op
from app.engine.ops.rule_words import as_float, equal, logical_not, not_equal, reshape, spread, take, total
from app.engine.ops.scan_words import cumsum, others, prod

Index = tuple[int, ...]

# -- reductions --------------------------------------------------------------------------------------------------------


_prod = reduced_by(prod)


def _prod_back(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
    return (aligned(call, g) * others(x, all_axes(call), merged(call)) if call.shapes[0] and all_axes(call) else g,)


def _prod_jvp(call: Call, t: tuple[Expr, ...], y: Expr, x: Expr) -> Expr:
    if not call.shapes[0] or not all_axes(call):
        return t[0]
    return total(t[0] * others(x, all_axes(call), merged(call)), plain_axes(call), call.attrs["keepdims"])


def _flat_reduction(name: str, word: Callable[[Expr, Call], Expr], **rest: Any) -> Op:
    """A reduction of a mask, or of what is not 0: flat, so no gradient flows."""
    return flat_op(
        name,
        parameters=AXIS,
        shape=reduced_shape,
        forward=lambda call, x: word(x, call),
        numpy=(name,),
        bare=False,
        latex=operator(name.replace("_", r"\_"), axes_below),
        **rest,
    )


def _how_many(x: Expr, call: Call) -> Expr:
    """How many places a mask is true at."""
    return total(as_float(x), plain_axes(call), call.attrs["keepdims"]) if call.shapes[0] else as_float(x)


def _true(write: Any, x: Any) -> Any:
    return write("not_equal", x, write.constant(0.0))


def _folded(name: str, empty: float) -> Callable[..., Any]:
    def of(write: Any, row: list[Any], call: Call) -> Any:
        if not row:
            return write.constant(empty)
        return reduce(lambda a, b: write(name, a, b), [_true(write, x) for x in row])

    return of


# -- along one axis ----------------------------------------------------------------------------------------------------


def axis_of(call: Call) -> int:
    return normal_axis(call.attrs["axis"], len(call.shapes[0]), "axis")


def row_of(call: Call, place: Index, axis: int) -> list[Index]:
    """The places beside one along an axis, itself included."""
    return [(*place[:axis], k, *place[axis + 1 :]) for k in range(call.shapes[0][axis])]


def _backwards(axis: int) -> tuple[Any, ...]:
    return (*(slice(None),) * axis, slice(None, None, -1))


def _running_shape(call: Call) -> Shape:
    if call.attrs["axis"] is None:
        return (count(call.shapes[0]),)
    return call.shapes[0] if axis_of(call) >= 0 else ()


def _running(call: Call, x: Expr) -> Expr:
    if call.attrs["axis"] is not None:
        return cumsum(x, axis_of(call))
    if not call.shapes[0]:
        return spread(x, (1,))
    return cumsum(x if len(call.shapes[0]) == 1 else reshape(x, call.shape), 0)


def _running_back(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
    """Each element takes part in all sums from its own on: running sums from the other end."""
    axis = 0 if call.attrs["axis"] is None else axis_of(call)
    sums = take(cumsum(take(g, _backwards(axis)), axis), _backwards(axis))
    return (sums if call.shape == call.shapes[0] else reshape(sums, call.shapes[0]),)


def _running_element(call: Call, write: Any, index: Index, x: Callable[..., Any]) -> Any:
    if call.attrs["axis"] is None:
        return write.sum([x(0, place_in(call.shapes[0], k)) for k in range(index[0] + 1)])
    axis = axis_of(call)
    return write.sum([x(0, at) for at in row_of(call, index, axis)[: index[axis] + 1]])


def _running_users(call: Call, slot: int, place: Index, xs: list[Any]) -> Iterator[Index]:
    if call.attrs["axis"] is None:
        first = number_of(call.shapes[0], place)
        yield from ((k,) for k in range(first, call.shape[0]))
    else:
        axis = axis_of(call)
        yield from row_of(call, place, axis)[place[axis] :]


def _running_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    axis = 0 if call.attrs["axis"] is None else axis_of(call)
    out = np.array(xs[0].reshape(call.shape), dtype=object)
    rows = np.moveaxis(out, axis, 0)
    for k in range(1, rows.shape[0]):
        for index in np.ndindex(rows.shape[1:]):
            rows[(k, *index)] = write("add", rows[(k - 1, *index)], rows[(k, *index)])
    return out


OPS: tuple[Op, ...] = (
    tensor_op(
        "prod",
        kind="reduction",
        parameters=AXIS,
        shape=reduced_shape,
        forward=_prod,
        vjp=_prod_back,
        jvp=_prod_jvp,
        elements=reduce_elements(
            lambda write, row, call: reduce(lambda a, b: write("multiply", a, b), row) if row else write.constant(1.0)
        ),
        numpy=("prod",),
        options=frozenset({"where", "initial", "dtype"}),
        identity=1,
        method=True,
        result="same",
        label="Π",
        latex=reduction(r"\prod"),
        summary="Multiplies up; each element receives the gradient times the product of the others.",
        example="prod(A, axis=1)",
    ),
    tensor_op(
        "cumsum",
        kind="shape",
        parameters=(Parameter("axis", form="integer"),),
        shape=_running_shape,
        forward=_running,
        vjp=_running_back,
        jvp=linear(_running),
        elements=_running_elements,
        element=_running_element,
        users=_running_users,
        numpy=("cumsum",),
        options=frozenset({"dtype"}),
        method=True,
        result="same",
        refuses=("bool",),
        latex=operator("cumsum", axes_below),
        summary="Running sums; an element receives the gradients of all sums from its own on.",
        example="cumsum(A * A, axis=1) * A",
    ),
    _flat_reduction(
        "any",
        lambda x, call: as_float(logical_not(equal(_how_many(not_equal(x, 0), call), 0))),
        elements=reduce_elements(_folded("logical_or", 0.0)),
        options=frozenset({"where"}),
        identity=False,
        method=True,
        result="bool",
        summary="1 where any element is not 0, else 0.",
        example="np.any(A > 1, axis=1) * v[0]",
    ),
    _flat_reduction(
        "all",
        lambda x, call: as_float(logical_not(_how_many(equal(x, 0), call) > 0)),
        elements=reduce_elements(_folded("logical_and", 1.0)),
        options=frozenset({"where"}),
        identity=True,
        method=True,
        result="bool",
        summary="1 where no element is 0, else 0.",
        example="np.all(A > -1, axis=1) * v[0]",
    ),
    _flat_reduction(
        "count_nonzero",
        lambda x, call: _how_many(not_equal(x, 0), call),
        elements=reduce_elements(lambda write, row, call: write.sum([_true(write, x) for x in row])),
        result="int",
        summary="How many elements are not 0; no gradient flows.",
        example="np.count_nonzero(A > 0, axis=1) * v[0]",
    ),
)
