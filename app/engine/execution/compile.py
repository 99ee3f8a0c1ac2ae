"""Compiles a text and values to a plan. Plans are cached by text and shapes, so that new values need no new plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.errors import MissingValue, ValueProblem
from app.engine.execution.leaves import Element, check_names
from app.engine.execution.own_operators import without_own_operators
from app.engine.execution.partition import in_parts
from app.engine.execution.plan import Plan, Trace
from app.engine.execution.repetition import with_repeats
from app.engine.execution.scalarize.one_node import with_opened
from app.engine.execution.scalarize.whole_program import opened
from app.engine.execution.schedule import schedule
from app.engine.execution.structure import Structure
from app.engine.execution.suggest import suggest
from app.engine.execution.values import shape_of, to_values
from app.engine.interpreter import MissingInputs, Reading, interpret
from app.engine.interpreter.turns.trainings import Wanted
from app.engine.limits import Limits
from app.engine.ops import INPUT
from app.engine.program import Node, Program, Value, ancestors
from app.engine.support.cache import WeightedCache
from app.engine.support.gc_pause import gc_paused
from app.engine.wording import said

_PLANS: WeightedCache[tuple[Plan, ...]] = WeightedCache(capacity=120_000)
"""Plans by text, output, detail, limits and shapes, one for each course of decisions; weighed in nodes of about 1 kB,
arrays of the text included."""

_READINGS: WeightedCache[tuple[Reading, ...]] = WeightedCache(capacity=120_000)
"""Readings by text, output, limits and shapes, one for each course of decisions; weighed in nodes. The largest that a
server reads is kept, too (decision 97): else each question about it would have it read again, for half a minute."""

_COURSES = 8
"""Courses of decisions that are kept for one text."""


def compile_program(
    source: str,
    values: Mapping[str, Any] | None = None,
    output: str | None = None,
    seed: Any = None,
    detail: str = "tensor",
    limits: Limits | None = None,
    ignore_unknown: bool = False,
    scalar: Iterable[str] = (),
    turn: int | None = None,
) -> Plan:
    """A plan for this text and values of these shapes; the values become its defaults.

    values: by input id (a name, or `x#2` for the second literal assigned to a name). Free names must have one.
    output: the name or node id whose gradient is wanted; by default the last name assigned that is not a manual
    gradient.
    seed: the gradient at the output, in its shape or as one number; ones by default.
    detail: "tensor", or "scalar": every element its own node.
    ignore_unknown: whether values for names that are no inputs, unknown ids in `scalar`, and an unknown output are
    skipped instead of refused.
    scalar: ids of array operations to open to their scalar arithmetic.
    turn: of a text that trains, the turn that it is about, counted from 0; the last one by default, and beyond it.
    Raises EngineError (see errors.py) for any error in the text or the values.
    """
    limits = limits or Limits()
    if detail not in ("tensor", "scalar"):
        raise ValueProblem(said("values.detail_unknown", detail=detail))
    given = to_values(values, limits)
    if detail == "scalar":
        # Elements after their arrays, so that they override them.
        given = dict(sorted(given.items(), key=lambda item: len(item[0])))
    opened_ids = () if detail == "scalar" else tuple(sorted(set(scalar)))
    reading = _reading(source, output, limits, given, ignore_unknown=ignore_unknown)
    own = reading.own
    turn = None if own is None or turn is None else min(turn, own.turns - 1)
    if own is not None and turn is not None:
        if turn != (own.turns - 1 if reading.turn is None else reading.turn):
            reading = _reading(source, output, limits, given, Wanted(own, turn), ignore_unknown=ignore_unknown)
        taken = reading.used
        reading, ids = reading.as_one_turn
        given = _in_one_turn(given, ids, taken)
    inputs = reading.inputs
    if ignore_unknown and given:
        given = {name: value for name, value in given.items() if _input_of(name, inputs, detail) is not None}
    key = (
        source,
        output,
        detail,
        opened_ids,
        ignore_unknown,
        limits,
        turn,
        tuple([(name, shape_of(value)) for name, value in given.items()]),
    )
    plans = _PLANS.get(key) or ()
    plan = next((plan for plan in plans if plan.structure.program.guards is reading.program.guards), None)
    if plan is None:
        with gc_paused():
            plan = _plan(reading, given, detail, limits, opened_ids, ignore_unknown=ignore_unknown)
        kept = (plan, *plans)[:_COURSES]
        _PLANS.put(key, kept, sum(map(_weight, kept)))
    structure = plan.structure
    if ignore_unknown and detail == "scalar":
        leaves = structure.leaves.index
        given = {name: value for name, value in given.items() if name in structure.inputs or name in leaves}
    start = plan.seed if seed is None else structure.as_seed(seed)
    return Plan(structure, tuple(structure.leaves.values(plan.defaults, given)), start)


def own_course(
    source: str,
    values: Mapping[str, Any] | None = None,
    output: str | None = None,
    limits: Limits | None = None,
    ignore_unknown: bool = False,
) -> Reading:
    """A reading of a text that trains, with the course of its loss; see `Reading`. Raises EngineError."""
    limits = limits or Limits()
    given = to_values(values, limits)
    reading = _reading(source, output, limits, given, ignore_unknown=ignore_unknown)
    if reading.own is None:
        return reading
    return _reading(source, output, limits, given, Wanted(reading.own), ignore_unknown=ignore_unknown)


def trace(
    source: str,
    values: Mapping[str, Any] | None = None,
    output: str | None = None,
    seed: Any = None,
    detail: str = "tensor",
    limits: Limits | None = None,
) -> Trace:
    """`compile_program` and one run."""
    return compile_program(source, values, output, seed, detail, limits).run()


def _reading(
    source: str,
    output: str | None,
    limits: Limits,
    given: Mapping[str, Value],
    wanted: Wanted | None = None,
    *,
    ignore_unknown: bool,
) -> Reading:
    """What the text means for these values, read when it is first asked for, and again when a decision in it comes out
    otherwise. wanted: see `interpret`. Raises ValueProblem, with values that would do, where names have none."""
    shapes = tuple([(name, shape_of(value)) for name, value in given.items()])
    key = (source, output, ignore_unknown, limits, wanted, shapes)
    readings = _READINGS.get(key) or ()
    for reading in readings:
        if reading.holds(given):
            return reading
    try:
        with gc_paused():
            reading = _read(source, output, limits, given, wanted, ignore_unknown=ignore_unknown)
    except MissingInputs as error:
        raise _without_value(source, output, limits, given, error) from None
    kept = (reading, *readings)[:_COURSES]
    weight = sum(
        len(r.program.nodes) + _held(r.program.nodes) + _sizes(r.used.values()) + len(r.course) // 10 + 1 for r in kept
    )
    _READINGS.put(key, kept, weight)
    return reading


def _read(
    source: str,
    output: str | None,
    limits: Limits,
    given: Mapping[str, Value],
    wanted: Wanted | None = None,
    *,
    ignore_unknown: bool,
) -> Reading:
    reading = interpret(source, limits, output, given, ignore_unknown=ignore_unknown, wanted=wanted)
    return replace(reading, program=in_parts(with_repeats(without_own_operators(reading.program))))


def _plan(
    reading: Reading,
    given: Mapping[str, Value],
    detail: str,
    limits: Limits,
    scalar: tuple[str, ...],
    *,
    ignore_unknown: bool,
) -> Plan:
    program = reading.program
    inputs = reading.inputs
    check_names(program, inputs, [_input_of(name, inputs, detail) or name for name in given])
    fixed = _fixed(program)
    scheduled = schedule(program, reading.shapes, limits)
    elements: Mapping[str, Element] = {}
    if scalar:
        shapes = {i: reading.shapes[i] for i, node in enumerate(program.nodes) if node.op is INPUT}
        program, moved = with_opened(program, scheduled, scalar, limits, ignore_unknown=ignore_unknown)
        scheduled = schedule(program, {moved[i]: shape for i, shape in shapes.items()}, limits)
    if detail == "scalar":
        program, origins = opened(program, scheduled, limits)
        elements = {id: Element(*origin) for id, origin in origins.items()}
        scheduled = schedule(program, {i: () for i, node in enumerate(program.nodes) if node.op is INPUT}, limits)
    # The guards as they were read tell which course of decisions this is.
    program = replace(program, guards=reading.program.guards)
    structure = Structure(program, scheduled, limits, inputs, fixed, detail, elements, reading)
    defaults = tuple(_placeholder(scheduled.nodes[i].value, scheduled.shapes[i]) for i in scheduled.leaves)
    shape = scheduled.shapes[scheduled.output]
    return Plan(structure, defaults, np.ones(shape) if shape else 1.0)


def _fixed(program: Program) -> frozenset[str]:
    """The inputs whose values decide a shape, an index or a loop."""
    decided = [guard.node for guard in program.guards if guard.question == "equals"]
    if not decided:
        return frozenset()
    leads = ancestors(program.nodes, decided)
    return frozenset([node.id for i, node in enumerate(program.nodes) if leads[i] and node.op is INPUT])


def _in_one_turn(given: Mapping[str, Value], ids: Mapping[str, str], taken: Collection[str]) -> dict[str, Value]:
    """The values by the ids that inputs have in every turn. Those taken in other turns decided what this one begins
    with, and have done their part."""
    found = {}
    for name, value in given.items():
        array = name if name in ids else _array_of(name)
        if array in ids:
            found[ids[array] + name[len(array) :]] = value
        elif name not in taken and array not in taken:
            found[name] = value
    return found


def _input_of(name: str, inputs: frozenset[str], detail: str) -> str | None:
    """The input that a value is for: itself, or in scalar detail the array that the element is of."""
    if name in inputs:
        return name
    array = _array_of(name)
    return array if detail == "scalar" and array in inputs else None


def _array_of(name: str) -> str:
    """`W` for its element `W[0,1]`, which scalar detail has as a leaf of its own."""
    return name.rpartition("[")[0] or name


def _held(nodes: Iterable[Node]) -> int:
    """The weight of the arrays in the text."""
    return _sizes([node.value for node in nodes if node.value is not None])


def _sizes(values: Iterable[Value]) -> int:
    """The weight of arrays: one node for 128 numbers."""
    return sum([value.size for value in values if isinstance(value, np.ndarray)]) // 128


def _weight(plan: Plan) -> int:
    """The weight of a plan in the cache, in nodes."""
    nodes = plan.structure.program.nodes
    return len(nodes) + plan.structure.schedule.n_edges // 2 + 20 + _held(nodes) + np.size(plan.seed) // 128


def _placeholder(value: Value | None, shape: tuple[int, ...]) -> Value:
    """The default of a leaf: its value in the text, or zeros if that is missing or has another shape."""
    if value is None or shape_of(value) != shape:
        # A broadcast zero takes no memory.
        return np.broadcast_to(np.float64(0.0), shape) if shape else 0.0
    return value


def _without_value(
    source: str, output: str | None, limits: Limits, given: Mapping[str, Value], first: MissingInputs
) -> ValueProblem:
    """The error for names without a value, with values that would do."""

    def read(values: Mapping[str, Value]) -> None:
        reading = _read(source, output, limits, values, ignore_unknown=True)
        schedule(reading.program, reading.shapes, limits)

    found = suggest(source, given, first, read)
    names = first.missing if found.shapes is None else found.shapes
    error = None if found.shapes is not None else found.refused
    why = "" if error is None else f"line {error.line}: {error.message}" if error.line else error.message
    spans = found.spans
    missing = tuple(
        [
            MissingValue(id, span.line if (span := spans.get(id)) is not None else None, found.value(id), why)
            for id in names
        ]
    )
    return ValueProblem(
        said("values.values_missing", names=", ".join([m.name for m in missing]), count=len(missing)),
        span=next(iter(spans.values())),
        hint=missing[0].advice("Give a value beside the program", "in it") + ".",
        missing=missing,
    )
