"""The two computations of a training step, each as one straight-line function: the loss with the gradients of the
parameters, and the update."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.errors import ProgramError, ShapeError
from app.engine.execution.codegen import compile_lean
from app.engine.execution.node_by_node import node_by_node
from app.engine.execution.plan import Plan
from app.engine.execution.schedule import Schedule, schedule
from app.engine.execution.values import shape_of
from app.engine.interpreter import MissingInputs, Reading, interpret
from app.engine.limits import Limits
from app.engine.ops import INPUT
from app.engine.program import Value
from app.engine.training.update import NEXT, Update
from app.engine.wording import said

ARITHMETIC = (OverflowError, ValueError, ZeroDivisionError)
"""What Python's arithmetic raises where IEEE arithmetic continues with inf or nan."""


class LossStage:
    """The loss and the gradients of the parameters, for leaves of the shapes of a plan."""

    def __init__(self, plan: Plan, parameters: Sequence[str], data: Sequence[str]) -> None:
        self.plan = plan
        index = plan.structure.leaves.index
        self._weights = [index[name] for name in parameters]
        # Where each leaf stands among weights, rows and defaults. What nothing needs for the loss is no leaf.
        given = [*parameters, *data]
        order = [len(given) + i for i in range(len(plan.defaults))]
        for k, name in enumerate(given):
            if name in index:
                order[index[name]] = k
        self._order = tuple(order)
        of = plan.structure.schedule
        self._run = compile_lean(of, [of.output], [of.leaves[i] for i in self._weights])
        self._value = compile_lean(of, [of.output], [])
        # An array of one number is a loss, too.
        self._boxed = bool(of.shapes[of.output])

    def leaves(self, weights: Sequence[Value], rows: Sequence[Value]) -> list[Value]:
        """The values of all leaves."""
        values = (*weights, *rows, *self.plan.defaults)
        return [values[k] for k in self._order]

    def gradients(self, weights: Sequence[Value], rows: Sequence[Value]) -> tuple[float, tuple[Value, ...]]:
        """The loss, and the gradient of each parameter."""
        leaves = self.leaves(weights, rows)
        try:
            (loss,), grads = self._run(leaves, self.plan.seed)
        except ARITHMETIC:
            return self._carefully(leaves)
        return self._number(loss), grads  # type: ignore[return-value]

    def loss(self, weights: Sequence[Value], rows: Sequence[Value]) -> float:
        """The loss alone."""
        leaves = self.leaves(weights, rows)
        try:
            (loss,), _ = self._value(leaves, self.plan.seed)
        except ARITHMETIC:
            return self._carefully(leaves)[0]
        return self._number(loss)

    def _carefully(self, leaves: Sequence[Value]) -> tuple[float, tuple[Value, ...]]:
        structure = self.plan.structure
        values, grads, _, _ = structure.runners.ieee()(leaves, self.plan.seed)
        found: Any = tuple([grads[structure.schedule.leaves[i]] for i in self._weights])
        return self._number(values[structure.schedule.output]), found

    def _number(self, loss: Any) -> float:
        return loss.item() if self._boxed else loss  # type: ignore[no-any-return]


