"""NumPy functions that are written with other ops: `np.split`, `np.expand_dims`, `.ravel()`, `.astype(float)` ..."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.arguments import arguments
from app.engine.interpreter.arrays import check_dtype
from app.engine.interpreter.constants import whole
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref, copied
from app.engine.ops import REGISTRY


def split(interpreter: Interpreter, node: ast.Call) -> list[Ref]:
    """`np.split(x, n, axis)`: n equal parts, each a node."""
    inputs, attrs = arguments(interpreter, REGISTRY["split"], node, "np.split", hidden=("part",))
    sections = attrs["sections"]
    interpreter.visits += sections
    if sections > interpreter.limits.nodes:
        raise LimitError(f"np.split into {sections:,} parts", span=interpreter.span(node), hint="Take fewer parts.")
    return [interpreter.operation(REGISTRY["split"], inputs, attrs | {"part": part}, node) for part in range(sections)]


def expand_dims(interpreter: Interpreter, node: ast.Call) -> Ref:
    axis_nodes = list(node.args[1:]) + [k.value for k in node.keywords if k.arg == "axis"]
    if len(axis_nodes) != 1 or not node.args:
        raise interpreter.fail("np.expand_dims takes an array and an axis", node, "Write np.expand_dims(x, 0).")
    axis = whole(interpreter, axis_nodes[0], "an axis")
    if abs(axis) > interpreter.limits.dimensions:
        raise interpreter.fail(
            f"axis {axis} does not exist", axis_nodes[0], "Write 0 for a new first axis, -1 for a new last one."
        )
    places = (slice(None),) * axis + (None,) if axis >= 0 else (Ellipsis, None) + (slice(None),) * (-axis - 1)
    ref = interpreter.node(interpreter.evaluate(node.args[0]), node.args[0])
    return interpreter.operation(REGISTRY["index"], (ref,), {"index": places}, node)


def flat_copy(interpreter: Interpreter, node: ast.Call, owner: Ref | None) -> Ref:
    """`x.flatten()`: a copy in NumPy, where `.ravel()` gives a view."""
    return copied(flattened(interpreter, node, owner))


def flattened(interpreter: Interpreter, node: ast.Call, owner: Ref | None) -> Ref:
    if node.keywords or len(node.args) != (1 if owner is None else 0):
        raise interpreter.fail("ravel and flatten take only the array", node, "Write np.ravel(x).")
    ref = owner if owner is not None else interpreter.node(interpreter.evaluate(node.args[0]), node.args[0])
    return interpreter.operation(REGISTRY["reshape"], (ref,), {"shape": (-1,)}, node)


def same(interpreter: Interpreter, node: ast.Call, owner: Ref | None) -> Ref:
    """`x.copy()`, `np.copy(x)`. The result of the function is always an array, even without axes."""
    if owner is not None:
        if node.args or node.keywords:
            raise interpreter.fail(".copy() takes no arguments", node, "Write x.copy().")
        return copied(owner, boxed=owner.boxed)
    if len(node.args) != 1 or node.keywords:
        raise interpreter.fail("np.copy takes one array", node, "Write np.copy(x).")
    return copied(interpreter.node(interpreter.evaluate(node.args[0]), node.args[0]), boxed=True)


def astype(interpreter: Interpreter, node: ast.Call, owner: Ref | None) -> Ref:
    """`.astype(float)`: a mask as numbers. In the engine a mask holds numbers already."""
    if owner is None or len(node.args) != 1 or node.keywords:
        raise interpreter.fail(".astype takes one number type", node, "Write x.astype(float).")
    check_dtype(interpreter, node.args[0])
    held = interpreter.graph.nodes[owner.index]
    if held.kind != "float":
        # A new node, so that the mask itself is still printed as a mask.
        one = interpreter.graph.number(1.0, interpreter.span(node))
        made = interpreter.operation(REGISTRY["multiply"], (owner, one), {}, node)
        made.boxed = owner.boxed
        return made
    return copied(owner, boxed=owner.boxed)


FUNCTIONS: dict[str, Callable[[Interpreter, ast.Call], Any]] = {
    "split": split,
    "expand_dims": expand_dims,
}
METHODS: dict[str, Callable[[Interpreter, ast.Call, Ref | None], Any]] = {
    "astype": astype,
    "copy": same,
    "flatten": flat_copy,
    "ravel": flattened,
}
