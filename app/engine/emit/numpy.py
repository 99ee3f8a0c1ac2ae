"""NumPy, with the backward pass written out by the rules of the ops. What you read is what ran."""

from __future__ import annotations

import numpy as np

from app.engine.emit.literals import array_text, float_text, seed_text
from app.engine.emit.page import Emitted, Page, Tie
from app.engine.emit.walk import Walk
from app.engine.execution.plan import Trace
from app.engine.ops.dialects import NUMPY
from app.engine.ops.helpers import HELPERS
from app.engine.program import Value


def emit_numpy(run: Trace) -> Emitted:
    """The program of both passes. It defines every name and its gradient: `W1`, `dW1`.

    If the run met inf or nan, scalars are written as np.float64, which computes where Python's own floats raise.
    """
    walk, page = Walk(run, NUMPY), Page()
    finite = is_finite(run)
    page.section("Values")
    for i in walk.leaves():
        page.write(
            f"{walk.names[i]} = {literal(walk.value(i), finite)}", Tie(walk.node(i).id, "forward", walk.names[i])
        )
    page.section("Forward pass")
    for code, ties in walk.forward_lines():
        page.write(code, *ties)
    page.section("Backward pass")
    for code, ties in walk.backward_lines(seed_text(run.seed, "np", "np.array")):
        page.write(code, *ties)
    return page.finish(["import numpy as np"], HELPERS)


def is_finite(run: Trace) -> bool:
    """Whether a run met neither inf nor nan."""
    return all(np.isfinite(v).all() for column in (run.value_list, run.grad_list) for v in column if v is not None)


def literal(value: Value, finite: bool) -> str:
    """A value as a NumPy array, or as a scalar."""
    if not isinstance(value, float):
        return array_text(value, "np", "np.array")
    text = float_text(value, "np")
    return text if finite else f"np.float64({text})"
