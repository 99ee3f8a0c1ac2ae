"""Python's built-in functions, with Python's meaning: one file for each subject, and BUILTINS, which lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.library.builtins import arithmetic, iteration, reflection, text
from app.engine.interpreter.library.builtins.kinds import TYPES
from app.engine.interpreter.semantics.exceptions import exceptions
from app.engine.interpreter.values import Class

_EXCEPTIONS = {name: each for name, each in exceptions().items() if name != "FrozenInstanceError"}
"""Those that need no import."""
BUILTINS: Mapping[str, Any] = MappingProxyType(
    {**TYPES, **_EXCEPTIONS, "object": Class("object", None, {}, fixed=True), "NotImplemented": NotImplemented}
    | {name: native for part in (iteration, arithmetic, text, reflection) for name, native in part.FUNCTIONS.items()}
)
