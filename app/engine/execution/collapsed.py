"""A graph with some of its groups closed: what is told of a program that is too large to be told whole.

What is in a closed group is left out but for its results, which stand for it: where they are single numbers, as one
array. What goes from one node into a closed group is one edge; its message is the sum of the messages that it stands
for. So the smaller graph is a trace in its own right: each node comes after what it is computed from, and each message
is part of a gradient.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import NamedTuple

from app.engine.execution.structure import Structure
from app.engine.program import NO_GROUP
from app.engine.support.checkpoints import checkpoint

AT_FIRST = 400
"""Most nodes of a graph whose open groups nobody has chosen: so many levels of groups are open."""

_INDEX = re.compile(r"\[([\d,]+)\]$")


class Shown(NamedTuple):
    """A node of the smaller graph.

    places: the nodes that it stands for, by index: one, or the results of a closed group in row-major order.
    group: the index of the closed group that it is the result of; NO_GROUP for what is in no closed group.
    shape: that of the node, or of the results as one array; joined: whether it is such an array.
    """

    places: tuple[int, ...]
    group: int
    shape: tuple[int, ...]
    joined: bool


class Way(NamedTuple):
    """An edge of the smaller graph. source, target: indices of its nodes; edges: those that it stands for, by index, in
    their order; elements: of the source, if that is an array of results, those that the edges are uses of, each once in
    their order."""

    source: int
    target: int
    slot: int
    edges: tuple[int, ...]
    elements: tuple[int, ...] | None


@dataclass(frozen=True, eq=False)
class Collapsed:
    """The smaller graph. open: the open groups, by index; closed: the outermost closed ones that hold nodes, with the
    number of nodes and of operations in each."""

    structure: Structure
    open: tuple[int, ...]
    closed: dict[int, tuple[int, int]]
    nodes: tuple[Shown, ...]
    edges: tuple[Way, ...]

    @property
    def key(self) -> tuple[int, ...]:
        """Equal for equal graphs of one structure."""
        return self.open

    @cached_property
    def backward(self) -> tuple[int, ...]:
        """The nodes that send messages, by index, in the order of the backward pass."""
        sends = self.structure.schedule.sends
        senders = {way.target for way in self.edges if any(map(sends, way.edges))}
        return tuple(sorted(senders, reverse=True))


def collapsed(structure: Structure, wanted: Collection[str] | None, most: int) -> Collapsed:
    """The graph in which these groups are open.

    wanted: ids of groups; one counts only where the groups around it are open, too. None: as many levels of groups as
        hold AT_FIRST nodes.
    most: most nodes of the smaller graph, as far as groups are what makes it large: those that would exceed it stay
        closed, in the order of `wanted`.
    """
    tree = _Tree(structure)
    chosen = tree.levels(min(AT_FIRST, most)) if wanted is None else tree.within(wanted, most)
    return _close(structure, tree, chosen)


class _Tree:
    """The groups of a structure, with what is in each of them."""

    def __init__(self, structure: Structure) -> None:
        self.groups = structure.groups
        self.own: list[int] = [0] * len(self.groups)
        self.outside = 0
        for node in structure.nodes:
            if node.group == NO_GROUP:
                self.outside += 1
            else:
                self.own[node.group] += 1
        self.all = self.own.copy()
        for g in reversed(range(len(self.groups))):
            if self.groups[g].parent != NO_GROUP:
                self.all[self.groups[g].parent] += self.all[g]
        self.inner: dict[int, list[int]] = defaultdict(list)
        for g, group in enumerate(self.groups):
            if self.all[g]:
                self.inner[group.parent].append(g)

    def gain(self, group: int) -> int:
        """By how many nodes the graph grows when the group is opened, where every closed one is a single node."""
        return self.own[group] + len(self.inner[group]) - 1

    def levels(self, most: int) -> set[int]:
        """The groups of as many levels as keep the graph within so many nodes."""
        count = self.outside + len(self.inner[NO_GROUP])
        found: set[int] = set()
        level = self.inner[NO_GROUP]
        while level:
            count += sum(map(self.gain, level))
            if count > most:
                break
            found.update(level)
            level = [inner for g in level for inner in self.inner[g]]
        return found

    def within(self, wanted: Collection[str], most: int) -> set[int]:
        """Those of the wanted groups that can be opened."""
        index = {group.id: g for g, group in enumerate(self.groups)}
        count = self.outside + len(self.inner[NO_GROUP])
        waiting = list(dict.fromkeys(index[id] for id in wanted if id in index))
        found: set[int] = set()
        while waiting:
            later = []
            for g in waiting:
                parent = self.groups[g].parent
                if parent != NO_GROUP and parent not in found:
                    later.append(g)
                elif self.all[g] and count + self.gain(g) <= most:
                    count += self.gain(g)
                    found.add(g)
            if len(later) == len(waiting):
                break
            waiting = later
        return found


def _close(structure: Structure, tree: _Tree, chosen: set[int]) -> Collapsed:
    cover = _cover(tree, chosen)
    owner = [NO_GROUP if node.group == NO_GROUP else cover[node.group] for node in structure.nodes]
    leaving = _leaving(structure, owner)
    nodes: list[Shown] = []
    for i, group in enumerate(owner):
        if group == NO_GROUP:
            nodes.append(Shown((i,), NO_GROUP, structure.shapes[i], False))
    for group, results in leaving.items():
        nodes += _stand_ins(structure, owner, group, results)
    nodes.sort(key=lambda shown: max(shown.places))
    inside: dict[int, tuple[int, int]] = {}
    for node, group in zip(structure.nodes, owner, strict=True):
        if group != NO_GROUP:
            count, operations = inside.get(group, (0, 0))
            inside[group] = count + 1, operations + bool(node.inputs)
    edges = _ways(structure, owner, nodes)
    return Collapsed(structure, tuple(sorted(chosen)), dict(sorted(inside.items())), tuple(nodes), edges)


def _cover(tree: _Tree, chosen: set[int]) -> list[int]:
    """Per group the outermost closed group that it is in, or is itself; NO_GROUP if there is none."""
    cover: list[int] = []
    for g, group in enumerate(tree.groups):
        outer = NO_GROUP if group.parent == NO_GROUP else cover[group.parent]
        # Parents precede children.
        cover.append(outer if outer != NO_GROUP or g in chosen else g)
    return cover


def _leaving(structure: Structure, owner: Sequence[int]) -> dict[int, list[int]]:
    """Per closed group its results: what is used outside of it, and the output; in forward order."""
    found: dict[int, set[int]] = defaultdict(set)
    for source, target, _ in structure.edges:
        if owner[source] != NO_GROUP and owner[source] != owner[target]:
            found[owner[source]].add(source)
    end = structure.schedule.output
    if owner[end] != NO_GROUP:
        found[owner[end]].add(end)
    return {group: sorted(results) for group, results in found.items()}


def _stand_ins(structure: Structure, owner: Sequence[int], group: int, results: Sequence[int]) -> Iterator[Shown]:
    """The nodes that stand for a closed group. Its results are one array only where nothing outside comes between
    them, so that the array comes before all that uses it; the output stays a node of its own."""
    shapes = structure.shapes
    users = structure.schedule.users
    last = results[-1]
    joined = len(results) > 1 and structure.schedule.output not in results and all(shapes[i] == () for i in results)
    if joined and all(user > last for i in results for user in users[i] if owner[user] != group):
        places, shape = _in_order(structure, results)
        yield Shown(places, group, shape, True)
        return
    for i in results:
        yield Shown((i,), group, shapes[i], False)


def _in_order(structure: Structure, results: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The results in row-major order, and their shape: that of the array or of the lists whose elements they are, less
    the rows and columns that are not among them; else a vector."""
    indices = [index for i in results if (index := _index(structure, structure.nodes[i].id)) is not None]
    if len(indices) == len(results) and len({len(index) for index in indices}) == 1:
        shape = tuple(len(set(axis)) for axis in zip(*indices, strict=True))
        if prod(shape) == len(results) == len(set(indices)):
            order = sorted(range(len(results)), key=indices.__getitem__)
            return tuple(results[k] for k in order), shape
    return tuple(results), (len(results),)


