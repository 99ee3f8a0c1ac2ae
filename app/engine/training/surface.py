"""What a program predicts: the value of one of its nodes for other examples than its own.

The program is run as it stands, a batch of its own size at a time, with the new examples in the place of its own. So
what is shown is computed by the very plan whose trace is shown, and a text that counts on its number of rows runs too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.execution.plan import Plan, Trace
from app.engine.program import Array, Program, Value, descendants
from app.engine.support.checkpoints import checkpoint
from app.engine.training.learned import examples, held
from app.engine.wording import said


@dataclass(frozen=True, slots=True)
class Surface:
    """of: the name whose value it is; choices: the names that have one for each example. values: one row for each
    point, of shape (points, columns). logits: whether it is what a loss takes for logits: then 0 is between two
    classes; final: whether it is the last value before the targets come in."""

    of: str
    choices: tuple[str, ...]
    values: Array
    logits: bool
    final: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a program: the leaf that holds them and its rows, of shape (examples, inputs); the leaf of their
    targets, if there is one, and its rows."""

    x: str
    rows: Array
    target: str | None
    targets: Array | None


def own_examples(plan: Plan) -> Examples:
    """Raises ValueProblem where no input holds examples."""
    values = held(plan)
    names, number = examples(plan.structure, values, None, ())
    if not names:
        raise ValueProblem(said("values.examples_missing"))
    x, *others = names
    targets = [name for name in others if np.ndim(values[name]) <= 2]
    target = targets[0] if targets else None
    return Examples(
        x,
        _rows(values[x], number),
        target,
        None if target is None else _rows(values[target], number),
    )


def _rows(value: Value, number: int) -> Array:
    return np.asarray(value).reshape(number, -1)


def surface(plan: Plan, x: str, points: Array, of: str | None, most: int) -> Surface:
    """The values of a node for points, of shape (points, inputs), in the place of the rows of leaf `x`.

    of: a name with one row for each example; by default the last one that is computed from x and not from the targets.
    most: the largest cost, in evaluations of about 1 µs. Raises ValueProblem, LimitError.
    """
    at = plan.structure.leaves.index[x]
    own = np.asarray(plan.defaults[at])
    inputs = int(np.prod(own.shape[1:]))
    if points.shape[1] != inputs:
        raise ValueProblem(said("values.points_width_differs", x=x, inputs=inputs, shape=points.shape[1]))
    schedule = plan.structure.schedule
    size = len(own)
    runs = -(-len(points) // size)
    if runs * 3 * schedule.cost(range(len(schedule.nodes))) > most:
        raise LimitError(said("limits.points_too_many"))
    names = predictions(plan, x)
    chosen = of if of is not None else names[-1] if names else None
    if chosen is None or chosen not in names:
        way, known = "known" if names else "none", ", ".join(names)
        raise ValueProblem(
            said("values.nothing_by_example", way, known=known)
            if of is None
            else said("values.value_not_by_example", way, name=of[:100], known=known)
        )
    found = []
    padded = np.resize(points, (runs * size, inputs)) if runs * size > len(points) else points
    for run in range(runs):
        checkpoint(100)
        rows = padded[run * size : (run + 1) * size].reshape(own.shape)
        found.append(_rows(value_of(_run(plan, x, np.ascontiguousarray(rows)), chosen), size))
    program = plan.structure.program
    logits = program.nodes[program.names[chosen]].id in _logits(program)
    return Surface(chosen, names, np.concatenate(found)[: len(points)], logits, final=chosen == names[-1])


def _run(plan: Plan, x: str, rows: Array) -> Trace:
    """With other examples, and with parameters as they are: what earlier turns have learned stays."""
    structure = plan.structure
    leaves = structure.leaves.values(plan.defaults, {x: rows})
    structure.check_course(leaves, {x: rows}, begun=False)
    return Plan(structure, tuple(leaves), plan.seed).run()


def predictions(plan: Plan, x: str) -> tuple[str, ...]:
    """The names of the top level that are computed from the examples in `x`, a row for each, and from no target; in the
    order of the program."""
    structure = plan.structure
    program, schedule = structure.program, structure.schedule
    others = [name for name in examples(structure, held(plan), None, ())[0] if name != x]
    size = len(np.asarray(plan.defaults[structure.leaves.index[x]]))
    from_x, from_target = (
        descendants(program.nodes, [i for i, node in enumerate(program.nodes) if node.id in ids])
        for ids in ([x], others)
    )
    found = []
    for name, node in sorted(program.names.items(), key=lambda item: item[1]):
        at = schedule.index.get(node)
        if at is None or not from_x[node] or from_target[node] or program.nodes[node].role == "input":
            continue
        # What is only printed, such as `np.round(p, 2)`, is no value of the program's own.
        if "(" in name:
            continue
        shape = schedule.shapes[at]
        if shape and shape[0] == size and len(shape) <= 2 and not (len(shape) == 2 and shape[1] > 10):
            found.append(name)
    return tuple(found)


def _logits(program: Program) -> set[str | float | None]:
    """The ids of what is given to functions of the prelude as logits."""
    return {value for group in program.groups for name, value in group.arguments if name == "logits"}


def value_of(trace: Trace, name: str) -> Value:
    """The value of a name of the top level, also of one that does not lead to the output."""
    structure = trace.structure
    at = structure.schedule.index[structure.program.names[name]]
    n = len(trace.value_list)
    return trace.value_list[at] if at < n else trace.aside_list[at - n]
