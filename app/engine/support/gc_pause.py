"""Pauses Python's cyclic garbage collector while something large is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """A context without cyclic garbage collection. Syntax trees and code objects are thousands of containers without a
    cycle: collecting meanwhile frees nothing and costs up to six times the work itself. The limits bound what is built.
    Threads may overlap: the one that switched the collector off switches it on again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
