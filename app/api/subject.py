"""What a request is about: a program with values, written by its sender or made from a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.api import own_training, problems, schemas, training
from app.api.problems import ErrorDetail, RequestProblem
from app.engine import LimitError, Limits, Plan, Trace, compile_program
from app.engine.interpreter.network import Layer, Network, Points, network_program
from app.engine.training.record import Record
from app.engine.wording import said

NAME_CHARACTERS = 100
"""Longest word of a program, characters. An answer repeats names in ids, formulas and code, for each turn of a loop."""
_TOO_LONG = re.compile(rf"\w{{{NAME_CHARACTERS + 1}}}")


@dataclass(frozen=True, slots=True)
class Subject:
    """A program with its values: the arguments of `compile_program`. turn: of the training that it does itself.
    trained: whether the values are those of a step of a run, which goes on with inf and nan where Python raises."""

    program: str
    values: Mapping[str, Any]
    output: str | None
    notes: tuple[str, ...] = ()
    turn: int | None = None
    trained: bool = False

    def compile(self, ask: schemas.Subject, limits: Limits) -> Plan:
        """The plan, compiled with the options of the request. Raises `EngineError`."""
        check_names(self.program)
        plan = compile_program(
            self.program,
            self.values,
            self.output,
            ask.seed,
            ask.detail,
            limits,
            ignore_unknown=ask.ignore_unknown,
            scalar=ask.scalar,
            turn=self.turn,
        )
        return plan.going_on() if self.trained else plan

    def record(self, run: schemas.TrainingRun, limits: Limits, *, lenient: bool) -> Record:
        """The record of a training of it. Raises `EngineError`."""
        check_names(self.program)
        return training.record_of(run, self.program, self.values, self.output, limits, lenient=lenient)


def check_names(program: str) -> None:
    """Raises LimitError for a word longer than NAME_CHARACTERS."""
    found = _TOO_LONG.search(program)
    if found:
        line = program.count("\n", 0, found.start()) + 1
        column = found.start() - program.rfind("\n", 0, found.start())
        raise LimitError(said("limits.word_too_long", most=NAME_CHARACTERS), line=line, column=column)


def resolve(ask: schemas.Subject, limits: Limits, *, whole: bool = False) -> Subject:
    """The program of a request. whole: at a step of a run, with all examples in place of the step's batch. Raises
    `RequestProblem` unless it has exactly one of program and network."""
    if ask.program is not None and ask.network is None:
        return _at_step(Subject(ask.program, ask.values, ask.output), ask, limits, whole=whole)
    if ask.network is not None and ask.program is None:
        made = network_subject(ask.network, limits)
        subject = Subject(made.program, {**made.values, **ask.values}, ask.output or made.output)
        return _at_step(subject, ask, limits, whole=whole)
    if ask.program is None:
        detail = ErrorDetail(said("requests.program_missing"), field="program")
    else:
        detail = ErrorDetail(said("requests.program_and_network"), field="network")
    raise RequestProblem(problems.REQUEST, detail)


def without_run(ask: schemas.Subject) -> schemas.Subject:
    """The same about the program itself, whatever its training is asked about."""
    return ask.model_copy(update={"run": None, "example": None})


def record_of(ask: schemas.Subject, limits: Limits) -> Record:
    """The record of the run of a request, by default of one in which everything is as usual. Raises `RequestProblem`,
    `EngineError`."""
    subject = resolve(without_run(ask), limits)
    return subject.record(ask.run or schemas.TrainingRun(), limits, lenient=ask.ignore_unknown)


def record_at(ask: schemas.Subject, limits: Limits) -> Record:
    """The same where the run may not be the program's own, with the states up to the step that is asked about within
    reach of one request."""
    if ask.run is not None and ask.run.own:
        detail = ErrorDetail(said("requests.own_steps_as_run"), field="run.own")
        raise RequestProblem(problems.REQUEST, detail)
    record = record_of(ask, limits)
    training.check_cost(record, record.nearest(ask.step).step, ask.step, training.AT_ONCE)
    return record


def _at_step(subject: Subject, ask: schemas.Subject, limits: Limits, *, whole: bool) -> Subject:
    """The same program with the values of a step of its run, or the program of that step's update."""
    if ask.example is not None and (ask.run is None or ask.run.own or ask.phase == "update"):
        message = said("requests.example_without_step", "run" if ask.run is None or ask.run.own else "phase")
        raise RequestProblem(problems.REQUEST, ErrorDetail(message, field="example"))
    if ask.run is None:
        return subject
    if ask.run.own:
        own_training.check(ask)
        own_training.trained(subject.compile(ask, limits))
        return replace(subject, turn=ask.step)
    record = subject.record(ask.run, limits, lenient=ask.ignore_unknown)
    if ask.phase == "update":
        return Subject(*training.update_of(record, ask.step, ask.moved))
    values = training.step_values(record, ask.step, whole=whole, example=ask.example)
    return replace(subject, values=values, trained=True)


def traced(ask: schemas.Subject, limits: Limits) -> Trace:
    """The trace of a request's program. Raises `RequestProblem`, `EngineError`."""
    return resolve(ask, limits).compile(ask, limits).run()


def network_subject(network: schemas.Network, limits: Limits) -> Subject:
    """The program of a network, with its first weights and examples."""
    layers = tuple(Layer(layer.units, layer.activation) for layer in network.layers)
    drawn = network.points
    points = None
    if drawn is not None:
        points = Points(tuple(tuple(row) for row in drawn.x), tuple(drawn.target), drawn.classes)
    made = network_program(
        Network(
            network.inputs,
            layers,
            network.loss,
            network.init,
            network.random_seed,
            network.batch,
            network.data,
            network.noise,
            points,
            tuple(network.features),
            network.residual,
            network.norm,
            network.dropout,
        ),
        limits,
    )
    return Subject(made.program, made.values, made.output, made.notes)
