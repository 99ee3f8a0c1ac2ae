"""A run made ready: its program compiled for its batches, its updates read, its first state."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.errors import EngineError, ValueProblem
from app.engine.execution.compile import compile_program
from app.engine.execution.plan import Plan
from app.engine.execution.structure import Structure
from app.engine.execution.values import shape_of
from app.engine.limits import Limits
from app.engine.ops import INPUT
from app.engine.program import Guard, Value, ancestors
from app.engine.support.errstate import ignore_fp_errors
from app.engine.training.batches import Rows, split
from app.engine.training.learned import STEP, counts, examples, held, parameters
from app.engine.training.loss_text import loss_text
from app.engine.training.optimizers import Optimizer, optimizer
from app.engine.training.rates import check_rate
from app.engine.training.run import Run
from app.engine.training.stages import LossStage, UpdateStage, zeros
from app.engine.training.update import NUMBER, update
from app.engine.wording import said


# Not frozen, as a trace is not: setting fields the frozen way costs a tenth of a small network's whole step.
@dataclass(slots=True, eq=False)
class State:
    """What a step begins with.

    step: how many were taken. weights: the parameters; memory: what the optimizer remembers of them. best, best_step:
    the lowest loss so far, and the step that had it. Arrays are shared, not copied: modify neither them nor a state.
    """

    step: int
    weights: tuple[Value, ...]
    memory: tuple[Value, ...]
    best: float = math.inf
    best_step: int = 0


@dataclass(slots=True, eq=False)
class Taken:
    """A step: its loss and gradients, and the state behind it."""

    loss: float
    gradients: tuple[Value, ...]
    after: State


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps with the same optimizer and settings. first: the step at which they begin; since: the first of all those in
    a row with the same optimizer, from which it remembers and counts."""

    first: int
    since: int
    stage: UpdateStage
    settings: Mapping[str, float]


