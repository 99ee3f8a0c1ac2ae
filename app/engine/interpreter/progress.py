"""Where a reading stands in its text, and how much of it may still be read."""

from __future__ import annotations

import ast

from app.engine.errors import LimitError, ProgramError, Span
from app.engine.interpreter.grammar import Raised
from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.spans import Spans
from app.engine.limits import Limits
from app.engine.support.checkpoints import checkpoint
from app.engine.wording import said

_TRAINING = 4
"""How many times the steps of other programs those that train may have."""
_LARGE = 100
"""The same where a turn of a large training is wanted."""
_WRITTEN, _FEW = 100, 5_000
"""How many more steps a node allows, beyond a few of them: what writes a large graph ends at the limit on nodes."""
LARGE = 20_000
"""Nodes of a turn from which on it is a large one: its backward pass is computed with numbers alone (`numbers.py`)."""
_STRIDE, _COST = 64, 3
"""Steps between two looks at the limit and at whoever waits, and the microseconds that a step takes."""


class Progress:
    """The spans of a text, the errors at them, and what is counted while it is read."""

    def __init__(self, limits: Limits, spans: Spans, graph: GraphBuilder) -> None:
        self.limits = limits
        self.spans = spans
        self.graph = graph
        self.foreign: Span | None = None
        self.depth = self.calls = 0
        """How deep the text stands on this stack, and how deep its functions have called one another."""
        self.far = limits.nesting * 4 // 5
        """The depth from which on a call goes on in a thread of its own."""
        self.long = False
        """Whether a turn of a large training is wanted, before which others are computed."""
        self.steps = self._look_at = 0
        self.most_steps = limits.visits
        """How many may be read, if no training step follows."""
        self.elements = 0

    def span(self, node: ast.AST) -> Span:
        """The span of a syntax node; inside a function of the prelude, that of the call in the reader's text."""
        return self.foreign or self.spans[node]

    def fail(self, message: str, node: ast.AST, hint: str | None = None) -> ProgramError:
        return ProgramError(message, span=self.span(node), hint=hint)

    def fault(self, kind: str, message: str, node: ast.AST, hint: str | None = None, text: str | None = None) -> Raised:
        """An error that Python raises, too. kind: the class of its exception; text: what that says, where known."""
        return Raised(message, span=self.span(node), hint=hint).of(kind, text)

    def enter(self, node: ast.AST) -> None:
        """Goes one level deeper; LimitError beyond the limit, which also bounds Python's own stack."""
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise self.too_deep(node)

    def too_deep(self, node: ast.AST, most: int | None = None) -> LimitError:
        """The error where more levels stand in one another than may. most: how many may, if not `nesting`."""
        return LimitError(said("limits.calls_too_deep", most=most or self.limits.nesting), span=self.span(node))

    def visit(self, node: ast.AST, steps: int = 1) -> None:
        """Counts steps: a statement, an expression, or an element that the host handles one by one."""
        self.steps += steps
        if self.steps >= self._look_at:
            self._look(node)

    def _look(self, node: ast.AST) -> None:
        """Looks at the limit, and lets whoever waits have a turn. What counts steps asks `_look_at` alone, which is one
        comparison for both."""
        checkpoint(_COST * _STRIDE)
        most = self.most_steps + self.earned
        if self.steps > most:
            raise LimitError(said("limits.reading_too_long", most_steps=most), span=self.span(node))
        self._look_at = min(self.steps + _STRIDE, most + 1)

    def count_anew(self, most: int) -> None:
        """At most so many steps are read from here on."""
        self.steps = self.elements = self._look_at = 0
        self.most_steps = most

    @property
    def large(self) -> bool:
        """Whether the turn that is read is a large one."""
        return len(self.graph.nodes) - self.graph.turn > LARGE

    @property
    def earned(self) -> int:
        """The steps that the nodes of this turn allow beyond `most_steps`."""
        return _WRITTEN * max(0, len(self.graph.nodes) - self.graph.turn - _FEW)

    @property
    def most_training(self) -> int:
        """How many steps of a program that trains may be read in all."""
        return self.most_large if self.long else _TRAINING * self.limits.visits

    @property
    def most_large(self) -> int:
        """The same where a turn of a large training is wanted, which those before it are computed for."""
        return _LARGE * self.limits.visits

    def allocate(self, elements: int, node: ast.AST) -> None:
        """Counts elements of array literals before they are made: in a loop, the same literal is made many times."""
        self.elements += elements
        if self.elements > self.limits.total_elements:
            raise LimitError(said("limits.literals_too_many", most=self.limits.total_elements), span=self.span(node))
