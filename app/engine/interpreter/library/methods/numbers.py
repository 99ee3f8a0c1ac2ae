"""Methods of Python's numbers, and of NumPy's where they are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, bound
from app.engine.wording import said


def _is_integer(interpreter: Interpreter, call: Call, owner: Any) -> bool:
    bound(interpreter, call, "")
    return float(interpreter.host(owner, call.node)).is_integer()


def _bit_length(interpreter: Interpreter, call: Call, owner: Any) -> int:
    bound(interpreter, call, "")
    held = interpreter.host(owner, call.node)
    if not isinstance(held, int):
        raise interpreter.fail(said("library.bit_length_of_float"), call.node)
    return held.bit_length()


def _conjugate(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "")
    return owner


NUMBERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"is_integer": _is_integer, "bit_length": _bit_length, "conjugate": _conjugate}
)
