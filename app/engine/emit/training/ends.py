"""When a script ends, as the course of a run does: before the update of its last step, or at what stops it."""

from __future__ import annotations

from app.engine.training.run import Stops


def best_before(stops: Stops) -> list[str]:
    """The lines ahead of the loop."""
    return [] if stops.patience is None else ["best, best_step = np.inf, 0"]


def ends(stops: Stops, steps: int, loss: str) -> list[str]:
    """The lines of a step, where its loss is known. loss: its name."""
    reasons = [f"step == {steps}", f"not np.isfinite({loss})"]
    if stops.below is not None:
        reasons.append(f"{loss} < {stops.below!r}")
    lines = [f"if {' or '.join(reasons)}:", "    break"]
    if stops.patience is not None:
        lines += [
            f"if {loss} < best:",
            f"    best, best_step = {loss}, step",
            f"elif step - best_step >= {stops.patience}:",
            "    break",
        ]
    return lines
