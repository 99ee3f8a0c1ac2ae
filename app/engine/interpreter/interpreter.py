"""The interpreter's state, and what every kind of expression and statement needs: spans, limits, scopes and nodes."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from app.engine.errors import LimitError, ProgramError, Span
from app.engine.interpreter.graph import GraphBuilder
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.sharing import Sharing, with_memory
from app.engine.interpreter.values import ArrayLiteral, Builtin, Function, Ref, Scope, ShapeOf, Special, describe
from app.engine.limits import Limits
from app.engine.ops import Op
from app.engine.program import Doubt, Manual, NumberKind, Printed
from app.engine.support.deadline import checkpoint


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is accepted: one function for each kind of syntax. For an expression, (interpreter, node, id, name) -> its
    value; for a statement, (interpreter, node) -> None."""

    expressions: Mapping[type[ast.expr], Callable[..., Any]]
    statements: Mapping[type[ast.stmt], Callable[..., None]]


class Interpreter:
    """An abstract interpreter: it walks the syntax tree once, in the order in which Python would run it, and writes
    nodes instead of computing."""

    def __init__(self, limits: Limits, grammar: Grammar, lines: list[str] | None = None) -> None:
        """lines: the source if it is not ASCII, to count columns in characters."""
        self.limits = limits
        self.expressions, self.statements = grammar.expressions, grammar.statements
        self.graph = GraphBuilder(limits)
        self.sharing = Sharing()
        self.doubts: list[Doubt] = []
        self.globals = Scope({})
        self.scope = self.globals
        self.prelude: dict[str, Function] = {}
        self.prints: list[Printed] = []
        self.manual: dict[str, dict[int, Manual]] = {}
        self.assigned: list[str] = []
        self.loops = 0
        self.depth = 0
        self.visits = 0
        self.elements = 0
        self.foreign: Span | None = None
        self._lines = lines
        self._starts: dict[int, list[int]] = {}
        self._spans: dict[ast.AST, Span] = {}

    # -- spans and limits ----------------------------------------------------------------------------------------

    def span(self, node: ast.AST) -> Span:
        """The span of a syntax node; inside a function of the prelude, that of the call in the reader's text."""
        if self.foreign is not None:
            return self.foreign
        found = self._spans.get(node)
        if found is None:
            line, end_line = node.lineno, node.end_lineno  # type: ignore[attr-defined]
            start, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
            if self._lines is None:
                found = Span(line, start + 1, end_line, end + 1)
            else:
                found = Span(line, self._column(line, start), end_line, self._column(end_line, end))
            self._spans[node] = found
        return found

    def _column(self, line: int, offset: int) -> int:
        """The column in characters from 1, of an offset in UTF-8 bytes from 0, as Python counts."""
        if self._lines is None:
            return offset + 1
        starts = self._starts.get(line)
        if starts is None:
            starts = self._starts[line] = list(accumulate(len(c.encode()) for c in self._lines[line - 1]))
        return bisect_right(starts, offset) + 1

    def fail(self, message: str, node: ast.AST, hint: str | None = None) -> ProgramError:
        return ProgramError(message, span=self.span(node), hint=hint)

    def enter(self, node: ast.AST) -> None:
        """Goes one level deeper; LimitError beyond the limit, which also bounds Python's own stack."""
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise LimitError(
                f"expressions and calls are nested more than {self.limits.nesting} deep",
                span=self.span(node),
                hint="Break the expression into several lines, each with a name. A function cannot call itself here.",
            )

    def visit(self, node: ast.AST) -> None:
        self.visits += 1
        checkpoint(5)
        if self.visits > self.limits.visits:
            raise LimitError(
                f"reading this program takes more than {self.limits.visits:,} steps",
                span=self.span(node),
                hint="Shorten the loops, or the functions that call one another.",
            )

    def allocate(self, elements: int, node: ast.AST) -> None:
        """Counts elements of array literals before they are made: in a loop, the same literal is made many times."""
        self.elements += elements
        if self.elements > self.limits.total_elements:
            raise LimitError(
                f"up to this line the program writes out more than {self.limits.total_elements:,} elements",
                span=self.span(node),
                hint="Use smaller arrays, or fewer of them.",
            )

    # -- reading -------------------------------------------------------------------------------------------------

    def evaluate(self, node: ast.expr, id: str | None = None, name: str | None = None) -> Any:
        """The value of an expression (see values.py). id, name: for the node that it writes last."""
        self.visits += 1
        if self.visits > self.limits.visits:
            self.visit(node)
        handler = self.expressions.get(type(node))
        if handler is None:
            raise refusal(node, self.span(node))
        return handler(self, node, id, name)

    def operand(self, node: ast.expr) -> int:
        """The index of the node that an expression evaluates to; numbers become constants."""
        if type(node) is ast.Name:
            found = self.scope.names.get(node.id)
            if type(found) is Ref:
                return found.index
        return self.ref(node).index

    def ref(self, node: ast.expr) -> Ref:
        """The node that an expression evaluates to; numbers become constants."""
        return self.node(self.evaluate(node), node)

    def operation(
        self,
        op: Op,
        inputs: tuple[Ref, ...],
        attrs: dict[str, Any],
        where: ast.AST,
        id: str | None = None,
        name: str | None = None,
        kind: NumberKind | None = None,
    ) -> Ref:
        """Writes a node of `op`; its result shares memory with the first input where it does in NumPy."""
        indices = tuple([ref.index for ref in inputs])
        made = self.graph.operation(op, indices, attrs, self.span(where), id, name, kind)
        return with_memory(op, attrs, inputs[0], made)

    def node(self, value: Any, where: ast.expr, name: str | None = None) -> Ref:
        """A value as a node. Raises ProgramError for a value that is no number and no array."""
        if type(value) is Ref:
            return value
        if isinstance(value, float | int | ArrayLiteral):
            return self.graph.number(value, self.span(where), name)
        if isinstance(value, list | tuple):
            raise self.fail(f"{describe(value)} is not an array", where, "Write np.array([...]).")
        if isinstance(value, Builtin | Special | Function):
            raise self.fail(
                f"{describe(value)} is used as a value", where, "Call it with brackets, or give the name a value first."
            )
        if isinstance(value, ShapeOf):
            raise self.fail("a shape is not a number", where, "Write x.shape[0] for the length of the first axis.")
        if isinstance(value, str):
            raise self.fail(
                "a string cannot be used in a calculation", where, "Strings are only for print('loss', loss)."
            )
        if value is None and isinstance(where, ast.Call):
            raise self.fail("this call returns nothing", where, "End the function with: return ...")
        raise self.fail(
            f"{describe(value)} cannot be used in a calculation", where, "Use numbers, arrays and names of them."
        )

    def run(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        self.visit(node)
        handler = self.statements.get(type(node))
        if handler is None:
            raise refusal(node, self.span(node))
        handler(self, node)
