"""A program as data: nodes in topological order. Inputs precede their users, so there are no cycles."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, cast

import numpy as np

from app.engine.errors import Span
from app.engine.ops import CONSTANT, INPUT, Op
from app.engine.own_pass import OwnPass

Array = np.ndarray[Any, np.dtype[np.float64]]
Value = float | Array
"""The value of a node: a Python float if its shape is (), else a float64 array."""

NumberKind = Literal["float", "int", "bool"]
"""The type that Python would give the number. It decides how the number is printed and which operations are refused;
arithmetic is always in float64."""

GroupKind = Literal["call", "region", "scalar", "part", "repeat", "beside", "turn"]

NO_GROUP = -1


def key_text(key: Any) -> str:
    """A key of a dictionary as a text writes it: `"W1"`, `0`, `(0, 1)`; an object or a function by its name."""
    if type(key) is str:
        return json.dumps(key, ensure_ascii=False)
    if type(key) is tuple:
        return f"({', '.join(map(key_text, key))}{',' * (len(key) == 1)})"
    return str(getattr(key, "spelling", None) or getattr(key, "name", None) or key)


class Cell(NamedTuple):
    """A place in lists of lists. table: how the text calls the outermost list, such as `state["wq"]`."""

    table: str
    at: tuple[int, ...]

    def item(self, key: Any) -> Cell:
        """That of an item: a dictionary's are tables of their own."""
        if type(key) is int:
            return Cell(self.table, (*self.at, key))
        within = "".join([f"[{at}]" for at in self.at])
        return Cell(f"{self.table}{within}[{key_text(key)}]", ())


