"""Constant indices: what they pick of a shape."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from app.engine.errors import ShapeError
from app.engine.ops.axes import broadcast, count, show_shape
from app.engine.ops.expression import Shape
from app.engine.ops.index_array import IndexArray
from app.engine.wording import said

Index = tuple[Any, ...]
"""What stands between square brackets: integers, slices, `...`, None and index arrays."""


def has_arrays(index: Index) -> bool:
    return any(isinstance(item, IndexArray) for item in index)


def numpy_index(index: Index) -> Index:
    """The index as NumPy takes it."""
    return tuple(item.array if isinstance(item, IndexArray) else item for item in index)


def indexed(shape: Shape, index: Index) -> tuple[Shape, Index]:
    """The shape of `x[index]`, and the index with `...` and negative integers written out.

    Index arrays, and the integers beside them, are broadcast together; their axes stand where they were, or first if
    something else stands between them (NumPy's user guide, "Combining advanced and basic indexing"). An `...` stands
    between them even where it stands for no axis, so it is kept then.
    """
    index = tuple(_plain(item) for item in index)
    used = sum(item is not None and item is not Ellipsis for item in index)
    if used > len(shape):
        raise ShapeError(said("shapes.indices_too_many", used=used, shape=show_shape(shape), shape_count=len(shape)))
    advanced = has_arrays(index)
    full: list[Any] = []
    for item in index:
        dots: list[Any] = [slice(None)] * (len(shape) - used)
        nothing = [Ellipsis] if advanced else []
        full.extend((dots or nothing) if item is Ellipsis else [item])
    kept: list[tuple[int, int]] = []
    """(where the item stands, length of its axis) of those that give an axis of their own."""
    plain: list[Any] = []
    arrays: list[tuple[int, Shape]] = []
    axis = 0
    for place, item in enumerate(full):
        if item is None or item is Ellipsis:
            plain.append(item)
            kept += [(place, 1)] if item is None else []
            continue
        length = shape[axis]
        if isinstance(item, slice):
            kept.append((place, len(range(*item.indices(length)))))
            plain.append(item)
        else:
            plain.append(_within(item, axis, shape))
            arrays.append((place, item.shape if isinstance(item, IndexArray) else ()))
        axis += 1
    rest = shape[axis:]
    if not advanced:
        return (*(n for _, n in kept), *rest), tuple(plain)
    together = broadcast([own for _, own in arrays], "the index")
    first, last = arrays[0][0], arrays[-1][0]
    lead = first if last - first + 1 == len(arrays) else 0
    before = [n for place, n in kept if place < lead]
    return (*before, *together, *(n for place, n in kept if place >= lead), *rest), tuple(plain)


def _plain(item: Any) -> Any:
    """An index array without axes is the integer in it."""
    return int(item.array) if isinstance(item, IndexArray) and not item.shape else item


def _within(item: Any, axis: int, shape: Shape) -> Any:
    """An integer or an index array, counted from 0 on. Raises ShapeError where it leaves the axis."""
    length = shape[axis]
    numbers = item.array if isinstance(item, IndexArray) else np.asarray(operator.index(item))
    outside = numbers[(numbers < -length) | (numbers >= length)]
    if outside.size:
        way, facts = "places" if length else "empty", {"length": length, "last": length - 1}
        flat = outside.flat[0]
        raise ShapeError(said("shapes.index_outside_axis", way, flat=flat, axis=axis, shape=show_shape(shape), **facts))
    return IndexArray.of(numbers % length) if isinstance(item, IndexArray) else int(numbers) % length


def places_of(shape: Shape, index: Index) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The places that an index picks, in the shape of what is picked, the elements of the array counted in order."""
    return np.asarray(np.arange(count(shape)).reshape(shape)[numpy_index(index)])


def repeats(shape: Shape, index: Index) -> bool:
    """Whether an index picks a place more than once."""
    if not has_arrays(index):
        return False
    places = places_of(shape, index)
    return len(np.unique(places)) < places.size
