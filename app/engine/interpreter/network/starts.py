"""What a network begins with: weights by one of the usual rules, examples, and their targets."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.interpreter.network.datasets import DATASETS, Array, examples
from app.engine.interpreter.network.description import Network


def weights(generator: np.random.Generator, init: str, inputs: int, units: int) -> Any:
    shape = (inputs, units)
    if init == "zeros":
        return np.zeros(shape)
    if init == "ones":
        return np.ones(shape)
    if init == "uniform":
        bound = 1 / math.sqrt(inputs)
        return np.round(generator.uniform(-bound, bound, size=shape), 3)
    variance = 2 / inputs if init == "he" else 2 / (inputs + units)
    return np.round(generator.normal(scale=math.sqrt(variance), size=shape), 3)


def random_examples(generator: np.random.Generator, network: Network) -> Any:
    return np.round(generator.normal(size=(network.batch, network.inputs)), 2).tolist()


def random_target(generator: np.random.Generator, loss: str, batch: int, width: int) -> Any:
    if loss == "cross_entropy":
        return np.eye(width)[generator.integers(width, size=batch)].tolist()
    if loss == "binary_cross_entropy":
        return generator.integers(2, size=(batch, width)).astype(float).tolist()
    return np.round(generator.normal(size=(batch, width)), 2).tolist()


def chosen_examples(network: Network) -> tuple[Array, Array] | None:
    """x and the targets, one of each example, of what is to be learned; None for random numbers."""
    if network.points is not None:
        return np.array(network.points.x, dtype=float), np.array(network.points.target, dtype=float)
    if network.data is not None:
        return examples(DATASETS[network.data], network.batch, network.noise, network.random_seed)
    return None


def target_for(loss: str, learned: Array, width: int) -> Any:
    """The target as the loss takes it: a column, or for cross-entropy a row of 0 and 1 for each class."""
    if loss == "cross_entropy":
        return np.eye(width)[learned.astype(int)].tolist()
    return learned[:, None].tolist()
