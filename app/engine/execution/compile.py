"""Compiles a text and values to a plan. Plans are cached by text and shapes, so that new values need no new plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.errors import MissingValue, ValueProblem
from app.engine.execution.leaves import Element, Fixed, check_fixed, check_names
from app.engine.execution.partition import in_parts
from app.engine.execution.plan import Plan, Trace
from app.engine.execution.scalarize.one_node import with_opened
from app.engine.execution.scalarize.whole_program import opened
from app.engine.execution.schedule import schedule
from app.engine.execution.structure import Structure
from app.engine.execution.suggest import Suggestion, suggest
from app.engine.execution.values import shape_of, to_values
from app.engine.interpreter import read
from app.engine.limits import Limits
from app.engine.ops import INPUT
from app.engine.program import Node, Program, Value, ancestors
from app.engine.support.cache import WeightedCache
from app.engine.support.gc_pause import gc_paused

_PLANS: WeightedCache[Plan] = WeightedCache(capacity=120_000)
"""Plans by text, output, detail, limits and shapes; weighed in nodes of about 1 kB, arrays of the text included."""

_PROGRAMS: WeightedCache[Program] = WeightedCache(capacity=50_000)
"""Programs by text, output and limits, weighed in nodes: a text is read once, whatever its values and shapes are."""


def compile_program(
    source: str,
    values: Mapping[str, Any] | None = None,
    output: str | None = None,
    seed: Any = None,
    detail: str = "tensor",
    limits: Limits | None = None,
    ignore_unknown: bool = False,
    scalar: Iterable[str] = (),
) -> Plan:
    """A plan for this text and values of these shapes; the values become its defaults.

    values: by input id (a name, or `x#2` for the second literal assigned to a name). Free names must have one.
    output: the name or node id whose gradient is wanted; by default the last name assigned that is not a manual
    gradient.
    seed: the gradient at the output, in its shape or as one number; ones by default.
    detail: "tensor", or "scalar": every element its own node.
    ignore_unknown: whether values for names that are no inputs, and unknown ids in `scalar`, are skipped instead of
    refused.
    scalar: ids of array operations to open to their scalar arithmetic.
    Raises EngineError (see errors.py) for any error in the text or the values.
    """
    limits = limits or Limits()
    if detail not in ("tensor", "scalar"):
        raise ValueProblem(f"detail is {detail!r}", hint='Give "tensor" or "scalar".')
    given = to_values(values, limits)
    if detail == "scalar":
        # Elements after their arrays, so that they override them.
        given = dict(sorted(given.items(), key=lambda item: "[" in item[0]))
    if ignore_unknown and given:
        given = _known_values(_program(source, output, limits), given, detail)
    opened_ids = () if detail == "scalar" else tuple(sorted(set(scalar)))
    key = (
        source,
        output,
        detail,
        opened_ids,
        ignore_unknown,
        limits,
        tuple([(name, shape_of(value)) for name, value in given.items()]),
    )
    plan = _PLANS.get(key)
    if plan is None:
        with gc_paused():
            program = _program(source, output, limits)
            plan = _plan(program, given, detail, limits, opened_ids, ignore_unknown=ignore_unknown)
        _PLANS.put(key, plan, _weight(plan))
    structure = plan.structure
    if ignore_unknown and detail == "scalar":
        leaves = structure.leaves.index
        given = {name: value for name, value in given.items() if name in structure.inputs or name in leaves}
    start = plan.seed if seed is None else structure.as_seed(seed)
    return Plan(structure, tuple(structure.leaves.values(plan.defaults, given)), start)


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


def _program(source: str, output: str | None, limits: Limits) -> Program:
    """The program that the text means, read when it is first asked for."""
    key = (source, output, limits)
    program = _PROGRAMS.get(key)
    if program is None:
        with gc_paused():
            program = in_parts(read(source, limits, output))
        _PROGRAMS.put(key, program, len(program.nodes) + _held(program.nodes) + 1)
    return program


def _input_ids(program: Program) -> frozenset[str]:
    return frozenset([node.id for node in program.nodes if node.op is INPUT])


def _plan(
    program: Program,
    given: Mapping[str, Value],
    detail: str,
    limits: Limits,
    scalar: tuple[str, ...],
    *,
    ignore_unknown: bool,
) -> Plan:
    inputs = _input_ids(program)
    check_names(program, inputs, [_array_of(name) if detail == "scalar" else name for name in given])
    nodes = program.nodes
    fixed = {nodes[i].id: Fixed(nodes[i].value, line, nodes[i].span) for i, line in program.fixed.items()}
    check_fixed(fixed, given)
    shapes = _leaf_shapes(program, given, limits)
    settled = schedule(program, shapes, limits)
    elements: Mapping[str, Element] = {}
    if scalar:
        program, moved = with_opened(program, settled, scalar, limits, ignore_unknown=ignore_unknown)
        settled = schedule(program, {moved[i]: shape for i, shape in shapes.items()}, limits)
    if detail == "scalar":
        program, origins = opened(program, settled, limits)
        elements = {id: Element(*origin) for id, origin in origins.items()}
        settled = schedule(program, {i: () for i, node in enumerate(program.nodes) if node.op is INPUT}, limits)
    structure = Structure(program, settled, limits, inputs, fixed, detail, elements)
    defaults = tuple(_placeholder(settled.nodes[i].value, settled.shapes[i]) for i in settled.leaves)
    shape = settled.shapes[settled.output]
    return Plan(structure, defaults, np.ones(shape) if shape else 1.0)


def _array_of(name: str) -> str:
    """`W` for its element `W[0,1]`, which scalar detail has as a leaf of its own."""
    return name.split("[", 1)[0]


def _held(nodes: Iterable[Node]) -> int:
    """The weight of the arrays in the text: one node for 128 numbers."""
    return sum([node.value.size for node in nodes if isinstance(node.value, np.ndarray)]) // 128


def _weight(plan: Plan) -> int:
    """The weight of a plan in the cache, in nodes."""
    nodes = plan.structure.program.nodes
    return len(nodes) + plan.structure.schedule.n_edges // 2 + 20 + _held(nodes) + np.size(plan.seed) // 128


def _known_values(program: Program, given: dict[str, Value], detail: str) -> dict[str, Value]:
    """The values whose names are inputs of the program."""
    inputs = _input_ids(program)
    scalar = detail == "scalar"
    return {name: value for name, value in given.items() if (_array_of(name) if scalar else name) in inputs}


def _placeholder(value: Value | None, shape: tuple[int, ...]) -> Value:
    """The default of a leaf: its value in the text, or zeros if that is missing or has another shape."""
    if value is None or shape_of(value) != shape:
        # A broadcast zero takes no memory.
        return np.broadcast_to(np.float64(0.0), shape) if shape else 0.0
    return value


def _leaf_shapes(program: Program, given: Mapping[str, Value], limits: Limits) -> dict[int, tuple[int, ...]]:
    """The shape of every input that is needed; ValueProblem naming those that have no value."""
    wanted = [program.output, *(m.node for m in program.manual)]
    wanted += [i for p in program.prints for i in p.nodes]
    needed = ancestors(program.nodes, wanted)
    shapes: dict[int, tuple[int, ...]] = {}
    missing: list[int] = []
    for i, node in enumerate(program.nodes):
        if node.op is not INPUT or not needed[i]:
            continue
        value = given.get(node.id, node.value)
        if value is None:
            missing.append(i)
            continue
        shapes[i] = shape_of(value)
    if missing:
        told = _missing(program, missing, suggest(program, needed, shapes, missing, limits))
        raise ValueProblem(
            f"{', '.join(m.name for m in told)} {'has' if len(told) == 1 else 'have'} no value",
            span=program.nodes[missing[0]].span,
            hint=told[0].advice("Give a value beside the program", "in it") + ".",
            missing=told,
        )
    return shapes


def _missing(program: Program, missing: Sequence[int], found: Suggestion) -> tuple[MissingValue, ...]:
    """The names without a value, and what would do."""
    error = None if found.shapes is not None else found.refused
    why = "" if error is None else f"line {error.line}: {error.message}" if error.line else error.message
    lines = {i: None if (span := program.nodes[i].span) is None else span.line for i in missing}
    return tuple(MissingValue(program.nodes[i].id, lines[i], found.value(i), why) for i in missing)
