"""Partitions large programs: consecutive top-level nodes and groups become groups ("parts"), to be opened one by one.

It maps a Program to a Program with the same ids, values and gradients. A part is contiguous in forward order, so no
path leaves it and enters it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.engine.ops import CONSTANT, INPUT
from app.engine.program import NO_GROUP, Group, Node, Program, ancestors

WHOLE = 1_000
"""Most operations and groups at the top level without parts."""

LEAVES = 2_000
"""Most leaves at the top level without parts: those of a network written in numbers stand together, as lights."""

LISTED = 400
"""Most leaves at the top level of which those of a list are no part."""

FEWEST_LEAVES = 8
"""Fewest leaves of one list, or of one line, that are a part."""

LARGEST_NUMBER = 60
"""Most parts; programs of a few thousand nodes have fewer, with FEWEST nodes each."""

FEWEST = 50
"""Fewest nodes and groups in a part, except the last part."""


def in_parts(program: Program) -> Program:
    """The program with its top level divided into parts; the program itself if it is small enough."""
    if len(program.nodes) <= WHOLE:
        return program
    shown = shown_items(program)
    leaves = _leaves(program, shown)
    if len(shown) - leaves <= WHOLE:
        return _leaves_in_parts(program, by_line=leaves > LEAVES) if leaves > LISTED else program
    size = max(FEWEST, -(-len(shown) // LARGEST_NUMBER))
    number = -(-len(shown) // size)
    part_of: dict[int, int] = {}
    before = 0
    lines: list[list[int]] = [[] for _ in range(number)]
    places: list[int] = []
    for top, node in zip(top_items(program), program.nodes, strict=True):
        part = part_of.get(top, -1)
        if part < 0:
            part = part_of[top] = min(before // size, number - 1)
            before += top in shown
        if node.span is not None and top in shown:
            lines[part].append(node.span[0])
        # Parents precede children, so the parts come first.
        places.append(part if top >= 0 else node.group + number)
    # `inside`, written out: all nodes of a large program are moved.
    nodes = [
        tuple.__new__(Node, (*node[:5], place, *node[6:])) for place, node in zip(places, program.nodes, strict=True)
    ]
    groups = [
        group.inside(part_of.get(~i, 0) if group.parent == NO_GROUP else group.parent + number)
        for i, group in enumerate(program.groups)
    ]
    parts = [Group(f"part {at + 1}", _name(at, there), NO_GROUP, "part") for at, there in enumerate(lines)]
    return replace(program, nodes=tuple(nodes), groups=(*parts, *groups))


def needs_parts(program: Program, shown: set[int]) -> bool:
    """Whether there is too much at the top level to stand side by side. shown: its items, see `shown_items`."""
    leaves = _leaves(program, shown)
    return leaves > LEAVES or len(shown) - leaves > WHOLE


def _leaves(program: Program, shown: set[int]) -> int:
    """How many of these items are leaves."""
    return sum(top >= 0 and program.nodes[top].op is INPUT for top in shown)


def _leaves_in_parts(program: Program, *, by_line: bool) -> Program:
    """The program with its many leaves in parts, each with those of one list, such as a matrix. What is computed stays
    side by side. No path enters a part that has leaves alone. by_line: whether others are in parts by their lines."""
    members: dict[str, list[str]] = {}
    for node in program.nodes:
        if node.op is INPUT and node.group == NO_GROUP:
            cell = program.cells.get(node.id)
            if cell is not None or by_line:
                members.setdefault(_line(node) if cell is None else cell.table, []).append(node.id)
    parts = [name for name, ids in members.items() if len(ids) >= FEWEST_LEAVES]
    place = {id: at for at, name in enumerate(parts) for id in members[name]}
    number = len(parts)
    nodes = [
        node.inside(place.get(node.id, NO_GROUP) if node.group == NO_GROUP else node.group + number)
        for node in program.nodes
    ]
    groups = [group.inside(NO_GROUP if group.parent == NO_GROUP else group.parent + number) for group in program.groups]
    made = [Group(f"part {at + 1}", name, NO_GROUP, "part") for at, name in enumerate(parts)]
    return replace(program, nodes=tuple(nodes), groups=(*made, *groups))


def _line(leaf: Node) -> str:
    """The name that the line of a leaf assigns: `w` of `w[0][3]` and of `w.scalar#2.data`."""
    return re.split(r"[.\[]", leaf.id, maxsplit=1)[0]


def outermost(groups: tuple[Group, ...]) -> list[int]:
    """The root ancestor of each group. Parents precede children."""
    found: list[int] = []
    for i, group in enumerate(groups):
        found.append(i if group.parent == NO_GROUP else found[group.parent])
    return found


def shown_items(program: Program) -> set[int]:
    """The items of the top level that are drawn there. A constant is drawn with its user, which comes later."""
    return {
        top
        for top, node, counts in zip(top_items(program), program.nodes, counted(program), strict=True)
        if counts and node.op is not CONSTANT
    }


def counted(program: Program) -> bytearray:
    """One byte for each node: 1 if it counts where the program is divided. Of a large one that is what leads to the
    output: other turns of a training, and its steps, are many times that."""
    if len(program.nodes) <= WHOLE:
        return bytearray(b"\1") * len(program.nodes)
    return ancestors(program.nodes, [program.output])


def top_items(program: Program) -> Sequence[int]:
    """For each node, the item of the top level that it belongs to: its own index, or ~g of the outermost group g."""
    if not program.groups:
        return range(len(program.nodes))
    outer = outermost(program.groups)
    return [i if node.group == NO_GROUP else ~outer[node.group] for i, node in enumerate(program.nodes)]


def _name(at: int, lines: list[int]) -> str:
    """The lines of a part, as its name; with its number if it is one line, which an unrolled loop has many times."""
    if not lines:
        return f"part {at + 1}"
    first, last = min(lines), max(lines)
    return f"lines {first}–{last}" if first != last else f"line {first}, part {at + 1}"
