"""Finds equal steps that follow each other in large programs, such as the turns of a loop or the layers of a deep
network, and makes one group of them ("repeat"), to be opened; so it does with equal steps of which none uses another,
such as the terms of a loss ("beside"). A step of several nodes is a group in it ("turn"), whether a loop trains or not.

It maps a Program to a Program with the same ids, values and gradients. A group is contiguous in forward order, so no
path leaves it and enters it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.engine.execution.partition import WHOLE, counted, needs_parts, shown_items
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import NO_GROUP, Group, GroupKind, Node, Program
from app.engine.support.checkpoints import checkpoint

AT_A_GLANCE = 30
"""Most nodes and groups of one level that are shown as they are. Constants do not count."""

MOST = 5_000
"""Most nodes and groups of a level in which steps are looked for."""

FEWEST = 4
"""Fewest equal steps that are folded."""

FEWEST_BESIDE = 8
"""Fewest of them where none uses another: they stand side by side, and so many are still seen at once."""

_TRIED = 3
"""How many lengths of a step are tried at an item: a neuron is repeated within its layer, and so is the layer."""

_PATIENCE = 40
"""How often all items may be looked at for repetitions that turn out to carry nothing from step to step, before no more
are looked for."""

STEP_FROM = 4
"""Fewest nodes and groups of a step that is a group of its own: a smaller one is seen at a glance."""

LONGEST = 60
"""Most nodes and groups of one step."""

Key = tuple[object, ...]


class _Item(NamedTuple):
    """What stands at one level: a node, or a group with all nodes in it.

    parent: the group of the level. group: its own group; NO_GROUP: it is a single node."""

    parent: int
    group: int
    nodes: list[int]


@dataclass(frozen=True, slots=True)
class _Chain:
    """`times` steps of `period` items each, from the item `first`. carried: which item of a step the next one uses;
    None where none uses another."""

    first: int
    period: int
    times: int
    carried: int | None = None

    @property
    def end(self) -> int:
        return self.first + self.period * self.times


def with_repeats(program: Program) -> Program:
    """The program with a group for each chain of equal steps, at its top level and in each function, where more stands
    side by side than is seen at a glance; the program itself if there is none. Each step uses a result of the step
    before, or none uses another."""
    shown = shown_items(program)
    levels = _levels(program, shown)
    chains = {parent: found for parent, items in levels.items() if (found := list(_chains(program, items)))}
    if NO_GROUP in chains and needs_parts(program, shown) and not _suffice(chains[NO_GROUP], len(shown)):
        del chains[NO_GROUP]
    return _grouped(program, levels, chains) if chains else program


def _suffice(chains: list[_Chain], shown: int) -> bool:
    """Whether folding the chains is enough: neither the top level nor any of them then has more than `WHOLE` side by
    side. shown: the number of items at the top level."""
    within = [chain.times if chain.period >= STEP_FROM else chain.end - chain.first for chain in chains]
    return max(within) <= WHOLE and shown - sum(chain.end - chain.first - 1 for chain in chains) <= WHOLE


def _levels(program: Program, shown: set[int]) -> dict[int, list[_Item]]:
    """The items of each level that holds too many of them, by its group: single nodes and groups. shown: what stands at
    the top level."""
    groups, nodes = program.groups, program.nodes
    crowded = {NO_GROUP} if AT_A_GLANCE < len(shown) <= MOST else set()
    if groups:
        direct = Counter([node.group for node in nodes if node.op is not CONSTANT])
        direct.update([group.parent for group in groups])
        crowded |= {g for g, count in direct.items() if AT_A_GLANCE < count <= MOST and g != NO_GROUP}
    levels: dict[int, list[_Item]] = {parent: [] for parent in crowded}
    if not crowded:
        return levels
    # The items to which the nodes of a group belong, outermost first.
    around: list[tuple[_Item, ...]] = []
    counts = counted(program)
    for group in groups:
        own = around[group.parent] if group.parent != NO_GROUP else ()
        if group.parent in crowded:
            own = (*own, _Item(group.parent, len(around), []))
        around.append(own)
    for i, node in enumerate(nodes):
        if node.op is CONSTANT or node.op is INPUT or not counts[i]:
            continue
        if node.group in crowded:
            levels[node.group].append(_Item(node.group, NO_GROUP, [i]))
        for item in around[node.group] if node.group != NO_GROUP else ():
            if not item.nodes:
                levels[item.parent].append(item)
            item.nodes.append(i)
    return levels


def _chains(program: Program, items: list[_Item]) -> Iterator[_Chain]:
    """The chains of equal steps, in order: at each item the one that covers most, with the shortest step."""
    keys = [_key(program, item) for item in items]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    same = [numbers[key] for key in keys]
    item_of = {i: at for at, item in enumerate(items) for i in item.nodes}
    reach = {period: _reach(same, period) for period in range(1, min(LONGEST, len(same) // FEWEST) + 1)}
    at, patience = 0, _PATIENCE * len(same)
    while at < len(same) and patience > 0:
        chains = [
            _Chain(at, period, times) for period, far in reach.items() if (times := far[at] // period + 1) >= FEWEST
        ]
        chains.sort(key=lambda chain: chain.first - chain.end)
        found = None
        for chain in chains[:_TRIED]:
            carried, looked = _carried(program, items, item_of, chain)
            patience -= looked
            if carried is not None:
                found = replace(chain, carried=carried)
                break
        if found is None and chains and chains[0].times >= FEWEST_BESIDE:
            patience -= chains[0].period * chains[0].times
            if _beside(program, items, item_of, chains[0]):
                found = chains[0]
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _key(program: Program, item: _Item) -> Key:
    """What must be the same for two items to be equal: their ops, and for a call its function."""
    nodes = program.nodes
    called = "" if item.group == NO_GROUP else program.groups[item.group].name
    return (called, *[(nodes[i].op.name, len(nodes[i].inputs)) for i in item.nodes])


def _reach(same: list[int], period: int) -> list[int]:
    """From each item on, how many items are equal to those one period later."""
    checkpoint(len(same) / 10)
    found = [0] * (len(same) + 1)
    for at in range(len(same) - period - 1, -1, -1):
        found[at] = found[at + 1] + 1 if same[at] == same[at + period] else 0
    return found


def _carried(program: Program, items: list[_Item], item_of: dict[int, int], chain: _Chain) -> tuple[int | None, int]:
    """Which item of each step the next one uses, the first of several: of a turn that computes a state and adds to a
    loss, the state. None where nothing is carried through all steps. And how many items were looked at to know it."""
    reached = set(range(chain.first, chain.first + chain.period))
    offsets = set(range(chain.period))
    for k in range(1, chain.times):
        begin = chain.first + k * chain.period
        before, reached = reached, set()
        used: set[int] = set()
        for at in range(begin, begin + chain.period):
            sources = {item_of.get(j, -1) for i in items[at].nodes for j in program.nodes[i].inputs}
            used |= sources & before
            if sources & (before | reached):
                reached.add(at)
        offsets &= {at - begin + chain.period for at in used}
        if not offsets:
            return None, (k + 1) * chain.period
    return min(offsets), chain.times * chain.period


def _beside(program: Program, items: list[_Item], item_of: dict[int, int], chain: _Chain) -> bool:
    """Whether none of the steps uses another one."""
    return all(
        chain.first + k * chain.period <= source or source < chain.first
        for k in range(chain.times)
        for at in range(chain.first + k * chain.period, chain.first + (k + 1) * chain.period)
        for i in items[at].nodes
        for source in (item_of.get(j, -1) for j in program.nodes[i].inputs)
    )


def _grouped(program: Program, levels: dict[int, list[_Item]], chains: dict[int, list[_Chain]]) -> Program:
    """The program with a group for each chain, and in it one for each step of several nodes. They follow the group that
    they are in, so that parents precede children."""
    made: list[Group] = []
    place: list[int] = []  # where each group of the program stands among those made
    # The chain, or its step, that takes in a node or a group.
    node_in: dict[int, int] = {}
    group_in: dict[int, int] = {}
    for parent in range(NO_GROUP, len(program.groups)):
        own = NO_GROUP
        if parent != NO_GROUP:
            group = program.groups[parent]
            before = group.parent if group.parent == NO_GROUP else place[group.parent]
            own = len(made)
            place.append(own)
            made.append(group.inside(group_in.get(parent, before)))
        for chain in chains.get(parent, ()):
            items = levels[parent]
            group_of_chain = len(made)
            made.append(_group(program, items, chain, own))
            for k, turn in enumerate(made[group_of_chain].turns):
                at = group_of_chain
                if chain.period >= STEP_FROM:
                    at = len(made)
                    made.append(Group(f"turn {turn}", f"turn {k + 1}", group_of_chain, "turn", turns=(turn,)))
                first = chain.first + k * chain.period
                for item in items[first : first + chain.period]:
                    if item.group == NO_GROUP:
                        node_in[item.nodes[0]] = at
                    else:
                        group_in[item.group] = at
    groups = tuple(made)
    return replace(program, nodes=_placed(program, groups, place, node_in), groups=groups)


def _placed(program: Program, groups: tuple[Group, ...], place: list[int], node_in: dict[int, int]) -> tuple[Node, ...]:
    """The nodes in their new groups. node_in: those that a chain took in. A constant is drawn with its user: where
    several steps use it, in their chain."""
    taken = dict(node_in)
    for i, g in node_in.items():
        for j in program.nodes[i].inputs:
            constant = program.nodes[j]
            if constant.op is CONSTANT and constant.group == program.nodes[i].group:
                known = taken.get(j, g)
                taken[j] = g if known == g or groups[g].kind in ("repeat", "beside") else groups[g].parent
    return tuple(
        [
            node.inside(taken.get(i, NO_GROUP if node.group == NO_GROUP else place[node.group]))
            for i, node in enumerate(program.nodes)
        ]
    )


def _group(program: Program, items: list[_Item], chain: _Chain, parent: int) -> Group:
    """Its turns are what is carried from step to step, or what each step comes to."""
    of_each = chain.period - 1 if chain.carried is None else chain.carried
    ends = [items[chain.first + k * chain.period + of_each].nodes[-1] for k in range(chain.times)]
    turns = tuple([program.nodes[i].id for i in ends])
    beside = chain.carried is None
    first, last = program.nodes[ends[0]].name, program.nodes[ends[-1]].name
    name = f"{first} … {last}"
    if first is None or last is None:
        name = f"{chain.times} equal {'terms' if beside else 'steps'}"
    elif first == last:
        name = f"{chain.times} {'times' if beside else 'turns of'} {last}"
    kind: GroupKind = "beside" if beside else "repeat"
    return Group(f"{kind} {turns[-1]}", name, parent, kind, turns=turns)
