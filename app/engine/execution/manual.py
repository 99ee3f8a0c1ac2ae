"""Compares each line `dX = ...` of the reader's own backward pass with the true gradient of X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from app.engine.execution.values import shape_of
from app.engine.ops.axes import show_shape
from app.engine.program import Value

RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""Tolerances for a manual gradient: a correct formula differs from the true gradient by rounding alone."""


_SAME = 1e-7
"""Up to this share of its largest element a value that nothing calls the gradient of another is one."""
_APART = 1e-5
"""Up to this share of its largest element a gradient may differ from the true one and be right in all but the last
digits."""
NEARLY = (
    "This differs from the gradient in the last digits only: a finite difference does, and so does a small number such "
    "as 1e-8 that the forward pass adds and the backward pass leaves out."
)


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded line: the value that it computed, the adjoint (None if no path leads from X to the output), and the
    verdict. note: a message about broadcasting, a wrong shape, a missing path or a kink. of: the name of what it is a
    gradient of, None for the output."""

    name: str
    target: str
    line: int
    value: Value
    adjoint: Value | None
    agrees: bool
    note: str | None
    of: str | None = None


class Comparison(NamedTuple):
    """Whether two gradients agree, and a message about broadcasting, a wrong shape or a missing path."""

    agrees: bool
    note: str | None = None


def compare(name: str, target: str, value: Value, adjoint: Value | None, *, is_output: bool) -> Comparison:
    """Compares a manual gradient with the true one, up to rounding. name: of the gradient; target: id of its node."""
    if adjoint is None:
        note = f"No path leads from {target} to the output, so its gradient is not computed: nothing arrives there."
        return Comparison(bool(np.all(np.asarray(value) == 0)), note)
    given, wanted = shape_of(value), shape_of(adjoint)
    if not fits(value, adjoint):
        swapped = given == wanted[::-1] and _close(np.asarray(value).T, adjoint)
        hint = " The numbers are right, the matrix is transposed." if swapped else ""
        note = f"{name} has shape {show_shape(given)}, and the gradient of {target} has {show_shape(wanted)}.{hint}"
        return Comparison(False, note)
    agrees = _close(value, adjoint)
    if agrees and given != wanted:
        own = f"of shape {show_shape(given)}" if given else "a scalar"
        return Comparison(
            True, f"{name} is {own}, the gradient of {target} is {show_shape(wanted)}: equal by broadcasting."
        )
    if not agrees and given == wanted and _nearly(value, adjoint):
        return Comparison(True, NEARLY)
    if not agrees and is_output:
        note = f"The backward pass starts at {target} with the seed, which is 1 unless another is given."
        return Comparison(False, note)
    return Comparison(agrees)


def same(value: Value, adjoint: Value) -> bool:
    """Whether a value is a gradient up to rounding, and no such number as many others are: round-off, or a single 1."""
    if shape_of(value) != shape_of(adjoint) or not np.all(np.isfinite(value)):
        return False
    largest = float(np.max(np.abs(value), initial=0.0))
    apart = float(np.max(np.abs(np.subtract(value, adjoint)), initial=0.0))
    return largest > ABSOLUTE and apart <= _SAME * largest and (np.size(value) > 1 or largest != 1)


def _close(value: Value, adjoint: Value) -> bool:
    return bool(np.allclose(value, adjoint, RELATIVE, ABSOLUTE, equal_nan=True))


def _nearly(value: Value, adjoint: Value) -> bool:
    largest = float(np.max(np.abs(adjoint), initial=0.0))
    return 0 < largest < np.inf and bool(np.all(np.abs(np.subtract(value, adjoint)) <= _APART * largest))


def fits(value: Any, wanted: Any) -> bool:
    """Whether the shape of a value is, or broadcasts to, that of a gradient."""
    try:
        return bool(np.broadcast_shapes(np.shape(value), np.shape(wanted)) == np.shape(wanted))
    except ValueError:
        return False
