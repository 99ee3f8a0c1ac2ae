"""What PyTorch calls the function behind a use of an op: `grad_fn=<SumBackward1>`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.engine.ops.expression import Shape

GradName = str | Callable[[Mapping[str, Any], Sequence[Shape]], str]
"""A name, or (attributes, shapes of the inputs) -> the name. `Backward0` is added where no number ends it."""

_PRODUCTS = {(1, 1): "Dot", (2, 1): "Mv", (2, 2): "Mm", (1, 2): "SqueezeBackward4", (3, 3): "Bmm"}


def product(attrs: Mapping[str, Any], shapes: Sequence[Shape]) -> str:
    left, right = map(len, shapes)
    return _PRODUCTS.get((left, right), "UnsafeView")


def reduced(name: str, whole: int) -> GradName:
    """whole: the number of the function that reduces all axes; the other one is that for some of them."""
    return lambda attrs, shapes: f"{name}Backward{whole if attrs.get('axis') is None else 1 - whole}"


def extreme(name: str) -> GradName:
    """Of `max` and `min`, which have another name along an axis."""
    whole, some = f"{name.title()}Backward1", f"A{name}Backward0"
    return lambda attrs, shapes: whole if attrs.get("axis") is None else some


def picked(attrs: Mapping[str, Any], shapes: Sequence[Shape]) -> str:
    last = [item for item in attrs["index"] if item is not Ellipsis and item != slice(None)]
    if not last:
        return "Alias" if attrs["index"] == (Ellipsis,) else "Slice"
    if any(not isinstance(item, int | slice | None) for item in last):
        return "Index"
    return "Select" if isinstance(last[-1], int) else "Unsqueeze" if last[-1] is None else "Slice"


def transposed(attrs: Mapping[str, Any], shapes: Sequence[Shape]) -> str:
    return "Permute" if attrs.get("axes") is None or len(shapes[0]) > 2 else "T"
