"""Limits on the sizes of arrays and on the work with them, checked before anything is allocated."""

from __future__ import annotations

from app.engine.errors import LimitError, Span
from app.engine.limits import Limits
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape
from app.engine.wording import said


def check_array(shape: Shape, limits: Limits, span: Span | None, hint: str = "Use smaller arrays.") -> int:
    """The number of elements of an array. Raises LimitError if there are too many."""
    size = count(shape)
    if size > limits.array_elements or len(shape) > limits.dimensions:
        raise LimitError(
            said(
                "limits.array_too_large_and_deep",
                size=size,
                shape_count=len(shape),
                most=limits.array_elements,
                dimensions=limits.dimensions,
            ),
            span=span,
            hint=hint,
        )
    return size


def check_totals(elements: int, multiplications: int, limits: Limits, span: Span | None) -> None:
    """Bounds the elements of all arrays, and the multiplications of all matrix products, up to a node."""
    if elements > limits.total_elements:
        raise LimitError(said("limits.elements_too_many", most=limits.total_elements), span=span)
    if multiplications > limits.multiplications:
        raise LimitError(said("limits.multiplications_too_many", most=limits.multiplications), span=span)
