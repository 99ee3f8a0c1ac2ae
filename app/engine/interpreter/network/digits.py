"""Pictures of the ten digits, 8 by 8, to learn from: drawn here, and moved about at random."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]

SIDE = 8
_DRAWN = """
.####. ...#.. .####. .####. ....#. ######. .####. ######. .####. .####.
#....# ..##.. #....# .....# ...##. #...... #..... .....#. #....# #....#
#....# .#.#.. .....# .....# ..#.#. #####.. #####. ....#.. #....# #....#
#....# ...#.. ....#. ..###. .#..#. .....#. #....# ...#... .####. .#####
#....# ...#.. ..##.. .....# ###### .....#. #....# ..#.... #....# .....#
.####. .##### ###### .####. ....#. #####.. .####. ..#.... .####. .####.
"""
"""Each digit in six lines; what is left of 8 by 8 is background."""


def drawn() -> Array:
    """The ten digits, of shape (10, 8, 8): 1 where there is ink."""
    pictures = np.zeros((10, SIDE, SIDE))
    for row, line in enumerate(_DRAWN.split("\n")[1:-1], start=1):
        for digit, part in enumerate(line.split()):
            ink = [float(mark == "#") for mark in part]
            pictures[digit, row, 1 : 1 + len(ink)] = ink
    return pictures


def digits(generator: np.random.Generator, number: int) -> tuple[Array, Array]:
    """Pictures of shape (number, 64), all ten digits in turn, each moved by at most one place in either direction; and
    which digit each is."""
    which = np.arange(number) % 10
    pictures = drawn()[which]
    by = generator.integers(-1, 2, size=(number, 2))
    moved = [
        np.roll(picture, (int(down), int(right)), (0, 1)) for picture, (down, right) in zip(pictures, by, strict=True)
    ]
    return np.reshape(moved, (number, SIDE * SIDE)), which.astype(float)
