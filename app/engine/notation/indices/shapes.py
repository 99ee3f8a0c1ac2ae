"""The shape of an expression over symbols whose shapes are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.engine.ops.axes import reduced
from app.engine.ops.expression import Apply, Expr, Named, Number, Shape, Symbol
from app.engine.ops.places import indexed
from app.engine.ops.summation_words import shape_of as einsum_shape


def shape_of(expression: Expr, known: Mapping[str, Shape]) -> Shape:
    """`known`: the shapes of the symbols. A word that is not listed below broadcasts its operands."""
    if isinstance(expression, Number):
        return ()
    if isinstance(expression, Named):
        return shape_of(expression.meaning, known)
    if isinstance(expression, Symbol):
        return known[expression.key]
    assert isinstance(expression, Apply)
    special = _SHAPES.get(expression.word)
    shapes = [shape_of(argument, known) for argument in expression.arguments]
    if special is not None:
        return special(shapes, expression.options)
    return tuple(np.broadcast_shapes(*shapes)) if shapes else ()


def _reduced_shape(shapes: list[Shape], options: tuple[Any, ...]) -> Shape:
    axes, keepdims = options
    return reduced(shapes[0], tuple(range(len(shapes[0]))) if axes is None else axes, keepdims)


def _picked_shape(shapes: list[Shape], options: tuple[Any, ...]) -> Shape:
    axis, keepdims = options
    return _reduced_shape(shapes, (None if axis is None else (axis,), keepdims))


def _product_shape(shapes: list[Shape], _options: tuple[Any, ...]) -> Shape:
    a, b = shapes
    batch = tuple(np.broadcast_shapes(a[:-2], b[:-2]))
    return batch + (a[-2:-1] if len(a) > 1 else ()) + (b[-1:] if len(b) > 1 else ())


def _joined_shape(shapes: list[Shape], options: tuple[Any, ...]) -> Shape:
    axis = options[0]
    return (*shapes[0][:axis], sum(shape[axis] for shape in shapes), *shapes[0][axis + 1 :])


def _stacked_shape(shapes: list[Shape], options: tuple[Any, ...]) -> Shape:
    axis = options[0]
    return (*shapes[0][:axis], len(shapes), *shapes[0][axis:])


_SHAPES: Mapping[str, Callable[[list[Shape], tuple[Any, ...]], Shape]] = {
    "sum": _reduced_shape,
    "max": _reduced_shape,
    "min": _reduced_shape,
    "matmul": _product_shape,
    "dot": _product_shape,
    "transpose": lambda shapes, options: tuple(shapes[0][axis] for axis in options[0]),
    "reshape": lambda shapes, options: options[0],
    "spread": lambda shapes, options: options[0],
    "take": lambda shapes, options: indexed(shapes[0], options[0])[0],
    "stored": lambda shapes, options: shapes[0],
    "added": lambda shapes, options: shapes[0],
    "put": lambda shapes, options: options[1],
    "einsum": lambda shapes, options: einsum_shape(options[0], tuple(shapes)),
    "prod": _reduced_shape,
    "inverse": lambda shapes, options: shapes[0],
    "cofactors": lambda shapes, options: shapes[0],
    "pseudo_inverse": lambda shapes, options: shapes[0][::-1],
    "pinv_change": lambda shapes, options: shapes[1],
    "solution": lambda shapes, options: shapes[1],
    "determinant": lambda shapes, options: shapes[0][:-2],
    "log_determinant": lambda shapes, options: shapes[0][:-2],
    "argmax": _picked_shape,
    "argmin": _picked_shape,
    "concatenate": _joined_shape,
    "stack": _stacked_shape,
    "filled": lambda shapes, options: options[0],
}
