"""Storing in place: `a += b` puts the sum into the memory of `a`, where `a` is an array. Then NumPy asks for a result
of the same shape and of a kind of number that fits, and whatever else shows that memory changes as well. Numbers have
no memory to store into: for them it is `a = a + b`.

Which of the two it is, is known only with the shapes: what would differ is noted as a doubt, and settled with them.
"""

from __future__ import annotations

import ast

from app.engine.interpreter.interpreter import Reader
from app.engine.interpreter.values import Ref
from app.engine.program import Doubt

_RANK = {"bool": 0, "int": 1, "float": 2}
_KINDS = {"bool": "True and False", "int": "whole numbers", "float": "floats"}
_LONGEST = 60
"""Length of a line that a hint writes out, characters."""


def in_place(reader: Reader, node: ast.AugAssign, before: Ref, after: Ref) -> None:
    """Notes what NumPy would do otherwise. `before`, `after`: the value of the name before the line and after it."""
    assert isinstance(node.target, ast.Name)
    name = node.target.id
    longer = _written_out(name, node)
    span = reader.span(node)

    def doubt(message: str, hint: str, *, others: tuple[tuple[int, bool], ...] = (), grown: int | None = None) -> None:
        reader.doubts.append(Doubt(before.index, True, span, message, hint, before.boxed, others, grown))

    others = reader.sharing.holders(before)
    if others:
        reader.visits += len(others)
        reader.visit(node)
        doubt(
            f"in NumPy this changes the array in place, and what else shows it beside {name} with it",
            f"Write {longer} for a new array: the old one stays as it is.",
            others=others,
        )
    if before.frozen:
        doubt(
            "np.broadcast_to gives a window that NumPy does not store into",
            f"Write {longer} for a new array.",
        )
    kinds = reader.write.nodes[before.index].kind, reader.write.nodes[after.index].kind
    if _RANK[kinds[1]] > _RANK[kinds[0]]:
        doubt(
            f"in NumPy this array holds {_KINDS[kinds[0]]}, and {_KINDS[kinds[1]]} cannot be stored in it",
            f"Write {longer} for a new array.",
        )
    doubt(
        "the result has another shape than the array that it would be stored in",
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
