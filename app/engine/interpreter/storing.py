"""Augmented assignment: if `a` is an array, `a += b` stores the sum in the memory of `a`. Then NumPy requires a result
of the same shape and of a number type that fits, and everything that shares the memory changes, too. If `a` is a
number, the line means `a = a + b`.

Which of the two it is depends on shapes, which are not known yet. So every difference is recorded as a `Doubt`, to be
checked when they are.
"""

from __future__ import annotations

import ast

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref
from app.engine.program import Doubt

_RANK = {"bool": 0, "int": 1, "float": 2}
_KINDS = {"bool": "True and False", "int": "whole numbers", "float": "floats"}
_LONGEST = 60
"""Longest line that a hint writes out, characters."""


def in_place(interpreter: Interpreter, node: ast.AugAssign, before: Ref, after: Ref) -> None:
    """Records where NumPy would do something else than `a = a + b`. before, after: the value of the name before and
    after the line."""
    assert isinstance(node.target, ast.Name)
    name = node.target.id
    longer = _written_out(name, node)
    span = interpreter.span(node)

    def doubt(message: str, hint: str, *, others: tuple[tuple[int, bool], ...] = (), grown: int | None = None) -> None:
        interpreter.doubts.append(Doubt(before.index, True, span, message, hint, before.boxed, others, grown))

    others = interpreter.sharing.holders(before)
    if others:
        interpreter.visits += len(others)
        interpreter.visit(node)
        doubt(
            f"in NumPy this changes the array in place, and with it everything else that shares memory with {name}",
            f"Write {longer} for a new array: the old one stays unchanged.",
            others=others,
        )
    if before.frozen:
        doubt(
            "np.broadcast_to gives a read-only view, which NumPy does not store into",
            f"Write {longer} for a new array.",
        )
    kinds = interpreter.graph.nodes[before.index].kind, interpreter.graph.nodes[after.index].kind
    if _RANK[kinds[1]] > _RANK[kinds[0]]:
        doubt(
            f"in NumPy this array holds {_KINDS[kinds[0]]}, and {_KINDS[kinds[1]]} cannot be stored in it",
            f"Write {longer} for a new array.",
        )
    doubt(
        "the result has a different shape from the array that it would be stored in",
        f"Write {longer} for a new array.",
        grown=after.index,
    )


def _written_out(name: str, node: ast.AugAssign) -> str:
    """`a *= b + 1` as `a = a * (b + 1)`."""
    value = ast.BinOp(left=ast.Name(id=name, ctx=ast.Load()), op=node.op, right=node.value)
    text = f"{name} = {ast.unparse(value)}"
    if len(text) <= _LONGEST:
        return text
    short = ast.BinOp(left=value.left, op=node.op, right=ast.Constant(value=Ellipsis))
    return f"{name} = {ast.unparse(short)}"
