"""Long training loops: once three rounds of a loop were alike, the next ones are computed without being read.

Every round is read until then, and whenever something is different: a print, an `if` that comes out otherwise, the last
round. What the text holds afterwards is what it would hold if every round had been read, with the values that the last
computed one gives.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.round import Differs, Round, Template
from app.engine.interpreter.training.snapshot import Snapshot, Unlike, snapshot
from app.engine.interpreter.training.turns import becomes, depends
from app.engine.interpreter.values import Literal, Ref, Scope
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.axes import count
from app.engine.program import Value
from app.engine.support.deadline import checkpoint
from app.engine.support.errstate import ignore_fp_errors

_FEWEST = 12
"""Rounds of a loop below which all are read."""
_TRIES = 6
"""Rounds that are looked at in vain before a loop is only read."""
_MOST = 6_000_000
"""Nodes that all rounds of a text together compute without being read; large arrays count more."""


class Rounds:
    """The rounds of one `for` over whole numbers, told apart by whether they are read or computed."""

    def __init__(self, interpreter: Interpreter, node: ast.For, items: Sequence[Any]) -> None:
        self.interpreter = interpreter
        self.node = node
        self.items = items
        self.variable = node.target.id if isinstance(node.target, ast.Name) else ""
        usable = self.variable and isinstance(items, range) and len(items) >= _FEWEST
        self.tries = _TRIES if usable and interpreter.graph.given is not None else 0
        self.read: list[Round] = []
        self.settled: dict[ast.expr, dict[str, Any]] = {}
        """By test: the numbers of inputs in it that have decided something."""
        self._begin()

    def __iter__(self) -> Iterator[Any]:
        """The items whose rounds are read."""
        place = 0
        while place < len(self.items):
            yield self.items[place]
            place = self.after(place + 1)

    def _begin(self) -> None:
        """Notes where the next round begins."""
        interpreter = self.interpreter
        self.start = len(interpreter.graph.nodes)
        self.turn = interpreter.graph.turn
        self.said = self._said()

    def _said(self) -> tuple[int, ...]:
        interpreter = self.interpreter
        return len(interpreter.prints), interpreter.chance.drawn, len(set(interpreter.notes))

    def after(self, place: int) -> int:
        """A round was read, and `place` is the index of the next item. Returns that of the next one to read."""
        if not self.tries:
            return place
        if self.interpreter.graph.turn == self.turn:
            # No training step: nothing begins anew in this loop.
            self.read.clear()
            self._begin()
            return place
        try:
            self.read = [*self.read[-2:], self._round(self.items[place - 1])]
            if len(self.read) == 3 and place + 1 < len(self.items):
                place = self._skip(place)
        except (Unlike, Differs):
            self.tries -= 1
        self._begin()
        return place

    def _round(self, number: int) -> Round:
        interpreter, start = self.interpreter, self.start
        graph = interpreter.graph
        taken = [each for each in interpreter.guards.values() if each.node >= start and each.question != "begins"]
        # A number that the host made is asked for in vain: nothing can change it.
        decisions = [each for each in taken if graph.nodes[each.node].op is not CONSTANT]
        before = self.read[-1].held if self.read and self.read[-1].end == start else None
        held = snapshot(interpreter, start, self.variable, before)
        quiet = self._said() == self.said
        return Round(start, len(graph.nodes), number, decisions, quiet, held, graph.counted())

    def _skip(self, place: int) -> int:
        """Computes rounds from this place on, as long as they are like the last one."""
        tests: list[tuple[ast.expr, bool]] = []
        uses: list[ast.Name] = []
        last = self.read[-1]
        self.settled.clear()
        self._name_uses(self.node.body, tests, uses)
        spots = {self._spot(use) for use in uses}
        template = Template(self.interpreter, self.read, spots)
        appended = self._appended(last.held, last)
        most = min(len(self.items) - 1 - place, self._affordable(template))
        if appended:
            most = min(most, self._keepable(appended))
        histories: list[list[Value]] = [[] for _ in appended]
        done = ignore_fp_errors(self._compute, template, tests, place, most, [o for _, o in appended], histories)
        if done:
            self._restore(template, done, [ref for ref, _ in appended], histories)
            self.read.clear()
            self.tries = _TRIES
        else:
            raise Differs
        return place + done

    def _keepable(self, appended: Sequence[tuple[tuple[list[Any], Ref], int]]) -> int:
        """The number of rounds of which the lists may keep what is appended to them."""
        interpreter = self.interpreter
        limits = interpreter.limits
        elements = sum(count(interpreter.graph.shapes[ref.index]) for (_, ref), _ in appended)
        return min(limits.nodes // len(appended), int(limits.total_elements - interpreter.elements) // max(elements, 1))

    def _affordable(self, template: Template) -> int:
        left = _MOST - self.interpreter.computed
        rounds = int(left / template.cost)
        if rounds < 1:
            raise LimitError(
                "the training steps of this program take too many operations",
                span=self.interpreter.span(self.node),
                hint="Take fewer steps, such as range(1000): the graph is that of the last one in any case.",
            )
        return rounds

    def _compute(
        self,
        template: Template,
        tests: Sequence[tuple[ast.expr, bool]],
        place: int,
        most: int,
        kept: Sequence[int],
        histories: Sequence[list[Value]],
    ) -> int:
        """The number of rounds that could be computed; `template.values` are those of the last one."""
        run, items = template.compiled(), self.items
        done = 0
        while done < most:
            number = items[place + done]
            if tests and not self._same_way(number, tests):
                break
            values = run(number)
            if template.decisions and not template.decides(values):
                break
            template.values = values
            for history, offset in zip(histories, kept, strict=True):
                history.append(values[offset])
            done += 1
            checkpoint(template.cost)
        self.interpreter.computed += template.cost * (done + 1)
        return done

    # -- the loop's own name -------------------------------------------------------------------------------------

    def _name_uses(self, body: Sequence[ast.stmt], tests: list[tuple[ast.expr, bool]], uses: list[ast.Name]) -> None:
        """Finds where the body uses the loop's name: in tests of host values, whose outcome now is noted, and elsewhere
        in what such tests let through. Raises Differs where it is assigned."""
        for line in body:
            if isinstance(line, ast.If) and self._uses([line.test]) and self._decided(line.test):
                outcome = self._outcome(line.test)
                tests.append((line.test, outcome))
                self._name_uses(line.body if outcome else line.orelse, tests, uses)
            elif isinstance(line, ast.If | ast.For | ast.While | ast.With):
                inner = [*line.body, *getattr(line, "orelse", [])]
                uses += self._uses([part for part in ast.iter_child_nodes(line) if part not in inner])
                self._name_uses(inner, tests, uses)
            else:
                uses += self._uses([line])

    def _uses(self, parts: Sequence[ast.AST]) -> list[ast.Name]:
        named = [
            part for each in parts for part in ast.walk(each) if isinstance(part, ast.Name) and part.id == self.variable
        ]
        if any(not isinstance(part.ctx, ast.Load) for part in named):
            raise Differs
        return named

    def _spot(self, node: ast.AST) -> tuple[int, int]:
        span = self.interpreter.span(node)
        return span.line, span.column

    def _decided(self, test: ast.expr) -> bool:
        """Whether a test asks of host values alone, or of inputs that have decided something."""
        allowed = (ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Constant, ast.Name, ast.operator, ast.unaryop)
        others = (ast.cmpop, ast.boolop, ast.expr_context)
        if not all(isinstance(part, allowed + others) for part in ast.walk(test)):
            return False
        for part in ast.walk(test):
            if isinstance(part, ast.Name) and part.id != self.variable:
                held = self._held(part.id)
                settled = type(held) is Ref and (held.index, "equals") in self.interpreter.guards
                if not settled and type(held) not in (int, float, bool, str):
                    return False
        return True

    def _held(self, name: str) -> Any:
        scope: Scope | None = self.interpreter.scope
        while scope is not None and name not in scope.names:
            scope = scope.parent
        return None if scope is None else scope.names[name]

    def _outcome(self, test: ast.expr) -> bool:
        """How a test comes out now. It writes no node: inputs that have decided something are numbers of the host."""
        interpreter = self.interpreter
        names, steps = interpreter.scope.names, interpreter.steps
        if test not in self.settled:
            traced = {part.id: self._held(part.id) for part in ast.walk(test) if isinstance(part, ast.Name)}
            self.settled[test] = {n: interpreter.host(ref, test) for n, ref in traced.items() if type(ref) is Ref}
        if self.settled[test]:
            interpreter.scope.names = names | self.settled[test]
        try:
            return interpreter.truth(interpreter.evaluate(test), test)
        finally:
            interpreter.scope.names, interpreter.steps = names, steps

    def _same_way(self, number: int, tests: Sequence[tuple[ast.expr, bool]]) -> bool:
        self.interpreter.computed += len(tests) * 10
        self.interpreter.scope.names[self.variable] = number
        return all(self._outcome(test) is outcome for test, outcome in tests)

    # -- what the text holds afterwards --------------------------------------------------------------------------

    def _appended(self, held: Snapshot, last: Round) -> list[tuple[tuple[list[Any], Ref], int]]:
        """Every list that a round appends to, with the item and its place in the round, in order."""
        return [((items, ref), ref.index - last.start) for items, _, ref in held.appended]

    def _restore(
        self,
        template: Template,
        rounds: int,
        appended: Sequence[tuple[list[Any], Ref]],
        histories: Sequence[list[Value]],
    ) -> None:
        """Gives all that shows a node of the last round read a node with the value that it has now."""
        interpreter, last = self.interpreter, template.last
        graph = interpreter.graph
        line = interpreter.span(self.node).line
        graph.count_on(template.before.counted, last.counted, rounds)
        for items, at, ref in last.held.appended:
            # The list keeps the value of its round.
            items[at] = Ref(ref.index, boxed=ref.boxed, python=ref.python, order=ref.order)
        for round in range(rounds):
            for (items, ref), history in zip(appended, histories, strict=True):
                items.append(self._item(history[round], ref))
        places = sorted({place for _, place in (*last.held.refs, *last.held.memories)})
        made = {
            place: self._node(template, last.start + place, template.values[place], line, rounds) for place in places
        }
        for ref, place in last.held.refs:
            ref._node = made[place]  # noqa: SLF001 - the value of another round, in place of this one
        for memory, place in last.held.memories:
            memory.index = made[place]
        graph.next_turn(interpreter.span(self.node))

    def _item(self, value: Value, ref: Ref) -> Any:
        self.interpreter.allocate(int(np.size(value)), self.node)
        kind = self.interpreter.graph.nodes[ref.index].kind
        if ref.python and type(value) is float:
            return int(value) if kind == "int" else bool(value) if kind == "bool" else value
        made = self.interpreter.graph.number(_literal(value, kind), self.interpreter.span(self.node))
        return Ref(made.index, boxed=ref.boxed, order=ref.order)

    def _node(self, template: Template, index: int, value: Value, line: int, rounds: int) -> int:
        """The node in place of the one at `index`: a leaf where a training step made it, else a constant."""
        interpreter = self.interpreter
        graph = interpreter.graph
        node = graph.nodes[index]
        depends(interpreter, index, line)
        held = _literal(value, node.kind)
        if node.op is not INPUT:
            return graph.number(held, interpreter.span(self.node), node.name).index
        id = graph.counted_on(node.id, template.before.counted, template.last.counted, rounds)
        made = graph.input(id, node.name or "", held, node.span or interpreter.span(self.node))
        becomes(interpreter, index, made.index)
        return made.index


def _literal(value: Value, kind: str) -> Literal:
    held = Literal(np.array(value, dtype=np.float64), kind)
    held.array.setflags(write=False)
    return held
