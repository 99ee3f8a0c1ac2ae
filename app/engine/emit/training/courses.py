"""How the rate of a script changes, what of its run is another from a step on, and when it ends, as a run does: before
the update of its last step, or at what stops it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.engine.training.rates import Rate
from app.engine.training.run import Stops
from app.engine.training.trainer import Phase, Trainer

FACTORS: Mapping[str, Callable[[Rate], str]] = {
    "constant": lambda rate: "",
    "steps": lambda rate: f"{rate.factor!r} ** (step // {rate.over})",
    "exponential": lambda rate: f"{rate.factor!r} ** (step / {rate.over})",
    "cosine": lambda rate: (
        f"({rate.factor!r} + {1 - rate.factor!r} * (1 + math.cos(math.pi * min(step / {rate.over}, 1.0))) / 2)"
    ),
    "warmup": lambda rate: f"min((step + 1) / {rate.over}, 1.0)",
}
"""The factor of the rate at a step, as code; "" for 1."""


def factor(rate: Rate) -> str:
    """The factor of the rate at a step."""
    return FACTORS[rate.course](rate)


def phases_until(trainer: Trainer, steps: int) -> Sequence[Phase]:
    """The phases in which a step is taken."""
    return [phase for phase in trainer.phases if phase.first < steps]


def settings_text(settings: Mapping[str, float]) -> str:
    """Settings as a dictionary."""
    return "{" + ", ".join([f'"{name}": {value!r}' for name, value in settings.items()]) + "}"


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
