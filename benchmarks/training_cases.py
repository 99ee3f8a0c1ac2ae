"""The trainings, one entry each: two networks, each by gradient descent and by Adam."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.by_hand import training
from benchmarks.case import Array

STEPS = 100
"""Steps of one run of a contestant."""


@dataclass(frozen=True)
class Training:
    """A training, for everybody. hand: loss and gradients in NumPy; formula: the loss in PyTorch, which it is given."""

    name: str
    program: str
    data: Mapping[str, Array]
    parameters: Mapping[str, Array]
    optimizer: str
    settings: Mapping[str, float]
    hand: Callable[..., tuple[Any, list[Array]]]
    formula: Callable[..., Any]


def all_trainings() -> list[Training]:
    """Every training."""
    rules = {"sgd": {"lr": 0.01}, "adam": {"lr": 0.001}}
    return [
        Training(f"{name}, {rule}", *_NETWORKS[name], rule, settings, *_FORMS[name])
        for name in _NETWORKS
        for rule, settings in rules.items()
    ]


def _mini(torch: Any, x: Any, t: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    return torch.mean((torch.tanh(x @ W1 + b1) @ W2 + b2 - t) ** 2)


def _mlp(torch: Any, x: Any, t: Any, W1: Any, b1: Any, W2: Any, b2: Any, W3: Any, b3: Any) -> Any:
    a2 = torch.tanh(torch.tanh(x @ W1 + b1) @ W2 + b2)
    return torch.mean((a2 @ W3 + b3 - t) ** 2)


def _random(shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    dice = np.random.default_rng(7)
    return {name: dice.normal(0.0, 1.0 / np.sqrt(shape[0]), shape) for name, shape in shapes.items()}


_NETWORKS = {
    "mini 2-2-1, one example": (
        "y = tanh(x @ W1 + b1) @ W2 + b2\nloss = mse(y, t)",
        _random({"x": (1, 2), "t": (1, 1)}),
        _random({"W1": (2, 2), "b1": (2,), "W2": (2, 1), "b2": (1,)}),
    ),
    "MLP 2-8-8-1, batch 64": (
        "a1 = tanh(x @ W1 + b1)\na2 = tanh(a1 @ W2 + b2)\ny = a2 @ W3 + b3\nloss = mse(y, t)",
        _random({"x": (64, 2), "t": (64, 1)}),
        _random({"W1": (2, 8), "b1": (8,), "W2": (8, 8), "b2": (8,), "W3": (8, 1), "b3": (1,)}),
    ),
}
_FORMS = {
    "mini 2-2-1, one example": (training.mini, _mini),
    "MLP 2-8-8-1, batch 64": (training.mlp, _mlp),
}
