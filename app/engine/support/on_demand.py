"""A sequence whose items are made when they are asked for, each from some before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_NOT_MADE: Any = object()


class OnDemand(Generic[T]):
    """make: an item by its index, when those that it needs are there. needs: their indices, which are lower."""

    def __init__(
        self, size: int, make: Callable[[int], T], needs: Callable[[int], Iterable[int]] | None = None
    ) -> None:
        self._items: list[T] = [_NOT_MADE] * size
        self._make = make
        self._needs = needs or (lambda _: ())

    def __getitem__(self, index: int) -> T:
        found = self._items[index]
        return self._made(index) if found is _NOT_MADE else found

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return (self[i] for i in range(len(self)))

    def _made(self, index: int) -> T:
        """Without recursion: a chain of items may be longer than Python's stack."""
        waiting = [index]
        while waiting:
            i = waiting[-1]
            missing = [j for j in self._needs(i) if self._items[j] is _NOT_MADE]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if self._items[i] is _NOT_MADE:
                self._items[i] = self._make(i)
        return self._items[index]
