"""How bright a gradient is in a picture that no browser draws: the rule of static/js/timeline/light.js, in the same
steps (docs/decisions/0078-light-in-steps.md)."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from app.engine import Trace
from app.engine.notation.roles import uses
from app.engine.program import Value

STEPS = (
    (0.5, 1.0),
    (1.0, 0.7),
    (1.5, 0.48),
    (2.0, 0.33),
    (3.0, 0.21),
    (4.0, 0.13),
    (5.0, 0.08),
    (math.inf, 0.04),
)
"""Brightest first: by how many decades a gradient may fall short of the strongest one, and its level."""

_ROUNDING = 1e-9
"""Decades that rounding may add: what is exactly a tenth stays in its step."""


def measured(trace: Trace) -> tuple[int, ...]:
    """The nodes whose gradients are a measure of light, by index: not targets, whose gradients give none."""
    return tuple([i for i, role in enumerate(uses(trace.structure.nodes)) if role != "target"])


def strongest(trace: Trace, nodes: Iterable[int] | None = None) -> float:
    """The largest strength of a trace's gradients. nodes: those that are `measured`, where that is known."""
    places = measured(trace) if nodes is None else nodes
    return max((strength(trace.grad_list[i]) for i in places), default=0.0)


def strength(value: Value | None) -> float:
    """The root mean square of the finite elements, computed without overflow; 0 if there are none."""
    if type(value) is float:
        return abs(value) if math.isfinite(value) else 0.0
    found = np.abs(np.asarray([] if value is None else value, dtype=float))
    finite = found[np.isfinite(found)]
    most = float(np.max(finite, initial=0.0))
    return most * math.sqrt(float(np.mean(np.square(finite / most)))) if most > 0 else 0.0


def level(value: Value | None, most: float) -> float:
    """The brightness of a gradient or message, 0 to 1, beside the strongest of its trace: 0 only where every element is
    0, or where one is not finite."""
    size = strength(value)
    if size == 0 or not np.all(np.isfinite(np.asarray(value, dtype=float))):
        return 0.0
    decades = max(0.0, -math.log10(size / (most or size)))
    return next(light for limit, light in STEPS if decades < limit + _ROUNDING)
