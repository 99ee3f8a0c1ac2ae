"""Ops that move or copy elements without changing them. Each is linear: gradients move back the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops import grad_names, joins, views
from app.engine.ops import tensor_reasons as reasons
from app.engine.ops.axes import broadcast, normal_axis, reshaped, show_shape
from app.engine.ops.call_latex import Latex, axis_text, index_latex, operator, shape_text, subscripted, turned
from app.engine.ops.expression import Expr, Shape, lift
from app.engine.ops.index_spellings import index_label
from app.engine.ops.places import indexed, numpy_index
from app.engine.ops.registry import Call, Op, Parameter, flat_op, linear, tensor_op
from app.engine.ops.rule_words import filled, put, reshape, spread, stack, take, total, transpose
from app.engine.ops.word import ATOM, POWER
from app.engine.wording import said


def _permutation(call: Call) -> tuple[int, ...]:
    ndim = len(call.shapes[0])
    axes = call.attrs["axes"]
    if axes is None:
        return tuple(reversed(range(ndim)))
    order = tuple(normal_axis(a, ndim, "transpose") for a in axes)
    if sorted(order) != list(range(ndim)):
        raise ShapeError(
            said(
                "shapes.transpose_axes_no_order",
                axes=axes,
                ndim=ndim,
                shapes=show_shape(call.shapes[0]),
                ndim2=ndim - 1,
            ),
        )
    return order


def _inverse(order: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(order.index(i) for i in range(len(order)))


def _swapped(call: Call) -> tuple[int, ...]:
    ndim = len(call.shapes[0])
    a, b = (normal_axis(call.attrs[k], ndim, "swapaxes") for k in ("axis1", "axis2"))
    order = list(range(ndim))
    order[a], order[b] = b, a
    return tuple(order)


def _cut(call: Call) -> tuple[Any, ...]:
    """The index of one part of a split."""
    sections, part = call.attrs["sections"], call.attrs["part"]
    shape = call.shapes[0]
    axis = normal_axis(call.attrs["axis"], len(shape), "split")
    if shape[axis] % sections:
        raise ShapeError(
            said(
                "shapes.split_does_not_divide",
                axis=axis,
                shape=show_shape(shape),
                sections=sections,
                shape2=shape[axis],
            ),
        )
    size = shape[axis] // sections
    return (slice(None),) * axis + (slice(part * size, (part + 1) * size),)


def _spread_shape(call: Call) -> Shape:
    wanted: Shape = call.attrs["shape"]
    if any(n < 0 for n in wanted):
        raise ShapeError(said("shapes.broadcast_length_negative", wanted=wanted))
    if broadcast((call.shapes[0], wanted), "broadcast_to") != wanted:
        raise ShapeError(
            said("shapes.broadcast_shapes_differ", shapes=show_shape(call.shapes[0]), wanted=show_shape(wanted))
        )
    return wanted


def _taken(call: Call) -> tuple[Any, ...]:
    return indexed(call.shapes[0], call.attrs["index"])[1]


def _reshape(call: Call, x: Expr) -> Expr:
    """Reshape. A scalar is a Python float, without axes to rearrange: it is copied into an array of one element."""
    return reshape(x, call.shape) if call.shapes[0] else spread(x, call.shape) if call.shape else x


def _reshape_back(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
    """The transpose of reshape is the reshape back, with the same care for scalars."""
    return (_reshape(Call(call.attrs, (call.shape,), call.shapes[0]), g),)


def _turning(name: str, order: Callable[[Call], tuple[int, ...]], **rest: Any) -> Op:
    """An op that puts the axes into an order."""

    def forward(call: Call, x: Expr) -> Expr:
        return x if order(call) == tuple(range(len(order(call)))) else transpose(x, order(call))

    def back(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
        there = order(call)
        return (g if there == tuple(range(len(there))) else transpose(g, _inverse(there)),)

    return tensor_op(
        name,
        kind="shape",
        shape=lambda call: tuple(call.shapes[0][a] for a in order(call)),
        forward=forward,
        vjp=back,
        jvp=linear(forward),
        elements=lambda call, write, xs: xs[0].transpose(order(call)),
        latex=Latex(lambda call, args: turned(order(call), args[0]), POWER, (ATOM,)),
        label="ᵀ",
        numpy=(name,),
        method=True,
        by_position=True,
        transposes=True,
        result="same",
        says=reasons.TRANSPOSE_SAYS,
        hands=reasons.TRANSPOSE_HANDS,
        **rest,
    )


def _picking(name: str, index: Callable[[Call], tuple[Any, ...]], written: Callable[[Call], Any], **rest: Any) -> Op:
    """An op that takes some of the elements. written: the index as it is typeset."""

    def forward(call: Call, x: Expr) -> Expr:
        return take(x, index(call)) if call.shapes[0] else spread(x, call.shape) if call.shape else x

    def back(call: Call, g: Expr, y: Expr, x: Expr) -> tuple[Expr]:
        if call.shapes[0]:
            return (put(g, index(call), call.shapes[0]),)
        return (total(g) if call.shape else g,)

    return tensor_op(
        name,
        kind="shape",
        shape=lambda call: indexed(call.shapes[0], written(call))[0],
        forward=forward,
        vjp=back,
        jvp=linear(forward),
        elements=lambda call, write, xs: np.asarray(xs[0][numpy_index(index(call))], dtype=object),
        bare=False,
        latex=Latex(lambda call, args: subscripted(args[0], index_latex(written(call))), needs=(ATOM,)),
        result="same",
        says=reasons.INDEX_SAYS,
        hands=reasons.INDEX_HANDS,
        **rest,
    )


def _of_constant(name: str, value: float) -> Op:
    """`ones_like` and `zeros_like`: an array of one number in the shape of another array."""
    return flat_op(
        name,
        shape=lambda call: call.shapes[0],
        forward=lambda call, x: filled(call.shape, value) if call.shape else lift(value),
        elements=lambda call, write, xs: write.fill(xs[0], value),
        numpy=(name,),
        filled=value,
        boxed=True,
        result="same",
        label=f"{value:g}s",
        latex=Latex(
            lambda call, args: rf"\mathbf{{{value:g}}}{(call.shape and f'_{{{shape_text(call.shape)}}}') or ''}"
        ),
        summary="Ones in the shape of x." if value else "Zeros in the shape of x.",
        example=f"{name}(A) * A",
        says=reasons.LIKE_SAYS,
    )


OPS: tuple[Op, ...] = (
    tensor_op(
        "reshape",
        kind="shape",
        parameters=(Parameter("shape", required=True, form="shape"),),
        shape=lambda call: reshaped(call.shapes[0], call.attrs["shape"]),
        forward=_reshape,
        vjp=_reshape_back,
        jvp=linear(_reshape),
        elements=lambda call, write, xs: xs[0].reshape(call.shape),
        numpy=("reshape",),
        method=True,
        by_position=True,
        boxed=True,
        view=views.RESHAPE,
        grad_name="View",
        latex=operator("reshape", lambda call: shape_text(call.shape)),
        result="same",
        summary="The same elements in another shape.",
        example="reshape(A, (3, 2)) * reshape(A, (3, 2))",
        says=reasons.RESHAPE_SAYS,
        hands=reasons.RESHAPE_HANDS,
    ),
    _turning(
        "transpose",
        _permutation,
        view=views.TRANSPOSE,
        grad_name=grad_names.transposed,
        parameters=(Parameter("axes", form="axes"),),
        postfix=lambda attrs: ".T" if attrs["axes"] is None else "",
        summary="Axes in another order; for a matrix, rows become columns.",
        example="transpose(A) @ A",
    ),
    _turning(
        "swapaxes",
        _swapped,
        view=views.SWAPAXES,
        grad_name="Transpose",
        parameters=(
            Parameter("axis1", required=True, form="integer"),
            Parameter("axis2", required=True, form="integer"),
        ),
        positional=2,
        summary="Two axes change places.",
        example="swapaxes(A, 0, 1) @ A",
    ),
    _picking(
        "index",
        _taken,
        lambda call: call.attrs["index"],
        indexed="get",
        view=views.INDEX,
        grad_name=grad_names.picked,
        parameters=(Parameter("index", required=True, form="index"),),
        label="[ ]",
        postfix=lambda attrs: f"[{index_label(attrs['index'])}]",
        summary="Some of the elements; the gradient goes back to their places, 0 elsewhere.",
        example="A[0, 1:] * A[1, :2]",
    ),
    _picking(
        "split",
        _cut,
        _cut,
        view=views.SPLIT,
        parameters=(
            Parameter("sections", required=True, form="count"),
            Parameter("axis", 0, form="integer"),
            Parameter("part", 0, form="integer"),
        ),
        positional=2,
        label="split",
        summary="One of several equal parts along an axis.",
        example="np.split(A, 2, axis=0)[1] * A",
    ),
    tensor_op(
        "broadcast_to",
        kind="shape",
        parameters=(Parameter("shape", required=True, form="shape"),),
        shape=_spread_shape,
        forward=lambda call, x: spread(x, call.shape),
        vjp=lambda call, g, y, x: (g,),
        jvp=linear(lambda call, x: spread(x, call.shape)),
        elements=lambda call, write, xs: np.broadcast_to(xs[0], call.shape),
        message_shape=lambda call, slot: call.shape,
        numpy=("broadcast_to",),
        boxed=True,
        view=views.BROADCAST,
        grad_name="Expand",
        latex=operator("broadcast", lambda call: shape_text(call.shape)),
        result="same",
        label="copy",
        summary="Copies along axes of length 1; the gradients of the copies add up.",
        example="broadcast_to(v, (2, 3)) * A",
        says=reasons.COPIES_SAYS,
        hands=reasons.COPIES_HANDS,
    ),
    tensor_op(
        "concatenate",
        kind="shape",
        inputs=("parts",),
        grad_name="Cat",
        variadic=True,
        parameters=(Parameter("axis", 0, form="integer"),),
        shape=joins.joined_shape,
        forward=joins.joined,
        vjp=joins.joined_back,
        jvp=lambda call, t, y, *xs: joins.joined(call, *t),
        elements=lambda call, write, xs: np.concatenate(xs, axis=call.attrs["axis"]),
        numpy=("concatenate",),
        latex=operator("concat", lambda call: axis_text((call.attrs["axis"],))),
        result="promote",
        label="join",
        summary="Arrays end to end along an axis; each part gets its own piece of the gradient back.",
        example="concatenate((A, A * A), axis=1)",
        says=reasons.JOIN_SAYS,
        hands=reasons.JOIN_HANDS,
    ),
    tensor_op(
        "stack",
        kind="shape",
        inputs=("parts",),
        variadic=True,
        parameters=(Parameter("axis", 0, form="integer"),),
        shape=joins.stacked_shape,
        forward=lambda call, *xs: stack(xs, joins.stack_axis(call)),
        vjp=joins.stacked_back,
        jvp=lambda call, t, y, *xs: stack(t, joins.stack_axis(call)),
        elements=lambda call, write, xs: np.stack(xs, axis=call.attrs["axis"]),
        numpy=("stack",),
        latex=operator("stack", lambda call: axis_text((call.attrs["axis"],))),
        result="promote",
        label="stack",
        summary="Arrays of one shape side by side along a new axis.",
        example="stack((A, A * A), axis=1)",
        says=reasons.JOIN_SAYS,
        hands=reasons.JOIN_HANDS,
    ),
    _of_constant("ones_like", 1.0),
    _of_constant("zeros_like", 0.0),
)
