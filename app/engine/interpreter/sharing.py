"""Which names hold the same array. In NumPy `a += 1` changes an array in place, and with it what every other name for
that array shows; here values never change. Where that would be a difference, the line is refused."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.values import Ref
from app.engine.program import Node

_VIEWS = frozenset({"index", "transpose", "swapaxes", "reshape", "split", "broadcast_to"})
"""Ops whose result is a window onto their input, in NumPy."""


class Sharing:
    """Counts the names of each array, by the node that made its memory."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._names: dict[int, int] = {}
        self._makers: dict[int, int] = {}

    def rebind(self, names: dict[str, Any], name: str, value: Any) -> None:
        """`name = value` in the scope that `names` is."""
        before = names.get(name)
        if before is not None:
            self._count(before, -1)
        self._count(value, 1)
        names[name] = value

    def enter(self, names: dict[str, Any]) -> None:
        """A function is called with these arguments."""
        for value in names.values():
            self._count(value, 1)

    def leave(self, names: dict[str, Any]) -> None:
        """A function ends, and with it its names."""
        for value in names.values():
            self._count(value, -1)

    def hold(self, ref: Ref) -> None:
        """A name that stands outside all scopes: an input without a value."""
        self._count(ref, 1)

    def release(self, ref: Ref) -> None:
        """That name now stands for something else."""
        self._count(ref, -1)

    def shared(self, ref: Ref) -> bool:
        """Whether another name shows the same array."""
        return self._names.get(self._memory(ref), 0) > 1

    def _count(self, value: Any, change: int) -> None:
        if type(value) is Ref:
            memory = self._memory(value)
            self._names[memory] = self._names.get(memory, 0) + change
        elif type(value) in (list, tuple):
            for item in value:
                if type(item) is Ref:
                    self._count(item, change)

    def _memory(self, ref: Ref) -> int:
        return -ref.copy if ref.copy else self._maker(ref.index)

    def _maker(self, index: int) -> int:
        """The node that made the memory of this one. Remembered: windows onto windows may be thousands long."""
        chain = []
        while index not in self._makers and self._nodes[index].op.name in _VIEWS:
            chain.append(index)
            index = self._nodes[index].inputs[0]
        maker = self._makers.get(index, index)
        for each in chain:
            self._makers[each] = maker
        return maker

    def windows(self, index: int) -> tuple[int, ...]:
        """A node, the node it is a window onto, and so on to the one that made the memory."""
        chain = [index]
        while self._nodes[chain[-1]].op.name in _VIEWS:
            chain.append(self._nodes[chain[-1]].inputs[0])
        return tuple(chain)
