"""Programs that no text means yet, built of nodes: one op, its inputs, and its attributes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine import Plan
from app.engine.errors import Span
from app.engine.execution import compile as compiling
from app.engine.execution.values import shape_of, to_values
from app.engine.interpreter import Reading
from app.engine.limits import Limits
from app.engine.ops import INPUT, REGISTRY, Call
from app.engine.ops.expression import Shape
from app.engine.ops.index_array import IndexArray
from app.engine.program import NO_GROUP, Node, Program

SPAN = Span(1, 1, 1, 2)
A = IndexArray.of
X = np.random.default_rng(3).normal(size=(2, 3, 4))
INDICES = {
    "rows": (A([1, 0]),),
    "a row twice": (A([1, 0, 1]),),
    "pairs": (A([0, 1, 1]), A([2, 0, 0])),
    "two axes of it": (A([[0], [1]]), A([2, 0])),
    "behind a slice": (slice(None), A([2, 2, 0]), A([1, 1, 3])),
    "apart": (A([0, 1]), slice(None), A([3, 3])),
    "beside a number": (0, slice(None), A([3, 0])),
    "dots between": (A([0, 1, 0]), ..., A([3, 0, 3])),
    "dots for nothing": (A([0, 1]), A([0, 2]), ..., A([3, 3])),
    "a new axis": (None, A([1, 1]), slice(None, None, -1)),
    "nothing": (A([]),),
    "negative": (A([-1, -2]), ..., -1),
    "large places": (0, 0, A([3] * 40)),
}
"""Indices of X."""

BUILT: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    f"index: {name}": ("index", {"index": index}, {"x": X}) for name, index in INDICES.items()
}
STORED: dict[str, tuple[tuple[int, ...], tuple[Any, ...], Any]] = {
    "one place": ((2, 3), (0, 1), 5.0),
    "a row": ((2, 3), (1,), [1.0, 2.0, 3.0]),
    "a row of one number": ((2, 3), (-1,), 0.5),
    "a column": ((2, 3), (slice(None), 1), [[[4.0, 5.0]]]),
    "everything": ((2, 3), (...,), [0.1, 0.2, 0.3]),
    "backwards": ((2, 3), (slice(None), slice(None, None, -2)), [[1.0], [2.0]]),
    "a new axis": ((2, 3), (None, 0), [[1.0, 2.0, 3.0]]),
    "places": ((2, 3), (A([0, 1]), A([2, 0])), [1.5, 2.5]),
    "a place twice": ((2, 3), (A([0, 1, 0]), A([2, 0, 2])), [1.5, 2.5, 3.5]),
    "a place twice, one number": ((2, 3), (A([0, 1, 0]), A([2, 0, 2])), 7.0),
    "a row twice": ((2, 3), (A([1, 1]),), [[1.0], [2.0]]),
    "beside a number": ((2, 3), (0, A([2, 2, 1])), [[1.0, 2.0, 3.0]]),
    "nothing": ((2, 3), (slice(2, 2),), 1.0),
    "nothing by an array": ((2, 3), (A([]),), 1.0),
    "a number": ((), (), 3.0),
    "a number as an array": ((), (...,), [3.0]),
}
"""Shape of x, index, value."""
BUILT |= {
    f"{op}: {name}": (
        op,
        {"index": index},
        {"x": np.arange(1.0, 7.0)[: math.prod(shape)].reshape(shape), "value": value},
    )
    for op in ("put", "add_at")
    for name, (shape, index, value) in STORED.items()
}
_RNG = np.random.default_rng(5)
P, Q, V, T3 = (_RNG.normal(size=shape) for shape in ((2, 3), (3, 2), (3,), (2, 3, 2)))
SUMMED: dict[str, tuple[Any, ...]] = {
    "ij,jk->ik": (P, Q),
    "ij,jk": (P, Q),
    "ij,jk->": (P, Q),
    "i,i->": (V, V * V),
    "i,j->ij": (V, V + 1),
    "ij->ji": (P,),
    "ij->j": (P,),
    "ij->": (P,),
    "ij->ij": (P,),
    "ij,ij->i": (P, P * P),
    "ij,j->i": (P, V),
    "ij,kl->il": (P, Q),
    "bij,bjk->bik": (T3, T3.transpose(0, 2, 1)),
    "bij,j->": (T3, V[:2]),
    "ij,jk,k->i": (P, Q, V[:2]),
    ",i->i": (2.5, V),
    ",": (2.5, -0.5),
    "->": (2.5,),
}
"""Subscripts of einsum, operands."""
BUILT |= {
    f"einsum: {text}": (
        "einsum",
        {"subscripts": text},
        {f"x{slot}": value for slot, value in enumerate(operands)},
    )
    for text, operands in SUMMED.items()
}
SQUARE = P @ Q + 3 * np.eye(2)
SOLVED: dict[str, dict[str, Any]] = {
    "inv": {"x": SQUARE},
    "solve": {"a": SQUARE, "b": P},
    "det": {"x": SQUARE},
    "logabsdet": {"x": -SQUARE},
    "pinv": {"x": P},
}
BUILT |= {op: (op, {}, values) for op, values in SOLVED.items()}
"""Uses of ops: op, attributes, inputs."""


def program(op: str, attrs: Mapping[str, Any], names: list[str], squared: bool = True) -> Program:
    """`y = op(names)`, and its square, so that gradients differ."""
    nodes = [Node(name, INPUT, (), {}, name, NO_GROUP, SPAN, "float", None) for name in names]
    inputs = tuple(range(len(names)))
    nodes.append(Node("y", REGISTRY[op], inputs, dict(attrs), "y", NO_GROUP, SPAN, "float", None))
    if squared:
        at = len(names)
        nodes.append(Node("s", REGISTRY["square"], (at,), {}, "s", NO_GROUP, SPAN, "float", None))
    places = {node.id: place for place, node in enumerate(nodes)}
    return Program(nodes=tuple(nodes), groups=(), names=places, output=len(nodes) - 1, prints=(), manual=())


def plan(op: str, attrs: Mapping[str, Any], values: Mapping[str, Any], detail: str = "tensor") -> Plan:
    """A plan for one use of an op, its inputs in the order of `values`."""
    limits = Limits()
    made = program(op, attrs, list(values))
    given = to_values(values, limits)
    shapes: list[Shape] = []
    for node in made.nodes:
        inputs = tuple([shapes[i] for i in node.inputs])
        shapes.append(node.op.shape(Call(node.attrs, inputs)) if node.inputs else shape_of(given[node.id]))
    reading = Reading(made, tuple(shapes), frozenset())
    built = compiling._plan(reading, given, detail, limits, (), ignore_unknown=False)
    return Plan(built.structure, tuple(built.structure.leaves.values(built.defaults, given)), built.seed)
