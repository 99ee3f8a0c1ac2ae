"""Where a noisy curve stops falling and begins to rise: the best fit, by least squares, of a fall and a rise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

ROUNDING = 2.0**-53
"""An error below one rounding is as good as none."""

TELLING = 2.0
"""Powers of ten that an arm has to fall or rise over; less may be chance."""

FEWEST = 3
"""Points that an arm has at least."""


def arms(errors: Sequence[float]) -> tuple[range, range]:
    """The places at which positive numbers fall, and those at which they rise after it; either may be empty. Numbers
    that are not finite belong to neither."""
    start = next((k for k, e in enumerate(errors) if math.isfinite(e)), len(errors))
    stop = next((k for k in range(start, len(errors)) if not math.isfinite(errors[k])), len(errors))
    logs = [math.log10(max(e, ROUNDING)) for e in errors[start:stop]]
    n = len(logs)
    falling, rising = _fits(logs), _fits(logs[::-1])
    misfits = [falling[k].misfit + rising[n - k].misfit for k in range(n + 1)]
    least = min(misfits) + 1e-12
    turn = next(k for k in range(n + 1) if misfits[k] <= least)
    # The lowest point itself may belong to either arm.
    turn += turn < n and misfits[turn + 1] <= least
    if not _tells(falling[turn], turn):
        turn = 0
    last = stop if _tells(rising[n - turn], n - turn) else start + turn
    return range(start, start + turn), range(start + turn, last)


class _Fit(NamedTuple):
    """The best falling curve: the sum of squares that it leaves, and how far it falls."""

    misfit: float
    height: float


def _tells(fit: _Fit, points: int) -> bool:
    return points >= FEWEST and fit.height >= TELLING


def _fits(values: Sequence[float]) -> list[_Fit]:
    """For 0, 1, 2, ... of the first values the best falling curve: neighbours that rise are pooled to their mean, as in
    every monotone regression."""
    blocks: list[tuple[float, int]] = []
    misfit = 0.0
    found = [_Fit(0.0, 0.0)]
    for value in values:
        mean, count = value, 1
        while blocks and blocks[-1][0] < mean:
            before, many = blocks.pop()
            misfit += (before - mean) ** 2 * many * count / (many + count)
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
        found.append(_Fit(misfit, blocks[0][0] - blocks[-1][0]))
    return found