class Trainer:
    """Takes the steps of a run. Thread-safe: a step depends on its state alone.

    parameters: the ids of what is learned; data: those of the inputs whose rows are examples; split: the rows; counts:
    whether the text asks which step it is; decides: the first decision that it takes by what changes from step to step;
    start: the state before the first step.
    Raises EngineError for everything that a program, a value or a setting can be wrong in.
    """

    def __init__(self, run: Run, limits: Limits | None = None) -> None:
        self.run = run
        self.limits = limits or Limits()
        check_rate(run.rate)
        self._text = loss_text(run, self.limits)
        plan = self._text.plan
        structure = plan.structure
        check_loss(structure)
        self.parameters = parameters(structure, run.parameters)
        values = held(plan)
        self.data, number = examples(structure, values, run.data, self.parameters)
        self.split = split(run.batches, number)
        self.counts = counts(structure)
        self._examples = tuple([values[name] for name in self.data])
        # What a step is fed with beside the parameters.
        self._fed = (*self.data, STEP) if self.counts else self.data
        # Decisions may come out otherwise at any step: then the plan is asked for again at each.
        changing = {*self.parameters, *(self._fed[len(self.data) :] if self.takes_all else self._fed)}
        self.decides = next((guard for guard in structure.program.guards if _asks(structure, guard, changing)), None)
        self._stages: dict[Any, LossStage] = {}
        weights = tuple([values[name] for name in self.parameters])
        self.phases = self._phases([shape_of(value) for value in weights])
        self.start = State(0, weights, self._memory(self.phases[0], weights))
        ignore_fp_errors(self._try_updates)

    @property
    def plan(self) -> Plan:
        """The plan of the first step."""
        return self._stage(self.start.weights, self.rows(0)).plan

    @cached_property
    def cost(self) -> int:
        """The cost of a step, in evaluations of about 1 µs."""
        structure = self.plan.structure
        made = structure.schedule
        asked = 0 if self.decides is None else _READ * len(structure.program.nodes)
        return asked + 3 * made.cost(made.graph) + max(phase.stage.cost for phase in self.phases)

    def rows(self, step: int) -> tuple[Value, ...]:
        """What a step is fed with: its examples, an array for each of `data`, and its number, if the text asks."""
        return self._rows(None if self.takes_all else self.split.rows(step), step)

    def gradients(self, state: State) -> tuple[float, tuple[Value, ...]]:
        """The loss of a step, and the gradient of each parameter."""
        rows = self.rows(state.step)
        return self._stage(state.weights, rows).gradients(state.weights, rows)

    def next(self, state: State) -> Taken:
        """Takes a step. NumPy's warnings are left to the caller (see `errstate.py`)."""
        loss, gradients = self.gradients(state)
        phase = self.phase(state.step)
        memory = self._remembered(phase, state)
        found = phase.stage.run(state.weights, gradients, memory, self.numbers(phase, state.step))
        n = len(self.parameters)
        better = loss < state.best
        best, at = (loss, state.step) if better else (state.best, state.best_step)
        return Taken(loss, gradients, State(state.step + 1, found[:n], found[n:], best, at))

    def plans(self) -> tuple[Plan, ...]:
        """A plan for each number of examples that a step takes, and for what is kept aside; the first step's first.
        Where the text decides by values, those of the first weights."""
        size, train, aside = self.split.batches.size, len(self.split.train), len(self.split.validation)
        last = [] if self.split.whole else [train % size] if size else []
        wanted = dict.fromkeys([len(self.split.rows(0)), *last, aside])
        if self.takes_all:
            return (self.plan,)
        weights = self.start.weights
        return tuple([self._stage(weights, self._rows(np.arange(n), 0)).plan for n in wanted if n])

    def update(self, state: State) -> tuple[str, dict[str, Value]]:
        """The program of a step's update, and the values of its inputs."""
        _, gradients = ignore_fp_errors(self.gradients, state)
        phase = self.phase(state.step)
        stage, memory = phase.stage, self._remembered(phase, state)
        return stage.update.text, stage.values(state.weights, gradients, memory, self.numbers(phase, state.step))

    def validation(self, state: State) -> float | None:
        """The loss of the examples that are kept aside; None where there are none."""
        if not len(self.split.validation):
            return None
        rows = self._rows(self.split.validation, _NO_STEP)
        return self._stage(state.weights, rows).loss(state.weights, rows)

    def values(self, state: State, *, whole: bool = False, example: int | None = None) -> dict[str, Value]:
        """The values of the step's trace by leaf id: those of the run, its parameters and its examples. whole: all
        examples, also those that the step does not learn from, and no step that is counted. example: the row of the one
        that is taken alone. Raises ValueProblem."""
        rows = self._rows(None, _NO_STEP) if whole else self.rows(state.step)
        if example is not None and not whole:
            rows = self._rows(np.array([self._example(example)]), state.step)
        return {
            **self.run.values,
            **dict(zip(self._fed, rows, strict=True)),
            **dict(zip(self.parameters, state.weights, strict=True)),
        }

    def phase(self, step: int) -> Phase:
        """The phase that a step belongs to."""
        for phase in reversed(self.phases):
            if phase.first <= step:
                return phase
        return self.phases[0]

    def numbers(self, phase: Phase, step: int) -> dict[str, float]:
        """The numbers of an update beside parameters and gradients."""
        run, numbers = self.run, dict(phase.settings)
        if "lr" in numbers:
            numbers["lr"] *= run.rate.at(step)
        if phase.stage.update.optimizer.counts:
            numbers[NUMBER] = float(step - phase.since + 1)
        if run.clip is not None:
            numbers["max_norm"] = run.clip
        if run.decay:
            numbers["weight_decay"] = run.decay
        return numbers

    def _try_updates(self) -> None:
        """What is wrong in an update is told before the first step."""
        weights, (_, gradients) = self.start.weights, self.gradients(self.start)
        for phase in self.phases:
            phase.stage.run(weights, gradients, self._memory(phase, weights), self.numbers(phase, phase.first))

    @cached_property
    def takes_all(self) -> bool:
        """Whether each step takes all examples."""
        return not self.data or (self.split.whole and not len(self.split.validation))

    def _example(self, row: int) -> int:
        if not self.data:
            raise ValueProblem(said("values.leaf_of_examples_missing"))
        number = len(np.asarray(self._examples[0]))
        if row >= number:
            raise ValueProblem(said("values.example_outside", row=row, number=number - 1))
        return row

    def _rows(self, rows: Rows | None, step: int) -> tuple[Value, ...]:
        """What is fed for some rows of the examples; None: for all of them."""
        chosen = self._examples if rows is None else tuple([np.asarray(values)[rows] for values in self._examples])
        return (*chosen, float(step)) if self.counts else chosen

    def _stage(self, weights: Sequence[Value], rows: Sequence[Value]) -> LossStage:
        """The compiled loss for these examples, and where the text decides by values, for these parameters."""
        key: Any = len(rows[0]) if self.data else 0  # type: ignore[arg-type] # examples are arrays
        if self.decides is None:
            stage = self._stages.get(key)
            if stage is None:
                plan = self._plan(dict(zip(self._fed, rows, strict=True)))
                stage = self._stages[key] = LossStage(plan, self.parameters, self._fed)
            return stage
        plan = self._plan(dict(zip([*self._fed, *self.parameters], [*rows, *weights], strict=True)))
        stage = self._stages.get(plan.structure)
        if stage is None:
            if len(self._stages) > _COURSES:
                self._stages = {}
            stage = self._stages[plan.structure] = LossStage(plan, self.parameters, self._fed)
        return stage

    def _plan(self, values: Mapping[str, Value]) -> Plan:
        text = self._text
        if not values:
            return text.plan
        given = {**self.run.values, **values}
        try:
            plan = compile_program(text.source, given, text.output, limits=self.limits, ignore_unknown=text.cut)
        except EngineError as error:
            if self.takes_all:
                raise
            raise ValueProblem(
                said(
                    "values.batch_not_taken",
                    values_count=len(np.asarray(next(iter(values.values())))),
                    message=error.message,
                ),
            ) from None
        for name in self.parameters:
            if name not in plan.structure.leaves.index:
                raise ValueProblem(said("values.input_gone_at_step", name=name))
        return plan

    def _phases(self, shapes: Sequence[tuple[int, ...]]) -> tuple[Phase, ...]:
        run = self.run
        rule, given = run.optimizer, dict(run.settings)
        since = 0
        phases = [self._phase(0, since, rule, given, shapes)]
        for change in sorted(run.changes, key=lambda change: change.step):
            if change.optimizer is not None and change.optimizer != rule:
                rule, given, since = change.optimizer, {}, change.step
            given = {**given, **(change.settings or {})}
            # A phase without a step never was.
            phases = [phase for phase in phases if phase.first < change.step]
            phases.append(self._phase(change.step, since, rule, given, shapes))
        return tuple(phases)

    def _phase(
        self, first: int, since: int, rule: str, given: Mapping[str, float], shapes: Sequence[tuple[int, ...]]
    ) -> Phase:
        found = optimizer(rule)
        _check_settings(found, given)
        run = self.run
        made = update(
            found, self.parameters, clip=run.clip is not None, decay=run.decay != 0, accumulate=run.accumulate
        )
        return Phase(first, since, UpdateStage(made, shapes, self.limits), {**found.settings, **given})

    def _memory(self, phase: Phase, weights: Sequence[Value]) -> tuple[Value, ...]:
        return zeros([weights[k] for k, _ in phase.stage.update.memory])

    def _remembered(self, phase: Phase, state: State) -> tuple[Value, ...]:
        """What a step's optimizer remembers: nothing, where it is another one than that of the step before. Gradients
        that are not set to zero are kept all the same."""
        if not 0 < phase.since == state.step:
            return state.memory
        kept = len(self.parameters) if self.run.accumulate else 0
        return (*state.memory[:kept], *self._memory(phase, state.weights)[kept:])


_NO_STEP = -1
"""What `step` is where nothing is learned: for the examples that are kept aside, and for predictions."""

_READ = 300
"""What a node costs where the text is read, and its code made, at each step; in evaluations of about 1 µs."""

_COURSES = 16
"""Compiled losses that are kept for one run whose text decides by values."""


def _asks(structure: Structure, guard: Guard, changing: Collection[str]) -> bool:
    """Whether a decision depends on one of these inputs."""
    nodes = structure.program.nodes
    leads = ancestors(nodes, [guard.node])
    return any(leads[i] and node.op is INPUT and node.id in changing for i, node in enumerate(nodes))


def check_loss(structure: Structure) -> None:
    """Raises ValueProblem unless the output is a single number."""
    shape = structure.schedule.shapes[structure.schedule.output]
    if math.prod(shape) != 1:
        raise ValueProblem(said("values.loss_is_array", output=structure.output, shape=shape))


def _check_settings(found: Optimizer, given: Mapping[str, float]) -> None:
    for name in given:
        if name not in found.settings:
            known, way = ", ".join(found.settings), "known" if found.settings else "none"
            raise ValueProblem(said("values.setting_unknown", way, name=found.name, name2=name[:100], known=known))
