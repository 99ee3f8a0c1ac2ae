"""What every emitter walks: the values of a run in forward order, each with its code, and the gradients in the order
of the backward pass.

A part of an expression that has no name in the program gets none in the code, either, as long as nobody would miss
it: `W1 @ x` within `z1 = W1 @ x + b1` is used once, no rule of the backward pass asks for its value, and what it
receives is just what z1 has, so that `dW1 = dz1 @ x.T`. Which parts these are is decided once, for all languages, so
that one name means one thing in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engine.emit.page import Tie
from app.engine.notation import Notation, number_of
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.dialects import NUMPY, Dialect
from app.engine.ops.expression import Apply, Expr, Named, Number, Symbol
from app.engine.ops.vocabulary import ATOM, SUM
from app.engine.program import Node, Value
from app.engine.trace import Trace

_SHORT = 40
"""A part may stand within another expression up to this length, characters."""

Names = list[str | tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """The value of node `at`: what it is called, its code, how tightly that binds, and the parts within it."""

    at: int
    name: str
    code: str
    binds: int
    parts: tuple[int, ...]

    def within(self, level: int) -> str:
        """The code as an operand."""
        return self.code if self.binds >= level else f"({self.code})"


class Walk:
    """One run, to be written in one dialect."""

    def __init__(self, run: Trace, dialect: Dialect, reserved: frozenset[str] = frozenset(), copy: str = "{0}") -> None:
        """`reserved`: what no value may be called. `copy` makes another value of one where the language would share
        it."""
        self.run = run
        self.plan = run.plan
        self.schedule = run.plan.schedule
        self.notation = Notation(run.plan, reserved)
        self.names = self.notation.identifiers
        self._dialect = dialect
        self._copy = copy
        self._tables: dict[int, dict[str, str | tuple[str, int]]] = {}

    # -- values ------------------------------------------------------------------------------------------------------

    def value(self, i: int) -> Value:
        """The value of a node of the graph in this run."""
        return self.run.value_list[self._columns[i]]

    @cached_property
    def _columns(self) -> dict[int, int]:
        return {i: column for column, i in enumerate(self.schedule.graph)}

    @property
    def shown(self) -> Sequence[str | tuple[str, int]]:
        """What stands for each value."""
        return self.notation.code

    @property
    def shown_gradients(self) -> Sequence[str]:
        """What stands for each gradient."""
        return self.gradients

    def node(self, i: int) -> Node:
        return self.schedule.nodes[i]

    def leaves(self) -> Iterator[int]:
        """What is bound before the forward pass: inputs and constant arrays. A number stands where it is used, unless
        it is all there is."""
        for i in self.schedule.graph:
            node = self.node(i)
            if node.op is INPUT or (node.op is CONSTANT and (self.schedule.shapes[i] or i == self.schedule.output)):
                yield i

    def steps(self) -> Iterator[Step]:
        """The forward pass."""
        names: Names = list(self.shown)
        parts: dict[int, tuple[int, ...]] = {}
        for i in self.schedule.graph:
            if self.schedule.rules[i] is None:
                continue
            code, binds = self._forward(i, names)
            inner = tuple(part for j in dict.fromkeys(self.schedule.inputs[i]) for part in parts.pop(j, ()))
            if i in self._within:
                names[i], parts[i] = (code, binds), (*inner, i)
            else:
                yield Step(i, self.names[i], code, binds, inner)

    def _forward(self, i: int, names: Sequence[str | tuple[str, int]]) -> tuple[str, int]:
        rule, dialect = self.schedule.rules[i], self._dialect
        assert rule is not None
        expression = rule.written_expression
        symbols = self.notation.symbols(i, names, "")
        if dialect.boxed:
            if isinstance(expression, Number):
                return dialect.box(dialect.print(expression, symbols)), ATOM
            if all(number_of(self.node(j)) is not None for j in self.schedule.inputs[i]):
                # Nothing but numbers: one of them makes the result a value of the language.
                first, _ = dialect.bound(Symbol("x0"), symbols)
                symbols = symbols | {"x0": dialect.box(first)}
            if isinstance(expression, Symbol):
                shared, binds = dialect.bound(expression, symbols)
                return (self._copy.format(shared), SUM) if shared.isidentifier() else (shared, binds)
        return dialect.bound(expression, symbols)

    def ties(self, step: Step) -> tuple[Tie, ...]:
        """The parts of a line and, last, what it is all about."""
        return (
            *(Tie(self.node(i).id, "forward") for i in step.parts),
            Tie(self.node(step.at).id, "forward", step.name),
        )

    # -- gradients ---------------------------------------------------------------------------------------------------

    @cached_property
    def gradients(self) -> tuple[str, ...]:
        """The name of each node's gradient. Parts within an expression have that of the whole."""
        names = list(self.notation.gradients)
        for i in reversed(self.schedule.graph):
            if i in self._within and self.schedule.receives[i]:
                names[i] = names[self.schedule.edges[self.schedule.receives[i][0]].target]
        return tuple(names)

    def lit(self) -> Iterator[int]:
        """The nodes whose gradient has a name, in the order of the backward pass."""
        for i in reversed(self.schedule.graph):
            if self.has_gradient(i) and i not in self._within:
                yield i

    def has_gradient(self, i: int) -> bool:
        return i == self.schedule.output or bool(self.schedule.receives[i])

    def gradient_ties(self, i: int) -> tuple[Tie, ...]:
        """What is known once the gradient of node `i` is: its parts' gradients, too."""
        return (
            *(Tie(self.node(j).id, "backward", self.gradients[j]) for j in self._sharing.get(self.gradients[i], ())),
            Tie(self.node(i).id, "backward", self.gradients[i]),
        )

    @cached_property
    def _sharing(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i in self.schedule.graph:
            if i in self._within and self.schedule.receives[i]:
                found.setdefault(self.gradients[i], []).append(i)
        return found

    def messages(self, i: int) -> list[str]:
        """The code of all that node `i` receives, in the order in which it is added up."""
        sent = []
        for number in self.schedule.receives[i]:
            edge = self.schedule.edges[number]
            rule = self.schedule.rules[edge.target]
            assert rule is not None
            expression = rule.message_expressions[edge.slot]
            assert expression is not None
            sent.append(self._dialect.print(expression, self._table(edge.target)))
        return sent

    def _table(self, target: int) -> dict[str, str | tuple[str, int]]:
        """What the symbols in messages from `target` stand for; kept, as there may be as many messages as symbols."""
        if target not in self._tables:
            self._tables[target] = self.notation.symbols(target, self.shown, self.shown_gradients[target])
        return self._tables[target]

    # -- parts -------------------------------------------------------------------------------------------------------

    @cached_property
    def _within(self) -> frozenset[int]:
        """The nodes that are written within another's line."""
        uses = [0] * len(self.schedule.nodes)
        for edge in self.schedule.edges:
            uses[edge.source] += 1
        asked, mentioned = self._asked_for(), self._mentioned_once()
        names: Names = list(self.notation.code)
        found: set[int] = set()
        for i in self.schedule.graph:
            rule = self.schedule.rules[i]
            if rule is None or i == self.schedule.output or self.node(i).name is not None or i in asked:
                continue
            if uses[i] != 1 or i not in mentioned or not self._passes_on(i):
                continue
            code, binds = NUMPY.bound(rule.written_expression, self.notation.symbols(i, names, ""))
            if len(code) <= _SHORT:
                names[i] = (code, binds)
                found.add(i)
        return frozenset(found)

    def _asked_for(self) -> set[int]:
        """The nodes whose values the backward pass needs."""
        found: set[int] = set()
        for target in self.schedule.graph:
            rule = self.schedule.rules[target]
            for slot in self.schedule.senders[target]:
                assert rule is not None
                for key in symbols_of(rule.message_expressions[slot]):
                    if key == "y":
                        found.add(target)
                    elif key != "g":
                        found.add(self.schedule.inputs[target][int(key[1:])])
        return found

    def _passes_on(self, i: int) -> bool:
        """Whether the gradient of a node with one user needs no line: there is none, or it is that of its user."""
        if not self.schedule.receives[i]:
            return True
        edge = self.schedule.edges[self.schedule.receives[i][0]]
        rule = self.schedule.rules[edge.target]
        assert rule is not None
        message = rule.message_expressions[edge.slot]
        return isinstance(message, Symbol) and message.key == "g"

    def _mentioned_once(self) -> set[int]:
        """The nodes that stand once in all the code of the forward pass."""
        counts: dict[int, int] = {}
        for target in self.schedule.graph:
            rule = self.schedule.rules[target]
            if rule is not None:
                for key in symbols_of(rule.written_expression):
                    source = self.schedule.inputs[target][int(key[1:])]
                    counts[source] = counts.get(source, 0) + 1
        return {i for i, count in counts.items() if count == 1}


def symbols_of(expression: Expr | None) -> Iterator[str]:
    """The keys of an expression's symbols, as often as they stand there."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Symbol):
            yield part.key
        elif isinstance(part, Apply):
            waiting += part.arguments
        elif isinstance(part, Named):
            waiting.append(part.meaning)
