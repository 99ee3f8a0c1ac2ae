"""The reader's own backward pass: each line `dX = ...` beside the true adjoint of X."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.execution.values import shape_of
from app.engine.ops.registry import show_shape
from app.engine.program import Value

RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""How close a manual gradient must come: a correct formula differs from the adjoint by rounding alone."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded line: the value that was computed, the adjoint (None: no path from X to the output), and the verdict.
    `note` says what is worth knowing: broadcasting, a shape that does not fit, a missing path."""

    name: str
    target: str
    line: int
    value: Value
    adjoint: Value | None
    agrees: bool
    note: str | None


def grade(name: str, target: str, line: int, value: Value, adjoint: Value | None, *, is_output: bool) -> Graded:
    """Compares one manual gradient with the true one, up to rounding."""

    def verdict(agrees: bool, note: str | None = None) -> Graded:
        return Graded(name, target, line, value, adjoint, agrees, note)

    if adjoint is None:
        zero = bool(np.all(np.asarray(value) == 0))
        note = f"No path leads from {target} to the output, so its gradient is not computed: nothing arrives there."
        return verdict(zero, note)
    given, wanted = shape_of(value), shape_of(adjoint)
    try:
        same_shape = given == wanted or np.broadcast_shapes(given, wanted) == wanted
    except ValueError:
        same_shape = False
    if not same_shape:
        swapped = given == wanted[::-1] and np.allclose(
            np.asarray(value).T, adjoint, RELATIVE, ABSOLUTE, equal_nan=True
        )
        hint = " The numbers are right, the matrix is transposed." if swapped else ""
        return verdict(
            False,
            f"{name} has shape {show_shape(given)}, and the gradient of {target} has {show_shape(wanted)}.{hint}",
        )
    agrees = bool(np.allclose(value, adjoint, RELATIVE, ABSOLUTE, equal_nan=True))
    if agrees and given != wanted:
        return verdict(
            True,
            f"{name} is {_article(given)}, the gradient of {target} is {show_shape(wanted)}: equal by broadcasting.",
        )
    if not agrees and is_output:
        return verdict(
            False, f"The backward pass starts at {target} with the seed, which is 1 unless another is given."
        )
    return verdict(agrees)


def _article(shape: tuple[int, ...]) -> str:
    return f"of shape {show_shape(shape)}" if shape else "a scalar"
