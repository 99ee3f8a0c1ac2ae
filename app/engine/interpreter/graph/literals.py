"""The leaves that numbers and arrays of the text become."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import ProgramError, Span
from app.engine.interpreter.values import Literal, Ref
from app.engine.program import NumberKind, Value
from app.engine.wording import said


def leaf(index: int, value: Any) -> Ref:
    """The node of a literal or of a given value."""
    if type(value) is Literal:
        value.ref = ref = Ref(index, boxed=not value.array.shape)
        return ref
    return Ref(index, python=type(value) is float or not isinstance(value, np.ndarray))


def literal(value: float | Literal, span: Span) -> tuple[Value, NumberKind]:
    """The value of a literal (a float or an array) and its number kind. Raises ProgramError."""
    if type(value) is float:
        return value, "float"
    if isinstance(value, Literal):
        return value.value, value.kind  # type: ignore[return-value]
    kind: NumberKind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "float"
    try:
        return float(value), kind
    except OverflowError:
        raise ProgramError(said("language.number_too_large"), span=span) from None
