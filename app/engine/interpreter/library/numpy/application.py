"""Functions of the text applied to parts of an array: `np.vectorize`, `np.apply_along_axis`; and `np.einsum`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call, by_name, first, native
from app.engine.interpreter.semantics.arrays import moved
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import as_array, iterate
from app.engine.interpreter.values import Native, Ref
from app.engine.ops import REGISTRY
from app.engine.wording import said


@native("np.vectorize", "pyfunc")
def _vectorize(interpreter: Interpreter, call: Call, pyfunc: Any) -> Native:
    def run(interpreter: Interpreter, later: Call) -> Any:
        given = first(interpreter, later)
        value = as_array(interpreter, given.value, later.node)
        shape = interpreter.shape(value)
        flat = moved(interpreter, later.node, "reshape", value, {"shape": (-1,)}) if shape else value
        items = iterate(interpreter, flat, later.node) if shape else [value]
        found = []
        for item in items:
            each = Call(later.node, "vectorize", [given._replace(value=item)], {})
            found.append(interpreter.grammar.invoke(interpreter, pyfunc, each))
        made = as_array(interpreter, found, later.node)
        return moved(interpreter, later.node, "reshape", made, {"shape": shape}) if shape else found[0]

    return Native("np.vectorize", run)


def _along_axis(interpreter: Interpreter, call: Call) -> Any:
    """`np.apply_along_axis(f, axis, x)`: what the function makes of each row along the axis takes the row's place."""
    if len(call.args) < 3:
        raise interpreter.fail(said("library.apply_along_axis_arguments"), call.node)
    (function, _), (axis, axis_where), (array, where), *rest = call.args
    ref = interpreter.node(as_array(interpreter, array, where), where)
    shape = interpreter.shape(ref)
    along = whole(interpreter, axis, axis_where, "an axis")
    if not -len(shape) <= along < len(shape):
        raise interpreter.fail(said("library.axis_missing", along=along), axis_where)
    along %= len(shape)
    lead = shape[:along] + shape[along + 1 :]
    found = []
    for place in np.ndindex(lead):
        index = (*place[:along], slice(None), *place[along:])
        row = interpreter.operation(REGISTRY["index"], (ref,), {"index": index}, call.node)
        given = Call(call.node, "apply_along_axis", [Argument(row, where), *rest], dict(call.named))
        found.append(interpreter.grammar.invoke(interpreter, function, given))
    made = interpreter.node(as_array(interpreter, found, call.node), call.node)
    inner = interpreter.shape(made)[1:]
    if len(lead) != 1:
        made = interpreter.operation(REGISTRY["reshape"], (made,), {"shape": (*lead, *inner)}, call.node)
    n, k = len(lead), len(inner)
    order = (*range(along), *range(n, n + k), *range(along, n))
    if order == tuple(range(n + k)):
        return made
    return interpreter.operation(REGISTRY["transpose"], (made,), {"axes": order}, call.node, call.id, call.name)


def _einsum(interpreter: Interpreter, call: Call) -> Ref:
    """`np.einsum("ij,jk->ik", a, b)`."""
    call.named.pop("optimize", None)
    if len(call.args) < 2 or not isinstance(call.args[0].value, str) or call.named:
        raise interpreter.fail(said("library.einsum_without_letters"), call.node)
    arrays = [interpreter.node(as_array(interpreter, value, where), where) for value, where in call.args[1:]]
    attrs = {"subscripts": call.args[0].value}
    return interpreter.operation(REGISTRY["einsum"], tuple(arrays), attrs, call.node, call.id, call.name)


FUNCTIONS: Mapping[str, Native] = by_name(
    _vectorize, Native("np.apply_along_axis", _along_axis), Native("np.einsum", _einsum)
)
