"""Whose gradient a store changes: that of the object which has the attribute, or of the one that an index or a key
stands for."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.stores import Store
from app.engine.interpreter.values import Instance, Ref
from app.engine.own_pass import Held
from app.engine.program import Node

Group = tuple[str, Hashable]
"""What keeps gradients: an attribute of objects, or one list or dictionary."""


class GradientPlaces:
    """The gradients' places of one reading."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.nodes = interpreter.graph.nodes
        self.numbered = dict(interpreter.identities.values())
        self.made = [each for each, _, _ in interpreter.stores.made]

    def group(self, store: Store) -> Group:
        if isinstance(store.owner, Instance):
            return "attribute", store.slot
        return "items", id(store.owner)

    def object(self, store: Store) -> Instance | None:
        """The object whose gradient it would be; None where none is known."""
        if isinstance(store.owner, Instance):
            return store.owner
        if isinstance(store.slot, Instance):
            return store.slot
        if not isinstance(store.slot, int) or isinstance(store.slot, bool):
            return None
        by_id = self.numbered.get(store.slot) if isinstance(store.owner, dict) else None
        if isinstance(by_id, Instance):
            return by_id
        return self._counted[1].get(self._at(store))

    def reads(self, store: Store, called: str) -> str:
        """Where the gradient of an object stands, with a mark for the object. called: the container."""
        if isinstance(store.owner, Instance):
            return f"{{}}.{store.slot}"
        if isinstance(store.slot, Instance):
            return f"{called}[{{}}]"
        if isinstance(store.owner, dict) and isinstance(self.numbered.get(store.slot), Instance):
            return f"{called}[id({{}})]"
        return f"{called}[{{}}.{self._counted[0]}]"

    def _at(self, store: Store) -> int:
        at: int = store.slot
        return at + len(store.owner) if at < 0 and isinstance(store.owner, list) else at

    @cached_property
    def _counted(self) -> tuple[str, dict[int, Instance]]:
        """An attribute, and the objects by a whole number that each has for itself, such as its place on a tape."""
        slots: dict[str, dict[int, Instance]] = {}
        for each in self.made:
            for name, value in each.names.items():
                at = self._whole(value)
                if at is not None:
                    slots.setdefault(name, {})[at] = each
        return max(slots.items(), key=lambda pair: len(pair[1]), default=("", {}))

    def _whole(self, value: Any) -> int | None:
        if type(value) is int:
            return value
        if type(value) is not Ref:
            return None
        node = self.nodes[value.index]
        return int(node.value) if node.kind == "int" and type(node.value) is float else None

    def is_one(self, held: Held) -> bool:
        """Whether a place holds 1, or ones."""
        number = self._number(held)
        return number is not None and bool(np.all(np.asarray(number) == 1)) and np.size(number) > 0

    def is_zero(self, held: Held) -> bool:
        """Whether a place was cleared: it holds nothing, 0, or zeros that the text makes."""
        if held == (-1, None):
            return True
        number = self._number(held)
        return number is not None and not np.any(np.asarray(number))

    def _number(self, held: Held) -> Any:
        if held.node < 0:
            return held.number
        node: Node = self.nodes[held.node]
        if not node.inputs:
            return node.value
        # `self.grad += seed` where nothing was yet: 0 + 1.
        added = [self.nodes[i].value for i in node.inputs if not self.nodes[i].inputs] if node.op.is_addition else []
        known = bool(added) and len(added) == len(node.inputs) and all(each is not None for each in added)
        return sum(added) if known else node.op.filled
