"""The rules of ops that put several arrays together: end to end, or side by side along a new axis."""

from __future__ import annotations

from app.engine.errors import ShapeError
from app.engine.ops.axes import normal_axis, show_shape
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.registry import Call
from app.engine.ops.rule_words import concatenate, take
from app.engine.wording import said


def joined_shape(call: Call) -> Shape:
    first = call.shapes[0]
    if not first:
        raise ShapeError(said("shapes.concatenate_scalar"))
    axis = normal_axis(call.attrs["axis"], len(first), "concatenate")
    for shape in call.shapes:
        if len(shape) != len(first) or any(i != axis and n != first[i] for i, n in enumerate(shape)):
            raise ShapeError(
                said("shapes.concatenate_shapes_differ", axis=axis, first=show_shape(first), shape=show_shape(shape)),
            )
    return (*first[:axis], sum(shape[axis] for shape in call.shapes), *first[axis + 1 :])


def joined(call: Call, *xs: Expr) -> Expr:
    return concatenate(xs, normal_axis(call.attrs["axis"], len(call.shapes[0]), "concatenate"))


def joined_back(call: Call, g: Expr, y: Expr, *xs: Expr) -> tuple[Expr, ...]:
    axis = normal_axis(call.attrs["axis"], len(call.shapes[0]), "concatenate")
    parts, start = [], 0
    for shape in call.shapes:
        parts.append(take(g, (slice(None),) * axis + (slice(start, start + shape[axis]),)))
        start += shape[axis]
    return tuple(parts)


def stack_axis(call: Call) -> int:
    return normal_axis(call.attrs["axis"], len(call.shapes[0]) + 1, "stack")


def stacked_shape(call: Call) -> Shape:
    first = call.shapes[0]
    for shape in call.shapes:
        if shape != first:
            raise ShapeError(said("shapes.stack_shapes_differ", first=show_shape(first), shape=show_shape(shape)))
    axis = stack_axis(call)
    return (*first[:axis], len(call.shapes), *first[axis:])


def stacked_back(call: Call, g: Expr, y: Expr, *xs: Expr) -> tuple[Expr, ...]:
    before = (slice(None),) * stack_axis(call)
    return tuple(take(g, (*before, i)) for i in range(len(xs)))
