"""Finds where a noisy error curve stops falling and begins to rise: the best least-squares fit of a falling and a
rising part (monotone regression)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

ROUNDING = 2.0**-53
"""Errors below one rounding count as this."""

TELLING = 2.0
"""Fewest powers of ten by which a part falls or rises; less may be chance."""

FEWEST = 3
"""Fewest points of a part."""


def arms(errors: Sequence[float]) -> tuple[range, range]:
    """The indices at which errors fall, and those after it at which they rise; either may be empty. Errors that are not
    finite belong to neither."""
    start = next((k for k, e in enumerate(errors) if math.isfinite(e)), len(errors))
    stop = next((k for k in range(start, len(errors)) if not math.isfinite(errors[k])), len(errors))
    logs = [math.log10(max(e, ROUNDING)) for e in errors[start:stop]]
    n = len(logs)
    falling, rising = _fits(logs), _fits(logs[::-1])
    misfits = [falling[k].misfit + rising[n - k].misfit for k in range(n + 1)]
    least = min(misfits) + 1e-12
    turn = next(k for k in range(n + 1) if misfits[k] <= least)
    # The lowest point itself may belong to either part.
    turn += turn < n and misfits[turn + 1] <= least
    if not _tells(falling[turn], turn):
        turn = 0
    last = stop if _tells(rising[n - turn], n - turn) else start + turn
    return range(start, start + turn), range(start + turn, last)


class _Fit(NamedTuple):
    """The best falling curve through some points. misfit: the sum of squared residuals; height: how far it falls."""

    misfit: float
    height: float


def _tells(fit: _Fit, points: int) -> bool:
    return points >= FEWEST and fit.height >= TELLING


def _fits(values: Sequence[float]) -> list[_Fit]:
    """The best falling curve through the first 0, 1, 2, ... values, by pooling adjacent violators (isotonic
    regression)."""
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
