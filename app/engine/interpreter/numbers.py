"""Numbers alone: what a text computes without writing nodes.

From the backward pass of an engine of its own on, a large text computes with the numbers that its nodes hold: the
gradients of 45,000 numbers are as many numbers, and no second graph of four times the size. It does so until the round
is over in which that began; what its training steps have changed until then are leaves again from there on.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from app.engine.interpreter.values import Instance, Ref
from app.engine.ops import INPUT

if TYPE_CHECKING:
    from app.engine.interpreter.graph.builder import GraphBuilder


class Numbers:
    """What is computed so at present. running: how many loops there are around its beginning. line: where it began."""

    def __init__(self, graph: GraphBuilder, running: int, line: int) -> None:
        self.graph = graph
        self.running = running
        self.line = line
        self.read: set[int] = set()
        """The nodes whose numbers were taken."""
        self.steps: dict[tuple[int, str], tuple[Instance, str, Ref, ast.AST]] = {}
        """By object and attribute: what a leaf has stood in before it got another number."""

    def of(self, value: Any) -> Any:
        """The number of a node, as Python has it; anything else, and an array, as it is."""
        if type(value) is not Ref or value.boxed:
            return value
        index = value.node if value.memory is None else value.index
        self.read.add(index)
        held = self.graph.value(index)
        if type(held) is not float:
            return value
        kind = self.graph.nodes[index].kind
        return held if kind == "float" else int(held) if kind == "int" else bool(held)

    def stored(self, owner: Instance, name: str, value: Any, where: ast.AST) -> None:
        """An attribute is about to get a value: a number in the place of a leaf is a training step."""
        before = owner.names.get(name)
        if type(before) is Ref and type(value) is float and self.graph.nodes[before.index].op is INPUT:
            self.steps.setdefault((id(owner), name), (owner, name, before, where))
