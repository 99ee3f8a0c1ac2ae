"""What a text stores into its objects and containers, in order: from it the backward pass of an engine that the learner
wrote is found (`own_engine`)."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from app.engine.interpreter.values import Instance, Literal, Ref, Scope
from app.engine.own_pass import Held

NOTHING = Held()
NUMBERS = frozenset({Ref, float, int, type(None), Literal})
"""The types of what is noted: numbers, and nothing."""


class Store(NamedTuple):
    """One store. owner: an object, a list or a dictionary; slot: the attribute, the index or the key. scope: that of
    the function in which it happens; among: the objects that names point at there."""

    owner: Any
    slot: Any
    before: Held
    after: Held
    where: ast.AST
    scope: Scope
    among: tuple[Instance, ...]


class Stores:
    """The stores of one reading. made: each object, with the scope in which it was made and how many stores there
    were."""

    def __init__(self) -> None:
        self.made: list[tuple[Instance, Scope, int]] = []
        self.stored: list[Store] = []
        self.partial = False
        """Whether something was stored without being noted: where a large turn computes with numbers alone."""

    def note(self, owner: Any, slot: Any, before: Any, after: Any, where: ast.AST, scope: Scope) -> None:
        """Notes a store of a number or of nothing."""
        new = held(after)
        if new is None:
            return
        if before is _ABSENT:
            # What an object begins with comes from nowhere.
            made: tuple[Any, ...] = (owner, slot, NOTHING, new, where, scope, ())
        else:
            made = (owner, slot, held(before) or NOTHING, new, where, scope, _instances(scope))
        # There is one for every number of an object: the constructor of a named tuple takes twice as long.
        self.stored.append(tuple.__new__(Store, made))

    def item(self, owner: Any, key: Any, before: Any, after: Any, where: ast.AST, scope: Scope) -> None:
        """The same of an item of a list or a dictionary, in a text that makes objects."""
        if self.made and type(after) in (Ref, float, int):
            self.note(owner, key, before, after, where, scope)


_ABSENT = object()


def absent() -> Any:
    """What stands for a place that is new."""
    return _ABSENT


def held(value: Any) -> Held | None:
    """A value as a place holds it now; None for what is no number."""
    kind = type(value)
    if kind is Ref:
        return tuple.__new__(Held, (value.node if value.memory is None else value.index, None))
    if kind is float or kind is int:
        return tuple.__new__(Held, (-1, float(value)))
    if value is None:
        return NOTHING
    if kind is Literal:
        return Held(number=value.value) if value.ref is None else Held(value.ref.index)
    return None


def _instances(scope: Scope) -> tuple[Instance, ...]:
    """The objects that names of functions point at, the innermost and newest last; not those of the top level, unless
    it is the top level that stores."""
    scopes: list[Scope] = []
    inner: Scope | None = scope
    while inner is not None and (inner.parent is not None or inner is scope):
        scopes.append(inner)
        inner = inner.parent
    return tuple([value for each in reversed(scopes) for value in each.names.values() if type(value) is Instance])
