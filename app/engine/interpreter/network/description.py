"""What may be said of a network, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.ops import FAMILIES

ACTIVATIONS = ("identity", *(name for name, family in FAMILIES.items() if family == "activations"), "softmax")
"""What a layer may end with: nothing, an op of the family of activations, or softmax, a function of the prelude."""
LOSSES = ("none", "mse", "cross_entropy", "binary_cross_entropy")
FROM_LOGITS = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}
"""Losses that take logits -> the activation that the loss applies itself, so that the last layer must not."""
INITS = ("he", "xavier", "uniform", "zeros", "ones")


@dataclass(frozen=True, slots=True)
class Layer:
    units: int
    activation: str = "identity"


@dataclass(frozen=True, slots=True)
class Points:
    """Examples that the reader drew or brought along. x: a row for each. target: one number for each: where `classes`
    is not 0, a class from 0 to classes - 1."""

    x: tuple[tuple[float, ...], ...]
    target: tuple[float, ...]
    classes: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """A description. inputs: numbers of one example. batch: number of examples (rows of x). random_seed: for NumPy's
    PCG64 generator. data: what is to be learned, a name of `DATASETS`; random numbers by default. noise: in place
    of the data's usual one. points: examples of the reader's own, in place of data. features: names of `FEATURES`, that
    the first layer gets beside x. residual: whether a hidden layer with as many units as inputs adds its input. norm:
    whether each hidden layer normalises what its activation gets. dropout: the share of what a hidden layer adds that
    each step of a training leaves out, others in each."""

    inputs: int
    layers: tuple[Layer, ...]
    loss: str = "none"
    init: str = "he"
    random_seed: int = 0
    batch: int = 1
    data: str | None = None
    noise: float | None = None
    points: Points | None = None
    features: tuple[str, ...] = ()
    residual: bool = False
    norm: bool = False
    dropout: float = 0.0

    @property
    def examples(self) -> int:
        """How many rows x has."""
        return self.batch if self.points is None else len(self.points.x)


@dataclass(frozen=True, slots=True)
class Described:
    """A network as program text, with the values of its inputs and the name of its output. notes: where the program
    differs from the description, and why."""

    program: str
    values: dict[str, Any]
    output: str
    notes: tuple[str, ...] = ()


def outputs_for(loss: str) -> tuple[str, ...]:
    """The activations of the last layer that go with a loss."""
    return ("identity", FROM_LOGITS[loss]) if loss in FROM_LOGITS else ACTIVATIONS
