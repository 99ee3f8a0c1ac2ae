"""Aliasing: which values share memory in NumPy. There, `a += 1` changes an array in place, and with it everything that
shares its memory: another name, an item of a list, a default argument, a view such as a row. Here values never change.
Where that would make a difference, the line is refused (see storing.py).

A value is held if it can be read later: by a name of a living scope, by a list, tuple or function that such a name
holds, or by a loop in which its turn has not come yet. Temporaries of an expression are not held: no line can store
into them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.engine.interpreter.values import ArrayLiteral, Function, Ref
from app.engine.ops import Op

_WINDOWS = frozenset({"index", "transpose", "swapaxes", "reshape", "split", "broadcast_to"})
"""Ops whose result is a view of their input in NumPy. (Whether reshape gives a view or a copy depends on the memory
layout, so it counts as a view.)"""

_ALWAYS_ARRAYS = frozenset({"where", "ones_like", "zeros_like", "reshape", "broadcast_to"})
"""Ops whose result is an array in NumPy even if it has no axes."""

View = tuple[int, bool]
"""The index of a node, and whether it is an array even without axes."""


def with_memory(op: Op, attrs: dict[str, Any], source: Ref, made: Ref) -> Ref:
    """`made`, the result of `op`, with its memory in NumPy: that of `source`, its first input, if it is a view."""
    if op.name in _WINDOWS:
        made.buffer = source.buffer
        made.frozen = source.frozen or op.name == "broadcast_to"
        # One element, x[0], is a number; with dots, x[0, ...], it is an array without axes.
        made.boxed = Ellipsis in attrs["index"] if op.name == "index" else source.boxed
    made.boxed = made.boxed or op.name in _ALWAYS_ARRAYS
    return made


class Sharing:
    """Reference counts: for each piece of memory, the values that show it; for each list, its holders."""

    def __init__(self) -> None:
        self._arrays: dict[object, dict[View, int]] = {}
        self._containers: dict[int, tuple[Any, int]] = {}

    def rebind(self, names: dict[str, Any], name: str, value: Any) -> None:
        """`name = value` in the scope `names`."""
        before = names.get(name)
        # The new value first: if it holds the old one (a = [a]), the old one's count does not drop to 0 in between.
        self._count(value, 1)
        if before is not None:
            self._count(before, -1)
        names[name] = value

    def enter(self, names: dict[str, Any]) -> None:
        """A scope begins: a function is called with these arguments."""
        for value in names.values():
            self._count(value, 1)

    def leave(self, names: dict[str, Any], result: Any) -> None:
        """A scope ends, and with it its names, unless a function that its result holds can still read them."""
        if not _holds_function(result):
            for value in names.values():
                self._count(value, -1)

    def hold(self, value: Any) -> None:
        """Counts a holder that is not a name: an input without a value, or a loop that comes to it later."""
        self._count(value, 1)

    def release(self, value: Any) -> None:
        """Counts one holder less."""
        self._count(value, -1)

    def holders(self, ref: Ref) -> tuple[View, ...]:
        """The held values that share memory with `ref`."""
        return tuple(self._arrays.get(ref.buffer, ()))

    def _count(self, value: Any, change: int) -> None:
        kind = type(value)
        if kind is Ref:
            self._count_array(value.buffer, (value.index, value.boxed), change)
        elif kind in _INSIDE or kind is ArrayLiteral:
            self._count_inside(value, change)

    def _count_array(self, buffer: object, shown: View, change: int) -> None:
        held = self._arrays.setdefault(buffer, {})
        held[shown] = held.get(shown, 0) + change
        if held[shown] <= 0:
            del held[shown]

    def _count_inside(self, value: Any, change: int) -> None:
        """Counts what a container holds. It holds its items once, however many holders it has itself, because lists may
        share their parts many times."""
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


WRITTEN_OUT: View = (-1, True)
"""An array literal in a list, for which there is no node yet."""

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
