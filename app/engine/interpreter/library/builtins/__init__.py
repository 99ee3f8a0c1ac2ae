"""Python's built-in functions, with Python's meaning: one file for each subject, and BUILTINS, which lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.library.builtins import arithmetic, iteration, reflection, text
from app.engine.interpreter.library.builtins.kinds import TYPES

BUILTINS: Mapping[str, Any] = MappingProxyType(
    {**TYPES, "NotImplemented": NotImplemented}
    | {name: native for part in (iteration, arithmetic, text, reflection) for name, native in part.FUNCTIONS.items()}
)
