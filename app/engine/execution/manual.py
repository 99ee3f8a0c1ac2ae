"""Compares each line `dX = ...` of the reader's own backward pass with the true gradient of X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.engine.execution.tolerance import close_by_broadcasting, fits, nearly
from app.engine.execution.values import shape_of
from app.engine.ops.axes import show_shape
from app.engine.program import Value

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
        swapped = given == wanted[::-1] and close_by_broadcasting(np.asarray(value).T, adjoint)
        hint = " The numbers are right, the matrix is transposed." if swapped else ""
        note = f"{name} has shape {show_shape(given)}, and the gradient of {target} has {show_shape(wanted)}.{hint}"
        return Comparison(False, note)
    agrees = close_by_broadcasting(value, adjoint)
    if agrees and given != wanted:
        own = f"of shape {show_shape(given)}" if given else "a scalar"
        return Comparison(
            True, f"{name} is {own}, the gradient of {target} is {show_shape(wanted)}: equal by broadcasting."
        )
    if not agrees and given == wanted and nearly(value, adjoint):
        return Comparison(True, NEARLY)
    if not agrees and is_output:
        note = f"The backward pass starts at {target} with the seed, which is 1 unless another is given."
        return Comparison(False, note)
    return Comparison(agrees)
