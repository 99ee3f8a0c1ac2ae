"""A program as data: nodes in topological order. Inputs precede users, so cycles are impossible and nothing
recurses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from app.engine.errors import Span
from app.engine.ops import CONSTANT, INPUT, Op

Array = np.ndarray[Any, np.dtype[np.float64]]
Value = float | Array
"""What a node holds: a Python float where its shape is (), a float64 array elsewhere."""

NumberKind = Literal["float", "int", "bool"]
"""What Python would hold: decides how a printed number looks and which sums are refused, never how it is computed."""

GroupKind = Literal["call", "region", "scalar", "part"]

NO_GROUP = -1


class Node(NamedTuple):
    """One value of the program.

    inputs and group are positions (in `Program.nodes`, `Program.groups`; NO_GROUP outside all groups).
    value: the literal of a constant, the default of an input; None for a free name and for operations.
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
    `# endregion` ("region"), of an array opened to its scalars ("scalar"), or a run of a large program ("part").

    parent: the position of the group around it. summary: what a function of the prelude does, in one line.
    arguments: of a call, per parameter the id of the node that it was given, or the number; None for anything else.
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
    """One `print(...)`: texts, positions of nodes, and shapes of nodes, in order."""

    line: int
    items: tuple[str | int | ShapeItem, ...]

    @property
    def nodes(self) -> list[int]:
        """The nodes that must be there to print it."""
        return [item if isinstance(item, int) else item.node for item in self.items if not isinstance(item, str)]


@dataclass(frozen=True, slots=True)
class Manual:
    """A line `dX = ...` of the reader's own backward pass: `name`, the node X and the node that was computed for it."""

    name: str
    target: int
    node: int
    line: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that NumPy means otherwise should the value `node` turn out to be an array (or, with `of_array` False, a
    number): then it is refused with this message and hint.

    boxed: whether the node is an array even should it have no axes, as `np.array(2.0)` is.
    others: where there are any, one of these (node and whether boxed; -1 is an array) must be an array as well.
    grown: where it is given, the node whose shape must be another than that of `node`.
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

    names: where each top-level name points at the end. `free` lists the inputs that have no value yet.
    fixed: inputs that a shape, an index or a loop was decided with, each with the line that did so.
    doubts: places that are refused should a value turn out to be an array, or a number.
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
    def free(self) -> tuple[int, ...]:
        return tuple(i for i, node in enumerate(self.nodes) if node.op is INPUT and node.value is None)


def ancestors(nodes: tuple[Node, ...], roots: list[int]) -> bytearray:
    """Marks (1) for every node that leads to one of `roots`, the roots included."""
    marks = bytearray(len(nodes))
    for root in roots:
        marks[root] = 1
    for i in range(max(roots, default=-1), -1, -1):
        if marks[i]:
            for j in nodes[i].inputs:
                marks[j] = 1
    return marks
