"""Numbers and arrays: a node as Python would hold it, the buffer that arrays share, an array that is no node yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

import numpy as np

from app.engine.ops import Op
from app.engine.program import Value

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder


_NONE: Mapping[int, Memory] = MappingProxyType({})


class Waiting(Protocol):
    """Stores that wait until somebody reads the buffer (`graph/filling.py`)."""

    stores: list[Any]

    def written(self, base: int) -> int:
        """The node of the buffer after them; `base`: that before them."""


class Memory:
    """A buffer of NumPy: `index` is the node of its newest version. Arrays that show the same buffer share it.

    before: that node without the stores that are `waiting`. doubtful: whether another array may or may not share the
    buffer (see `graph/storage.py`). grad: the gradient that PyTorch keeps for it. views: what keeps those of views of
    it, by their nodes. apart: buffers that are the same one in PyTorch, so that nothing may be stored here while they
    are held.
    """

    __slots__ = ("__weakref__", "apart", "before", "doubtful", "frozen", "grad", "graph", "version", "views", "waiting")

    def __init__(self, graph: GraphBuilder, index: int) -> None:
        self.graph = graph
        self.before = index
        self.waiting: Waiting | None = None
        self.version = 0
        self.frozen = self.doubtful = False
        self.grad: Ref | None = None
        self.views: Mapping[int, Memory] = _NONE
        self.apart: WeakSet[Memory] | None = None

    @property
    def index(self) -> int:
        """The node of its newest version: stores that waited are written now."""
        waiting = self.waiting
        if waiting is not None:
            self.waiting = None
            self.before = waiting.written(self.before)
        return self.before

    @index.setter
    def index(self, node: int) -> None:
        self.before = node


class Ref:
    """A traced value: a node of the program, and how Python would hold it.

    boxed: whether it is an array even without axes, as `np.array(2.0)` is; otherwise it would be a number then.
    python: whether it would be one of Python's own numbers, and not one of NumPy's.
    order: the layout of an array in memory: "C" (rows), "F" (a transposed one), "" where it is not known.
    memory: the buffer; made when a view is taken or something is stored. view: (array, op, attrs, span), what this
    shows of another array; None for the whole buffer. node: `index` as it was when it was last asked for; the same as
    long as there is no buffer, and quicker.
    """

    __slots__ = ("_version", "boxed", "memory", "node", "order", "python", "view")
    _version: int

    # There is one for every node: arguments by name alone would take half as long again, and a version matters only
    # beside a buffer (`show`).
    def __init__(self, index: int, boxed: bool = False, python: bool = False, order: str = "C") -> None:
        self.node = index
        self.boxed = boxed
        self.python = python
        self.order = order
        self.memory: Memory | None = None
        self.view: tuple[Ref, Op, dict[str, Any], Any] | None = None

    def show(self, memory: Memory) -> None:
        """From now on it shows this buffer, as that is now."""
        self.memory = memory
        self._version = memory.version

    @property
    def stale(self) -> bool:
        """Whether something was stored in the buffer since it was last asked for."""
        return self.memory is not None and self.memory.version != self._version

    @property
    def index(self) -> int:
        """The node of its value now: what was stored in the buffer meanwhile shows."""
        memory = self.memory
        if memory is not None and memory.version != self._version:
            made = memory.index
            if self.view is not None:
                array, op, attrs, span = self.view
                made = memory.graph.operation(op, (array.index,), attrs, span).index
            memory.graph.tensors.typed_as(made, self.node)
            self.node = made
            self._version = memory.version
        return self.node

    @property
    def like(self) -> int:
        """A node of the same shape and kind, for which no store that waits has to be written."""
        memory = self.memory
        return self.index if memory is None or memory.waiting is None or self.view is not None else memory.before

    def becomes(self, index: int) -> None:
        """The buffer was stored into through this array, which is node `index` now."""
        assert self.memory is not None
        self.node = index
        self._version = self.memory.version


class Literal:
    """An array that the text writes out or makes, such as `np.zeros((2, 3))`; it becomes a node when it is used.

    kind: the number type that NumPy would give it. made: whether a function made it (zeros, random numbers), so that
    arithmetic on it is part of making it. ref: its node, once there is one. name: the variable that it is. tensor: the
    number type of a tensor of PyTorch; None for an array.
    """

    __slots__ = ("array", "kind", "made", "name", "ref", "tensor")

    def __init__(
        self,
        array: np.ndarray[Any, np.dtype[np.float64]],
        kind: str,
        *,
        made: bool = False,
        tensor: str | None = None,
    ) -> None:
        self.array = array
        self.kind = kind
        self.made = made
        self.ref: Ref | None = None
        self.name: str | None = None
        self.tensor = tensor

    @property
    def value(self) -> Value:
        """As a node holds it."""
        return self.array if self.array.shape else float(self.array)


def node_of(value: Any) -> Ref | None:
    """The node of a number or an array; None for anything else, and for an array that has none yet."""
    if type(value) is Literal:
        return value.ref
    return value if type(value) is Ref else None


def copied(ref: Ref, *, boxed: bool = False) -> Ref:
    """A copy, as `.copy()` makes it: the same node, in another buffer."""
    return Ref(ref.index, boxed=boxed)
