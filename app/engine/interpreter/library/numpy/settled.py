"""Functions of NumPy that are computed on the spot, by tables. What they are given is decided, so that another slider
reads the text anew.

A count, a place or a mask has no gradient. Other numbers would have one: where an input leads to them, they become a
node that can be printed and compared, and the text is refused if the output is computed from it
(`app/engine/interpreter/training/output/asides.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.semantics.arguments import Call, bound, signature, static
from app.engine.interpreter.semantics.arrays import from_numpy, shape_argument
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Native, Ref, node_of
from app.engine.ops import INPUT, REGISTRY
from app.engine.wording import said


def settled(
    spelling: str,
    function: Callable[..., Any],
    arrays: str,
    others: str = "",
    *,
    size: Callable[..., Any] | None = None,
    cost: int = 1,
) -> Native:
    """A function of NumPy of arrays and of other arguments, each written as a signature. What it is given it gets by
    position as far as the arrays go, then by name.

    size: the shape of what it makes, from the same arguments, where that may be larger than what it is given. cost:
    steps for each element, as often as the longest axis is long if it is 0.
    """
    text = ", ".join(filter(None, (arrays, others)))
    names = signature(arrays).names

    def run(interpreter: Interpreter, call: Call) -> Any:
        given = bound(interpreter, call, text)
        held = [as_array(interpreter, given[name], call.where(name)) for name in names if given[name] is not None]
        numbers = [_decided(interpreter, value, call, cost) for value in held]
        options = {
            name: static(interpreter, value, call.where(name))
            for name, value in given.items()
            if name not in names and value is not None
        }
        with host_errors(interpreter, call, spelling):
            if size is not None:
                shape_argument(interpreter, size(*numbers, **options), call.node)
            found = function(*numbers, **options)
        return given_back(interpreter, call, spelling, tuple(held), found)

    return Native(spelling, run)


def _decided(interpreter: Interpreter, value: Any, call: Call, cost: int) -> Any:
    held = np.asarray(interpreter.host(value, call.node))
    interpreter.visit(call.node, held.size * (cost or max((*held.shape, 1))) // 10)
    return held


def given_back(interpreter: Interpreter, call: Call, spelling: str, sources: tuple[Any, ...], value: Any) -> Any:
    """What NumPy computed, as the interpreter holds it. sources: the arrays that it was computed from."""
    if isinstance(value, tuple | list):
        parts = [given_back(interpreter, call, spelling, sources, each) for each in value]
        return parts if isinstance(value, list) else tuple(parts)
    if value is None or type(value) in (bool, int, float, str):
        return value
    array = np.asarray(value)
    if array.dtype.kind == "c":
        if np.any(array.imag):
            raise interpreter.fail(
                said("library.complex_result", spelling=spelling),
                call.node,
                "np.linalg.eigh, of a symmetric matrix, gives none." if "eig" in spelling else "Take other numbers.",
            )
        array = array.real
    if array.dtype.kind not in "fiub":
        raise interpreter.fail(said("library.result_without_numbers", spelling=spelling), call.node)
    leads = tuple(
        [ref.index for ref in map(node_of, sources) if ref is not None and leads_from_input(interpreter, ref)]
    )
    if array.dtype.kind == "f" and leads:
        return _aside(interpreter, call, spelling, leads, array)
    if array.ndim == 0 and not isinstance(value, np.ndarray):
        return interpreter.numpy_number(array.item(), call.node)
    return from_numpy(interpreter, array, call.node)


def _aside(
    interpreter: Interpreter, call: Call, spelling: str, leads: tuple[int, ...], array: np.ndarray[Any, Any]
) -> Ref:
    """The numbers behind an op, so that no name makes a leaf of them."""
    span = interpreter.span(call.node)
    held = interpreter.node(from_numpy(interpreter, array, call.node), call.node)
    interpreter.training.settled[held.index] = (spelling, span, leads)
    return interpreter.graph.operation(REGISTRY["reshape"], (held.index,), {"shape": array.shape}, span)


def leads_from_input(interpreter: Interpreter, ref: Ref) -> bool:
    """Whether a gradient could flow from a node to an input."""
    nodes = interpreter.graph.nodes
    waiting, seen = [ref.index], {ref.index}
    while waiting:
        index = waiting.pop()
        node = nodes[index]
        if node.op is INPUT or index in interpreter.training.settled:
            return True
        if node.op.kind == "mask":
            continue
        inputs = node.inputs[1:] if node.op.chooses else node.inputs
        waiting += [i for i in inputs if i not in seen]
        seen.update(inputs)
    return False
