"""The walk of every emitter: the values of a run in forward order, each with its code, then the gradients in the order
of the backward pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from app.engine.emit.custom_rules import CustomRules, diverges
from app.engine.emit.page import Line, Tie
from app.engine.execution.codegen import sum_lines
from app.engine.execution.plan import Trace
from app.engine.labels import number_of
from app.engine.notation.plan_names import Notation
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.dialects import Dialect
from app.engine.ops.expression import Number, Symbol
from app.engine.ops.word import ATOM, SUM, Written
from app.engine.program import Node, Value, descendants
from app.engine.support.checkpoints import checkpoint
from app.engine.support.lazy import lazy


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the forward pass. at: index of the node; name: its variable; code: its expression; binds: the
    precedence of the code; parts: indices of the nodes that are inlined in it."""

    at: int
    name: str
    code: str
    binds: int
    parts: tuple[int, ...]

    def within(self, level: int) -> str:
        """The code as an operand where this precedence is needed."""
        return self.code if self.binds >= level else f"({self.code})"


class Walk:
    """One run, written in one dialect."""

    def __init__(
        self,
        run: Trace,
        dialect: Dialect,
        reserved: frozenset[str] = frozenset(),
        copy: str = "{0}",
        custom: CustomRules | None = None,
        learned: Collection[str] | None = None,
    ) -> None:
        """reserved: names that no value may have. copy: template that copies a value, for languages in which a second
        name would share its gradient. custom: collects the custom functions, for languages with an autograd. learned:
        ids of the leaves whose gradients alone are wanted, with what leads to them; None: those of all values."""
        self.run = run
        self.structure = run.structure
        self.schedule = run.structure.schedule
        self.notation = Notation(run.structure, reserved)
        self.names = self.notation.identifiers
        self._dialect = dialect
        self._copy = copy
        self._custom = custom
        self._tables: dict[int, dict[str, Written]] = {}
        self._leads = (
            None if learned is None else descendants(self.schedule.inputs, [self.structure.index[id] for id in learned])
        )

    # -- values ------------------------------------------------------------------------------------------------------

    def value(self, i: int) -> Value:
        """The value of a node of the graph in this run."""
        return self.run.value_list[i]

    @property
    def shown(self) -> Sequence[Written]:
        """The code of each value where it is used."""
        return self.notation.code

    @property
    def shown_gradients(self) -> Sequence[str]:
        """The code of each gradient where it is used."""
        return self.gradients

    def node(self, i: int) -> Node:
        return self.schedule.nodes[i]

    def leaves(self) -> Iterator[int]:
        """The nodes that are bound before the forward pass: inputs and constant arrays. Constant numbers are written
        where they are used, unless the output is one."""
        for i in self.schedule.graph:
            node = self.node(i)
            if node.op is INPUT or (node.op is CONSTANT and (self.schedule.shapes[i] or i == self.schedule.output)):
                yield i

    def steps(self) -> Iterator[Step]:
        """The lines of the forward pass."""
        names = list(self.shown)
        parts: dict[int, tuple[int, ...]] = {}
        for i in self.schedule.graph:
            if self.schedule.rules[i] is None:
                continue
            checkpoint(20)
            code, binds = self._forward(i, names)
            inner = tuple(part for j in dict.fromkeys(self.schedule.inputs[i]) for part in parts.pop(j, ()))
            if i in self.notation.within:
                names[i], parts[i] = (code, binds), (*inner, i)
            else:
                yield Step(i, self.names[i], code, binds, inner)

    def forward_lines(self) -> Iterator[Line]:
        """The code of the forward pass."""
        for step in self.steps():
            yield f"{step.name} = {step.code}", self.ties(step)

    def _forward(self, i: int, names: Sequence[Written]) -> tuple[str, int]:
        rule, dialect = self.schedule.rules[i], self._dialect
        assert rule is not None
        expression = rule.written_expression
        symbols = self.notation.symbols(i, names, "")
        if self._custom is not None and diverges(self.run, i, self._dialect.spellings[0]):
            inputs = tuple(x for x in rule.inputs if isinstance(x, Symbol))
            form = f"{self._custom.name(rule)}({', '.join(f'{{{place}}}' for place in range(len(inputs)))})"
            return dialect.called(form, inputs, symbols)
        if dialect.boxed:
            if isinstance(expression, Number):
                return dialect.box(dialect.print(expression, symbols)), ATOM
            if all(number_of(self.node(j)) is not None for j in self.schedule.inputs[i]):
                # All operands are bare numbers: boxing one makes the result a value of the language.
                first, _ = dialect.bound(Symbol("x0"), symbols)
                symbols = symbols | {"x0": dialect.box(first)}
            if isinstance(expression, Symbol):
                shared, binds = dialect.bound(expression, symbols)
                return (self._copy.format(shared), SUM) if shared.isidentifier() else (shared, binds)
        return dialect.bound(expression, symbols)

    def ties(self, step: Step) -> tuple[Tie, ...]:
        """The nodes that a line computes: its inlined parts and, last, the node that it is named after."""
        return (
            *(Tie(self.node(i).id, "forward") for i in step.parts),
            Tie(self.node(step.at).id, "forward", step.name),
        )

    # -- gradients ---------------------------------------------------------------------------------------------------

    @property
    def gradients(self) -> Sequence[str]:
        """The name of each node's gradient. Inlined nodes have that of the line's node."""
        return self.notation.gradients

    def with_gradient(self) -> Iterator[int]:
        """The nodes whose gradient has a name, in the order of the backward pass."""
        for i in reversed(self.schedule.graph):
            if self.has_gradient(i) and i not in self.notation.within:
                yield i

    def has_gradient(self, i: int) -> bool:
        if self._leads is not None and not self._leads[i]:
            return False
        return i == self.schedule.output or bool(self.schedule.receives[i])

    def gradient_ties(self, i: int) -> tuple[Tie, ...]:
        """The nodes whose gradients a line computes: those that share the gradient of node `i`, and `i` itself."""
        return (
            *(Tie(self.node(j).id, "backward", self.gradients[j]) for j in self._sharing.get(self.gradients[i], ())),
            Tie(self.node(i).id, "backward", self.gradients[i]),
        )

    @lazy
    def _sharing(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i in self.schedule.graph:
            if i in self.notation.within and self.schedule.receives[i]:
                found.setdefault(self.gradients[i], []).append(i)
        return found

    def backward_lines(self, seed: str) -> Iterator[Line]:
        """The code of the backward pass, written out; seed: that of the gradient at the output."""
        for i in self.with_gradient():
            code = [seed] if i == self.schedule.output else self.messages(i)
            for line in sum_lines(self.gradients[i], code):
                yield line, self.gradient_ties(i)

    def messages(self, i: int) -> list[str]:
        """The code of the messages to node `i`, in the order in which they are added."""
        sent = []
        for number in self.schedule.receives[i]:
            checkpoint(20)
            table = self._table(self.schedule.edges[number].target)
            sent.append(self._dialect.print(self.schedule.message(number), table))
        return sent

    def _table(self, target: int) -> dict[str, Written]:
        """The code of each symbol in messages from `target`; cached, as there may be as many messages as symbols."""
        if target not in self._tables:
            self._tables[target] = self.notation.symbols(target, self.shown, self.shown_gradients[target])
        return self._tables[target]
