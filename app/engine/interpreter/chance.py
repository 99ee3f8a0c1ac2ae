"""Random numbers as Python and NumPy draw them: the very numbers, by their own generators.

A program without a seed gets one, so that it is the same every time it is read.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

UNSEEDED = 0
"""The seed of a program that names none."""


class Torch:
    """PyTorch's generator: the Mersenne Twister, and the normal number that a pair has left over."""

    def __init__(self, seed: int) -> None:
        self.begin(seed)

    def begin(self, seed: int) -> None:
        """Begins anew."""
        self.twister = np.random.RandomState(seed)
        self.kept: list[float] = []


class Chance:
    """The generators of one program: NumPy's old one, and Python's own. Made when they are first asked for."""

    def __init__(self) -> None:
        self._numpy: Any = None
        self._python: random.Random | None = None
        self._torch: Torch | None = None
        self.unseeded = False
        self.drawn = 0
        """How often a generator was used."""
        self._own: dict[int, Any] = {}
        """The generators that the text has made, by identity."""

    def use(self, generator: Any) -> Any:
        """A generator of the text's own, about to be used."""
        self.drawn += 1
        self._own[id(generator)] = generator
        return generator

    def saved(self) -> Any:
        """The state of all generators, for `restore`."""
        numpy, python = self._numpy, self._python
        states = [(generator, _state(generator)) for generator in self._own.values()]
        return (
            (numpy, None if numpy is None else _state(numpy), python, None if python is None else python.getstate()),
            (
                self.unseeded,
                self.drawn,
                self._torch,
                self._torch and _state(self._torch),
            ),
            states,
        )

    def restore(self, saved: Any) -> None:
        """As if nothing had been drawn since."""
        (self._numpy, numpy, self._python, python), (self.unseeded, self.drawn, self._torch, torch), states = saved
        if self._torch is not None:
            _set(self._torch, torch)
        for generator, state in [*states, *([] if self._numpy is None else [(self._numpy, numpy)])]:
            _set(generator, state)
        if self._python is not None:
            self._python.setstate(python)

    @property
    def numpy(self) -> Any:
        """The generator behind `np.random.seed`, `np.random.randn` ..."""
        self.drawn += 1
        if self._numpy is None:
            self.unseeded = True
            self._numpy = np.random.RandomState(UNSEEDED)
        return self._numpy

    def seed_numpy(self, seed: int | list[int]) -> None:
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

    @property
    def torch(self) -> Torch:
        """The generator behind `torch.manual_seed`, `torch.randn` ..."""
        self.drawn += 1
        if self._torch is None:
            self.unseeded = True
            self._torch = Torch(UNSEEDED)
        return self._torch

    def seed_torch(self, seed: int) -> None:
        self.drawn += 1
        self._torch = Torch(seed)


def _state(generator: Any) -> Any:
    """The state of one of NumPy's generators. One of the old style keeps half of a pair of numbers itself."""
    if isinstance(generator, Torch):
        return _state(generator.twister), [*generator.kept]
    old = isinstance(generator, np.random.RandomState)
    return generator.get_state(legacy=False) if old else generator.bit_generator.state


def _set(generator: Any, state: Any) -> None:
    if isinstance(generator, Torch):
        generator.kept = [*state[1]]
        _set(generator.twister, state[0])
    elif isinstance(generator, np.random.RandomState):
        generator.set_state(state)
    else:
        generator.bit_generator.state = state
