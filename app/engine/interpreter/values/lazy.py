"""What computes its items one by one, each when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Lazy:
    """A generator of the text, or what is made of one, such as `enumerate(batches())`. kind: Python's name of it.
    rounds: its items; those that were taken are gone."""

    kind: str
    rounds: Iterator[Any]
