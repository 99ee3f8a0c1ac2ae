"""Texts with traced values in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.interpreter.values.traced import Ref
from app.engine.program import TensorText


@dataclass(frozen=True, slots=True)
class Shown:
    """A number or an array inside a text: what is shown of a node, as `spec` and `conversion` of an f-string say."""

    ref: Ref
    spec: str = ""
    repr: bool = False
    options: tuple[tuple[str, Any], ...] = ()
    """How arrays are printed when the text is made."""
    tensor: TensorText | None = None
    """How PyTorch would write it; None for NumPy."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with traced values in it, which is written out anew in every run."""

    parts: tuple[str | Shown, ...]
