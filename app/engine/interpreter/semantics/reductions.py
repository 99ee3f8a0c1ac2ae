"""What NumPy's sums, means and extremes take besides axes: `where=`, `initial=` and `dtype=`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.semantics.arrays import dtype_kind, with_kind
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.sequences import as_array, as_operand
from app.engine.interpreter.values import Ref
from app.engine.ops import REGISTRY, Op
from app.engine.wording import said

_OPTIONS = frozenset({"where", "initial", "dtype"})
_JOINED: Mapping[str, Op] = MappingProxyType({op.reduce: op for op in REGISTRY.values() if op.reduce})
"""How what is there at first joins what was reduced."""


def reduced(interpreter: Interpreter, op: Op, call: Call) -> Any:
    """A reduction with such arguments; None for one without."""
    if not call.named or not _OPTIONS & call.named.keys() or not op.options or not call.args:
        return None
    given = {name: call.named.pop(name) for name in op.options & call.named.keys()}
    given = {name: argument for name, argument in given.items() if not _is_default(argument.value)}
    x = interpreter.node(as_operand(interpreter, *call.args[0]), call.args[0].where)
    if "dtype" in given:
        kind = dtype_kind(interpreter, *given["dtype"])
        if kind != "float" and op.result == "float":
            raise interpreter.fail(said("semantics.dtype_is_float", name=op.name), given["dtype"].where)
        x = interpreter.node(with_kind(interpreter, x, kind, call.node), call.node)
    initial = given.get("initial")
    if "where" not in given:
        return _joined(interpreter, op, call, _operation(interpreter, op, call, x), initial)
    mask = interpreter.node(as_array(interpreter, *given["where"]), given["where"].where)
    if interpreter.graph.nodes[mask.index].kind != "bool":
        raise interpreter.fail(said("semantics.where_no_mask"), given["where"].where)
    passed = initial.value if op.identity is None and initial is not None else op.identity
    if passed is None:
        raise interpreter.fail(said("semantics.where_without_initial", name=op.name), call.node)
    other = interpreter.node(passed, call.node)
    chosen = interpreter.operation(REGISTRY["where"], (mask, x, other), {}, call.node)
    if op.totals != "mean":
        return _joined(interpreter, op, call, _operation(interpreter, op, call, chosen), initial)
    zeros = interpreter.operation(REGISTRY["zeros_like"], (x,), {}, call.node)
    counted = interpreter.operation(REGISTRY["where"], (mask, interpreter.node(1.0, call.node), zeros), {}, call.node)
    total, count = (_operation(interpreter, REGISTRY["sum"], call, each) for each in (chosen, counted))
    return interpreter.operation(REGISTRY["divide"], (total, count), {}, call.node, call.id, call.name)


def _is_default(value: Any) -> bool:
    return value is None or value is True


def _operation(interpreter: Interpreter, op: Op, call: Call, x: Ref) -> Ref:
    again = Call(call.node, call.spelling, [Argument(x, call.node), *call.args[1:]], dict(call.named))
    inputs, attrs = op_arguments(interpreter, op, again)
    return interpreter.operation(op, inputs, attrs, call.node)


def _joined(interpreter: Interpreter, op: Op, call: Call, found: Ref, initial: Argument | None) -> Ref:
    if initial is None:
        return found
    first = interpreter.node(initial.value, initial.where)
    return interpreter.operation(_JOINED[op.name], (first, found), {}, call.node, call.id, call.name)
