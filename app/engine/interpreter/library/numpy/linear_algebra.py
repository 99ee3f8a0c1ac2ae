"""Everything after `np.linalg.`: ops, what they add up to, and decompositions, which carry no gradient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.arrays import from_numpy, host_array
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Native, Ref
from app.engine.ops import INPUT, REGISTRY


def _of_op(name: str, *, singular: str = "") -> Native:
    """An op. singular: what NumPy says of a matrix for which there is no result."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        inputs, attrs = op_arguments(interpreter, REGISTRY[name], call)
        made = interpreter.operation(REGISTRY[name], inputs, attrs, call.node, call.id, call.name)
        if singular and interpreter.graph.given is not None:
            matrix, value = (np.asarray(interpreter.graph.value(ref.index)) for ref in (inputs[0], made))
            if value.size and np.isnan(value).all() and np.isfinite(matrix).all():
                raise interpreter.fail(singular, call.node, "Add a little to its diagonal: x + 1e-6 * np.eye(n).")
        return made

    return Native(f"np.linalg.{name}", run)


@native("np.linalg.slogdet", "a")
def _slogdet(interpreter: Interpreter, call: Call, a: Any) -> tuple[Ref, Ref]:
    ref = interpreter.node(as_array(interpreter, a, call.node), call.where("a"))
    size = interpreter.operation(REGISTRY["logabsdet"], (ref,), {}, call.node)
    whole = interpreter.operation(REGISTRY["det"], (ref,), {}, call.node)
    return interpreter.operation(REGISTRY["sign"], (whole,), {}, call.node), size


def _settled(name: str, spelled: Callable[..., Any], signature: str) -> Native:
    """A decomposition of numbers that nobody can change: it is computed on the spot. There is no rule for its
    gradient, so one that an input leads to is refused."""

    @native(f"np.linalg.{name}", signature)
    def run(interpreter: Interpreter, call: Call, **given: Any) -> Any:
        arrays = {key: value for key, value in given.items() if key in ("a", "b") and value is not None}
        for key, value in arrays.items():
            held = as_array(interpreter, value, call.where(key))
            if type(held) is Ref and _leads_from_input(interpreter, held):
                raise interpreter.fail(
                    f"np.linalg.{name} has no gradient here, and an input leads to its matrix",
                    call.node,
                    "np.linalg.inv, solve, det, slogdet and pinv have one. Write the numbers into the call, or make "
                    "the matrix inside a function.",
                )
            arrays[key] = np.asarray(host_array(interpreter, held, call), dtype=np.float64)
            interpreter.visit(call.node, arrays[key].size * max((*arrays[key].shape, 1)) // 10)
        options = {key: value for key, value in given.items() if key not in arrays and value is not None}
        try:
            found = spelled(*arrays.values(), **options)
        except (np.linalg.LinAlgError, ValueError, TypeError) as error:
            raise interpreter.fail(f"np.linalg.{name}: {error}", call.node, "Check the matrix.") from None
        parts = [_given_back(interpreter, each, call) for each in (found if isinstance(found, tuple) else (found,))]
        return tuple(parts) if isinstance(found, tuple) else parts[0]

    return run


def _given_back(interpreter: Interpreter, value: Any, call: Call) -> Any:
    array = np.asarray(value)
    if array.dtype.kind == "c":
        raise interpreter.fail(
            "this decomposition has complex numbers", call.node, "np.linalg.eigh, of a symmetric matrix, has none."
        )
    if array.ndim == 0:
        return interpreter.numpy_number(array.item(), call.node)
    return from_numpy(interpreter, array, call.node)


def _leads_from_input(interpreter: Interpreter, ref: Ref) -> bool:
    nodes = interpreter.graph.nodes
    waiting, seen = [ref.index], {ref.index}
    while waiting:
        node = nodes[waiting.pop()]
        if node.op is INPUT:
            return True
        waiting += [i for i in node.inputs if i not in seen]
        seen.update(node.inputs)
    return False


_SINGULAR = "this matrix is singular: it has no inverse"


@cache
def functions() -> Mapping[str, Native]:
    return MappingProxyType(
        {
            "inv": _of_op("inv", singular=_SINGULAR),
            "solve": _of_op("solve", singular=_SINGULAR),
            "det": _of_op("det"),
            "pinv": _of_op("pinv"),
            "slogdet": _slogdet,
            "svd": _settled("svd", np.linalg.svd, "a, full_matrices=, compute_uv="),
            "eig": _settled("eig", np.linalg.eig, "a"),
            "eigh": _settled("eigh", np.linalg.eigh, "a"),
            "eigvals": _settled("eigvals", np.linalg.eigvals, "a"),
            "eigvalsh": _settled("eigvalsh", np.linalg.eigvalsh, "a"),
            "qr": _settled("qr", np.linalg.qr, "a, mode="),
            "cholesky": _settled("cholesky", np.linalg.cholesky, "a"),
            "lstsq": _settled("lstsq", np.linalg.lstsq, "a, b, rcond="),
            "matrix_rank": _settled("matrix_rank", np.linalg.matrix_rank, "a"),
            "cond": _settled("cond", np.linalg.cond, "a"),
        }
    )
