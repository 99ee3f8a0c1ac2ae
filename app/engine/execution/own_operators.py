"""Takes away groups that show nothing: calls of operators that the text has written itself, such as `Value.__mul__`,
around one operation or none; of a large program all of these calls, and all others around one. Ten thousand boxes
around a product each hide more. An operator that is left is named as it is said: subtract, not `__sub__`.

It maps a Program to a Program with the same ids, values and gradients.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.engine.execution.partition import WHOLE
from app.engine.program import NO_GROUP, Group, Program, ancestors

_OPERATOR = re.compile(r"__(?!call__|init__)(\w+)__")

_SAID = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "pow": "power", "matmul": "matmul"}
_SAID |= {"neg": "negative", **{f"r{method}": word for method, word in _SAID.items()}}


def without_own_operators(program: Program) -> Program:
    """The program with what was in such groups in the groups around them; the program itself if it has none."""
    if not program.groups:
        return program
    leads = ancestors(program.nodes, [program.output])
    small = sum(leads) <= WHOLE
    if small and not any(_OPERATOR.fullmatch(group.name) for group in program.groups):
        return program
    held = _operations(program, leads)
    place: list[int] = []
    groups: list[Group] = []
    for group, operations in zip(program.groups, held, strict=True):
        # Parents precede children.
        parent = NO_GROUP if group.parent == NO_GROUP else place[group.parent]
        method = _OPERATOR.fullmatch(group.name)
        single, own = operations <= 1, method is not None
        if group.kind == "call" and ((single and own) if small else (single or own)):
            place.append(parent)
        else:
            place.append(len(groups))
            said = group.name if method is None else _SAID.get(method[1], group.name)
            groups.append(replace(group, name=said, parent=parent))
    nodes = [node.inside(NO_GROUP if node.group == NO_GROUP else place[node.group]) for node in program.nodes]
    return replace(program, nodes=tuple(nodes), groups=tuple(groups))


def _operations(program: Program, leads: bytearray) -> list[int]:
    """How many operations that lead to the output each group holds, those of the groups in it included."""
    held = [0] * len(program.groups)
    for node, counts in zip(program.nodes, leads, strict=True):
        if counts and node.group != NO_GROUP and node.inputs:
            held[node.group] += 1
    for g in reversed(range(len(held))):
        parent = program.groups[g].parent
        if parent != NO_GROUP:
            held[parent] += held[g]
    return held
