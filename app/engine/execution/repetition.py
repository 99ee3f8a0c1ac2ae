"""Finds equal steps that follow each other in large programs, such as the turns of a loop or the layers of a deep
network, and makes one group of them ("repeat"), to be opened.

It maps a Program to a Program with the same ids, values and gradients. A group is contiguous in forward order, so no
path leaves it and enters it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.engine.ops import CONSTANT, INPUT
from app.engine.program import NO_GROUP, Group, Node, Program
from app.engine.support.deadline import checkpoint

AT_A_GLANCE = 30
"""Most nodes and groups at the top level that are shown as they are. Constants do not count."""

MOST = 1_000
"""Most of them that are looked through; larger programs are divided into parts (`partition.py`)."""

FEWEST = 4
"""Fewest equal steps that are folded."""

_PATIENCE = 20
"""How many repetitions may turn out to carry nothing from step to step."""

LONGEST = 60
"""Most nodes and groups of one step."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """`times` steps of `period` items each, from the item `first`."""

    first: int
    period: int
    times: int

    @property
    def end(self) -> int:
        return self.first + self.period * self.times


def with_repeats(program: Program) -> Program:
    """The program with a group for each chain of equal steps at its top level; the program itself if it is small, or
    has none. Each step uses a result of the step before."""
    top = _top_of_groups(program)
    inputs = sum([node.op is INPUT for node in program.nodes])
    items: dict[tuple[int, int], list[int]] = {}
    for i, node in enumerate(program.nodes):
        if node.op is not CONSTANT and node.op is not INPUT:
            items.setdefault((i, NO_GROUP) if node.group == NO_GROUP else (NO_GROUP, top[node.group]), []).append(i)
    members = list(items.values())
    if not AT_A_GLANCE < len(members) + inputs <= MOST:
        return program
    runs = list(_runs(program, members))
    return _grouped(program, members, runs) if runs else program


def _top_of_groups(program: Program) -> list[int]:
    """The root ancestor of each group. Parents precede children."""
    found: list[int] = []
    for i, group in enumerate(program.groups):
        found.append(i if group.parent == NO_GROUP else found[group.parent])
    return found


def _runs(program: Program, members: list[list[int]]) -> Iterator[_Run]:
    """The chains of equal steps, in order: at each item the one that covers most, with the shortest step."""
    keys = [_key(program, item) for item in members]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    same = [numbers[key] for key in keys]
    item_of = {i: at for at, item in enumerate(members) for i in item}
    reach = {period: _reach(same, period) for period in range(1, min(LONGEST, len(same) // FEWEST) + 1)}
    at, patience = 0, _PATIENCE
    while at < len(same) and patience > 0:
        best = _Run(at, 1, 1)
        for period, far in reach.items():
            times = far[at] // period + 1
            if times >= FEWEST and period * times > best.period * best.times:
                best = _Run(at, period, times)
        if best.times >= FEWEST and _is_chain(program, members, item_of, best):
            yield best
            at = best.end
        else:
            patience -= best.times >= FEWEST
            at += 1


def _key(program: Program, item: list[int]) -> Key:
    """What is equal of equal steps: the ops, and for a call its function."""
    nodes = program.nodes
    group = nodes[item[0]].group
    called = "" if group == NO_GROUP else program.groups[group].name
    return (called, *[(nodes[i].op.name, len(nodes[i].inputs)) for i in item])


def _reach(same: list[int], period: int) -> list[int]:
    """From each item on, how many items are equal to those one period later."""
    checkpoint(len(same) / 10)
    found = [0] * (len(same) + 1)
    for at in range(len(same) - period - 1, -1, -1):
        found[at] = found[at + 1] + 1 if same[at] == same[at + period] else 0
    return found


def _is_chain(program: Program, members: list[list[int]], item_of: dict[int, int], run: _Run) -> bool:
    """Whether something is carried from step to step through all of them."""
    carried = set(range(run.first, run.first + run.period))
    for k in range(1, run.times):
        reached: set[int] = set()
        for at in range(run.first + k * run.period, run.first + (k + 1) * run.period):
            sources = {item_of.get(j, -1) for i in members[at] for j in program.nodes[i].inputs}
            if sources & (carried | reached):
                reached.add(at)
        if not reached:
            return False
        carried = reached
    return True


def _grouped(program: Program, members: list[list[int]], runs: list[_Run]) -> Program:
    """The program with a group for each run. Parents precede children, so these groups come first."""
    run_of = {i: r for r, run in enumerate(runs) for item in members[run.first : run.end] for i in item}
    top = _top_of_groups(program)
    run_of_group = {top[program.nodes[i].group]: r for i, r in run_of.items() if program.nodes[i].group != NO_GROUP}
    number = len(runs)

    def placed(i: int, node: Node) -> Node:
        if node.group != NO_GROUP:
            return node._replace(group=node.group + number)
        return node._replace(group=run_of.get(i, constants.get(i, NO_GROUP)))

    # A constant is drawn with its user.
    constants: dict[int, int] = {}
    for i, node in enumerate(program.nodes):
        if i in run_of:
            for j in node.inputs:
                if program.nodes[j].op is CONSTANT:
                    constants.setdefault(j, run_of[i])
    nodes = tuple([placed(i, node) for i, node in enumerate(program.nodes)])
    groups = [
        replace(group, parent=run_of_group.get(g, NO_GROUP) if group.parent == NO_GROUP else group.parent + number)
        for g, group in enumerate(program.groups)
    ]
    return replace(program, nodes=nodes, groups=(*[_group(program, members, run) for run in runs], *groups))


def _group(program: Program, members: list[list[int]], run: _Run) -> Group:
    """Its turns are the last nodes of the steps."""
    ends = [members[run.first + (k + 1) * run.period - 1][-1] for k in range(run.times)]
    turns = tuple([program.nodes[i].id for i in ends])
    first, last = [program.nodes[i].name or program.nodes[i].id for i in (ends[0], ends[-1])]
    name = f"{run.times} turns of {last}" if first == last else f"{first} … {last}"
    return Group(f"repeat {turns[-1]}", name, NO_GROUP, "repeat", turns=turns)
