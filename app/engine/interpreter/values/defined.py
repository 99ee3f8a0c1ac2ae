"""What the text defines: functions, classes and their objects, and the scopes that they live in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.engine.interpreter.values.traced import Ref

_NONE: frozenset[str] = frozenset()


class Scope:
    """The names of one scope.

    own: the names that the function assigns, which are local to it, as in Python. constants: for a number that a local
    name holds, the node that it became when it met a traced value. outer: names declared global or nonlocal, and the
    scope that holds them. method: the method that this is the scope of; function: the function of the text; caller: the
    scope in which that was called. passed: the parameters for which a call of it gives a whole number.
    """

    __slots__ = ("caller", "constants", "function", "method", "names", "outer", "own", "parent", "passed")

    # There is one for every call: the constructor of a data class takes twice as long.
    def __init__(
        self,
        names: dict[str, Any],
        parent: Scope | None = None,
        own: frozenset[str] = _NONE,
        method: Function | None = None,
    ) -> None:
        self.names = names
        self.parent = parent
        self.own = own
        self.method = method
        self.constants: dict[str, tuple[Any, Ref]] = {}
        self.outer: dict[str, Scope] = {}
        self.function: Function | None = None
        self.caller: Scope | None = None
        self.passed = _NONE

    def holder(self, name: str) -> Scope | None:
        """This scope, or the innermost one around it, that has the name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.parent
        return scope

    def target(self, name: str) -> Scope:
        """Where an assignment to the name goes."""
        return self.outer.get(name, self)


@dataclass(slots=True, eq=False)
class Function:
    """A `def` or `lambda`, with the scope of its definition. foreign: whether it is part of the prelude and not of the
    reader's text. many, named: the names of `*args` and `**kwargs`. It never changes. (A closure makes one each time:
    one that is frozen takes three times as long.)"""

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
    plain: bool = False
    """Whether it has no parameters but those that may be given by place."""
    ends: ast.expr | None = None
    """What its last line returns."""
    lines: tuple[ast.stmt, ...] = ()
    """Its lines, but for that one."""


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
        found = self.get(name, _ABSENT)
        if found is _ABSENT:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any) -> Any:
        """The same; `default` where there is none."""
        cls: Class | None = self
        while cls is not None:
            if name in cls.names:
                return cls.names[name]
            cls = cls.base
        return default

    def derives(self, other: Class) -> bool:
        return self is other or any(cls is other for cls in self.line())


_ABSENT = object()


class Instance:
    """An object of such a class. address: how one points at it, such as `net.layers[0]`. order: the how manyth of the
    program it is, which is its hash, so that a set of objects has the same order every time. name: what the top level
    calls it, where its address does not say so."""

    __slots__ = ("address", "cls", "name", "names", "order")

    def __init__(self, cls: Class, names: dict[str, Any], address: str, order: int = 0) -> None:
        self.cls = cls
        self.names = names
        self.address = address
        self.order = order
        self.name = ""

    def __hash__(self) -> int:
        return self.order

    def __repr__(self) -> str:
        """What the text calls it: so it stands in the address of what a dictionary holds for it, `feed[X]`."""
        return self.name or self.address


class Method:
    """A function bound to an object."""

    __slots__ = ("function", "owner")

    def __init__(self, function: Any, owner: Any) -> None:
        self.function = function
        self.owner = owner


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
