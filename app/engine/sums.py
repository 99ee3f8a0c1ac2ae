"""Long sums as lines of code. Python's compiler recurses over a sum, and a value may be used thousands of times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_TERMS = 100


def sum_lines(name: str, terms: Sequence[str]) -> Iterator[str]:
    """Assignments that add up `terms` from first to last, in as many lines as it takes."""
    yield f"{name} = {' + '.join(terms[:_TERMS])}"
    for start in range(_TERMS, len(terms), _TERMS):
        yield f"{name} = {name} + {' + '.join(terms[start : start + _TERMS])}"
