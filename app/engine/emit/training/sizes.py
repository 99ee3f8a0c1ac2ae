"""Code that is the same for several numbers of examples, but for numbers in it that follow from how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

COUNT = "n"
"""What the number of examples is called."""

_WHOLE = re.compile(r"(?<![\w.])(\d+)(?![\w.])")


def merged(texts: Sequence[str], sizes: Sequence[int]) -> str | None:
    """One text in place of one for each size: `x / 4` and `x / 3` become `x / n`. None where they differ in more."""
    if len(set(texts)) == 1:
        return texts[0]
    parts = [_WHOLE.split(text) for text in texts]
    if len({len(each) for each in parts}) > 1:
        return None
    found = []
    for place, alike in enumerate(zip(*parts, strict=True)):
        part = alike[0] if len(set(alike)) == 1 else None
        if part is None and place % 2:
            part = _follows([int(each) for each in alike], sizes)
        if part is None:
            return None
        found.append(part)
    return "".join(found)


def _follows(numbers: Sequence[int], sizes: Sequence[int]) -> str | None:
    """The numbers as a multiple of the sizes, and a rest: n, 2 * n, n - 1."""
    factor, left = divmod(numbers[1] - numbers[0], sizes[1] - sizes[0])
    rest = numbers[0] - factor * sizes[0]
    if left or factor < 1 or any(factor * n + rest != number for n, number in zip(sizes, numbers, strict=True)):
        return None
    code = COUNT if factor == 1 else f"{factor} * {COUNT}"
    if rest:
        code += f" {'+' if rest > 0 else '-'} {abs(rest)}"
    return code if code == COUNT else f"({code})"
