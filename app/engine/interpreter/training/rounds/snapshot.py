"""What a text holds at one moment, in a form that two moments can be compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.sequences import in_order
from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.values import (
    Class,
    Defaulting,
    Function,
    Instance,
    Lazy,
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
_COUNTED = re.compile(r"#\d+")
_NUMBERS = (int, float, str)
_HOST = (int, float, str, bytes, range, slice, type(None), type(Ellipsis))


def uncounted(name: str) -> str:
    """A name or an address without how often it was given: `ypred#.out#` for `ypred#3.out#72`."""
    return _COUNTED.sub("#", name)


class Unlike(Exception):
    """What a text holds cannot be compared."""


Key = tuple[int, Any]
"""A place: the order in which its container is met, and the key."""
Lists = dict[int, tuple[list[Any], list[Any]]]
"""By identity, lists and what they held."""


@dataclass(slots=True)
class Snapshot:
    """tokens: what is reachable from the names in sight, in a fixed order. A node is told by its place in the round if
    the round wrote it, else by its index; objects by the order in which they are met, so that what is shared shows.
    refs, memories: those that show a node of the round, with its place; of the round before, a
    negative one. lists: by identity, each list and its items.
    appended: the items that lists have got since the moment before, each with its list, its place there, and its slot
    if it is a number of the host that differs. met: the objects in their order. places: by token, the place that is
    told. varying: the places whose numbers differ from round to round, and their slots. views: parts of arrays at an
    index that differs."""

    tokens: list[Any] = field(default_factory=list)
    refs: list[tuple[Ref, int]] = field(default_factory=list)
    memories: list[tuple[Memory, int]] = field(default_factory=list)
    lists: Lists = field(default_factory=dict)
    appended: list[tuple[list[Any], int, Any, int | None]] = field(default_factory=list)
    met: list[Any] = field(default_factory=list)
    places: dict[int, Key] = field(default_factory=dict)
    varying: dict[Key, int] = field(default_factory=dict)
    views: list[tuple[Ref, int]] = field(default_factory=list)

    def container(self, key: Key) -> Any:
        """The container of a place: a list, or a dictionary."""
        held = self.met[key[0]]
        if isinstance(held, Function):
            return held.defaults
        return held.names if isinstance(held, Scope | Instance | Class) else held

    def differing(self, other: Snapshot) -> list[Key]:
        """The places whose numbers are not the same in another snapshot. Raises Unlike where anything else differs."""
        if len(self.tokens) != len(other.tokens):
            raise Unlike
        found = []
        for i, (a, b) in enumerate(zip(self.tokens, other.tokens, strict=True)):
            if a == b:
                continue
            place = self.places.get(i)
            if place is None or place != other.places.get(i) or a[0] != b[0]:
                raise Unlike
            found.append(place)
        return found


def snapshot(interpreter: Interpreter, watch: Followed, variable: str, lists: Lists) -> Snapshot:
    """What the names in sight hold behind a round. variable: the loop's own name, which is left out. lists: those of
    the moment before it. Raises Unlike where something cannot be compared."""
    walk = _Walk(watch, variable, lists)
    scope: Scope | None = interpreter.scope
    walk.own = interpreter.scope
    walk.push([interpreter.globals])
    while scope is not None:
        walk.push([scope])
        scope = scope.parent
    walk.run()
    return walk.made


class _At(NamedTuple):
    """What stands at a place."""

    container: Any
    key: Key
    value: Any


class _Walk:
    def __init__(self, watch: Followed, variable: str, lists: Lists) -> None:
        self.watch = watch
        self.since = watch.start
        self.variable = variable
        self.lists = lists
        self.own: Scope | None = None
        self.made = Snapshot()
        self.met: dict[int, int] = {}
        self.waiting: list[Any] = []

    def push(self, values: Iterable[Any]) -> None:
        self.waiting += list(values)[::-1]

    def run(self) -> None:
        while self.waiting:
            if len(self.made.tokens) > _MOST:
                raise Unlike
            value = self.waiting.pop()
            if type(value) is _At:
                self.place(value)
            else:
                self.look(value)

    def place(self, at: _At) -> None:
        """What stands at a place that may hold a number that differs."""
        value = at.value
        slot = self.watch.places.slot(at.container, at.key[1], value)
        if slot is None and (picked := self.watch.picks.slot(at.container, at.key[1], value)) is not None:
            self.made.varying[at.key] = picked
            self.token("differs", "an array")
            return
        if slot is None:
            if isinstance(value, _NUMBERS):
                self.made.places[len(self.made.tokens)] = at.key
            self.look(value)
            return
        if type(at.container) is tuple or not isinstance(value, (*_NUMBERS, slice, Literal, Text)):
            raise Unlike
        self.made.varying[at.key] = slot
        self.token("differs", type(value).__name__)
        if type(value) is Literal:
            self.token(value.kind, value.array.shape)
            self.push([value.ref])

    def token(self, *parts: Any) -> None:
        self.made.tokens.append(parts)

    def first(self, value: Any) -> bool:
        """Whether an object is met for the first time. It is kept: an identity belongs to a living object."""
        known = len(self.met)
        order = self.met.setdefault(id(value), known)
        self.token(type(value).__name__, order)
        if order < known:
            return False
        self.made.met.append(value)
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
                self.token(self.by_round(value.index), value.frozen, value.doubtful)
                self.push([value.grad])
                if value.index >= self.watch.before:
                    self.made.memories.append((value, value.index - self.since))
            case Literal():
                if value.array.size > _MOST:
                    raise Unlike
                self.token(value.kind, value.made, value.tensor, value.array.shape, value.array.tobytes())
                self.push([value.ref])
            case Once():
                self.token(value.kind, value.spent, len(value))
                self.items(value, value)
            case Lazy():
                # What it gives next is not known before it is asked for.
                raise Unlike
            case list():
                self.list(value)
            case tuple():
                self.token(len(value))
                self.items(value, value)
            case dict():
                if isinstance(value, Defaulting):
                    self.token(id(value.factory), value.name)
                self.names(value, value)
            case set() | frozenset():
                self.set(value)
            case Scope():
                held = value.names
                if value is self.own:
                    held = {name: each for name, each in held.items() if name != self.variable}
                self.names(value.names, held)
                self.names(None, {name: ref for name, (_, ref) in value.constants.items()})
            case Function():
                self.function(value)
            case Class():
                self.token(id(value))
                self.names(value.names, value.names)
                self.push([value.base])
            case Instance():
                # An object that every round makes is counted on: `ypred#3`, `ypred#4`.
                self.token(id(value.cls), uncounted(value.address))
                self.names(value.names, value.names)
            case Method():
                self.push([value.function, value.owner])
            case Text():
                self.token(len(value.parts))
                self.push(value.parts)
            case Shown():
                self.token(value.spec, value.repr, value.tensor)
                self.push([value.ref])
            case _:
                self.token(id(value))

    def set(self, value: set[Any] | frozenset[Any]) -> None:
        if all(isinstance(item, Instance) for item in value):
            self.token(len(value))
            self.push(in_order(value))
        elif all(isinstance(item, _HOST) for item in value):
            self.token(frozenset(value))
        else:
            raise Unlike

    def by_round(self, index: int) -> tuple[str, int]:
        """A node by its place in this round or the one before."""
        if index >= self.since:
            return "now", index - self.since
        return ("before", index - self.watch.before) if index >= self.watch.before else ("fixed", index)

    def names(self, container: Any, held: Mapping[Any, Any]) -> None:
        """container: the dictionary itself, of which `held` shows what counts."""
        if not all(isinstance(key, (*_HOST, tuple)) for key in held):
            raise Unlike
        self.token(tuple(held))
        order = len(self.made.met) - 1
        self.push([_At(container, (order, key), value) for key, value in held.items()])

    def items(self, container: Any, held: Sequence[Any]) -> None:
        order = len(self.made.met) - 1
        self.push([_At(container, (order, at), value) for at, value in enumerate(held)])

    def ref(self, value: Ref) -> None:
        memory = value.memory
        if memory is not None:
            self.push([memory])
        if value.view is not None:
            array, op, attrs, _ = value.view
            index = attrs.get("index")
            if index and id(index) in self.watch.indexed:
                if value.stale:
                    raise Unlike
                self.made.views.append((value, value.index - self.since))
                self.token(op.name)
            else:
                self.token(op.name, attrs)
            self.push([array])
            if value.stale:
                # It is cut out of its buffer anew when it is asked for.
                return
        index = value.index
        self.token(self.by_round(index), value.boxed, value.python, value.order)
        if index >= self.watch.before:
            self.made.refs.append((value, index - self.since))

    def list(self, value: list[Any]) -> None:
        self.made.lists[id(value)] = (value, list(value))
        if id(value) in self.lists:
            _, known = self.lists[id(value)]
            if len(value) > len(known):
                if any(a is not b for a, b in zip(known, value, strict=False)):
                    raise Unlike
                first = len(known)
                self.token("grown", len(value) - first)
                for at, item in enumerate(value[first:], first):
                    slot = self.watch.places.slot(value, at, item)
                    if not self._fresh(item) and not isinstance(item, _HOST):
                        raise Unlike
                    self.made.appended.append((value, at, item, slot))
                    # Its place is another one in every round.
                    if slot is not None:
                        self.token("differs", type(item).__name__)
                    else:
                        self.look(item)
                return
        self.token(len(value))
        self.items(value, value)

    def _fresh(self, item: Any) -> bool:
        """Whether a list may get it in every round: a value that was computed in the round, or several in a tuple."""
        if type(item) is tuple:
            return bool(item) and all(type(part) is Ref and self._fresh(part) for part in item)
        return type(item) is Ref and item.memory is None and item.index >= self.since

    def function(self, value: Function) -> None:
        if value.foreign:
            return
        self.push([value.scope])
        self.names(value.defaults, value.defaults)