class UpdateStage:
    """An update, for parameters of these shapes. It is read at its first run, and where it decides otherwise again."""

    def __init__(self, update: Update, shapes: Sequence[tuple[int, ...]], limits: Limits) -> None:
        self.update = update
        self._limits = limits
        self._shapes = tuple(shapes)
        names = list(update.names.values())
        self._pool = [*names, *[f"d{name}" for name in names], *[name for _, name in update.memory]]
        self._numbers = sorted(update.numbers)
        self._courses: tuple[_Course, ...] = ()

    @property
    def cost(self) -> int:
        """The cost of one update, in evaluations of about 1 µs."""
        return max([course.cost for course in self._courses], default=0)

    def values(
        self, weights: Sequence[Value], grads: Sequence[Value], memory: Sequence[Value], numbers: Mapping[str, float]
    ) -> dict[str, Value]:
        """The values of the program's inputs by name."""
        return dict(zip(self._pool, [*weights, *grads, *memory], strict=True)) | dict(numbers)

    def run(
        self, weights: Sequence[Value], grads: Sequence[Value], memory: Sequence[Value], numbers: Mapping[str, float]
    ) -> tuple[Value, ...]:
        """The parameters, then what is remembered, after the step."""
        course = self._courses[0] if self._courses else None
        if course is None or course.reading.program.guards:
            course = self._course(self.values(weights, grads, memory, numbers))
        return course.run((*weights, *grads, *memory, *[numbers[name] for name in self._numbers]))

    def _course(self, given: Mapping[str, Value]) -> _Course:
        for course in self._courses:
            if course.reading.holds(given):
                return course
        course = self._read(given)
        self._courses = (course, *self._courses)[:8]
        return course

    def _read(self, given: Mapping[str, Value]) -> _Course:
        results = self.update.results
        try:
            reading = interpret(self.update.text, self._limits, results[0], given, ignore_unknown=True)
        except MissingInputs as error:
            missing = ", ".join(error.missing)
            raise ProgramError(said("language.optimizer_name_without_value", missing=missing)) from None
        except ProgramError as error:
            raise ProgramError(
                said("language.in_optimizer", message=error.message),
                line=error.line,
                column=error.column,
                hint=error.hint,
            ) from None
        program = reading.program
        for name in results:
            if name not in program.names:
                raise ProgramError(said("language.optimizer_result_no_number", next=name.removesuffix(NEXT)))
        kept = tuple([program.names[name] for name in results])
        shapes = {i: reading.shapes[i] for i, node in enumerate(program.nodes) if node.op is INPUT}
        made = schedule(replace(program, kept=kept), shapes, self._limits)
        wanted = [*self._shapes, *[self._shapes[k] for k, _ in self.update.memory]]
        for name, node, shape in zip(results, kept, wanted, strict=True):
            found = made.shapes[made.index[node]]
            if found != shape:
                raise ShapeError(
                    said("shapes.optimizer_changes_shape", next=name.removesuffix(NEXT), found=found, shape=shape),
                )
        return _Course(reading, made, [made.index[node] for node in kept], [*self._pool, *self._numbers])


class _Course:
    """One course of decisions of an update. names: those of the values that it is given, in order."""

    def __init__(self, reading: Reading, made: Schedule, results: list[int], names: Sequence[str]) -> None:
        self.reading = reading
        self._schedule = made
        self._results = results
        self._lean: Callable[..., Any] = compile_lean(made, results, [])
        nodes = [made.nodes[i] for i in made.leaves]
        place = {name: k for k, name in enumerate(names)}
        self._constants: tuple[Any, ...] = tuple([node.value for node in nodes])
        # Where each leaf stands among what is given and the constants.
        self._order = tuple(
            [
                place[node.id] if node.op is INPUT and node.id in place else len(names) + k
                for k, node in enumerate(nodes)
            ]
        )

    @property
    def cost(self) -> int:
        return self._schedule.cost(range(len(self._schedule.nodes)))

    def run(self, given: tuple[Value, ...]) -> tuple[Value, ...]:
        pool = given + self._constants
        leaves = [pool[k] for k in self._order]
        try:
            found, _ = self._lean(leaves, 1.0)
        except ARITHMETIC:
            values, _, _, aside = node_by_node(self._schedule, careful=True)(leaves, _ones(self._schedule))  # type: ignore[arg-type]
            held = [*values, *aside]
            found = tuple([held[i] for i in self._results])
        return found  # type: ignore[no-any-return]


def _ones(made: Schedule) -> Value:
    shape = made.shapes[made.output]
    return np.ones(shape) if shape else 1.0


def zeros(values: Sequence[Value]) -> tuple[Value, ...]:
    """Zeros in the shapes of these."""
    return tuple([np.zeros(shape) if (shape := shape_of(value)) else 0.0 for value in values])
