"""Which values show the same memory. In NumPy `a += 1` changes an array in place, and with it whatever else shows that
array: another name, an item of a list, a default argument, a window such as a row. Here values never change. Where that
would be a difference, the line is refused (see storing.py).

Held is what can be read later: by a name of a scope that lives, by a list, tuple or function that such a name holds, or
by a loop that has not come to it yet. What only an expression under way knows is not: no line can store into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.engine.interpreter.values import ArrayLiteral, Function, Ref
from app.engine.ops import Op

_WINDOWS = frozenset({"index", "transpose", "swapaxes", "reshape", "split", "broadcast_to"})
"""Ops whose result is a window onto their input, in NumPy. (A reshape copies where the order of the elements asks for
it; which one it is depends on how the memory lies, so it counts as a window.)"""

_ALWAYS_ARRAYS = frozenset({"where", "ones_like", "zeros_like", "reshape", "broadcast_to"})
"""Ops that make an array in NumPy even where it has no axes."""

Shown = tuple[int, bool]
"""A node, and whether it is an array even should it have no axes."""


def placed(op: Op, attrs: dict[str, Any], source: Ref, made: Ref) -> Ref:
    """`made` with the memory that NumPy gives the result of `op`; `source`: its first input."""
    if op.name in _WINDOWS:
        made.buffer = source.buffer
        made.frozen = source.frozen or op.name == "broadcast_to"
        # One element is a number (x[0]) unless dots ask for an array without axes (x[0, ...]).
        made.boxed = Ellipsis in attrs["index"] if op.name == "index" else source.boxed
    made.boxed = made.boxed or op.name in _ALWAYS_ARRAYS
    return made


class Sharing:
    """Counts the holders of each array, by the memory it shows, and those of each list, by its identity."""

    def __init__(self) -> None:
        self._arrays: dict[object, dict[Shown, int]] = {}
        self._containers: dict[int, tuple[Any, int]] = {}

    def rebind(self, names: dict[str, Any], name: str, value: Any) -> None:
        """`name = value` in the scope that `names` is."""
        before = names.get(name)
        # The new one first: where it holds the old one (a = [a]), nothing has to be counted through again.
        self._count(value, 1)
        if before is not None:
            self._count(before, -1)
        names[name] = value

    def enter(self, names: dict[str, Any]) -> None:
        """A function is called with these arguments."""
        for value in names.values():
            self._count(value, 1)

    def leave(self, names: dict[str, Any], result: Any) -> None:
        """A scope ends, and with it its names, unless a function that its result holds can still read them."""
        if not _holds_function(result):
            for value in names.values():
                self._count(value, -1)

    def hold(self, value: Any) -> None:
        """Something else than a name can read it: an input without a value, a loop that has not come to it yet."""
        self._count(value, 1)

    def release(self, value: Any) -> None:
        """That holder is gone."""
        self._count(value, -1)

    def holders(self, ref: Ref) -> tuple[Shown, ...]:
        """What is held that shows the memory of `ref`."""
        return tuple(self._arrays.get(ref.buffer, ()))

    def _count(self, value: Any, change: int) -> None:
        kind = type(value)
        if kind is Ref:
            self._count_array(value.buffer, (value.index, value.boxed), change)
        elif kind in _INSIDE or kind is ArrayLiteral:
            self._count_inside(value, change)

    def _count_array(self, buffer: object, shown: Shown, change: int) -> None:
        held = self._arrays.setdefault(buffer, {})
        held[shown] = held.get(shown, 0) + change
        if held[shown] <= 0:
            del held[shown]

    def _count_inside(self, value: Any, change: int) -> None:
        """A list counts once for all its holders, and holds its items once: lists may share their parts many times."""
        todo = [value]
        while todo:
            each = todo.pop()
            if type(each) is Ref:
                self._count_array(each.buffer, (each.index, each.boxed), change)
            elif type(each) is ArrayLiteral:
                self._count_array(each, WRITTEN_OUT, change)
            elif type(each) in _INSIDE:
                before = self._containers.get(id(each), (each, 0))[1]
                if before + change > 0:
                    self._containers[id(each)] = (each, before + change)
                else:
                    self._containers.pop(id(each), None)
                if before == 0 or before + change == 0:
                    todo.extend(_inside(each))


WRITTEN_OUT: Shown = (-1, True)
"""An array written out in a list, which no node stands for yet."""

_INSIDE = frozenset({list, tuple, Function})


def _inside(value: Any) -> Iterable[Any]:
    return value.defaults.values() if type(value) is Function else value


def _holds_function(value: Any) -> bool:
    todo, seen = [value], set()
    while todo:
        each = todo.pop()
        if type(each) is Function:
            return True
        if type(each) in (list, tuple) and id(each) not in seen:
            seen.add(id(each))
            todo.extend(each)
    return False
