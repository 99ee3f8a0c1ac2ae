"""A thread-safe least-recently-used cache, bounded by the total weight of its entries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class WeightedCache(Generic[T]):
    """Keeps the most recently used entries whose weights add up to at most `capacity`."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._weight = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: T, weight: int) -> None:
        """Adds an entry and evicts the least recently used ones until the weights fit. An entry heavier than the whole
        capacity is not kept."""
        if weight > self._capacity:
            return
        with self._lock:
            before = self._entries.pop(key, None)
            if before is not None:
                self._weight -= before[1]
            self._entries[key] = (value, weight)
            self._weight += weight
            while self._weight > self._capacity:
                _, (_, gone) = self._entries.popitem(last=False)
                self._weight -= gone

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._weight = 0

    def __len__(self) -> int:
        return len(self._entries)
