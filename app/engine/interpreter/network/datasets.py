"""Small data sets to learn from, drawn by a seeded generator: points of the plane in two classes, functions of one
number or two, and pictures of digits. The same seed gives the same examples."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.interpreter.network.digits import SIDE, digits

Array = np.ndarray[Any, np.dtype[np.float64]]
Draw = Callable[[np.random.Generator, int], tuple[Array, Array]]
"""(generator, number of examples) -> x of shape (n, inputs), and what is to be learned of each, of shape (n,)."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """inputs: numbers of one example. classes: how many there are, 0 where the target is a number. noise: the usual
    standard deviation of what is added to x, or to the target of a function."""

    name: str
    title: str
    inputs: int
    classes: int
    noise: float
    draw: Draw


def examples(dataset: Dataset, number: int, noise: float | None, seed: int) -> tuple[Array, Array]:
    """x of shape (number, inputs) and target of shape (number,), rounded to three decimals so that they print short."""
    generator = np.random.default_rng([seed, number])
    x, target = dataset.draw(generator, number)
    spread = dataset.noise if noise is None else noise
    if dataset.classes:
        x = x + spread * generator.normal(size=x.shape)
    else:
        target = target + spread * generator.normal(size=target.shape)
    return np.round(x, 3), np.round(target, 3)


def _xor(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    """The four corners first, then points around them."""
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    x = corners[np.arange(n) % 4]
    return x, (x[:, 0] != x[:, 1]).astype(float)


def _circles(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    inner = np.arange(n) % 2
    angle = generator.uniform(0, 2 * math.pi, n)
    radius = np.where(inner == 1, 0.45, 1.0)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), inner.astype(float)


def _moons(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    lower = np.arange(n) % 2
    angle = generator.uniform(0, math.pi, n)
    x = np.where(lower == 1, 1 - np.cos(angle), np.cos(angle)) - 0.5
    y = np.where(lower == 1, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return np.stack([x, y], axis=1), lower.astype(float)


def _spirals(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    arm = np.arange(n) % 2
    along = np.sqrt(generator.uniform(0.02, 1, n))
    angle = 1.5 * 2 * math.pi * along + math.pi * arm
    return np.stack([along * np.cos(angle), along * np.sin(angle)], axis=1), arm.astype(float)


def _blobs(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    which = np.arange(n) % 2
    return np.where(which[:, None] == 1, [0.6, 0.5], [-0.6, -0.5]) + np.zeros((n, 2)), which.astype(float)


def _checkerboard(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    x = generator.uniform(-1, 1, (n, 2))
    return x, (np.floor(2 * x).sum(axis=1) % 2).astype(float)


def _heart(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
    """Inside the curve (x² + y² − 1)³ = x² y³, or not."""
    x = generator.uniform(-1.3, 1.3, (n, 2))
    a, b = x[:, 0], x[:, 1]
    return x, ((a * a + b * b - 1) ** 3 < a * a * b**3).astype(float)


def _function(f: Callable[..., Array], inputs: int = 1) -> Draw:
    def draw(generator: np.random.Generator, n: int) -> tuple[Array, Array]:
        x = generator.uniform(-1, 1, (n, inputs))
        return x, f(*x.T)

    return draw


DATASETS: Mapping[str, Dataset] = {
    each.name: each
    for each in (
        Dataset("xor", "XOR", 2, 2, 0.0, _xor),
        Dataset("blobs", "two blobs", 2, 2, 0.25, _blobs),
        Dataset("circles", "a circle in a ring", 2, 2, 0.06, _circles),
        Dataset("moons", "two moons", 2, 2, 0.08, _moons),
        Dataset("spirals", "two spirals", 2, 2, 0.02, _spirals),
        Dataset("checkerboard", "a checkerboard", 2, 2, 0.0, _checkerboard),
        Dataset("heart", "a heart", 2, 2, 0.0, _heart),
        Dataset("line", "a line", 1, 0, 0.1, _function(lambda x: 0.8 * x + 0.3)),
        Dataset("sine", "a sine", 1, 0, 0.05, _function(lambda x: np.sin(math.pi * x))),
        Dataset("step", "a step", 1, 0, 0.0, _function(lambda x: (x > 0).astype(float))),
        Dataset("plane", "a plane", 2, 0, 0.05, _function(lambda x, y: 0.6 * x - 0.4 * y + 0.2, 2)),
        Dataset("digits", "digits, 8 by 8", SIDE * SIDE, 10, 0.1, digits),
    )
}
