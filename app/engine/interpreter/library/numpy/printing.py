"""How arrays are printed: `np.set_printoptions`, and `np.printoptions` for a few lines; arrays as texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.prints import options_of
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.arrays import host_array
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.semantics.texts import text_of
from app.engine.interpreter.values import Context, Native
from app.engine.wording import said

_SIGNATURE = (
    "precision=, threshold=, edgeitems=, linewidth=, suppress=, nanstr=, infstr=, formatter=, sign=, floatmode=, *, "
    "legacy=, override_repr="
)


def _said(interpreter: Interpreter, call: Call, given: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The options after a call: those that it leaves out stay as they are."""
    options = {name: interpreter.host(value, call.node) for name, value in given.items() if value is not None}
    odd = next((name for name in ("formatter", "legacy", "override_repr") if name in options), None)
    if odd is not None:
        raise interpreter.fail(said("library.printoption_unknown", spelling=call.spelling, odd=odd), call.where(odd))
    for name, type_ in (("linewidth", int), ("edgeitems", int), ("nanstr", str), ("infstr", str)):
        if name in options and not isinstance(options[name], type_):
            wanted = "a whole number" if type_ is int else "a text"
            raise interpreter.fail(
                said("library.printoption_wrong_kind", spelling=call.spelling, name=name, wanted=wanted), call.node
            )
    with host_errors(interpreter, call, call.spelling, "Write precision=3, suppress=True."), np.printoptions(**options):
        pass
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


@native("np.array_str", "a, max_line_width=, precision=, suppress_small=")
def _array_str(interpreter: Interpreter, call: Call, a: Any, **given: Any) -> Any:
    return _written(interpreter, call, a, given, repr=False)


@native("np.array_repr", "arr, max_line_width=, precision=, suppress_small=")
def _array_repr(interpreter: Interpreter, call: Call, arr: Any, **given: Any) -> Any:
    return _written(interpreter, call, arr, given, repr=True)


@native(
    "np.array2string",
    "a, max_line_width=, precision=, suppress_small=, separator=, prefix=, *, threshold=, edgeitems=, sign=, "
    "floatmode=, suffix=",
)
def _array2string(interpreter: Interpreter, call: Call, a: Any, **given: Any) -> Any:
    """An array as text. One with a separator of its own is written out on the spot."""
    own = {name: given.pop(name) for name in ("separator", "prefix", "suffix")}
    options = {name: value for name, value in own.items() if value is not None}
    if not options:
        return _written(interpreter, call, a, given, repr=False)
    if not all(isinstance(value, str) for value in options.values()):
        raise interpreter.fail(said("library.separator_no_text"), call.node)
    held = np.asarray(host_array(interpreter, a, call))
    interpreter.visit(call.node, held.size)
    with np.printoptions(**options_of(_said(interpreter, call, _renamed(given)))):
        return np.array2string(held, **options)


_RENAMED = {"max_line_width": "linewidth", "suppress_small": "suppress"}


def _renamed(given: dict[str, Any]) -> dict[str, Any]:
    return {_RENAMED.get(name, name): value for name, value in given.items()}


def _written(interpreter: Interpreter, call: Call, value: Any, given: dict[str, Any], *, repr: bool) -> Any:
    """The text of an array, written out anew in each run."""
    before = interpreter.printing
    interpreter.printing = _said(interpreter, call, _renamed(given))
    try:
        return text_of(interpreter, as_array(interpreter, value, call.node), call.node, repr=repr)
    finally:
        interpreter.printing = before


FUNCTIONS: Mapping[str, Native] = by_name(_set, _for_lines, _array_str, _array_repr, _array2string)
