"""The values of the interpreter.

Traced values are nodes (`Ref`). Everything else is a host value, which Python has and no gradient needs: numbers,
texts, lists, tuples, dictionaries and sets are Python's own objects; functions, classes, objects and modules are the
small classes below. No object of Python's is ever reached by a name from the text.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.ops import Op

if TYPE_CHECKING:
    from app.engine.interpreter.graph import GraphBuilder


class Memory:
    """A buffer of NumPy: `index` is the node of its newest version. Arrays that show the same buffer share it.

    doubtful: whether another array may or may not share the buffer (see `storage.py`).
    """

    __slots__ = ("doubtful", "frozen", "graph", "index", "version")

    def __init__(self, graph: GraphBuilder, index: int) -> None:
        self.graph = graph
        self.index = index
        self.version = 0
        self.frozen = self.doubtful = False


class Ref:
    """A traced value: a node of the program, and how Python would hold it.

    boxed: whether it is an array even without axes, as `np.array(2.0)` is; otherwise it would be a number then.
    python: whether it would be one of Python's own numbers, and not one of NumPy's.
    order: the layout of an array in memory: "C" (rows), "F" (a transposed one), "" where it is not known.
    memory: the buffer; made when a view is taken or something is stored. view: (array, op, attrs, span), what this
    shows of another array; None for the whole buffer.
    """

    __slots__ = ("_node", "_version", "boxed", "memory", "order", "python", "view")

    def __init__(self, index: int, *, boxed: bool = False, python: bool = False, order: str = "C") -> None:
        self._node = index
        self._version = 0
        self.boxed = boxed
        self.python = python
        self.order = order
        self.memory: Memory | None = None
        self.view: tuple[Ref, Op, dict[str, Any], Any] | None = None

    @property
    def index(self) -> int:
        """The node of its value now: what was stored in the buffer meanwhile shows."""
        memory = self.memory
        if memory is not None and memory.version != self._version:
            if self.view is None:
                self._node = memory.index
            else:
                array, op, attrs, span = self.view
                self._node = memory.graph.operation(op, (array.index,), attrs, span).index
            self._version = memory.version
        return self._node

    def becomes(self, index: int) -> None:
        """The buffer was stored into through this array, which is node `index` now."""
        assert self.memory is not None
        self._node = index
        self._version = self.memory.version


class Literal:
    """An array that the text writes out or makes, such as `np.zeros((2, 3))`; it becomes a node when it is used.

    kind: the number type that NumPy would give it. made: whether a function made it (zeros, random numbers), so that
    arithmetic on it is part of making it. ref: its node, once there is one. name: the variable that it is.
    """

    __slots__ = ("array", "kind", "made", "name", "ref")

    def __init__(self, array: np.ndarray[Any, np.dtype[np.float64]], kind: str, *, made: bool = False) -> None:
        self.array = array
        self.kind = kind
        self.made = made
        self.ref: Ref | None = None
        self.name: str | None = None


class Defaulting(dict):  # type: ignore[type-arg]
    """A `defaultdict` or a `Counter`: a missing key gets what `factory` returns. shown: what stands before its items
    when it is printed; None for an address."""

    def __init__(self, factory: Any, name: str, shown: str | None, *given: Any) -> None:
        super().__init__(*given)
        self.factory = factory
        self.name = name
        self.shown = shown

    def in_order(self) -> list[tuple[Any, Any]]:
        """Its items as they are printed: those of a Counter by their number."""
        held = list(self.items())
        counted = self.name == "Counter" and all(isinstance(n, int | float) for _, n in held)
        return sorted(held, key=lambda item: item[1], reverse=True) if counted else held


class Once(list):  # type: ignore[type-arg]
    """What Python gives items from, and is no list: a view of a dictionary, or an iterator such as `zip`, which is
    empty once it was gone through. kind: Python's name of it. source: the dictionary that a view shows."""

    def __init__(self, kind: str, items: Any, source: dict[Any, Any] | None = None) -> None:
        super().__init__(items)
        self.kind = kind
        self.source = source
        self.spent = False

    @property
    def is_view(self) -> bool:
        return self.kind.startswith("dict_")

    def spend(self, interpreter: Any, where: ast.AST) -> list[Any]:
        """Its items, for a loop. What is left after a loop that ended early is not known here, so it serves once."""
        if self.spent:
            raise interpreter.fail(
                f"this {self.kind} was gone through already", where, "Make it a list first, which can be used often."
            )
        self.spent = not self.is_view
        return self.now()

    def now(self) -> list[Any]:
        """Its items; those of a view follow its dictionary."""
        source = self.source
        if source is not None:
            shown: Any = {"dict_keys": source.keys, "dict_values": source.values}.get(self.kind, source.items)
            self[:] = list(shown())
        return self


