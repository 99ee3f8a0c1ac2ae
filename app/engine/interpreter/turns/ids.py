"""Ids of one turn of a loop, counted as if there were no other turn: the same in every turn, so that a reader who goes
from one to the next sees the same nodes with other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.engine.program import NO_GROUP, Group, Program, ancestors

_LAST = re.compile(r"(?P<whole>.*)(?P<mark>[./])(?P<part>[^./]*)", re.DOTALL)
"""An id that has parts: what comes before the last of them."""
_NUMBER = re.compile(r"(?P<name>k?)\d+")
"""A part without a name: the fifth operation of a line, or its second number k2."""
_NAME = re.compile(r"(?P<name>.*?)(#\d+)?", re.DOTALL)


def counted_anew(program: Program) -> tuple[Program, dict[str, str]]:
    """The same program with `loss` for `loss#12`, `loss#2` for the next node of this name, and `loss.1` for `loss#12.3`
    within it; and the new id of each node and group by its old one. What leads to the output is counted first: what a
    turn shows of others, such as their prints, differs from turn to turn. Groups that hold nothing more are left out.
    """
    nodes = program.nodes
    new = _Counted()
    held: list[int] = []
    for ends in ([program.output], program.wanted):
        for node in (node for node, leads in zip(nodes, ancestors(nodes, ends), strict=True) if leads):
            new.id(node.id)
            held += [group for group in _around(program, node.group) if group not in held[-8:]]
    places = {group: place for place, group in enumerate(sorted(set(held)))}
    groups = tuple([_renamed(program.groups[group], places, new) for group in places])
    renamed = tuple(
        [node._replace(id=new.id(node.id), group=_kept(program, node.group, places)) for node in program.nodes]
    )
    manual = tuple([replace(m, values=tuple([(new.id(id), v) for id, v in m.values])) for m in program.manual])
    ids = {id: new.id(id) for id in [*(node.id for node in nodes), *(program.groups[group].id for group in places)]}
    cells = {ids[id]: cell for id, cell in program.cells.items()}
    return replace(program, nodes=renamed, groups=groups, manual=manual, cells=cells), ids


def _renamed(group: Group, places: dict[int, int], new: _Counted) -> Group:
    return replace(
        group,
        id=new.id(group.id),
        parent=places.get(group.parent, NO_GROUP),
        arguments=tuple([(name, new.id(a) if isinstance(a, str) else a) for name, a in group.arguments]),
        turns=tuple([new.id(id) for id in group.turns]),
    )


def _around(program: Program, group: int) -> Iterator[int]:
    """A group, and those around it."""
    while group != NO_GROUP:
        yield group
        group = program.groups[group].parent


def _kept(program: Program, group: int, places: dict[int, int]) -> int:
    """The place of the innermost group around a node that is kept."""
    return next((places[each] for each in _around(program, group) if each in places), NO_GROUP)


class _Counted:
    """Counts the ids under each name, part by part: `f#3.x#2` is the second `x` in the third `f`."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._times: dict[str, int] = {}

    def id(self, id: str) -> str:
        """The new id for an old one."""
        known = self._ids.get(id)
        if known is None:
            known = self._ids[id] = self._next(id)
        return known

    def _next(self, id: str) -> str:
        parts = _LAST.fullmatch(id)
        within, part = ("", id) if parts is None else (self.id(parts["whole"]) + parts["mark"], parts["part"])
        number = _NUMBER.fullmatch(part) if within else None
        named = number or _NAME.fullmatch(part)
        assert named is not None
        name = within + named["name"]
        times = self._times[name] = self._times.get(name, 0) + 1
        return f"{name}{times}" if number else name if times == 1 else f"{name}#{times}"
