"""`float(x)`, `int(x)`, `bool(x)`, and NumPy's number types as functions."""

from __future__ import annotations

import ast
import math
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import objects, texts
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.arrays import moved, with_kind
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.semantics.tensors import detached, is_tensor
from app.engine.interpreter.values import Dtype, Instance, Literal, Ref, Text
from app.engine.wording import said


def cast(interpreter: Interpreter, kind: Dtype, call: Call) -> Any:  # noqa: C901 - by kind of value
    """`float(x)`, `int(x)`, `bool(x)`, `np.float64(x)`."""
    value = call.args[0].value if call.args else 0
    where = call.args[0].where if call.args else call.node
    if isinstance(value, Text):
        value = interpreter.host(value, where)
    base: Any = ()
    if len(call.args) > 1 or call.named:
        if kind.name != "int" or not isinstance(value, str) or len(call.args) != 2 or call.named:
            raise interpreter.fail(said("library.single_number_expected", name=kind.name), call.node)
        base = (whole(interpreter, call.args[1].value, call.args[1].where, "a base"),)
    if isinstance(value, str):
        texts.bounded(interpreter, 100 * len(value), where)
        try:
            return {"float": float, "int": int, "bool": bool}[kind.kind](value, *base)
        except ValueError:
            shown = (
                "invalid literal for int() with base 10" if kind.kind == "int" else "could not convert string to float"
            )
            raise interpreter.fault(
                "ValueError", said("library.no_number", value=value), where, text=f"{shown}: {value!r}"
            ) from None
    if isinstance(value, Instance):
        found = _float_method(interpreter, value, kind, where)
        if found is not None:
            return found
    if is_tensor(interpreter, value):
        value = detached(interpreter, value, where, tensor=False)
    value = as_array(interpreter, value, where)
    if isinstance(value, int | float):
        try:
            made = {"float": float, "int": int, "bool": bool}[kind.kind](value)
            return made if kind.name in _PYTHON else interpreter.numpy_number(made, where)
        except (OverflowError, ValueError):
            raise interpreter.fail(said("library.infinity_as_whole_number"), where) from None
    if kind.kind == "bool":
        return interpreter.truth(value, where)
    if type(value) not in (Ref, Literal):
        raise interpreter.no_number(value, where)
    if kind.kind == "int" and not interpreter.shape(value):
        held = interpreter.host(value, where)
        if not math.isfinite(held):
            raise interpreter.fail(said("library.infinity_as_whole_number"), where)
        return int(held) if kind.name in _PYTHON else interpreter.numpy_number(int(held), where)
    if interpreter.shape(value) and kind.name in ("float", "int"):
        if math.prod(interpreter.shape(value)) != 1:
            raise interpreter.fail(said("library.cast_of_array", name=kind.name), where)
        value = moved(interpreter, call.node, "reshape", value, {"shape": ()})
    made = with_kind(interpreter, value, kind.kind, where)  # type: ignore[assignment]
    ref = interpreter.node(made, where)
    found_ref = Ref(ref.index, python=kind.name in ("float", "int"))
    return found_ref if not interpreter.shape(ref) else made


_PYTHON = ("float", "int", "bool")
"""Number types of Python's own."""


def _float_method(interpreter: Interpreter, value: Instance, kind: Dtype, where: ast.AST) -> Any:
    name = f"__{kind.kind}__"
    if objects.find(interpreter, value, name, where) is objects.NOTHING:
        return None
    return objects.call_method(interpreter, where, value, name, [])