def _index(structure: Structure, id: str) -> tuple[int, ...] | None:
    """Which element of an array, or of lists, a node is; None if of none."""
    cell = structure.program.cells.get(id)
    if cell is not None:
        return cell.at
    found = _INDEX.search(id)
    return None if found is None else tuple(map(int, found[1].split(",")))


def _ways(structure: Structure, owner: Sequence[int], nodes: Sequence[Shown]) -> tuple[Way, ...]:
    """The edges between nodes that are shown. What leads into a closed group ends at the first of its stand-ins that
    may come of it."""
    shown_of: dict[int, int] = {}
    element_of: dict[int, int] = {}
    stand_ins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for k, shown in enumerate(nodes):
        for element, place in enumerate(shown.places):
            shown_of[place] = k
            if shown.joined:
                element_of[place] = element
        if shown.group != NO_GROUP:
            stand_ins[shown.group].append((max(shown.places), k))
    found: dict[tuple[int, int, int], list[int]] = {}
    for e, (source, target, slot) in enumerate(structure.edges):
        group = owner[target]
        if group != NO_GROUP and owner[source] == group:
            continue
        checkpoint(1)
        start = shown_of[source]
        if group == NO_GROUP:
            # A use of a single node is its own edge: x * x has two.
            key = (shown_of[target], start, 0 if nodes[start].joined else slot)
        else:
            key = (next(k for last, k in stand_ins[group] if last >= target), start, 0)
        found.setdefault(key, []).append(e)
    ways = []
    for (end, start, _), edges in found.items():
        places = dict.fromkeys(structure.edges[e].source for e in edges)
        elements = tuple(element_of[i] for i in places) if nodes[start].joined else None
        slot = structure.edges[edges[0]].slot if nodes[end].group == NO_GROUP else 0
        ways.append(Way(start, end, slot, tuple(edges), elements))
    ways.sort(key=lambda way: (way.target, way.edges[0]))
    return tuple(ways)
