"""From a text and values to a plan, and the cache of plans: a slider that is dragged changes values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.cache import WeightedCache
from app.engine.collector import paused
from app.engine.errors import MissingValue, ValueProblem
from app.engine.language import read
from app.engine.limits import Limits
from app.engine.opening import with_opened
from app.engine.ops import INPUT
from app.engine.parts import in_parts
from app.engine.plan import Element, Fixed, Plan, as_seed, check_fixed, check_names
from app.engine.program import Program, Value, ancestors
from app.engine.runners import Runners
from app.engine.scalar import opened
from app.engine.schedule import schedule
from app.engine.suggest import Suggestion, suggest
from app.engine.trace import Trace
from app.engine.values import shape_of, to_values
from app.engine.views import Views

_PLANS: WeightedCache[Plan] = WeightedCache(capacity=120_000)
"""Plans by text, output, detail, limits and shapes; weighed in nodes of about 1 kB, arrays of the text included."""

_INPUTS: WeightedCache[frozenset[str]] = WeightedCache(capacity=50_000)
"""The input ids of texts read with `ignore_unknown`, weighed in names."""


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

    values: by input id (a name; `x#2` where a name is assigned a second literal). Free names must have one.
    output: the name or node id whose gradient is wanted; by default the last name assigned that is not a manual
    gradient.
    seed: the gradient at the output, in its shape or as one number; ones by default.
    detail: "tensor", or "scalar": every element its own node.
    ignore_unknown: values for names that are no inputs of the program, and ids in `scalar` that it does not have, are
    left out instead of refused.
    scalar: ids of array operations that are opened to their scalar arithmetic, all else staying as it is.
    Raises EngineError (see errors.py) for everything that the text or the values can get wrong.
    """
    limits = limits or Limits()
    if detail not in ("tensor", "scalar"):
        raise ValueProblem(f"detail is {detail!r}", hint='Give "tensor" or "scalar".')
    given = to_values(values, limits)
    if detail == "scalar":
        # Elements after the arrays that they are part of.
        given = dict(sorted(given.items(), key=lambda item: "[" in item[0]))
    if ignore_unknown:
        given = _known_values(source, given, limits, output, detail)
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
        with paused():
            plan = _plan(source, given, output, detail, limits, opened_ids, ignore_unknown=ignore_unknown)
        _PLANS.put(key, plan, _weight(plan))
    if ignore_unknown and detail == "scalar":
        places = plan.views.leaf_places
        given = {name: value for name, value in given.items() if name in plan.inputs or name in places}
    start = None if seed is None else as_seed(seed, plan.schedule.shapes[plan.schedule.output], limits)
    return plan.bound(tuple(plan.leaf_values(given)), start)


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


def _plan(
    source: str,
    given: Mapping[str, Value],
    output: str | None,
    detail: str,
    limits: Limits,
    scalar: tuple[str, ...],
    *,
    ignore_unknown: bool,
) -> Plan:
    program = in_parts(read(source, limits, output))
    inputs = frozenset(node.id for node in program.nodes if node.op is INPUT)
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
    defaults = tuple(_placeholder(settled.nodes[i].value, settled.shapes[i]) for i in settled.leaves)
    shape = settled.shapes[settled.output]
    return Plan(
        program=program,
        schedule=settled,
        limits=limits,
        defaults=defaults,
        seed=np.ones(shape) if shape else 1.0,
        views=Views(program, settled),
        inputs=inputs,
        fixed=fixed,
        detail=detail,
        elements=elements,
        _runners=Runners(settled),
    )


def _array_of(name: str) -> str:
    """`W` for its element `W[0,1]`, which scalar detail has as a leaf of its own."""
    return name.split("[", 1)[0]


def _weight(plan: Plan) -> int:
    """What keeping a plan costs: its nodes, and the arrays that it holds, 128 numbers to a node."""
    held = sum(np.size(node.value) for node in plan.program.nodes if isinstance(node.value, np.ndarray))
    return len(plan.program.nodes) + plan.schedule.n_edges // 2 + 20 + (held + np.size(plan.seed)) // 128


def _known_values(
    source: str, given: dict[str, Value], limits: Limits, output: str | None, detail: str
) -> dict[str, Value]:
    """The values whose names are inputs: those of the cached plan where there is one, else found by reading the
    text."""
    if not given:
        return given
    key = (source, output, limits)
    inputs = _INPUTS.get(key)
    if inputs is None:
        program = read(source, limits, output)
        inputs = frozenset(node.id for node in program.nodes if node.op is INPUT)
        _INPUTS.put(key, inputs, len(inputs) + 1)
    scalar = detail == "scalar"
    return {name: value for name, value in given.items() if (_array_of(name) if scalar else name) in inputs}


def _placeholder(value: Value | None, shape: tuple[int, ...]) -> Value:
    """The default of a leaf; for a free name whatever has its shape, until the given value takes the place."""
    if value is None or shape_of(value) != shape:
        # One zero seen from everywhere: a placeholder takes no room.
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
