"""What is being read at a moment: one frame for each expression, statement and call that is not finished."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.values import Ref, Scope


class Part:
    """What an expression inside of a frame came to. slot: where its number stands if it differs from round to round,
    else None. used: whether a function of the text got it, and follows it further. frame: how it came about."""

    __slots__ = ("frame", "node", "slot", "used", "value")

    def __init__(self, node: ast.AST, value: Any, slot: int | None, frame: Frame | None) -> None:
        self.node = node
        self.value = value
        self.slot = slot
        self.used = False
        self.frame = frame


class Frame:
    """An expression, a statement or a call of a function of the text while it is read.

    parts: the expressions in it, in order. start, nodes: the number of nodes before it, and the ranges that frames
    inside of it wrote. asked: the nodes that it asked for the value of, and how. calls: what functions of the text gave
    it. before: how often chance was used, and how much was printed, before it; drawn, printed: the same with what inner
    frames did.
    turns: of a loop, the rounds that began. returned: of a call, what its `return` gave.
    """

    __slots__ = (
        "asked",
        "before",
        "calls",
        "drawn",
        "node",
        "nodes",
        "parts",
        "printed",
        "returned",
        "scope",
        "start",
        "turns",
    )

    def __init__(self, node: Any, scope: Scope, start: int, drawn: int, printed: int) -> None:
        self.node = node
        self.scope = scope
        self.start = start
        self.drawn = drawn
        self.printed = printed
        self.before = drawn, printed
        self.parts: list[Part] = []
        self.nodes: list[tuple[int, int]] = []
        self.asked: list[tuple[int, str]] = []
        self.calls: list[Part] = []
        self.turns = 0
        self.returned: Part | None = None

    def part(self, node: ast.AST | None) -> Part | None:
        """The last part that this syntax gave."""
        return next((part for part in reversed(self.parts) if part.node is node), None)

    def own(self, end: int) -> list[int]:
        """The nodes up to `end` that it wrote itself."""
        found: list[int] = []
        at = self.start
        for first, last in self.nodes:
            found += range(at, first)
            at = max(at, last)
        return [*found, *range(at, end)]


def differs(part: Part) -> bool:
    """Whether a number of the host differs; what is computed from a node is followed by the nodes themselves."""
    return part.slot is not None and type(part.value) is not Ref