class Node(NamedTuple):
    """One value of the program.

    inputs: indices into `Program.nodes`. group: an index into `Program.groups`, NO_GROUP outside all groups.
    value: the literal of a constant, or the default of an input; None for a free name and for operations.
    whole: what a part without a name is a part of, where the id does not say it: `f(x)` in `print(f(x))`.
    python: how the text spells the operation of Python's own numbers that this is, such as "/" or "math.log"; it raises
    where others give inf or nan. None for any other.
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
    whole: str | None = None
    python: str | None = None

    @property
    def role(self) -> str:
        return "input" if self.op is INPUT else "constant" if self.op is CONSTANT else "operation"

    def inside(self, group: int) -> Node:
        """The same node in another group: `_replace`, and quicker, since all nodes of a large program are moved."""
        return tuple.__new__(Node, (*self[:5], group, *self[6:]))


@dataclass(slots=True, unsafe_hash=True)
class Group:
    """Nodes that belong together: those of a function call ("call"), of the lines between `# region NAME` and
    `# endregion` ("region"), of an array opened to its scalars ("scalar"), consecutive nodes of a large program
    ("part"), equal steps that follow each other ("repeat") or stand side by side ("beside"), or one of these ("turn").

    parent: index of the enclosing group. summary: what a function of the prelude does, in one line.
    arguments: for a call, (parameter, argument) pairs; an argument is a node's id, a number, or None for anything else.
    turns: of equal steps, the id of the node of each that the next one uses, or of its last; of a single one, its own.
    It never changes. (There is one for every call: one that is frozen takes three times as long.)
    """

    id: str
    name: str
    parent: int
    kind: GroupKind = "call"
    summary: str | None = None
    arguments: tuple[tuple[str, str | float | None], ...] = ()
    turns: tuple[str, ...] = ()

    def inside(self, parent: int) -> Group:
        """The same group in another one."""
        return Group(self.id, self.name, parent, self.kind, self.summary, self.arguments, self.turns)


class TensorText(NamedTuple):
    """How PyTorch writes a tensor. dtype: its number type, such as "float32"; suffixes: what stands after the numbers,
    such as `requires_grad=True`; parameter: whether it is one of a layer; digits: how many after the point; exponents:
    whether numbers are written with an exponent, None for where they need it."""

    dtype: str
    suffixes: tuple[str, ...] = ()
    parameter: bool = False
    digits: int = 4
    exponents: bool | None = None


class ShownNode(NamedTuple):
    """A node in a print. spec: how an f-string formats it; repr: whether it stands inside a list or with `!r`; numpy:
    whether its numbers are NumPy's and not Python's, which shows in lists; boxed: whether it is an array even without
    axes. options: how arrays are printed, where the text has said so. tensor: how PyTorch would write it."""

    node: int
    spec: str = ""
    repr: bool = False
    numpy: bool = True
    boxed: bool = False
    options: tuple[tuple[str, Any], ...] = ()
    tensor: TensorText | None = None


class Composed(NamedTuple):
    """A text with nodes in it."""

    parts: tuple[str | ShownNode, ...]


Item = str | ShownNode | Composed


@dataclass(frozen=True, slots=True)
class Printed:
    """One `print(...)`: its items in order, what stands between them and after them."""

    line: int
    items: tuple[Item, ...]
    separator: str = " "
    end: str = "\n"

    @property
    def nodes(self) -> list[int]:
        """The nodes that must be computed before it can be printed."""
        found: list[int] = []
        for item in self.items:
            parts = item.parts if isinstance(item, Composed) else (item,)
            found += [part.node for part in parts if isinstance(part, ShownNode)]
        return found


@dataclass(frozen=True, slots=True)
class Guard:
    """A decision that the text took by a value: the program holds for other values as long as it comes out the same.

    question: "truth", whether node `node` is not 0 anywhere; "equals", what its value is; "finite", whether it is a
    finite number, where Python may raise and the text may catch that; "begins", what the value of an input is that
    earlier turns of a loop were computed with. answer: what it was; line: where it was asked.
    """

    node: int
    question: str
    answer: Any
    line: int

    def holds(self, value: Value) -> bool:
        """Whether the decision comes out the same for this value of the node."""
        if self.question == "truth":
            return bool(np.any(value)) is self.answer
        if self.question == "finite":
            return bool(np.all(np.isfinite(value))) is self.answer
        return bool(np.array_equal(value, self.answer, equal_nan=True))


@dataclass(frozen=True, slots=True)
class Manual:
    """A line `dX = ...` of the reader's own backward pass. name: "dX"; target: the node X; node: the node computed for
    the gradient of X. line: counted from 1. of: the name of what it is a gradient of, in `dL_dX`; None where the name
    does not say. values: those of inputs that later training steps have changed, by id: the gradient is one at these
    values. certain: whether it is known to be one of the target and of the output; what is not is told only where it
    agrees. by_others: whether only the scalar is in doubt, which another line that is right for it settles. among:
    where the name does not say what it is a gradient of, the nodes that may be meant, the likeliest first; `target` is
    one of them. output: the scalar that it is a gradient of, None for the program's output; others: scalars that it may
    be one of instead, the likeliest first: it is right if it is the gradient of one of them."""

    name: str
    target: int
    node: int
    line: int
    of: str | None = None
    values: tuple[tuple[str, Value], ...] = ()
    certain: bool = True
    among: tuple[int, ...] = ()
    output: int | None = None
    others: tuple[int, ...] = ()
    by_others: bool = False

    def in_doubt(self) -> Manual:
        """The same, where it is not known whether it is a gradient of this scalar. Of its target it may be certain."""
        return replace(self, certain=False, by_others=self.certain or self.by_others)


@dataclass(frozen=True, slots=True)
class Program:
    """What a source text means.

    names: top-level name -> index of the node it holds after the last line.
    guards: the decisions that the text took by values; for other values it may be another program.
    notes: what a reader of the text should know, such as an import that is passed over.
    choices: the names that can be the output: a gradient flows from them to some input.
    kept: nodes that are computed whether or not anything needs them.
    own: the backward pass of an engine that the text has written itself.
    cells: by id of a leaf where in the lists of the text it is kept.
    """

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    names: dict[str, int]
    output: int
    prints: tuple[Printed, ...] = ()
    manual: tuple[Manual, ...] = ()
    guards: tuple[Guard, ...] = ()
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kept: tuple[int, ...] = ()
    own: OwnPass | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def wanted(self) -> list[int]:
        """The nodes that must be computed: first the output, then what is printed, then manual gradients and what they
        are gradients of, then those that are kept."""
        shown = [i for printed in self.prints for i in printed.nodes]
        return [self.output, *shown, *[m.node for m in self.manual], *self.others, *self.kept]

    @property
    def others(self) -> list[int]:
        """The scalars beside the output that the reader's gradients are of."""
        return list(dict.fromkeys([m.output for m in self.manual if m.output is not None]))

    @property
    def free(self) -> tuple[int, ...]:
        """The inputs that have no value yet."""
        return tuple(i for i, node in enumerate(self.nodes) if node.op is INPUT and node.value is None)


Graph = Sequence[Node] | Sequence[tuple[int, ...]]
"""Nodes in topological order, or for each of them the indices of its inputs."""


def ancestors(graph: Graph, roots: Collection[int]) -> bytearray:
    """One byte for each node: 1 if it is one of `roots` or leads to one, else 0."""
    marks, inputs = _marked(graph, roots), _inputs(graph)
    for i in range(max(roots, default=-1), -1, -1):
        if marks[i]:
            for j in inputs(i):
                marks[j] = 1
    return marks


def descendants(graph: Graph, roots: Collection[int]) -> bytearray:
    """One byte for each node: 1 if it is one of `roots` or depends on one, else 0."""
    marks, inputs = _marked(graph, roots), _inputs(graph)
    for i in range(min(roots, default=len(graph)), len(graph)):
        if not marks[i]:
            for j in inputs(i):
                if marks[j]:
                    marks[i] = 1
                    break
    return marks


def _marked(graph: Graph, roots: Collection[int]) -> bytearray:
    marks = bytearray(len(graph))
    for root in roots:
        marks[root] = 1
    return marks


def _inputs(graph: Graph) -> Callable[[int], tuple[int, ...]]:
    if graph and isinstance(graph[0], Node):
        nodes = cast("Sequence[Node]", graph)
        return lambda i: nodes[i].inputs
    return cast("Sequence[tuple[int, ...]]", graph).__getitem__
