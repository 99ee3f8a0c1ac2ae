"""Where numbers of the host that differ from round to round are kept: in names, attributes, lists, dictionaries."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.engine.interpreter.values import Class, Function, Instance, Literal, Method, Once, Ref, Text

_SEARCHED = 2_000
"""Values in a container that are looked at."""
SCALARS = (int, float, str)
"""Types of host values that may differ from round to round, True and False among them."""
KEPT = (*SCALARS, Literal, slice, tuple, Text)
"""Types of values that a place may keep."""


class HeldSlots:
    """By container and key: the slot of the number that is kept there. A container is the dictionary of a scope, of an
    object or of a class, or a list or dictionary of the text. growing: lists that get longer from round to round."""

    def __init__(self, growing: Collection[int]) -> None:
        self._held: dict[tuple[int, Any], tuple[Any, Any, int]] = {}
        self.growing = growing

    def put(self, container: Any, key: Any, value: Any, slot: int | None) -> None:
        """`container[key]` is now `value`, which differs from round to round if there is a slot."""
        if slot is None:
            self._held.pop((id(container), key), None)
        else:
            self._held[id(container), key] = (container, value, slot)

    def slot(self, container: Any, key: Any, value: Any) -> int | None:
        """The slot of `value` if it is what was put there."""
        found = self._held.get((id(container), key))
        return found[2] if found is not None and found[1] is value else None

    def holds(self, value: Any, *, deep: bool = True) -> bool:
        """Whether a container keeps such a number, or grows. deep: also in what is inside of it."""
        around = {id(container) for container, _, _ in self._held.values()} | set(self.growing)
        if not around:
            return False
        waiting, seen = [value], set[int]()
        while waiting:
            each = waiting.pop()
            if isinstance(each, Method):
                waiting.append(each.owner)
                continue
            if not isinstance(each, list | tuple | dict | Instance | Class) or id(each) in seen:
                continue
            seen.add(id(each))
            names = each.names if isinstance(each, Instance | Class) else each
            if id(names) in around or len(seen) > _SEARCHED:
                return True
            if isinstance(each, Once) and each.source is not None:
                waiting.append(each.source)
            if deep and len(names) <= _SEARCHED:
                items = names.values() if isinstance(names, dict) else names
                waiting += [item for item in items if not isinstance(item, Ref | int | float | str | Function)]
            elif deep:
                return True
        return False
