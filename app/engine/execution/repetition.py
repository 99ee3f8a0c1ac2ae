"""Finds equal steps that follow each other in large programs, such as the turns of a loop or the layers of a deep
network, and makes one group of them ("repeat"), to be opened. A step of several nodes is a group in it ("turn").

It maps a Program to a Program with the same ids, values and gradients. A group is contiguous in forward order, so no
path leaves it and enters it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.engine.execution.partition import needs_parts, outermost, shown_items, top_items
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import NO_GROUP, Group, Program
from app.engine.support.deadline import checkpoint

AT_A_GLANCE = 30
"""Most nodes and groups at the top level that are shown as they are. Constants do not count."""

FEWEST = 4
"""Fewest equal steps that are folded."""

_PATIENCE = 20
"""How many repetitions may turn out to carry nothing from step to step."""

STEP_FROM = 4
"""Fewest nodes and groups of a step that is a group of its own: a smaller one is seen at a glance."""

LONGEST = 60
"""Most nodes and groups of one step."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """`times` steps of `period` items each, from the item `first`. carried: which item of a step the next one uses."""

    first: int
    period: int
    times: int
    carried: int = 0

    @property
    def end(self) -> int:
        return self.first + self.period * self.times


def with_repeats(program: Program) -> Program:
    """The program with a group for each chain of equal steps at its top level; the program itself if it is small, or
    has none. Each step uses a result of the step before."""
    shown = shown_items(program)
    if len(shown) <= AT_A_GLANCE or needs_parts(program, shown):
        return program
    items: dict[int, list[int]] = {}
    for i, (top, node) in enumerate(zip(top_items(program), program.nodes, strict=True)):
        if node.op is not CONSTANT and node.op is not INPUT:
            items.setdefault(top, []).append(i)
    members = list(items.values())
    runs = list(_runs(program, members))
    return _grouped(program, members, runs) if runs else program


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
        carried = _carried(program, members, item_of, best) if best.times >= FEWEST else None
        if carried is not None:
            yield replace(best, carried=carried)
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


def _carried(program: Program, members: list[list[int]], item_of: dict[int, int], run: _Run) -> int | None:
    """Which item of each step the next one uses, the first of several: of a turn that computes a state and adds to a
    loss, the state. None where nothing is carried through all steps."""
    reached = set(range(run.first, run.first + run.period))
    offsets = set(range(run.period))
    for k in range(1, run.times):
        begin = run.first + k * run.period
        before, reached = reached, set()
        used: set[int] = set()
        for at in range(begin, begin + run.period):
            sources = {item_of.get(j, -1) for i in members[at] for j in program.nodes[i].inputs}
            used |= sources & before
            if sources & (before | reached):
                reached.add(at)
        offsets &= {at - begin + run.period for at in used}
    return min(offsets, default=None)


def _grouped(program: Program, members: list[list[int]], runs: list[_Run]) -> Program:
    """The program with a group for each run, and in it one for each step of several nodes. Parents precede children,
    so these groups come first."""
    made = [_group(program, members, run) for run in runs]
    group_of: dict[int, int] = {}
    for r, run in enumerate(runs):
        for k, turn in enumerate(made[r].turns):
            first = run.first + k * run.period
            own = r
            if run.period >= STEP_FROM:
                own = len(made)
                made.append(Group(f"turn {turn}", f"turn {k + 1}", r, "turn", turns=(turn,)))
            group_of |= {i: own for item in members[first : first + run.period] for i in item}
    top = outermost(program.groups)
    around = {top[program.nodes[i].group]: g for i, g in group_of.items() if program.nodes[i].group != NO_GROUP}
    number = len(made)

    # A constant is drawn with its user: where several steps use it, in none of them.
    placed = dict(group_of)
    for i, g in group_of.items():
        for j in program.nodes[i].inputs:
            if program.nodes[j].op is CONSTANT:
                placed[j] = g if placed.get(j, g) == g else _run_of(made, g)
    nodes = tuple(
        [
            node.inside(placed.get(i, NO_GROUP) if node.group == NO_GROUP else node.group + number)
            for i, node in enumerate(program.nodes)
        ]
    )
    groups = [
        group.inside(around.get(g, NO_GROUP) if group.parent == NO_GROUP else group.parent + number)
        for g, group in enumerate(program.groups)
    ]
    return replace(program, nodes=nodes, groups=(*made, *groups))


def _run_of(groups: list[Group], group: int) -> int:
    """The run that a group of `_grouped` is, or is a step of."""
    return group if groups[group].parent == NO_GROUP else groups[group].parent


def _group(program: Program, members: list[list[int]], run: _Run) -> Group:
    """Its turns are what is carried from step to step."""
    ends = [members[run.first + k * run.period + run.carried][-1] for k in range(run.times)]
    turns = tuple([program.nodes[i].id for i in ends])
    first, last = program.nodes[ends[0]].name, program.nodes[ends[-1]].name
    name = f"{first} … {last}"
    if first is None or last is None:
        name = f"{run.times} equal steps"
    elif first == last:
        name = f"{run.times} turns of {last}"
    return Group(f"repeat {turns[-1]}", name, NO_GROUP, "repeat", turns=turns)
