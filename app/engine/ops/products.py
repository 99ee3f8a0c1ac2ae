"""Matrix products. For 2-D arrays y = a @ b: da = dy @ b.T and db = a.T @ dy; the rest follows NumPy's rules for `@`
(a 1-D operand is a row on the left, a column on the right; leading axes are a batch and broadcast)."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops import grad_names
from app.engine.ops import tensor_reasons as reasons
from app.engine.ops.axes import broadcast, show_shape
from app.engine.ops.call_latex import Latex
from app.engine.ops.expression import Expr, Shape
from app.engine.ops.registry import Call, Op, tensor_op
from app.engine.ops.rule_words import dot, matmul, reshape, swapped, total, transpose
from app.engine.ops.word import PRODUCT
from app.engine.wording import said


def _product(call: Call, a: Expr, b: Expr) -> Expr:
    """The faster of the two spellings; they agree up to two dimensions."""
    small = len(call.shapes[0]) <= 2 and len(call.shapes[1]) <= 2
    return dot(a, b) if small else matmul(a, b)


def _matmul_shape(call: Call) -> Shape:
    a, b = call.shapes
    if not a or not b:
        raise ShapeError(said("shapes.matmul_right_scalar") if a else said("shapes.matmul_left_scalar"))
    inner_a = a[-1]
    inner_b = b[0] if len(b) == 1 else b[-2]
    if inner_a != inner_b:
        raise ShapeError(
            said(
                "shapes.matmul_inner_lengths_differ",
                a=show_shape(a),
                b=show_shape(b),
                inner_a=inner_a,
                inner_b=inner_b,
            ),
            hint=_matmul_hint(a, b),
        )
    batch = broadcast((a[:-2], b[:-2]), "@")
    return batch + (a[-2:-1] if len(a) > 1 else ()) + (b[-1:] if len(b) > 1 else ())


def _matmul_hint(a: Shape, b: Shape) -> str:
    if len(a) == 2 and len(b) == 2:
        if a[1] == b[1]:
            return f"Transpose the right side: {show_shape(a)} @ {show_shape(b[::-1])}."
        if a[0] == b[0]:
            return f"Transpose the left side: {show_shape(a[::-1])} @ {show_shape(b)}."
        if a[0] == b[1]:
            return f"Swap the sides: {show_shape(b)} @ {show_shape(a)}."
    return "The last length on the left must equal the second last (for a vector, the only) length on the right."


def _message_shape(call: Call, slot: int) -> Shape:
    """The shape of a message before it is summed: the operand's own, or the batch axes and its matrix."""
    a, b = call.shapes
    own = call.shapes[slot]
    if max(len(a), len(b)) <= 2:
        return own
    batch = broadcast((a[:-2], b[:-2]), "@")
    if len(own) == 1:
        return (*batch, 1, own[0]) if slot == 0 else (*batch, own[0])
    return batch + own[-2:]


def _matmul_vjp(call: Call, g: Expr, y: Expr, a: Expr, b: Expr) -> tuple[Expr, Expr]:
    shape_a, shape_b = call.shapes
    da, db = len(shape_a), len(shape_b)
    if da == 1 and db == 1:
        return g * b, g * a
    if da == 2 and db == 1:
        return reshape(g, (shape_a[0], 1)) * b, dot(transpose(a, (1, 0)), g)
    if da == 1 and db == 2:
        return dot(b, g), reshape(a, (shape_a[0], 1)) * g
    if da == 2 and db == 2:
        return dot(g, transpose(b, (1, 0))), dot(transpose(a, (1, 0)), g)
    if da == 1:
        # A row times a batch of matrices: give g its row axis back.
        row = reshape(g, (*call.shape[:-1], 1, call.shape[-1]))
        return matmul(row, swapped(b, db)), matmul(reshape(a, (shape_a[0], 1)), row)
    if db == 1:
        column = reshape(g, (*call.shape, 1))
        return column * b, total(column * a, (len(call.shape) - 1,))
    return matmul(g, swapped(b, db)), matmul(swapped(a, da), g)


def _elements(call: Call, write: Any, xs: list[Any]) -> Any:
    """The products and sums of each element, in the order of the sum."""
    a, b = xs
    if a.ndim == 0 or b.ndim == 0:
        return write.map("multiply", a, b)
    left = a[np.newaxis, :] if a.ndim == 1 else a
    right = b[:, np.newaxis] if b.ndim == 1 else b
    batch = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, batch + left.shape[-2:])
    right = np.broadcast_to(right, batch + right.shape[-2:])
    out = np.empty((*batch, left.shape[-2], right.shape[-1]), dtype=object)
    for index in np.ndindex(out.shape):
        row, column = left[(*index[:-2], index[-2])], right[(*index[:-2], slice(None), index[-1])]
        out[index] = write.sum([write("multiply", p, q) for p, q in zip(row, column, strict=True)])
    return out.reshape(call.shape)


def _dot_shape(call: Call) -> Shape:
    a, b = call.shapes
    if not a or not b:
        return broadcast((a, b), "dot")
    if len(a) > 2 or len(b) > 2:
        raise ShapeError(said("shapes.dot_of_many_axes", a=show_shape(a), b=show_shape(b)))
    return _matmul_shape(call)


def _dot_vjp(call: Call, g: Expr, y: Expr, a: Expr, b: Expr) -> tuple[Expr, Expr]:
    if all(call.shapes):
        return _matmul_vjp(call, g, y, a, b)
    return g * b, g * a


OPS: tuple[Op, ...] = (
    tensor_op(
        "matmul",
        kind="matmul",
        inputs=("a", "b"),
        shape=_matmul_shape,
        forward=_product,
        vjp=_matmul_vjp,
        jvp=lambda call, t, y, a, b: _product(call, t[0], b) + _product(call, a, t[1]),
        elements=_elements,
        message_shape=_message_shape,
        label="@",
        text="{0} @ {1}",
        latex=Latex(r"{0}\,{1}", PRODUCT, (PRODUCT, PRODUCT + 1)),
        numpy=("matmul",),
        of_masks="logic",
        grad_name=grad_names.product,
        result="promote",
        summary="Matrix product. Each side receives the gradient times the other side, transposed.",
        example="A @ B",
        says=reasons.MATMUL_SAYS,
        hands=reasons.MATMUL_HANDS,
        because=reasons.MATMUL,
    ),
    tensor_op(
        "dot",
        kind="matmul",
        inputs=("a", "b"),
        shape=_dot_shape,
        forward=lambda call, a, b: dot(a, b) if all(call.shapes) else a * b,
        vjp=_dot_vjp,
        jvp=lambda call, t, y, a, b: dot(t[0], b) + dot(a, t[1]) if all(call.shapes) else t[0] * b + a * t[1],
        elements=_elements,
        message_shape=lambda call, slot: call.shapes[slot] if all(call.shapes) else call.shape,
        label="@",
        text="np.dot({0}, {1})",
        latex=Latex(r"{0}\,{1}", PRODUCT, (PRODUCT, PRODUCT + 1)),
        numpy=("dot",),
        of_masks="logic",
        grad_name=grad_names.product,
        method=True,
        result="promote",
        summary="np.dot: the matrix product of at most two-dimensional arrays; with a scalar, the plain product.",
        example="dot(A, B)",
        says=reasons.MATMUL_SAYS,
        hands=reasons.MATMUL_HANDS,
        because=reasons.MATMUL,
    ),
)
