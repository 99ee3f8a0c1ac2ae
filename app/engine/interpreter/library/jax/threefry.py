"""JAX's random numbers: the Threefry generator of a key and a counter, and what is made of its bits.

Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3" (Threefry-2x32 of 20 rounds).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Key = tuple[int, int]
"""Two whole numbers of 32 bits."""
Words = np.ndarray[Any, np.dtype[np.uint32]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Wholes = np.ndarray[Any, np.dtype[np.int64]]
_TURNS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = 0x1BD11BDA
_BITS = 2**32


def key_of(seed: int) -> Key:
    """The key that begins with a seed of 64 bits."""
    return (seed >> 32) % _BITS, seed % _BITS


def threefry(key: Key, first: Words, second: Words) -> tuple[Words, Words]:
    """What the key makes of counters of 64 bits, given as two halves."""
    schedule = [np.uint32(key[0]), np.uint32(key[1]), np.uint32(key[0] ^ key[1] ^ _PARITY)]
    with np.errstate(over="ignore"):
        x, y = first + schedule[0], second + schedule[1]
        for group in range(5):
            for turn in _TURNS[group % 2]:
                x = x + y
                y = (y << np.uint32(turn)) | (y >> np.uint32(32 - turn))
                y = y ^ x
            x = x + schedule[(group + 1) % 3]
            y = y + schedule[(group + 2) % 3] + np.uint32(group + 1)
    return x, y


def _counted(count: int) -> tuple[Words, Words]:
    places = np.arange(count, dtype=np.uint64)
    return (places >> np.uint64(32)).astype(np.uint32), places.astype(np.uint32)


def split(key: Key, count: int) -> list[Key]:
    """So many new keys."""
    first, second = threefry(key, *_counted(count))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def folded(key: Key, data: int) -> Key:
    """`fold_in`: a key from a key and a number."""
    high, low = key_of(data % _BITS)
    first, second = threefry(key, np.array([high], np.uint32), np.array([low], np.uint32))
    return int(first[0]), int(second[0])


def bits(key: Key, count: int) -> Words:
    """So many numbers of 32 bits."""
    first, second = threefry(key, *_counted(count))
    return first ^ second


def uniform(key: Key, count: int, low: float, high: float, *, double: bool) -> Floats:
    """Numbers from low up to high, of float32 or of float64: the bits are those behind the point of one that begins
    with 1."""
    if double:
        shares = (_wide(key, count) >> np.uint64(12) | np.float64(1.0).view(np.uint64)).view(np.float64) - 1.0
        found: Floats = np.maximum(low, shares * (high - low) + low)
        return found
    single = np.float32
    few = (bits(key, count) >> np.uint32(9) | single(1.0).view(np.uint32)).view(np.float32) - single(1.0)
    below, above = single(low), single(high)
    rounded: Floats = np.maximum(below, few * (above - below) + below).astype(np.float64)
    return rounded


def normal(key: Key, count: int, *, double: bool) -> Floats:
    """Normal numbers, by the inverse of the error function."""
    kind = np.float64 if double else np.float32
    least = float(np.nextafter(kind(-1.0), kind(0.0)))
    numbers: Floats = math.sqrt(2.0) * inverse_erf(uniform(key, count, least, 1.0, double=double))
    return numbers if double else numbers.astype(np.float32).astype(np.float64)


def inverse_erf(y: Floats) -> Floats:
    """The x of which erf(x) is y, for -1 < y < 1: Winitzki's estimate (2008), and two steps of Halley's method."""
    erf, erfc = (np.vectorize(function, otypes=[float]) for function in (math.erf, math.erfc))
    size = np.abs(y)
    logarithm = np.log1p(-size * size)
    half = 2.0 / (math.pi * 0.147) + logarithm / 2.0
    x = np.sqrt(np.sqrt(half * half - logarithm / 0.147) - half)
    for _ in range(3):
        wrong = np.where(size < 0.5, erf(x) - size, (1.0 - size) - erfc(x))
        step = wrong / (2.0 / math.sqrt(math.pi) * np.exp(-x * x))
        x = x - step / (1.0 + x * step)
    found: Floats = np.copysign(x, y)
    return found


def whole(key: Key, low: int, high: int, count: int, *, double: bool) -> Wholes:
    """Whole numbers from low up to below high, of 32 or 64 bits: two words for each, of which the rest by the range is
    taken."""
    width = 64 if double else 32
    kind = np.uint64 if double else np.uint32
    upper, lower = (_wide(each, count) if double else bits(each, count) for each in split(key, 2))
    size = kind(max(high - low, 1))
    with np.errstate(over="ignore"):
        factor = kind(2 ** (width // 2)) % size
        factor = factor * factor % size
        offset = (upper % size * factor + lower % size) % size
    found: Wholes = low + offset.astype(np.int64)
    return found


def _wide(key: Key, count: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """So many numbers of 64 bits."""
    first, second = threefry(key, *_counted(count))
    return (first.astype(np.uint64) << np.uint64(32)) | second


def order(key: Key, count: int) -> Wholes:
    """An order of so many places: sorted by words that are drawn, as often as is needed to have all different."""
    found = np.arange(count)
    for _ in range(math.ceil(3 * math.log(max(1, count)) / math.log(_BITS - 1))):
        key, sub = split(key, 2)
        found = found[np.argsort(bits(sub, count), kind="stable")]
    return found
