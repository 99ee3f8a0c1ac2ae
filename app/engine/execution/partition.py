"""Large programs in parts: runs of what stands at the top level, each a group, so that a reader has something to open.

Program in, Program out: ids, values and gradients stay as they are. A run is whole in forward order, so whatever stands
between two nodes of a part is in that part, too, and no path leads out of it and in again.
"""

from __future__ import annotations

from dataclasses import replace

from app.engine.ops import CONSTANT
from app.engine.program import NO_GROUP, Group, Program

WHOLE = 1_000
"""So many nodes and groups at the top level are shown side by side, none of them in a part. Constants do not count."""

LARGEST_NUMBER = 60
"""Parts there are at most; of a program of a few thousand nodes fewer, of FEWEST each."""

FEWEST = 50
"""Nodes and groups in a part, the last one left out."""


def in_parts(program: Program) -> Program:
    """The program with parts around what stands at its top level; itself where there is not too much of that."""
    if len(program.nodes) <= WHOLE:
        return program
    outer = _outermost(program.groups)
    tops = [_top(i, node.group, outer) for i, node in enumerate(program.nodes)]
    # A constant is drawn with its user, which stands behind it.
    shown = dict.fromkeys([top for top, node in zip(tops, program.nodes, strict=True) if node.op is not CONSTANT])
    if len(shown) <= WHOLE:
        return program
    size = max(FEWEST, -(-len(shown) // LARGEST_NUMBER))
    number = -(-len(shown) // size)
    part_of: dict[tuple[int, int], int] = {}
    before = 0
    for top in tops:
        if top not in part_of:
            part_of[top] = min(before // size, number - 1)
            before += top in shown
    # A group stands behind those around it, so the parts come first.
    nodes = tuple(
        [
            node._replace(group=part_of[i, NO_GROUP] if node.group == NO_GROUP else node.group + number)
            for i, node in enumerate(program.nodes)
        ]
    )
    groups = [
        replace(group, parent=part_of.get((NO_GROUP, i), 0) if group.parent == NO_GROUP else group.parent + number)
        for i, group in enumerate(program.groups)
    ]
    lines: list[list[int]] = [[] for _ in range(number)]
    for top, node in zip(tops, program.nodes, strict=True):
        if node.span is not None:
            lines[part_of[top]].append(node.span.line)
    parts = [Group(f"part {at + 1}", _name(at, there), NO_GROUP, "part") for at, there in enumerate(lines)]
    return replace(program, nodes=nodes, groups=(*parts, *groups))


def _outermost(groups: tuple[Group, ...]) -> list[int]:
    """Of each group the one around everything, itself where there is none; a group stands behind those around it."""
    found: list[int] = []
    for i, group in enumerate(groups):
        found.append(i if group.parent == NO_GROUP else found[group.parent])
    return found


def _top(node: int, group: int, outer: list[int]) -> tuple[int, int]:
    """What stands at the top level: a node by itself, or a group with all that it holds."""
    return (node, NO_GROUP) if group == NO_GROUP else (NO_GROUP, outer[group])


def _name(at: int, lines: list[int]) -> str:
    """Where a part stands in the text. A loop that was written out is one line many times."""
    if not lines:
        return f"part {at + 1}"
    first, last = min(lines), max(lines)
    return f"lines {first}–{last}" if first != last else f"line {first}, part {at + 1}"
