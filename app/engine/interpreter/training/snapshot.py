"""What a text holds at one moment, in a form that two moments can be compared by."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import (
    Class,
    Defaulting,
    Function,
    Instance,
    Literal,
    Memory,
    Method,
    Once,
    Ref,
    Scope,
    Shown,
    Text,
)

_MOST = 30_000
"""Values that are looked at."""
_HOST = (int, float, str, bytes, range, slice, type(None), type(Ellipsis))


class Unlike(Exception):
    """What a text holds cannot be compared."""


@dataclass(slots=True)
class Snapshot:
    """tokens: what is reachable from the names in sight, in a fixed order. A node is told by its place in the round if
    the round wrote it, else by its index; objects by the order in which they are met, so that what is shared shows.
    refs, memories: those that show a node of the round, with its place. lists: by identity, each list and its items.
    appended: the items that lists have got since the moment before."""

    tokens: list[Any] = field(default_factory=list)
    refs: list[tuple[Ref, int]] = field(default_factory=list)
    memories: list[tuple[Memory, int]] = field(default_factory=list)
    lists: dict[int, tuple[list[Any], list[Any]]] = field(default_factory=dict)
    appended: list[tuple[list[Any], int, Ref]] = field(default_factory=list)


def snapshot(interpreter: Interpreter, since: int, variable: str, before: Snapshot | None) -> Snapshot:
    """What the names in sight hold. since: the first node of the round. variable: the loop's own name, which is left
    out. Raises Unlike where something cannot be compared, or a function reads the variable."""
    walk = _Walk(since, variable, before)
    scope: Scope | None = interpreter.scope
    walk.own = interpreter.scope
    walk.push([interpreter.globals])
    while scope is not None:
        walk.push([scope])
        scope = scope.parent
    walk.run()
    return walk.made


class _Walk:
    def __init__(self, since: int, variable: str, before: Snapshot | None) -> None:
        self.since = since
        self.variable = variable
        self.before = before
        self.own: Scope | None = None
        self.made = Snapshot()
        self.met: dict[int, int] = {}
        self.kept: list[Any] = []
        self.waiting: list[Any] = []

    def push(self, values: Iterable[Any]) -> None:
        self.waiting += list(values)[::-1]

    def run(self) -> None:
        while self.waiting:
            if len(self.made.tokens) > _MOST:
                raise Unlike
            self.look(self.waiting.pop())

    def token(self, *parts: Any) -> None:
        self.made.tokens.append(parts)

    def first(self, value: Any) -> bool:
        """Whether an object is met for the first time. It is kept: an identity belongs to a living object."""
        known = len(self.met)
        order = self.met.setdefault(id(value), known)
        self.token(type(value).__name__, order)
        if order < known:
            return False
        self.kept.append(value)
        return True

    def look(self, value: Any) -> None:  # noqa: C901 - one case per kind of value
        if isinstance(value, _HOST):
            self.token(type(value).__name__, value)
            return
        if not self.first(value):
            return
        match value:
            case Ref():
                self.ref(value)
            case Memory():
                self.token(self.place(value.index), value.frozen, value.doubtful)
                if value.index >= self.since:
                    self.made.memories.append((value, value.index - self.since))
            case Literal():
                if value.array.size > _MOST:
                    raise Unlike
                self.token(value.kind, value.made, value.array.shape, value.array.tobytes())
                self.push([value.ref])
            case Once():
                self.token(value.kind, value.spent, len(value))
                self.push(value)
            case list():
                self.list(value)
            case tuple():
                self.token(len(value))
                self.push(value)
            case dict():
                if isinstance(value, Defaulting):
                    self.token(id(value.factory), value.name)
                self.names(value)
            case set() | frozenset():
                if not all(isinstance(item, _HOST) for item in value):
                    raise Unlike
                self.token(frozenset(value))
            case Scope():
                held = value.names
                if value is self.own:
                    held = {name: each for name, each in held.items() if name != self.variable}
                self.names(held)
                self.names({name: ref for name, (_, ref) in value.constants.items()})
            case Function():
                self.function(value)
            case Class():
                self.token(id(value))
                self.names(value.names)
                self.push([value.base])
            case Instance():
                self.token(id(value.cls), value.address)
                self.names(value.names)
            case Method():
                self.push([value.function, value.owner])
            case Text():
                self.token(len(value.parts))
                self.push(value.parts)
            case Shown():
                self.token(value.spec, value.repr)
                self.push([value.ref])
            case _:
                self.token(id(value))

    def place(self, index: int) -> tuple[bool, int]:
        return index >= self.since, index - self.since if index >= self.since else index

    def names(self, held: Mapping[Any, Any]) -> None:
        if not all(isinstance(key, (*_HOST, tuple)) for key in held):
            raise Unlike
        self.token(tuple(held))
        self.push(held.values())

    def ref(self, value: Ref) -> None:
        memory = value.memory
        if memory is not None:
            self.push([memory])
        if value.view is not None:
            array, op, attrs, _ = value.view
            self.token(op.name, attrs)
            self.push([array])
            if value.stale:
                # It is cut out of its buffer anew when it is asked for.
                return
        index = value.index
        self.token(self.place(index), value.boxed, value.python, value.order)
        if index >= self.since:
            self.made.refs.append((value, index - self.since))

    def list(self, value: list[Any]) -> None:
        self.made.lists[id(value)] = (value, list(value))
        items: list[Any] = value
        if self.before is not None and id(value) in self.before.lists:
            _, known = self.before.lists[id(value)]
            if len(value) > len(known):
                if any(a is not b for a, b in zip(known, value, strict=False)):
                    raise Unlike
                items = value[len(known) :]
                for at, item in enumerate(items, len(known)):
                    if type(item) is Ref and item.memory is None and item.index >= self.since:
                        self.made.appended.append((value, at, item))
                    elif not isinstance(item, _HOST):
                        raise Unlike
        self.token(len(items))
        self.push(items)

    def function(self, value: Function) -> None:
        if value.foreign:
            return
        if self.variable not in value.own and self.variable not in value.parameters and _reads(value, self.variable):
            raise Unlike
        self.push([value.scope])
        self.names(value.defaults)


def _reads(function: Function, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for line in function.body for part in ast.walk(line))
