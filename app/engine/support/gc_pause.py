"""When Python's cyclic garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """A context without cyclic garbage collection, for building syntax trees and code objects: thousands of containers
    without a cycle, among which the collector frees nothing and takes up to six times as long as the work itself. If
    several threads enter, the one that switched the collector off switches it on again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_rarely() -> None:
    """For a server that has begun: the collector ignores all objects that exist now. Requests create few cycles, so it
    may run rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
