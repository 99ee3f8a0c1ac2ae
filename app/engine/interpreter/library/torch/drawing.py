"""Random numbers as PyTorch draws them on a CPU: the Mersenne Twister, uniform numbers of 24 or 53 bits, and normal
ones by Box and Muller's method, sixteen at a time where there are that many."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_HALF = 8
"""A row of 16 uniform numbers is 8 pairs."""


def uniform(generator: Any, count: int, *, double: bool = False) -> np.ndarray[Any, Any]:
    """Numbers from 0 to 1."""
    if double:
        return np.array([_whole53(generator) for _ in range(count)]) * 2.0**-53
    return ((_words(generator, count) & 0xFFFFFF) * 2.0**-24).astype(np.float32)


def normal(generator: Any, count: int, *, double: bool = False) -> np.ndarray[Any, Any]:
    """Numbers of mean 0 and variance 1."""
    if count < 2 * _HALF:
        return np.array(_one_by_one(generator, count), dtype=np.float64 if double else np.float32)
    data = uniform(generator, count, double=double)
    for start in range(0, count - 2 * _HALF + 1, 2 * _HALF):
        data[start : start + 2 * _HALF] = _pairs(data[start : start + 2 * _HALF])
    if count % (2 * _HALF):
        # The last sixteen are drawn anew.
        data[-2 * _HALF :] = _pairs(uniform(generator, 2 * _HALF, double=double))
    return data


def exponential(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Uniform numbers as those of the exponential distribution of mean 1."""
    return np.asarray(-np.log1p(-numbers))


def whole(generator: Any, low: int, high: int, count: int) -> np.ndarray[Any, Any]:
    """Whole numbers from `low` up to `high`, without `high`."""
    return low + (_words(generator, count) % (high - low)).astype(np.int64)


def order(generator: Any, count: int) -> np.ndarray[Any, Any]:
    """The numbers from 0 in another order."""
    found = np.arange(count)
    drawn = _words(generator, max(count - 1, 0))
    for at, word in enumerate(drawn.tolist()):
        other = at + word % (count - at)
        found[at], found[other] = found[other], found[at]
    return found


def seed(generator: Any) -> int:
    """The last 32 bits of a whole number of 64."""
    return int(_words(generator, 2)[1])


def _words(generator: Any, count: int) -> np.ndarray[Any, Any]:
    return generator.twister.randint(0, 2**32, size=count, dtype=np.uint32).astype(np.uint64)  # type: ignore[no-any-return]


def _whole53(generator: Any) -> int:
    high, low = _words(generator, 2).tolist()
    return int((high << 32) | low) & (2**53 - 1)


def _pairs(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    kind = numbers.dtype.type
    radius = np.sqrt(kind(-2.0) * np.log(kind(1.0) - numbers[:_HALF]))
    angle = kind(2.0 * math.pi) * numbers[_HALF:]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])


def _one_by_one(generator: Any, count: int) -> list[float]:
    """Each pair of uniform numbers gives two normal ones; the second is kept for the next call, as PyTorch does."""
    found: list[float] = []
    kept: list[float] = generator.kept
    while len(found) < count:
        if kept:
            found.append(kept.pop())
            continue
        first, second = _whole53(generator) * 2.0**-53, _whole53(generator) * 2.0**-53
        radius, angle = math.sqrt(-2.0 * math.log1p(-second)), 2.0 * math.pi * first
        found.append(radius * math.cos(angle))
        kept.append(radius * math.sin(angle))
    return found
