"""Reads a backward pass as what it is, a program in the namespace that another one left: each value that a line gives a
name is noted, with its node.

An error in a line ends that line alone: the names that it would assign have no value then, and lines that read them say
so. In loops and branches, too, each line is such a step.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.engine.assess.grading.namespace import left_by, places, recover
from app.engine.assess.grading.past_relu import past_relu
from app.engine.assess.grading.scalars import placed
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.statements import Broken, assigned, goes_on, read_in, statements, stored_in, turning
from app.engine.assess.grading.steps import BackwardReading, Step
from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import suggestion
from app.engine.interpreter.source import pasted
from app.engine.interpreter.syntax.expressions import EXPRESSIONS
from app.engine.interpreter.syntax.statements import STATEMENTS
from app.engine.interpreter.training.gradients.graded import belongs
from app.engine.interpreter.training.reach import reach
from app.engine.interpreter.values import Function, HostType, Instance, Literal, Module, Native, Ref, describe
from app.engine.ops import CONSTANT, REGISTRY
from app.engine.program import Manual
from app.engine.wording import said


class _TooMany(LimitError):
    """More values than are graded."""


def read_pass(scope: Scope, program: str, source: str, most: int) -> BackwardReading:
    """Reads a backward pass after the program, with the values of a run. most: how many values it may give names.

    Raises LimitError if it gives more in lines of its own; of loops, that is an error of the loop.
    """
    limits = scope.run.structure.limits
    text = pasted(source, limits)
    interpreter = left_by(program, scope, text)
    known, decided = places(interpreter), set(interpreter.guards)
    reader = _Reader(scope, interpreter, known, most, pasted(program, limits).count("\n") + 1)
    graph = interpreter.graph
    roots = [i for i, node in enumerate(graph.nodes) if node.op is not CONSTANT]
    reader.read(text)
    guards = [guard for key, guard in interpreter.guards.items() if key not in decided]
    depends = reach(graph.nodes, roots, through_masks=True)
    steps = placed(interpreter, scope, list(reader.steps.values()))
    return BackwardReading(steps, graph.nodes, graph.shapes, known, guards, depends, reader.stands)


@dataclass(slots=True)
class _Loop:
    """A loop around a line, and the turn that it is in, from 1."""

    node: ast.For | ast.While
    turn: int = 0


@dataclass(slots=True)
class _Reader:
    """The state of reading.

    known, stands: as in `BackwardReading`. most: how many steps there may be. before: the number of lines of the
    program, which come first. steps: what was noted, by a key that a later store into the same array replaces. indices:
    by name, the node of its value. failed: names without a value -> the line that failed. loops: those around. times:
    how many values a line has given a name. noted: the gradients that the interpreter has found. line: where it is.
    """

    scope: Scope
    interpreter: Interpreter
    known: Mapping[str, int]
    most: int
    before: int
    steps: dict[Any, Step] = field(default_factory=dict)
    indices: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    loops: list[_Loop] = field(default_factory=list)
    times: Counter[Any] = field(default_factory=Counter)
    noted: dict[tuple[str, int], Manual] = field(default_factory=dict)
    stands: dict[int, int] = field(default_factory=dict)
    line: ast.stmt | None = None

    def read(self, text: str) -> None:
        interpreter = self.interpreter
        self._new_gradients()
        # Grades come while somebody types: the lines have a third of the steps and half of the nodes.
        interpreter.graph.count_anew()
        interpreter.graph.halve()
        interpreter.count_anew(interpreter.limits.visits // 3)
        interpreter.expressions = {**EXPRESSIONS, ast.Name: self._name}
        interpreter.statements = dict.fromkeys(STATEMENTS, self._statement)
        for node in statements(text, interpreter.limits):
            if isinstance(node, Broken):
                self._fails(node.line, node.names, node.error)
                continue
            ast.increment_lineno(node, self.before)
            mark = len(self.steps)
            try:
                self._statement(interpreter, node)
            except _TooMany as error:
                if not hasattr(node, "body"):
                    raise
                recover(interpreter)
                self.steps = dict(list(self.steps.items())[:mark])
                self._fails(node.lineno - self.before, stored_in(node), self._placed(error, node))

    # -- statements ----------------------------------------------------------------------------------------------

    def _statement(self, interpreter: Interpreter, node: ast.stmt) -> Any:
        run = STATEMENTS[type(node)]
        if interpreter.scope is not interpreter.globals:
            return run(interpreter, node)
        start, depth, loops = len(interpreter.graph.nodes), interpreter.depth, interpreter.loops
        around = len(self.loops)
        self.line = node
        if self.loops and node is self.loops[-1].node.body[0]:
            self.loops[-1].turn += 1
        if isinstance(node, ast.For | ast.While):
            self.loops.append(_Loop(node))
        try:
            ended = run(interpreter, node)
            if not hasattr(node, "body"):
                self._note(node, start)
        except _TooMany:
            raise
        except (EngineError, RecursionError) as error:
            recover(interpreter, depth, loops)
            del self.loops[around:]
            right = -1 if hasattr(node, "body") else self._in_right_shapes(node)
            self._fails(node.lineno - self.before, stored_in(node), self._placed(error, node), read_in(node), right)
            return None
        finally:
            del self.loops[around:]
        return ended

    def _in_right_shapes(self, node: ast.stmt) -> int:
        """The node that a line gives its name if the gradients that it reads have the shapes that they should have; -1
        if they have, or if that does not help."""
        interpreter, names, targets = self.interpreter, self.interpreter.globals.names, assigned(node)
        depth, loops = interpreter.depth, interpreter.loops
        shapes, held = self.scope.structure.shapes, {}
        for name in read_in(node):
            meant, value = self.scope.targets.get(name), names.get(name)
            index = None if meant is None else meant.index
            if index is not None and type(value) is Ref and interpreter.shape(value) != shapes[index]:
                held[name] = value
                zeros = np.broadcast_to(np.float64(0.0), shapes[index])
                made = interpreter.graph.input(f"{name}.right", name, Literal(zeros, "float"), interpreter.span(node))
                names[name], self.stands[made.index] = made, index
        if not held or len(targets) != 1 or targets[0][1]:
            return -1
        try:
            STATEMENTS[type(node)](interpreter, node)
            found = names.get(targets[0][0])
        except (EngineError, RecursionError):
            recover(interpreter, depth, loops)
            found = None
        names.update(held)
        return found.index if type(found) is Ref else -1

    def _fails(
        self,
        line: int,
        names: tuple[str, ...],
        error: EngineError,
        reads: frozenset[str] = frozenset(),
        right: int = -1,
    ) -> None:
        turn = self._turn()
        for name in names or ("",):
            self._add(Step(line, name, error=error, reads=reads, turn=turn, right=right))
            if name:
                self.failed[name] = line
                self.interpreter.globals.names.pop(name, None)
                self.indices.pop(name, None)

    def _placed(self, error: Exception, node: ast.stmt) -> EngineError:
        """The error with its place in the pass; for one inside a function, the line that calls it."""
        if not isinstance(error, EngineError):
            error = ProgramError(said("language.line_recursion_too_deep"))
        line, column = error.line, error.column
        if line is None or not node.lineno <= line <= (node.end_lineno or line):
            line, column = node.lineno, node.col_offset + 1
        kind = LimitError if isinstance(error, LimitError) else ProgramError
        return kind(error.message, line=line - self.before, column=column, hint=error.hint)

    # -- names ---------------------------------------------------------------------------------------------------

    def _name(self, interpreter: Interpreter, node: ast.Name, id: str | None, name: str | None) -> Any:
        if node.id in self.failed and node.id not in interpreter.scope.names:
            raise interpreter.fail(said("language.line_failed", name=node.id, line=self.failed[node.id]), node)
        found = EXPRESSIONS[ast.Name](interpreter, node, id, name)
        if interpreter.graph.missing:
            raise self._unknown(node)
        return found

    def _unknown(self, node: ast.Name) -> ProgramError:
        """The error for a name without a value."""
        graph, name = self.interpreter.graph, node.id
        for missing in graph.missing:
            graph.free.pop(missing, None)
        graph.free.pop(name, None)
        graph.missing.clear()
        known = {**self.scope.indices, **graph.free, **self.interpreter.globals.names}
        if isinstance(self.line, ast.AugAssign) and (name, False) in assigned(self.line):
            return self.interpreter.fail(said("language.sum_not_begun", name=name), node)
        if name[0] == "d" and name[1:] in known:
            return self.interpreter.fail(said("language.gradient_not_known_yet", name=name), node)
        return self.interpreter.fail(said("language.name_in_no_line", name=name), node, suggestion(name, known))

    # -- what is noted -------------------------------------------------------------------------------------------

    def _note(self, node: ast.stmt, start: int) -> None:
        """Notes what a statement has given names, and which arrays it has changed."""
        names = self.interpreter.globals.names
        line = node.lineno - self.before
        read = read_in(node)
        plain = Step(line, "", reads=frozenset([name for name in read if self._is_value(name)]), turn=self._turn())
        new = self._new_gradients()
        taken: set[int] = set()
        for name, stores in assigned(node):
            if stores and type(names.get(name)) not in (Ref, Literal):
                continue
            adds, sums = (True, True) if stores else goes_on(node, name)
            step = replace(self._of(plain, new.pop(name, None)), name=name, adds=adds, sums=sums)
            self._give(step, node, start, taken, stores=stores)
        for name, found in new.items():
            if not name.isidentifier():
                adds, sums = goes_on(node, name)
                self._add(replace(self._of(plain, found), name=name, node=found.node, adds=adds, sums=sums))
        for name, index in list(self.indices.items()):
            held = names.get(name)
            if type(held) is Ref and held.index != index:
                aside = name not in read
                step = replace(plain, name=name, adds=not aside, sums=not aside, aside=aside)
                self._give(step, node, start, taken, stores=True)

    def _of(self, step: Step, manual: Manual | None) -> Step:
        return replace(step, target=self._meant(manual), meant=manual)

    def _give(self, step: Step, node: ast.stmt, start: int, taken: set[int], *, stores: bool) -> None:
        """Notes one name and its value."""
        interpreter, names, name = self.interpreter, self.interpreter.globals.names, step.name
        value = names.get(name)
        self.failed.pop(name, None)
        is_gradient = name in self.scope.targets or name in self.scope.versions
        if isinstance(value, bool | int | float):
            value = interpreter.graph.number(value, interpreter.span(node))
            if is_gradient:
                names[name] = value
        elif type(value) is Literal:
            value = interpreter.node(value, node)  # type: ignore[arg-type]
        if type(value) is not Ref:
            self.indices.pop(name, None)
            if is_gradient:
                error = interpreter.fail(said("language.gradient_no_number", name=name, value=describe(value)), node)
                self._fails(step.line, (name,), self._placed(error, node))
            return
        if not stores and not isinstance(node, ast.AugAssign) and (value.index < start or value.index in taken):
            # A second name of a value is a node of its own, since one may be right as a gradient and the other wrong.
            kind, boxed = interpreter.graph.nodes[value.index].kind, value.boxed
            shape = {"shape": interpreter.shape(value)}
            made = interpreter.operation(REGISTRY["reshape"], (value,), shape, node, kind=kind)
            made.boxed, made.python = boxed, value.python
            names[name] = value = made
        taken.add(value.index)
        step = past_relu(self.scope, interpreter, step, value.index, self.indices.get(name))
        self.indices[name] = value.index
        self._add(replace(step, node=value.index, turn="" if stores else step.turn), once=stores)

    def _add(self, step: Step, *, once: bool = False) -> None:
        """once: of the stores into an array in a loop, the last one counts."""
        key: Any = (step.line, step.name)
        if once:
            self.steps.pop(key, None)
        else:
            key = (*key, self.times[key])
            self.times[step.line, step.name] += 1
        self.steps[key] = replace(step, nth=-1 if once else key[2])
        if len(self.steps) > self.most:
            raise _TooMany(said("limits.graded_statements_too_many", most=self.most))

    def _new_gradients(self) -> dict[str, Manual]:
        """What the interpreter has found to be gradients since it was asked last, by name."""
        found = {}
        for name, graded in self.interpreter.training.manual.items():
            for line, manual in graded.items():
                if self.noted.get((name, line)) is not manual:
                    self.noted[name, line] = manual
                    found[name] = manual
        return found

    def _meant(self, manual: Manual | None) -> str | None:
        """The id of the node that a gradient belongs to; None if it is none of the output."""
        if manual is None:
            return None
        of = manual.of or ""
        held = self.interpreter.globals.names.get(of)
        names = {of: held.index} if type(held) is Ref else {}
        id = self.interpreter.graph.nodes[manual.target].id
        output = self.known.get(self.scope.structure.output, -1)
        return id if id in self.scope.structure.index and belongs(manual, output, names) else None

    def _is_value(self, name: str) -> bool:
        """Whether a name holds a value, and not a function, nor the number of a turn."""
        held = self.interpreter.globals.names.get(name)
        if held is None:
            return name in self.scope.indices
        if isinstance(held, Function | Native | Module | HostType):
            return False
        loops = [part.id for loop in self.loops for part in turning(loop.node)]
        return name not in loops or type(held) in (Ref, Literal)

    def _turn(self) -> str:
        """The loop variables, as in "t = 2"; of a `while` loop, which turn it is."""
        said = []
        for loop in self.loops:
            parts = [(part.id, self._shown(part.id)) for part in turning(loop.node)]
            said += [f"{name} = {text}" for name, text in parts if text] or [f"turn {loop.turn}"]
        return ", ".join(said)

    def _shown(self, name: str) -> str:
        """What a loop variable holds: a number, or the name of an array."""
        held = self.interpreter.globals.names.get(name)
        if isinstance(held, bool | int | float | str):
            return str(held)
        if type(held) is Ref:
            return self.interpreter.graph.nodes[held.index].name or ""
        return held.address if isinstance(held, Instance) else ""
