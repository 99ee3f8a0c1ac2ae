"""Everything after `np.linalg.`: ops, what they add up to, and decompositions, which have no gradient."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.numpy.settled import settled
from app.engine.interpreter.semantics.arguments import Call, by_name, native
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import Native, Ref
from app.engine.ops import REGISTRY


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


def _settled(name: str, arrays: str, others: str = "") -> Native:
    """A decomposition: there is no rule for its gradient."""
    function = getattr(np.linalg, name)

    def of_floats(*given: Any, **options: Any) -> Any:
        return function(*[np.asarray(each, dtype=np.float64) for each in given], **options)

    return settled(f"np.linalg.{name}", of_floats, arrays, others, cost=0)


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
            **by_name(
                _settled("svd", "a", "full_matrices=, compute_uv="),
                _settled("svdvals", "x"),
                _settled("eig", "a"),
                _settled("eigh", "a"),
                _settled("eigvals", "a"),
                _settled("eigvalsh", "a"),
                _settled("qr", "a", "mode="),
                _settled("cholesky", "a"),
                _settled("lstsq", "a, b", "rcond="),
                _settled("matrix_rank", "A", "tol="),
                _settled("cond", "x", "p="),
            ),
        }
    )
