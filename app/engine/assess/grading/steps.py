"""A backward pass as it was read: its steps, each a value that a line gives a name, and the graph that they are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.errors import EngineError
from app.engine.ops.expression import Shape
from app.engine.program import Guard, Manual, Node

Key = tuple[int, str, int]
"""A line, a name that it assigns, and which of the values that it gives it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a line gives a name: a node, or an error.

    reads: the names that the line reads and that hold values. target: the id of the node whose gradient it is, where
    the name is not `d` and a name: `grads["W1"]`. adds: it uses the earlier value of its name; sums: it adds to it.
    turn: in loops, their variables, as in "t = 2". nth: how many values the line has given the name before; -1 for a
    store. aside: the line changes the array without naming it. right: for a line that fails because of the shape of
    earlier gradients, what it gives if these are right. meant: the gradient that the interpreter has found it to be;
    about: the id of the scalar that it is one of, None for the output. cut: the id of what a relu was given, where the
    line cuts the gradient of what it gave by its mask; "" where its gradient has other parts, too.
    """

    line: int
    name: str
    node: int = -1
    error: EngineError | None = None
    reads: frozenset[str] = frozenset()
    target: str | None = None
    adds: bool = False
    sums: bool = False
    turn: str = ""
    nth: int = 0
    aside: bool = False
    right: int = -1
    meant: Manual | None = None
    about: str | None = None
    cut: str | None = None

    @property
    def key(self) -> Key:
        return self.line, self.name, self.nth

    @property
    def where(self) -> str:
        return f"line {self.line} ({self.turn})" if self.turn else f"line {self.line}"


@dataclass(frozen=True)
class BackwardReading:
    """A backward pass as it was read. nodes, shapes: of the program and the pass. known: node id -> index, for the
    program. guards: the decisions of the pass. depends: for each node, whether it depends on a value of the program.
    stands: nodes that stand for the gradient of a node of the run, by its place."""

    steps: Sequence[Step]
    nodes: Sequence[Node]
    shapes: Sequence[Shape]
    known: Mapping[str, int]
    guards: Sequence[Guard]
    depends: bytearray
    stands: Mapping[int, int]
