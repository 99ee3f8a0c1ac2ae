"""Limits on the sizes of arrays and on the work with them, checked before anything is allocated."""

from __future__ import annotations

from app.engine.errors import LimitError, Span
from app.engine.limits import Limits
from app.engine.ops.axes import count
from app.engine.ops.expression import Shape


def check_array(shape: Shape, limits: Limits, span: Span | None, hint: str = "Use smaller arrays.") -> int:
    """The number of elements of an array. Raises LimitError if there are too many."""
    size = count(shape)
    if size > limits.array_elements or len(shape) > limits.dimensions:
        raise LimitError(
            f"this array would have {size:,} elements in {len(shape)} dimensions; "
            f"at most {limits.array_elements:,} in {limits.dimensions} are accepted",
            span=span,
            hint=hint,
        )
    return size


def check_totals(elements: int, multiplications: int, limits: Limits, span: Span | None) -> None:
    """Bounds the elements of all arrays, and the multiplications of all matrix products, up to a node."""
    if elements > limits.total_elements:
        found = f"the program computes more than {limits.total_elements:,} elements"
    elif multiplications > limits.multiplications:
        found = f"the matrix products take more than {limits.multiplications:,} multiplications"
    else:
        return
    raise LimitError(f"up to this line {found}", span=span, hint="Use smaller arrays, or fewer of them.")
