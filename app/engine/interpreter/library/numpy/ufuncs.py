"""What NumPy's functions of each element have behind a dot: `np.add.reduce`, `np.maximum.accumulate`,
`np.multiply.outer`, `np.add.at`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.hints import told
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import numpy_names
from app.engine.interpreter.semantics.arguments import Argument, Call, bound
from app.engine.interpreter.semantics.functions import inline
from app.engine.interpreter.semantics.indexing import add_at
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.reductions import reduced
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Builtin, Native, describe
from app.engine.ops import REGISTRY, Op
from app.engine.wording import said


def of_function(interpreter: Interpreter, function: Builtin, node: ast.Attribute) -> Native:
    """`np.add.at`, and the others."""
    make = _METHODS.get(node.attr)
    two = len(function.op.inputs) == 2 and not function.op.parameters and function.op.name in numpy_names()
    if make is None or not two:
        raise interpreter.fail(
            said("library.ufunc_attribute_missing", function=describe(function), attr=node.attr), node, told("see_ops")
        )
    return Native(f"{function.spelling}.{node.attr}", make(function))


def _reduce(function: Builtin) -> Callable[..., Any]:
    op = function.op

    def run(interpreter: Interpreter, call: Call) -> Any:
        if not op.reduce:
            return _written(interpreter, call, "fold", function)
        if len(call.args) < 2:
            call.named.setdefault("axis", Argument(0, call.node))
        whole = REGISTRY[op.reduce]
        found = reduced(interpreter, whole, call)
        return _operation(interpreter, whole, call) if found is None else found

    return run


def _accumulate(function: Builtin) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call) -> Any:
        if len(call.args) < 2:
            call.named.setdefault("axis", Argument(0, call.node))
        known = function.op.accumulate
        if known in REGISTRY:
            return _operation(interpreter, REGISTRY[known], call)
        if known:
            return inline(interpreter, interpreter.numpy[known], call)
        return _written(interpreter, call, "running", function)

    return run


def _outer(function: Builtin) -> Callable[..., Any]:
    return lambda interpreter, call: _written(interpreter, call, "each_with_each", function)


def _at(function: Builtin) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call) -> None:
        if not function.op.is_sum:
            _written(interpreter, call, "at_places", function)
            return
        held = bound(interpreter, call, "a, indices, b")
        added = held["b"]
        if function.op.is_difference:
            taken = interpreter.node(as_array(interpreter, added, call.node), call.node)
            added = interpreter.operation(REGISTRY["negative"], (taken,), {}, call.node)
        add_at(interpreter, held["a"], held["indices"], added, call.node)

    return run


def _operation(interpreter: Interpreter, op: Op, call: Call) -> Any:
    inputs, attrs = op_arguments(interpreter, op, call)
    return interpreter.operation(op, inputs, attrs, call.node, call.id, call.name)


def _written(interpreter: Interpreter, call: Call, name: str, function: Builtin) -> Any:
    """By a function in the language, which gets the function of two."""
    call.args.insert(0, Argument(function, call.node))
    return inline(interpreter, interpreter.numpy[name], call)


_METHODS: Mapping[str, Callable[[Builtin], Callable[..., Any]]] = MappingProxyType(
    {"reduce": _reduce, "accumulate": _accumulate, "outer": _outer, "at": _at}
)
