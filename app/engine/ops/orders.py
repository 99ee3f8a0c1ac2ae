"""Orders along an axis: sorting, and which element is the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops.axes import show_shape
from app.engine.ops.call_latex import axes_below, operator
from app.engine.ops.expression import Expr, Shape, lift
from app.engine.ops.reductions import all_axes, merged, reduce_elements, reduced_shape
from app.engine.ops.registry import Call, Kink, Op, Parameter, flat_op, tensor_op
from app.engine.ops.rule_words import as_float, equal, take, total
from app.engine.ops.scan_words import argmax, argmin, argsort, back_in_place, in_order_of, ordered
from app.engine.ops.scans import Index, axis_of, row_of
from app.engine.wording import said

ALONG = (Parameter("axis", -1, form="integer"), Parameter("kind", form="sorting"))


STABLE = ("stable", "mergesort")
"""Ways to sort in which equal elements keep their order. In NumPy's default it depends on the processor."""


def _picked(name: str, word: Callable[..., Expr], beats: str, summary: str) -> Op:
    """The number of the largest or smallest element."""

    def shape(call: Call) -> Shape:
        if merged(call) == 0:
            raise ShapeError(said("shapes.axis_without_elements", name=name, shapes=show_shape(call.shapes[0])))
        return reduced_shape(call)

    def forward(call: Call, x: Expr) -> Expr:
        if not call.shapes[0]:
            return lift(0.0)
        axis = None if call.attrs["axis"] is None else all_axes(call)[0]
        return as_float(word(x, axis, call.attrs["keepdims"]))

    def of(write: Any, row: list[Any], call: Call) -> Any:
        best, place = row[0], write.constant(0.0)
        for number, x in enumerate(row[1:], 1):
            better = _comes_later(write, x, best, beats)
            best, place = write("where", better, x, best), write("where", better, write.constant(float(number)), place)
        return place

    return flat_op(
        name,
        parameters=(Parameter("axis", form="integer"), Parameter("keepdims", False, form="flag")),
        shape=shape,
        forward=forward,
        elements=reduce_elements(of),
        numpy=(name,),
        method=True,
        result="int",
        latex=operator(name, axes_below),
        summary=summary,
        example=f"{name}(A, axis=1) * v[0]",
    )


def _ties(call: Call, y: Expr, x: Expr) -> Expr | None:
    axis = axis_of(call)
    if call.shapes[0][axis] < 2:
        return None
    lead = (slice(None),) * axis
    return total(as_float(equal(take(y, (*lead, slice(1, None))), take(y, (*lead, slice(None, -1)))))) > 0


def _sorted_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    return _in_order(call, write, xs[0], lambda row: [row])


def _order_elements(call: Call, write: Any, xs: list[Any]) -> Any:
    """The order is what becomes of the numbers 0, 1, ... while the elements are sorted."""
    return _in_order(call, write, xs[0], lambda row: [[write.constant(float(k)) for k in range(len(row))], row])


def _in_order(call: Call, write: Any, x: Any, moved: Callable[[list[Any]], list[list[Any]]]) -> Any:
    """Neighbours change places while one is larger (or nan) and comes first: equal ones stay in their order.

    moved(row): the lists in which they do, the elements themselves last; the first is the result."""
    out = np.array(x, dtype=object)
    rows = np.moveaxis(out, axis_of(call), -1)
    for index in np.ndindex(rows.shape[:-1]):
        lists = moved(list(rows[index]))
        for end in range(len(lists[-1]) - 1, 0, -1):
            for k in range(end):
                swap = _comes_later(write, *lists[-1][k : k + 2])
                for each in lists:
                    a, b = each[k : k + 2]
                    each[k : k + 2] = write("where", swap, b, a), write("where", swap, a, b)
        for k, each in enumerate(lists[0]):
            rows[(*index, k)] = each
    return out


def _comes_later(write: Any, a: Any, b: Any, beats: str = "greater") -> Any:
    """Whether a is larger than b, or nan where b is none."""
    unknown = write("logical_and", write("not_equal", a, a), write("equal", b, b))
    return write("logical_or", write(beats, a, b), unknown)


def _sorted_element(call: Call, write: Any, index: Index, x: Callable[..., Any]) -> Any:
    axis = axis_of(call)
    row = [x(0, at) for at in row_of(call, index, axis)]
    return row[int(np.argsort([each.value for each in row], kind="stable")[index[axis]])]


def _sorted_users(call: Call, slot: int, place: Index, xs: list[Any]) -> Iterator[Index]:
    axis = axis_of(call)
    order = np.argsort([xs[0][at] for at in row_of(call, place, axis)], kind="stable").tolist()
    yield (*place[:axis], order.index(place[axis]), *place[axis + 1 :])


def _same_shape(call: Call) -> Shape:
    axis_of(call)
    return call.shapes[0]


OPS: tuple[Op, ...] = (
    tensor_op(
        "sort",
        kind="shape",
        parameters=ALONG,
        shape=_same_shape,
        forward=lambda call, x: ordered(x, axis_of(call)),
        vjp=lambda call, g, y, x: (back_in_place(g, x, axis_of(call)),),
        jvp=lambda call, t, y, x: in_order_of(t[0], x, axis_of(call)),
        elements=_sorted_elements,
        element=_sorted_element,
        users=_sorted_users,
        numpy=("sort",),
        result="same",
        latex=operator("sort", axes_below),
        kink=Kink(_ties, "equal elements are sorted: each keeps the gradient of the place it gets, in their order"),
        summary="The numbers in ascending order; each gradient goes back to where its number was.",
        example="sort(A, axis=1) * A",
    ),
    flat_op(
        "argsort",
        parameters=ALONG,
        shape=_same_shape,
        forward=lambda call, x: as_float(argsort(x, axis_of(call), stable=call.attrs["kind"] in STABLE)),
        elements=_order_elements,
        numpy=("argsort",),
        method=True,
        result="int",
        latex=operator("argsort", axes_below),
        summary="The order that sorts the numbers: where each place of the result comes from. No gradient flows.",
        example="argsort(A, axis=1) * A",
    ),
    _picked("argmax", argmax, "greater", "Which element is the largest, the first of equal ones; no gradient flows."),
    _picked("argmin", argmin, "less", "Which element is the smallest, the first of equal ones; no gradient flows."),
)
