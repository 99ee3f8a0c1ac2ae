"""Random numbers as Python and NumPy draw them: the very numbers, by their own generators.

A program without a seed gets one, so that it is the same every time it is read.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

UNSEEDED = 0
"""The seed of a program that names none."""


class Chance:
    """The generators of one program: NumPy's old one, and Python's own. Made when they are first asked for."""

    def __init__(self) -> None:
        self._numpy: Any = None
        self._python: random.Random | None = None
        self.unseeded = False
        self.drawn = 0
        """How often a generator was used."""

    def use(self, generator: Any) -> Any:
        """A generator, about to be used."""
        self.drawn += 1
        return generator

    @property
    def numpy(self) -> Any:
        """The generator behind `np.random.seed`, `np.random.randn` ..."""
        self.drawn += 1
        if self._numpy is None:
            self.unseeded = True
            self._numpy = np.random.RandomState(UNSEEDED)
        return self._numpy

    def seed_numpy(self, seed: int) -> None:
        self.drawn += 1
        self._numpy = np.random.RandomState(seed)

    @property
    def python(self) -> random.Random:
        """The generator behind `random.random`, `random.gauss` ..."""
        self.drawn += 1
        if self._python is None:
            self.unseeded = True
            self._python = random.Random(UNSEEDED)  # noqa: S311 - not for secrets
        return self._python

    def seed_python(self, seed: float | str) -> None:
        self.drawn += 1
        self._python = random.Random(seed)  # noqa: S311
