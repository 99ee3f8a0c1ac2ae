"""Axis arithmetic on shapes: pure functions that the tensor ops share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops.expression import Shape
from app.engine.wording import said


def broadcast(shapes: Sequence[Shape], what: str) -> Shape:
    """The shape that these broadcast to by NumPy's rules; ShapeError if they do not."""
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    result: list[int] = []
    for axis in range(1, max(map(len, shapes)) + 1):
        size = 1
        for shape in shapes:
            length = shape[-axis] if axis <= len(shape) else 1
            if length != 1 and size != 1 and length != size:
                shown = " and ".join(map(show_shape, shapes))
                raise ShapeError(said("shapes.shapes_do_not_fit", what=what, shapes=shown))
            size = size if length == 1 else length
        result.append(size)
    return tuple(reversed(result))


def show_shape(shape: Shape) -> str:
    return "×".join(map(str, shape)) if shape else "scalar"


def normal_axis(axis: int, ndim: int, what: str) -> int:
    if not -ndim <= axis < ndim:
        dimensions = "1 dimension" if ndim == 1 else f"{ndim} dimensions"
        facts = {"what": what, "axis": axis, "dimensions": dimensions, "last": ndim - 1, "ndim": ndim}
        raise ShapeError(said("shapes.axis_missing", "axes" if ndim else "scalar", **facts))
    return axis % ndim


def normal_axes(axis: int | tuple[int, ...] | None, ndim: int) -> tuple[int, ...]:
    """Axes as sorted non-negative integers; all of them for None."""
    if axis is None:
        return tuple(range(ndim))
    listed = (axis,) if isinstance(axis, int) else axis
    axes = tuple(sorted(normal_axis(a, ndim, "axis") for a in listed))
    if len(set(axes)) != len(axes):
        raise ShapeError(said("shapes.axis_twice", listed=listed))
    return axes


def reduced_axes(axis: int | tuple[int, ...] | None, ndim: int) -> tuple[int, ...]:
    """Axes that are reduced. A number has none, and NumPy lets the one be asked for that it would have as an array."""
    return () if ndim == 0 and axis in (0, -1) else normal_axes(axis, ndim)


def reduced(shape: Shape, axes: tuple[int, ...], keepdims: bool) -> Shape:
    if keepdims:
        return tuple(1 if i in axes else n for i, n in enumerate(shape))
    return tuple(n for i, n in enumerate(shape) if i not in axes)


def count(shape: Shape) -> int:
    """The number of elements; exact for any size, as it is computed in Python integers."""
    total = 1
    for n in shape:
        total *= n
    return total


def reshaped(shape: Shape, wanted: tuple[int, ...]) -> Shape:
    """`wanted` with -1 replaced by the length that fits; ShapeError if none does."""
    size = count(shape)
    holes = [i for i, n in enumerate(wanted) if n == -1]
    known = count(tuple(n for n in wanted if n != -1))
    if len(holes) > 1 or any(n < -1 for n in wanted):
        raise ShapeError(said("shapes.reshape_two_lengths_open", wanted=wanted))
    if holes:
        if known == 0 or size % known:
            raise ShapeError(said("shapes.reshape_does_not_divide", size=size, shape=show_shape(shape), wanted=wanted))
        return tuple(size // known if n == -1 else n for n in wanted)
    if known != size:
        raise ShapeError(
            said(
                "shapes.reshape_does_not_fit",
                size=size,
                shape=show_shape(shape),
                wanted=show_shape(wanted),
                known=known,
            ),
        )
    return wanted


def place_in(shape: Shape, number: int) -> tuple[int, ...]:
    """The place of an element by its number, the elements counted in order."""
    return tuple(int(i) for i in np.unravel_index(number, shape)) if shape else ()


def number_of(shape: Shape, place: tuple[int, ...]) -> int:
    """The number of the element at a place."""
    return int(np.ravel_multi_index(place, shape)) if shape else 0
