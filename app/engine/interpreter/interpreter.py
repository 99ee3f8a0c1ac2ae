"""The interpreter's state, and what every kind of expression and statement needs: spans, limits, scopes, nodes and
decisions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.errors import EngineError, LimitError, ProgramError, Span
from app.engine.interpreter.arguments import Arguments
from app.engine.interpreter.chance import Chance
from app.engine.interpreter.grammar import Grammar
from app.engine.interpreter.graph.builder import GraphBuilder
from app.engine.interpreter.graph.storage import with_memory
from app.engine.interpreter.numbers import Numbers
from app.engine.interpreter.prints import shown_node, shown_text
from app.engine.interpreter.progress import Progress
from app.engine.interpreter.refusals import no_number, refusal
from app.engine.interpreter.spans import Spans
from app.engine.interpreter.stores import Stores
from app.engine.interpreter.training_record import TrainingRecord
from app.engine.interpreter.values import Address, Class, Function, Instance, Literal, Ref, Scope, Shown, Text
from app.engine.interpreter.values.hosted import as_host
from app.engine.limits import Limits
from app.engine.ops import Op
from app.engine.ops.expression import Shape
from app.engine.program import Guard, NumberKind, Printed, Value
from app.engine.wording import Said, said

_RECURSIVE = 8
"""Calls of one function inside each other from which on it is told to call itself."""


HELD = frozenset({Ref, Instance, Class, Function, list, tuple, dict, str, bool})
"""The types of what a name in a function holds and is looked up at once: all but numbers, which may become nodes."""
_HOST = (bool, int, float, list, tuple, dict, set, frozenset, range)
"""What is true or not as Python says."""


class Interpreter(Progress):
    """Runs a text once, as Python would, and writes nodes for what it computes (define by run).

    Numbers are computed only where the text's own course depends on them: in an `if`, as a bound, an index, a shape.
    Each such decision is a `Guard`: the program is right for other values as long as its guards hold.
    """

    def __init__(
        self,
        limits: Limits,
        grammar: Grammar,
        lines: list[str] | None = None,
        given: Mapping[str, Value] | None = None,
        *,
        every_round: bool = False,
        arguments: Arguments | None = None,
    ) -> None:
        """lines: see `Spans`. given: values of inputs by id; None where a program is read without any, so that nothing
        can be decided. every_round: whether all rounds of training loops are read. arguments: see `Arguments`."""
        self.every_round = every_round
        self.arguments = arguments or Arguments()
        super().__init__(limits, Spans(lines), GraphBuilder(limits, given))
        self.grammar = grammar
        self.expressions, self.statements = grammar.expressions, grammar.statements
        self._names, self.held = grammar.expressions[ast.Name], HELD
        self.chance = Chance()
        self.makes_arrays: Callable[[], bool] = lambda: True
        """Whether the text uses NumPy, so that its lists may be meant as arrays."""
        self.names_read: Callable[[], frozenset[str]] = frozenset
        """The names that the text reads."""
        self.names_assigned: Callable[[], frozenset[str]] = frozenset
        """The names that the text assigns."""
        self.globals = Scope({})
        self.scope = self.globals
        self.prelude: dict[str, Function] = {}
        self.numpy: dict[str, Any] = {}
        """Functions and classes of NumPy and of Python's library that are written in the language."""
        self.written: Callable[[str], Mapping[str, Any]] = lambda library: {}
        """The same of a library such as PyTorch, by its name, which are read when they are first asked for."""
        self.imported: set[str] = set()
        """The libraries whose ways the text has asked for, such as "jax"."""
        self.prints: list[Printed] = []
        self.printing: tuple[tuple[str, Any], ...] = ()
        """What `np.set_printoptions` has said."""
        self.showing: set[int] = set()
        """The identities of the containers whose text is being made."""
        self.guards: dict[tuple[int, str], Guard] = {}
        self.numbers: Numbers | None = None
        """What is computed with numbers alone; None where nodes are written."""
        self.watch: Any = None
        """What follows a round of a training loop while it is read (`training/rounds/watch.py`); None elsewhere."""
        self.training = TrainingRecord()
        self.notes: list[str] = []
        self.by_python: list[int] = []
        """The operations of Python's own numbers that may raise, since the last training step."""
        self.trying = 0
        """How many `try` there are around the line that is read."""
        self.handled: list[EngineError] = []
        """The errors whose `except` lines are being run."""
        self.addresses: dict[int, tuple[Any, Address]] = {}
        """By the identity of a list or a dictionary: it, and how one points at it."""
        self.identities: dict[int, tuple[int, Any]] = {}
        """By Python's id of a value: the number that `id` gives it, and the value itself, so that it keeps it."""
        self.loops = 0
        self.stores = Stores()
        self.objects = 0
        """How many objects of the text's classes have been made."""
        self.numpy_keys: set[tuple[type, float]] = set()
        """Numbers of NumPy that have been keys: a dictionary shows them as np.int64(3)."""
        self.heads: dict[ast.AST, Any] = {}
        """By the syntax of a function, what it says (`definitions.Head`)."""
        self.tuples: dict[ast.AST, tuple[Any, ...]] = {}
        """By the syntax of a tuple of written numbers, that tuple."""
        self.read: dict[ast.AST, ast.expr] = {}
        """By the target of a `+=`, the expression that reads it."""
        self.places: dict[ast.AST, ast.Call] = {}
        """By a place of the text, such as an operator, the call that it stands for."""
        self.yielding: dict[ast.AST, bool] = {}
        """By the syntax of a function or a statement, whether it has a `yield`."""

    def next_turn(self, span: Span) -> None:
        """A training step has been taken at `span`: limits count anew. A program that trains may be read for longer:
        one that does not may never end."""
        self.settle_python()
        self.graph.next_turn(span)
        self.most_steps = max(self.most_steps, min(self.steps + self.limits.visits, self.most_training))

    def state(self) -> tuple[Any, ...]:
        """Where the text stands: what `back_to` brings back when an error is caught there."""
        return self.scope, self.depth, self.loops, self.foreign, self.graph.group, len(self.training.loops.running)

    def back_to(self, state: tuple[Any, ...]) -> None:
        """Goes on where `state` was taken. What had been computed stays; an operation that failed left a node without
        a shape."""
        self.scope, self.depth, self.loops, self.foreign, self.graph.group, running = state
        self.training.loops.back_to(running)
        del self.graph.nodes[len(self.graph.shapes) :]

    def instance(self, cls: Class, address: str) -> Instance:
        """A new object of a class, without attributes."""
        self.objects += 1
        made = Instance(cls, {}, address, self.objects)
        self.stores.made.append((made, self.scope, len(self.stores.stored)))
        return made

    # -- reading -------------------------------------------------------------------------------------------------

    def evaluate(self, node: ast.expr, id: str | None = None, name: str | None = None) -> Any:
        """The value of an expression (see `values`). id, name: for the node that it writes last."""
        self.steps += 1
        if self.steps >= self._look_at:
            self._look(node)
        handler = self.expressions.get(type(node))
        if handler is self._names:
            # Most are names of what is no number, which need no more than a look.
            value = self.scope.names.get(node.id)  # type: ignore[attr-defined]
            if type(value) in self.held:
                return value
        elif handler is None:
            raise refusal(node, self.span(node))
        return handler(self, node, id, name)

    def operand(self, node: ast.expr) -> int:
        """The index of the node that an expression evaluates to; numbers become constants."""
        if type(node) is ast.Name and self.numbers is None:
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
        span = self.span(where)
        indices = tuple([ref.node if ref.memory is None else ref.index for ref in inputs])
        made = self.graph.operation(op, indices, attrs, span, id, name, kind)
        for ref in inputs:
            if ref.order != "C":
                made.order = ""
        return with_memory(self.graph, op, attrs, inputs[0], made, span)

    def node(self, value: Any, where: ast.expr, name: str | None = None) -> Ref:
        """A value as a node. Raises ProgramError for a value that is no number and no array."""
        kind = type(value)
        if kind is Ref:
            return value  # type: ignore[no-any-return]
        if kind is Literal:
            if value.ref is None:
                self.graph.number(value, self.span(where), name or value.name)
            return value.ref  # type: ignore[no-any-return]
        if kind is not float and not isinstance(value, int | float):
            raise self.no_number(value, where)
        if name is None and type(where) is ast.Name:
            scope = self.scope.holder(where.id)
            if scope is not None and scope is not self.globals:
                return self.local_constant(scope, where.id, value, where)
        return self.graph.number(value, self.foreign or self.spans[where], name)

    def local_constant(self, scope: Scope, name: str, value: float, where: ast.AST) -> Ref:
        """The node of a number that a name of a function holds: one, however often it is used."""
        held = scope.constants.get(name)
        if held is None or held[0] is not value:
            held = (value, self.graph.number(value, self.span(where), name))
            scope.constants[name] = held
        return held[1]

    def numpy_number(self, value: float, where: ast.AST) -> Ref:
        """A number of the host as one of NumPy's."""
        made = self.graph.number(value, self.span(where))
        made.python = False
        return made

    def no_number(self, value: Any, where: ast.expr) -> ProgramError:
        """The error for a value that is used as a number and is none."""
        return self.fail(no_number(value, where), where)

    def shape(self, value: Any) -> Shape:
        """The shape of a number or an array."""
        if type(value) is Ref:
            return self.graph.shapes[value.like]
        return value.array.shape if type(value) is Literal else ()

    def is_array(self, value: Any) -> bool:
        """Whether a value is an array in NumPy, and not a number."""
        if type(value) is Ref:
            return bool(value.boxed or self.graph.shapes[value.like])
        return type(value) is Literal

    # -- decisions -----------------------------------------------------------------------------------------------

    def decide(self, ref: Ref, where: ast.AST, question: str = "equals") -> Value:
        """The value of a node, because the course of the text depends on it; a guard is written down.

        question: "equals" if the value itself matters, "truth" if only whether it is 0.
        """
        index = ref.index
        if self.graph.given is None:
            raise self.fail(said("language.value_not_fixed"), where)
        value = self.graph.value(index)
        if self.watch is not None:
            self.watch.asked(index, question)
        key = (index, question)
        if key not in self.guards:
            answer: Any = bool(np.any(value)) if question == "truth" else value
            self.guards[key] = Guard(index, question, answer, self.span(where).line)
        return value

    def settle_python(self) -> None:
        """Computes the operations of Python's own numbers so far. Raises ProgramError where Python does."""
        waiting, self.by_python = self.by_python, []
        if self.graph.given is not None:
            for index in waiting:
                self.graph.value(index)

    def host(self, value: Any, where: ast.AST) -> Any:
        """A value as the host has it: for a traced value its number, its array or its text, which is decided."""
        if type(value) is Literal and value.ref is None:
            self.visit(where, value.array.size // 100)
            return as_host(value.value, value.kind)
        if type(value) is Literal:
            value = value.ref
        if type(value) is Text:
            return "".join([part if isinstance(part, str) else self._written(part, where) for part in value.parts])
        if type(value) is not Ref:
            return value
        held = self.decide(value, where)
        if type(held) is not float:
            self.visit(where, held.size // 100)  # type: ignore[union-attr]
        return as_host(held, self.graph.nodes[value.index].kind)

    def truth(self, value: Any, where: ast.AST) -> bool:
        """What Python takes a value for in a condition. Raises ProgramError for an array of several elements."""
        if type(value) is bool:
            return value
        if type(value) is Literal:
            value = self.node(value, where)  # type: ignore[arg-type]
        if type(value) is Ref:
            shape = self.shape(value)
            if shape and set(shape) != {1}:
                raise self.fail(said("language.condition_is_array"), where)
            return bool(np.any(self.decide(value, where, "truth")))
        if isinstance(value, str | Text):
            return bool(self.host(value, where))
        if value is None or isinstance(value, _HOST):
            return bool(value)
        return self.grammar.truth_of_object(self, value, where)

    def too_deep(self, node: ast.AST, most: int | None = None) -> LimitError:
        """The same, where a function of the text calls itself: its name, and what to write in place of that."""
        calls: dict[str, int] = {}
        scope: Scope | None = self.scope
        while scope is not None:
            if scope.function is None:
                scope = scope.parent
                continue
            calls[scope.function.name] = calls.get(scope.function.name, 0) + 1
            scope = scope.caller
        name = max(calls, key=calls.__getitem__, default="")
        if calls.get(name, 0) < _RECURSIVE:
            return super().too_deep(node, most)
        most = most or self.limits.nesting
        return LimitError(said("limits.recursion_too_deep", most=most, name=name), span=self.span(node))

    def note(self, note: Said) -> None:
        """Tells something of the program, once."""
        if note not in self.notes:
            self.notes.append(note)

    # -- texts ---------------------------------------------------------------------------------------------------

    def _written(self, part: Shown, where: ast.AST) -> str:
        """A number or an array in a text that decides something, as it is written out."""
        self.host(part.ref, where)
        return shown_text(shown_node(part), self.graph.value, self.graph.nodes)

    def run(self, body: Sequence[ast.stmt]) -> Any:
        """Runs statements in order. Returns None, or what ended them early: BREAK, CONTINUE or a `Returned`."""
        for node in body:
            self.steps += 1
            if self.steps >= self._look_at:
                self._look(node)
            handler = self.statements.get(type(node))
            if handler is None:
                raise refusal(node, self.span(node))
            ended = handler(self, node)
            if ended is not None:
                return ended
        return None

    def statement(self, node: ast.stmt) -> Any:
        """Runs one statement; see `run`."""
        return self.run([node])
