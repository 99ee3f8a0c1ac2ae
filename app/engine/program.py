"""A program as data: nodes in topological order. Inputs precede their users, so there are no cycles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from app.engine.errors import Span
from app.engine.ops import CONSTANT, INPUT, Op

Array = np.ndarray[Any, np.dtype[np.float64]]
Value = float | Array
"""The value of a node: a Python float if its shape is (), else a float64 array."""

NumberKind = Literal["float", "int", "bool"]
"""The type that Python would give the number. It decides how the number is printed and which operations are refused;
arithmetic is always in float64."""

GroupKind = Literal["call", "region", "scalar", "part"]

NO_GROUP = -1


class Node(NamedTuple):
    """One value of the program.

    inputs: indices into `Program.nodes`. group: an index into `Program.groups`, NO_GROUP outside all groups.
    value: the literal of a constant, or the default of an input; None for a free name and for operations.
    """

    id: str
    op: Op
    inputs: tuple[int, ...]
    attrs: dict[str, Any]
    name: str | None
    group: int
    span: Span | None
    kind: NumberKind
    value: Value | None

    @property
    def role(self) -> str:
        return "input" if self.op is INPUT else "constant" if self.op is CONSTANT else "operation"


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that belong together: those of a function call ("call"), of the lines between `# region NAME` and
    `# endregion` ("region"), of an array opened to its scalars ("scalar"), or consecutive nodes of a large program
    ("part").

    parent: index of the enclosing group. summary: what a function of the prelude does, in one line.
    arguments: for a call, (parameter, argument) pairs; an argument is a node's id, a number, or None for anything else.
    """

    id: str
    name: str
    parent: int
    kind: GroupKind = "call"
    summary: str | None = None
    arguments: tuple[tuple[str, str | float | None], ...] = ()


class ShapeItem(NamedTuple):
    """`x.shape` in a print: the shape of a node."""

    node: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One `print(...)`: its items in order, each a text, the index of a node, or the shape of a node."""

    line: int
    items: tuple[str | int | ShapeItem, ...]

    @property
    def nodes(self) -> list[int]:
        """The nodes that must be computed before it can be printed."""
        return [item if isinstance(item, int) else item.node for item in self.items if not isinstance(item, str)]


@dataclass(frozen=True, slots=True)
class Manual:
    """A line `dX = ...` of the reader's own backward pass. name: "dX"; target: the node X; node: the node computed for
    the gradient of X. line: counted from 1."""

    name: str
    target: int
    node: int
    line: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that must wait for shapes: an expression that NumPy computes differently if the value of `node` is an
    array (with `of_array` False: if it is a number). Then the program is refused with this message and hint.

    boxed: whether the node is an array even without axes, as `np.array(2.0)` is.
    others: (node, boxed) pairs, -1 for an array literal; unless empty, one of them must be an array, too.
    grown: unless None, a node whose shape must differ from that of `node`.
    """

    node: int
    of_array: bool
    span: Span
    message: str
    hint: str
    boxed: bool = False
    others: tuple[tuple[int, bool], ...] = ()
    grown: int | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """What a source text means.

    names: top-level name -> index of the node it holds after the last line.
    fixed: index of an input -> the line that used its value for a shape, an index or a loop bound, so that changing it
    needs another program.
    doubts: checks that wait until it is known whether a value is an array or a number.
    """

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    names: dict[str, int]
    output: int
    prints: tuple[Printed, ...] = ()
    manual: tuple[Manual, ...] = ()
    fixed: dict[int, int] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    @property
    def wanted(self) -> list[int]:
        """The nodes that must be computed: first the output, then what is printed, then manual gradients."""
        return [self.output, *(i for printed in self.prints for i in printed.nodes), *(m.node for m in self.manual)]

    @property
    def free(self) -> tuple[int, ...]:
        """The inputs that have no value yet."""
        return tuple(i for i, node in enumerate(self.nodes) if node.op is INPUT and node.value is None)


def ancestors(nodes: tuple[Node, ...], roots: list[int]) -> bytearray:
    """One byte for each node: 1 if it is one of `roots` or leads to one, else 0."""
    marks = bytearray(len(nodes))
    for root in roots:
        marks[root] = 1
    for i in range(max(roots, default=-1), -1, -1):
        if marks[i]:
            for j in nodes[i].inputs:
                marks[j] = 1
    return marks