@dataclass(frozen=True, slots=True)
class Shown:
    """A number or an array inside a text: what is shown of a node, as `spec` and `conversion` of an f-string say."""

    ref: Ref
    spec: str = ""
    repr: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text with traced values in it, which is written out anew in every run."""

    parts: tuple[str | Shown, ...]


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function that is an op. spelling: its name in the text, such as `np.exp`."""

    op: Op
    spelling: str


@dataclass(frozen=True, slots=True)
class Native:
    """A function that the interpreter carries out itself. run(interpreter, call) -> value; `call` is a
    `calls.Call`: the evaluated arguments and their places."""

    spelling: str
    run: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Module:
    """A namespace that an import gives. names: what it offers; prefix: how messages write it."""

    name: str
    names: Callable[[], Mapping[str, Any]]
    silent: bool = False
    """Whether calls of anything in it are passed over: plotting."""
    shape: tuple[int, ...] = ()
    """Of what is passed over: how many there are in each direction, for loops over the axes of a figure."""


@dataclass(frozen=True, slots=True)
class Dtype:
    """A number type of NumPy, or Python's float, int and bool as one. kind: "float", "int" or "bool"."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class HostType:
    """One of Python's types of containers and texts: `list`, `dict`, `str` ... run: as that of a `Native`. methods:
    what is called on the type itself, `str.upper`."""

    name: str
    types: tuple[type, ...]
    run: Callable[..., Any]
    methods: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


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
    passed: frozenset[str] = frozenset()
    """Parameters of a function of the text for which a call gives a whole number."""


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


@dataclass(slots=True, eq=False)
class Class:
    """A class of the reader's text. names: its attributes and methods. base: at most one."""

    name: str
    base: Class | None
    names: dict[str, Any]

    def find(self, name: str) -> Any:
        """An attribute of the class or its bases; KeyError where there is none."""
        found: Class | None = self
        while found is not None:
            if name in found.names:
                return found.names[name]
            found = found.base
        raise KeyError(name)

    def derives(self, other: Class) -> bool:
        found: Class | None = self
        while found is not None:
            if found is other:
                return True
            found = found.base
        return False


@dataclass(slots=True, eq=False)
class Instance:
    """An object of such a class. address: how one points at it, such as `net.layers[0]`."""

    cls: Class
    names: dict[str, Any]
    address: str


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A function bound to an object."""

    function: Any
    owner: Any


@dataclass(frozen=True, slots=True)
class Property:
    """`@property` on a method."""

    function: Function


@dataclass(frozen=True, slots=True)
class Super:
    """`super()` in a method: attributes are looked up from `cls` on."""

    cls: Class | None
    owner: Instance


def copied(ref: Ref, *, boxed: bool = False) -> Ref:
    """A copy, as `.copy()` makes it: the same node, in another buffer."""
    return Ref(ref.index, boxed=boxed)


def describe(value: Any) -> str:  # noqa: C901 - one case per kind of value
    """A value in a few words, for error messages."""
    match value:
        case None:
            return "None"
        case bool():
            return str(value)
        case int() | float():
            return f"the number {value}"
        case str() | Text():
            return "a string"
        case Ref():
            return "a computed value"
        case Literal() | np.ndarray():
            return "an array"
        case Builtin() | Native():
            return f"the function {value.spelling}"
        case Function():
            return f"the function {value.name}"
        case Method():
            return "a method"
        case Class():
            return f"the class {value.name}"
        case Instance():
            return f"an object of the class {value.cls.name}"
        case Module():
            return f"the module {value.name}"
        case Dtype():
            return f"the number type {value.name}"
        case HostType():
            return f"the type {value.name}"
        case tuple():
            return "a tuple"
        case Once():
            return f"a {value.kind}"
        case list():
            return "a list"
        case dict():
            return "a dictionary"
        case set() | frozenset():
            return "a set"
        case range():
            return "a range"
        case slice():
            return "a slice"
        case _:
            return "this"
