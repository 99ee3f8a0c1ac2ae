"""What reading a text finds out about its training, its gradients and what it shows: one record for each reading. The
rules that fill it and read it are those of `training/` and of `shown_values.py`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from app.engine.errors import Span
from app.engine.interpreter.turns.errors import Errors
from app.engine.interpreter.turns.loops import Loops
from app.engine.program import Manual, Node


class Display(NamedTuple):
    """An expression that is shown where it is computed. since: how many nodes there were before it was; top: whether a
    line of the top level shows it."""

    where: ast.expr
    since: int
    top: bool


class OwnStep(NamedTuple):
    """What the text's own operation sends back. sources: the nodes that it sends to; sends: those of them that get
    something, and what, given the gradient of the result."""

    sources: tuple[int, ...]
    sends: Callable[[int], list[tuple[int, int]]]


@dataclass(slots=True)
class TrainingRecord:
    """Nodes are given by their index."""

    loops: Loops = field(default_factory=Loops)

    successors: dict[int, int] = field(default_factory=dict)
    """By a leaf that a training step has changed: the leaf that it became."""
    predecessors: dict[int, int] = field(default_factory=dict)
    """The same the other way round."""
    origins: dict[int, int] = field(default_factory=dict)
    """By a leaf that a training step made: the node that has its value."""
    versions: dict[int, int] = field(default_factory=dict)
    """By a leaf as it was first, the leaf that training steps have made of it last."""
    firsts: dict[int, int] = field(default_factory=dict)
    """The same the other way round."""
    downhill: dict[Span | None, bool] = field(default_factory=dict)
    """By the place of a step that no name gives away: whether it follows the slope of a loss."""
    mapped: set[int] = field(default_factory=set)
    """The leaves whose step was mapped on, as in `x = soft(x - t * g)`: g may leave out what the map stands for."""
    walked: set[int] = field(default_factory=set)
    """The nodes that led to a training step; the inputs among them are guarded."""
    computed: float = 0.0
    """The nodes of rounds of training loops that were computed without being read."""
    loop_depth: int | None = None
    """How deep the outermost loop is nested that has gone through a round with training steps."""
    cut: set[int] = field(default_factory=set)
    """The constants that stand for nodes of such rounds, which are not kept."""
    carried: set[int] = field(default_factory=set)
    """Those of them that were computed from what is trained: in a later turn they are numbers."""
    assigned: list[str] = field(default_factory=list)
    """The names of the top level that were given a node, in the order of the lines."""
    wanted: int | None = None
    """The node on which the text calls `.backward()`."""
    behind_wanted: tuple[Node, bytearray] | None = None
    """That node itself, and one byte for each node: 1 if its gradient flows on to it."""
    asked: set[int] = field(default_factory=set)
    """What a library's own differentiation is asked for the gradients by: no number of these is settled."""
    given: set[int] = field(default_factory=set)
    """The gradients that a library's own differentiation has given: they are followed, and no reader's to be graded."""
    own_steps: dict[int, OwnStep] = field(default_factory=dict)
    """By the node of its result, an operation whose backward pass the text writes itself."""
    wrong_functions: set[int] = field(default_factory=set)
    """The results of those of them that send back something wrong."""
    manual: dict[str, dict[int, Manual]] = field(default_factory=dict)
    """The reader's gradients, by name and line."""
    inner: dict[tuple[str, int], tuple[Manual, Manual]] = field(default_factory=dict)
    """By name and line, what functions call like gradients, the first and the last time."""
    unaimed: dict[tuple[str, int], tuple[Manual, Manual]] = field(default_factory=dict)
    """By name and line, gradients whose name does not say of what, the first and the last time."""
    former: dict[int, str] = field(default_factory=dict)
    """By a node that a function returned, the name that it had there."""
    collected: set[int] = field(default_factory=set)
    """Losses without a name, which a list collects: gradients may be those of half of one, or of a sum."""
    followed: set[int] = field(default_factory=set)
    """The nodes that are graded because a training step in a function follows them."""
    implied: tuple[int, Errors] | None = None
    """The last error of a text that computes no loss, and how its errors make one."""
    items: dict[int, str] = field(default_factory=dict)
    """By an item of a list in a function, which is called like a list of gradients, its name: `nabla_w[0]`."""
    listed: set[str] = field(default_factory=set)
    """The names of gradients that a dictionary in a function lists."""
    settled: dict[int, tuple[str, Span, tuple[int, ...]]] = field(default_factory=dict)
    """By the node of numbers that no gradient flows through: the function, its place, and what it was given."""
    shown: dict[int, Display] = field(default_factory=dict)
    """The nodes that a line computes and shows, as `print(f(x))` does."""
    last: int | None = None
    """The node that a line of the top level computes without a name or a print, the last one: a notebook shows it."""
