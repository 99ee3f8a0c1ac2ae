"""How arrays are printed: `np.set_printoptions`, and `np.printoptions` for a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.values import Context, Native

_SIGNATURE = (
    "precision=, threshold=, edgeitems=, linewidth=, suppress=, nanstr=, infstr=, formatter=, sign=, floatmode=, *, "
    "legacy=, override_repr="
)


def _said(interpreter: Interpreter, call: Call, given: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The options after a call: those that it leaves out stay as they are."""
    options = {name: interpreter.host(value, call.node) for name, value in given.items() if value is not None}
    odd = next((name for name in ("formatter", "legacy", "override_repr") if name in options), None)
    if odd is not None:
        raise interpreter.fail(
            f"np.set_printoptions has no {odd} here", call.where(odd), "Write precision=3 or f-strings."
        )
    try:
        with np.printoptions(**options):
            pass
    except (ValueError, TypeError) as error:
        raise interpreter.fail(
            f"np.set_printoptions: {error}", call.node, "Write precision=3, suppress=True."
        ) from None
    return tuple((dict(interpreter.printing) | options).items())


@native("np.set_printoptions", _SIGNATURE)
def _set(interpreter: Interpreter, call: Call, **given: Any) -> None:
    interpreter.printing = _said(interpreter, call, given)


@native("np.printoptions", _SIGNATURE)
def _for_lines(interpreter: Interpreter, call: Call, **given: Any) -> Context:
    before, inside = interpreter.printing, _said(interpreter, call, given)

    def use(options: tuple[tuple[str, Any], ...]) -> None:
        interpreter.printing = options

    return Context(lambda: use(inside), lambda: use(before))


FUNCTIONS: Mapping[str, Native] = by_name(_set, _for_lines)
