"""Which results of NumPy are views of what they are made of, how they lie in memory, and what becomes of the whole when
something is stored in such a part.

How an array lies in memory: rows one after another ("C"), transposed ("F"), or unknown ("").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.ops.expression import Shape

Attributes = Mapping[str, Any]
Back = tuple[str, bool, dict[str, Any]]
"""The op that makes the whole of a part, whether the whole as it was is its first input, and its attributes."""


@dataclass(frozen=True, slots=True)
class View:
    """A result that shares the memory of the first input.

    layout(attrs, order, before, after) -> how it lies, where the input lies as `order`; "copy" where it is one after
        all, and "unknown" where that cannot be said. before, after: the shapes of the input and of the result.
    back(attrs, shape) -> how the whole of this shape is made of a part that was stored into; None where the part is the
        whole.
    read_only: whether NumPy stores nothing in it. keeps_numbers: whether NumPy's own numbers have it as a method, which
        gives a number.
    """

    layout: Callable[[Attributes, str, Shape, Shape], str]
    back: Callable[[Attributes, Shape], Back] | None = None
    read_only: bool = False
    keeps_numbers: bool = False


def _unknown(attrs: Attributes, order: str, before: Shape, after: Shape) -> str:
    return ""


def gathers(index: tuple[Any, ...]) -> bool:
    """Whether an index picks elements one by one, which gives a copy."""
    return any(not isinstance(item, int | slice | None) and item is not Ellipsis for item in index)


def _picked(attrs: Attributes, order: str, before: Shape, after: Shape) -> str:
    """Leading whole numbers, then full slices, leave rows as they are."""
    if gathers(attrs["index"]):
        return "copy"
    rest = list(attrs["index"])
    while rest and (isinstance(rest[0], int) or rest[0] is None):
        rest.pop(0)
    plain = all(item == slice(None) or item is None or item is Ellipsis for item in rest[1:])
    first = not rest or rest[0] is Ellipsis or rest[0] is None or (rest[0].step in (None, 1))
    return "C" if order == "C" and plain and first else ""


def _turned(attrs: Attributes, order: str, before: Shape, after: Shape) -> str:
    if sum(n != 1 for n in before) < 2:
        return order
    if len(before) == 2 and order in ("C", "F"):
        return "F" if order == "C" else "C"
    return ""


def _reshaped(attrs: Attributes, order: str, before: Shape, after: Shape) -> str:
    if order == "C":
        return "C"
    if before == after:
        return order
    if order == "F" and sum(n != 1 for n in before) >= 2:
        return "copy" if [n for n in before if n != 1] != [n for n in after if n != 1] else "unknown"
    return "unknown"


def _put_part(attrs: Attributes, shape: Shape) -> Back:
    axis = attrs["axis"] % len(shape)
    size = shape[axis] // attrs["sections"]
    index = (slice(None),) * axis + (slice(attrs["part"] * size, (attrs["part"] + 1) * size),)
    return "put", True, {"index": index}


def _turned_back(attrs: Attributes, shape: Shape) -> Back:
    axes = attrs["axes"]
    if axes is not None:
        ndim = len(axes)
        axes = tuple(sorted(range(ndim), key=lambda i: axes[i] % ndim))
    return "transpose", False, {"axes": axes}


INDEX = View(_picked, lambda attrs, shape: ("put", True, {"index": attrs["index"]}))
SPLIT = View(_unknown, _put_part)
TRANSPOSE = View(_turned, _turned_back)
SWAPAXES = View(_turned, lambda attrs, shape: ("swapaxes", False, dict(attrs)))
RESHAPE = View(_reshaped, lambda attrs, shape: ("reshape", False, {"shape": shape}), keeps_numbers=True)
BROADCAST = View(_unknown, read_only=True)
SAME = View(lambda attrs, order, before, after: order)
"""Of the same elements in the same order."""
