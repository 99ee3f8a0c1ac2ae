"""How the rate of a script changes, and what of its run is another from a step on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.engine.training.rates import Rate
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
