"""Partitions large programs: consecutive top-level nodes and groups become groups ("parts"), to be opened one by one.

It maps a Program to a Program with the same ids, values and gradients. A part is contiguous in forward order, so no
path leaves it and enters it again.
"""

from __future__ import annotations

from dataclasses import replace

from app.engine.ops import CONSTANT
from app.engine.program import NO_GROUP, Group, Program

WHOLE = 1_000
"""Most nodes and groups at the top level without parts. Constants do not count."""

LARGEST_NUMBER = 60
"""Most parts; programs of a few thousand nodes have fewer, with FEWEST nodes each."""

FEWEST = 50
"""Fewest nodes and groups in a part, except the last part."""


def in_parts(program: Program) -> Program:
    """The program with its top level divided into parts; the program itself if it is small enough."""
    if len(program.nodes) <= WHOLE:
        return program
    outer = outermost(program.groups)
    tops = [_top(i, node.group, outer) for i, node in enumerate(program.nodes)]
    # A constant is drawn with its user, which comes later.
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
    # Parents precede children, so the parts come first.
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


def outermost(groups: tuple[Group, ...]) -> list[int]:
    """The root ancestor of each group. Parents precede children."""
    found: list[int] = []
    for i, group in enumerate(groups):
        found.append(i if group.parent == NO_GROUP else found[group.parent])
    return found


def _top(node: int, group: int, outer: list[int]) -> tuple[int, int]:
    """The top-level item that a node belongs to: (node, NO_GROUP), or (NO_GROUP, group)."""
    return (node, NO_GROUP) if group == NO_GROUP else (NO_GROUP, outer[group])


def _name(at: int, lines: list[int]) -> str:
    """The lines of a part, as its name; with its number if it is one line, which an unrolled loop has many times."""
    if not lines:
        return f"part {at + 1}"
    first, last = min(lines), max(lines)
    return f"lines {first}–{last}" if first != last else f"line {first}, part {at + 1}"
