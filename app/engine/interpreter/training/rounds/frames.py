"""What is being read at a moment: one frame for each expression, statement and call that is not finished."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from app.engine.interpreter.values import Ref, Scope


@dataclass(slots=True, eq=False)
class Operand:
    """What an expression inside of a frame came to. slot: where its number stands if it differs from round to round,
    else None. frame: how it came about. used: whether a function of the text got it, and follows it further."""

    node: ast.AST
    value: Any
    slot: int | None
    frame: Frame | None
    used: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """An expression, a statement or a call of a function of the text while it is read.

    operands: the expressions in it, in order. start, nodes: the number of nodes before it, and the ranges that frames
    inside of it wrote. asked: the nodes that it asked for the value of, and how. calls: what functions of the text gave
    it. before: how often chance was used, and how much was printed, before it; drawn, printed: the same with what inner
    frames did.
    turns: of a loop, the rounds that began. returned: of a call, what its `return` gave.
    """

    node: Any
    scope: Scope
    start: int
    drawn: int
    printed: int
    before: tuple[int, int] = field(init=False)
    operands: list[Operand] = field(default_factory=list)
    nodes: list[tuple[int, int]] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)
    calls: list[Operand] = field(default_factory=list)
    turns: int = 0
    returned: Operand | None = None

    def __post_init__(self) -> None:
        self.before = self.drawn, self.printed

    def operand(self, node: ast.AST | None) -> Operand | None:
        """The last operand that this syntax gave."""
        return next((operand for operand in reversed(self.operands) if operand.node is node), None)

    def own(self, end: int) -> list[int]:
        """The nodes up to `end` that it wrote itself."""
        found: list[int] = []
        at = self.start
        for first, last in self.nodes:
            found += range(at, first)
            at = max(at, last)
        return [*found, *range(at, end)]


def differs(operand: Operand) -> bool:
    """Whether a number of the host differs; what is computed from a node is followed by the nodes themselves."""
    return operand.slot is not None and type(operand.value) is not Ref


def noted_constants(frame: Frame) -> set[int]:
    """The constants among the conditions of a frame, which were noted."""
    return {operand.value.node for operand in frame.operands if operand.slot is not None and type(operand.value) is Ref}
