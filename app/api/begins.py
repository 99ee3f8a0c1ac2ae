"""The first line of a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.api import numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """What the first line tells; see `schemas.TrainBegins`. The defaults are those of the program's own training, which
    states no more than what its steps change."""

    own: bool = True
    parameters: Sequence[str]
    shapes: Sequence[Sequence[int]]
    data: Sequence[str] = ()
    examples: int = 0
    validation: int = 0
    epoch: int = 1
    optimizer: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    update: str = ""
    steps: int

    def line(self) -> bytes:
        """The line, as JSON."""
        return numbers.write({"begins": self})
