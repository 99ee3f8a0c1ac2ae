"""Where an element was before a reshape. Both shapes list their elements in row-major order."""

from __future__ import annotations

from app.engine.notation.indices.index import Index, constant
from app.engine.ops.expression import Shape


def regrouped(place: tuple[Index, ...], shape: Shape, given: Shape) -> tuple[Index, ...]:
    """The place in an array of shape `given` of what stands at `place` in `shape`. Axes that both have stay as they
    are; only what is split or merged is counted anew. Both have the same number of elements, which is not zero."""
    found: list[Index] = []
    new, old = 0, 0
    while old < len(given):
        if given[old] == 1:
            found.append(place[new] if new < len(shape) and shape[new] == 1 else constant(0))
            new += new < len(shape) and shape[new] == 1
            old += 1
            continue
        while shape[new] == 1:
            new += 1
        start, first = new, old
        left, right = shape[new], given[old]
        new, old = new + 1, old + 1
        while left != right:
            if left < right:
                left, new = left * shape[new], new + 1
            else:
                right, old = right * given[old], old + 1
        found += _split(_merged(place[start:new], shape[start:new]), given[first:old])
    return tuple(found)


def _merged(place: tuple[Index, ...], shape: Shape) -> Index:
    """The position of a place in row-major order."""
    number = constant(0)
    size = 1
    for index, length in zip(reversed(place), reversed(shape), strict=True):
        if length > 1:
            number = index.times(size).add(number)
        size *= length
    return number


def _split(number: Index, shape: Shape) -> list[Index]:
    """The place with this number."""
    found: list[Index] = []
    for axis in range(len(shape) - 1, -1, -1):
        if shape[axis] == 1:
            found.append(constant(0))
        elif all(n == 1 for n in shape[:axis]):
            found.append(number)
        else:
            found.append(number.left(shape[axis]))
            number = number.over(shape[axis])
    return found[::-1]
