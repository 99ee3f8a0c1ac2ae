"""Compares each line `dX = ...` of the reader's own backward pass with the true gradient of X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from app.engine.execution.tolerance import close_by_broadcasting, fits, nearly
from app.engine.execution.values import shape_of
from app.engine.ops.axes import show_shape
from app.engine.program import Value
from app.engine.wording import catalogue


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
        return Comparison(bool(np.all(np.asarray(value) == 0)), note("no_path", target=target))
    given, wanted = shape_of(value), shape_of(adjoint)
    if not fits(value, adjoint):
        swapped = given == wanted[::-1] and close_by_broadcasting(np.asarray(value).T, adjoint)
        shapes = {"given": show_shape(given), "wanted": show_shape(wanted)}
        return Comparison(False, note("transposed" if swapped else "shape", name=name, target=target, **shapes))
    agrees = close_by_broadcasting(value, adjoint)
    if agrees and given != wanted:
        own = f"of shape {show_shape(given)}" if given else "a scalar"
        return Comparison(True, note("broadcasts", name=name, target=target, given=own, wanted=show_shape(wanted)))
    if not agrees and given == wanted and nearly(value, adjoint):
        return Comparison(True, note("nearly"))
    if not agrees and is_output:
        return Comparison(False, note("seed", target=target))
    return Comparison(agrees)


def note(key: str, **facts: Any) -> str:
    """What is told of a gradient."""
    return catalogue("grading").text(f"verdict.{key}", facts)
