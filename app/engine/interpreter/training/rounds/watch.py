"""Follows a round of a training loop while it is read: which numbers of the host differ from round to round, what is
computed from them, and where they enter the graph.

Whatever reads an expression or a statement is called through here, so every value that an expression gives is seen. A
number that differs has a slot. What is done with it must be known: an operation on the host that can be done again, a
constant of the graph, an index, a condition, a place that keeps it, an argument of a function of the text. Anything
else makes the round one that cannot be computed; the reading itself is never changed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.rounds.comprehensions import begun
from app.engine.interpreter.training.rounds.expressions import binary, valued
from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.frames import Frame, Operand, differs
from app.engine.interpreter.training.rounds.statements import done, turned
from app.engine.interpreter.training.rounds.steps import Handler, Source
from app.engine.interpreter.values import Literal, Scope

_LINKS = 12
"""Operators of a sum that are followed one by one; they nest."""


class Watch(Followed):
    """Follows one round: from here until `end`, all that is read is seen. remaining: how many rounds there are behind
    it. hopeless: whether the loop shall not be followed further. seeds: the places, as snapshots tell them."""

    def __init__(
        self,
        interpreter: Interpreter,
        loop: ast.stmt,
        before: tuple[int, int],
        seeds: Sequence[tuple[Any, Any]],
        growing: Collection[int],
    ) -> None:
        """loop: whose round it is; see `Followed`."""
        super().__init__(interpreter, before, seeds, growing)
        self.remaining, self.hopeless = 0, False
        self.seeds: tuple[Any, ...] = ()
        self.stack.append(self._frame(loop))
        self._grammar = interpreter.expressions, interpreter.statements
        interpreter.expressions = _seen({**self._grammar[0], ast.BinOp: self._binary}, self._expression)
        interpreter.statements = _seen(self._grammar[1], self._statement)
        interpreter.watch = self

    def stop(self) -> None:
        """The reading goes on unseen."""
        if self.interpreter.watch is self:
            self.interpreter.watch = None
            self.interpreter.expressions, self.interpreter.statements = self._grammar

    def end(self) -> None:
        """The round has been read."""
        self.undecided(self.stack[0])
        if len(self.stack) > 1 or self.interpreter.watch is not self:
            self.fail("it goes on elsewhere")
        self.stop()

    # -- what is read --------------------------------------------------------------------------------------------

    def _frame(self, node: Any) -> Frame:
        interpreter = self.interpreter
        return Frame(
            node, interpreter.scope, len(interpreter.graph.nodes), interpreter.chance.drawn, len(interpreter.prints)
        )

    def _expression(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        def read(interpreter: Interpreter, node: Any, id: str | None, name: str | None) -> Any:
            if type(self.stack[-1].node) is ast.ListComp and not self.failed:
                begun(self, self.stack[-1], node)
            frame = self._frame(node)
            self.stack.append(frame)
            try:
                value = handler(interpreter, node, id, name)
            except BaseException:
                self._broken()
                raise
            if self.stack[-1] is not frame:
                self._broken()
            if interpreter.watch is not self:
                return value
            slot = None if self.failed else valued(self, frame, value, _anonymous(handler))
            self._end(frame)
            around = self.stack[-1]
            operand = Operand(node, value, self.slot_of(value) if slot is None else slot, frame)
            around.operands.append(operand)
            if operand.slot is not None and not self.failed:
                self._condition(around, operand)
            return value

        return read

    def _statement(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        def read(interpreter: Interpreter, node: Any) -> Any:
            around = self.stack[-1]
            if type(around.node) is ast.For and around.node.body[0] is node and not self.failed:
                turned(self, around)
            frame = self._frame(node)
            self.stack.append(frame)
            try:
                ended = handler(interpreter, node)
            except BaseException:
                self._broken()
                raise
            if self.stack[-1] is not frame:
                self._broken()
            if interpreter.watch is not self:
                return ended
            if not self.failed:
                done(self, frame)
            self._end(frame)
            return ended

        return read

    def _binary(self, interpreter: Interpreter, node: ast.BinOp, id: str | None, name: str | None) -> Any:
        links, left = 0, node.left
        while type(left) is ast.BinOp:
            links, left = links + 1, left.left
        read = binary if links < _LINKS else self._grammar[0][ast.BinOp]
        return read(interpreter, node, id, name)

    def _broken(self) -> None:
        """The reading was ended in the middle, or goes on elsewhere, as a generator does."""
        self.fail("it goes on elsewhere")
        self.stop()

    def _end(self, frame: Frame) -> None:
        self.stack.pop()
        around = self.stack[-1]
        around.nodes.append((frame.start, len(self.interpreter.graph.nodes)))
        # What happened inside is not its own.
        around.drawn += self.interpreter.chance.drawn - frame.before[0]
        around.printed += len(self.interpreter.prints) - frame.before[1]

    def _condition(self, around: Frame, operand: Operand) -> None:
        node = around.node
        tests = [getattr(node, "test", None)]
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            tests = [test for each in node.generators for test in each.ifs]
        if any(operand.node is test for test in tests):
            self.question(operand)

    # -- what whoever reads says ---------------------------------------------------------------------------------

    def asked(self, index: int, question: str) -> None:
        """The course of the text depends on the value of a node."""
        self.stack[-1].asked.append((index, question))

    def entered(self, target: Any, call: Any, scope: Scope) -> None:
        """A function of the text begins, with these names in its scope."""
        around = self.stack[-1]
        pairs = [*zip(target.parameters, call.args, strict=False), *call.named.items()]
        for name, argument in pairs:
            operand = around.operand(argument.where)
            if operand is None or not differs(operand) or operand.value is not argument.value:
                continue
            if name in scope.names and scope.names[name] is operand.value:
                operand.used = True
                if not isinstance(operand.value, list):
                    self.places.put(scope.names, name, operand.value, operand.slot)
        if target.yields:
            # Its lines run where its items are asked for.
            around.calls.append(Operand(target, None, None, None))
        else:
            self.stack.append(self._frame(target))

    def ordered(self, index: tuple[Any, ...], draw: Callable[[], Any]) -> None:
        """A function puts an array in an order that it draws. index: that order, as a node has it."""
        frame = self.stack[-1]
        literal = Literal(np.asarray(index[0].array, dtype=np.float64), "int")
        slot = self.step(frame, literal, lambda _, __: Literal(np.asarray(draw(), dtype=np.float64), "int"), [])
        self.indexed[id(index)] = (index, Source(frame.node, slot=slot), frame.node)
        frame.drawn = self.interpreter.chance.drawn

    def left(self, result: Any) -> None:
        """It ends."""
        if self.interpreter.watch is not self:
            return
        frame = self.stack[-1]
        returned = frame.returned or (frame.operands[-1] if frame.operands else None)
        slot = None
        if returned is not None and differs(returned):
            if returned.value is result:
                slot = returned.slot
            elif returned is frame.returned:
                self.fail("what a function returns")
        self.undecided(frame)
        self._end(frame)
        self.stack[-1].calls.append(Operand(frame.node, result, slot, None))


def _seen(table: Mapping[Any, Any], seen: Callable[[Any], Any]) -> Mapping[Any, Any]:
    """What is accepted, each handler called through a watch."""
    return {kind: seen(handler) for kind, handler in table.items()}


def _anonymous(handler: Callable[..., Any]) -> Handler:
    return lambda interpreter, node: handler(interpreter, node, None, None)
