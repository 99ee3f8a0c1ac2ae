"""Divisions that NumPy writes as functions: `np.divmod`, and `np.reciprocal`, which stays whole for whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.arrays import with_kind
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.semantics.whole_numbers import refuse_zero_divisor
from app.engine.interpreter.values import Native
from app.engine.ops import REGISTRY


@native("np.divmod", "x1, x2")
def _divmod(interpreter: Interpreter, call: Call, x1: Any, x2: Any) -> tuple[Any, Any]:
    pair = tuple([interpreter.node(as_array(interpreter, x, call.node), call.node) for x in (x1, x2)])
    found = []
    for name in ("floor_divide", "mod"):
        refuse_zero_divisor(interpreter, REGISTRY[name], pair, call.node)
        found.append(interpreter.operation(REGISTRY[name], pair, {}, call.node))
    return found[0], found[1]


def _reciprocal(interpreter: Interpreter, call: Call) -> Any:
    """1/x; of a whole number without its decimals."""
    inputs, attrs = op_arguments(interpreter, REGISTRY["reciprocal"], call)
    if interpreter.graph.nodes[inputs[0].index].kind != "int":
        return interpreter.operation(REGISTRY["reciprocal"], inputs, attrs, call.node, call.id, call.name)
    one = interpreter.graph.number(1, interpreter.span(call.node))
    refuse_zero_divisor(interpreter, REGISTRY["floor_divide"], (one, *inputs), call.node)
    quotient = interpreter.operation(REGISTRY["divide"], (one, *inputs), {}, call.node)
    return with_kind(interpreter, quotient, "int", call.node)


FUNCTIONS: Mapping[str, Native] = by_name(_divmod, Native("np.reciprocal", _reciprocal))
