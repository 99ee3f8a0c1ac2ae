"""What the text defines: functions, classes and their objects, and the scopes that they live in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.engine.interpreter.values.traced import Ref


@dataclass(slots=True)
class Scope:
    """The names of one scope. own: the names that the function assigns, which are local to it, as in Python.

    constants: for a number that a local name holds, the node that it became when it met a traced value.
    """

    names: dict[str, Any]
    parent: Scope | None = None
    own: frozenset[str] = frozenset()
    constants: dict[str, tuple[Any, Ref]] = field(default_factory=dict)
    outer: dict[str, Scope] = field(default_factory=dict)
    """Names declared global or nonlocal, and the scope that holds them."""
    method: Function | None = None
    """The method that this is the scope of."""
    function: Function | None = None
    """The function of the text that this is the scope of."""
    caller: Scope | None = None
    """The scope in which that was called."""
    passed: frozenset[str] = frozenset()
    """Parameters of a function of the text for which a call gives a whole number."""

    def holder(self, name: str) -> Scope | None:
        """This scope, or the innermost one around it, that has the name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.parent
        return scope

    def target(self, name: str) -> Scope:
        """Where an assignment to the name goes."""
        return self.outer.get(name, self)


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A `def` or `lambda`, with the scope of its definition. foreign: whether it is part of the prelude and not of the
    reader's text. many, named: the names of `*args` and `**kwargs`."""

    name: str
    parameters: tuple[str, ...]
    keyword_only: tuple[str, ...]
    defaults: dict[str, Any]
    body: tuple[ast.stmt, ...]
    scope: Scope
    foreign: bool
    own: frozenset[str] = field(default_factory=frozenset)
    many: str | None = None
    named: str | None = None
    owner: Class | None = None
    arrays: frozenset[str] = frozenset()
    """Parameters that become arrays, of a function of NumPy that the prelude writes."""
    yields: bool = False
    """Whether a call gives a generator."""


@dataclass(slots=True, eq=False)
class Class:
    """A class of the reader's text, or one of Python's own, which takes no attributes (fixed).

    names: its attributes and methods. base: at most one. annotated: the names that its body annotates, in order.
    fields: those of a data class, as `library/dataclasses.py` has them; frozen: whether they stay as they begin.
    derived(interpreter, class, call): what a class that is derived from it becomes, for `NamedTuple` and `Enum`.
    """

    name: str
    base: Class | None
    names: dict[str, Any]
    annotated: tuple[str, ...] = ()
    fields: dict[str, Any] | None = None
    frozen: bool = False
    fixed: bool = False
    derived: Callable[..., Any] | None = None
    members: tuple[Any, ...] = ()
    """What a loop over the class gets: those of an `Enum`."""

    def line(self) -> Iterator[Class]:
        """The class and what it is derived from, one after the other."""
        found: Class | None = self
        while found is not None:
            yield found
            found = found.base

    def find(self, name: str) -> Any:
        """An attribute of the class or its bases; KeyError where there is none."""
        for cls in self.line():
            if name in cls.names:
                return cls.names[name]
        raise KeyError(name)

    def derives(self, other: Class) -> bool:
        return any(cls is other for cls in self.line())


@dataclass(slots=True, eq=False)
class Instance:
    """An object of such a class. address: how one points at it, such as `net.layers[0]`. order: the how manyth of the
    program it is, which is its hash, so that a set of objects has the same order every time."""

    cls: Class
    names: dict[str, Any]
    address: str
    order: int = 0
    name: str = ""
    """What the top level calls it, where its address does not say so."""

    def __hash__(self) -> int:
        return self.order


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A function bound to an object."""

    function: Any
    owner: Any


@dataclass(frozen=True, slots=True)
class Property:
    """`@property` on a method. setter: what an assignment calls."""

    function: Function
    setter: Function | None = None


@dataclass(frozen=True, slots=True)
class Super:
    """`super()` in a method: attributes are looked up from `cls` on."""

    cls: Class | None
    owner: Instance
