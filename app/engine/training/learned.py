"""Which leaves of a program are learned, and which hold examples, where a run does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from app.engine.errors import ValueProblem
from app.engine.execution.plan import Plan
from app.engine.execution.structure import Structure
from app.engine.notation.roles import uses
from app.engine.ops import INPUT
from app.engine.program import Value
from app.engine.wording import said

_LABELS = re.compile(r"[yY](_?\w*)")
"""What may be labels: only where something else is certain to be a parameter."""


STEP = "step"
"""The input that says which step it is, where the text has `step = 0`: a training counts it, from 0. Beside the steps,
where nothing is learned, it is -1."""


def counts(structure: Structure) -> bool:
    """Whether the text asks which step it is."""
    nodes = structure.program.nodes
    return any(node.id == STEP and node.op is INPUT and node.kind == "int" and node.value == 0 for node in nodes)


def parameters(structure: Structure, named: Sequence[str]) -> tuple[str, ...]:
    """The leaves that are learned: those named, else those a gradient reaches that are neither data nor targets.
    Raises ValueProblem where there are none, or one cannot be."""
    reached = _reached(structure)
    for name in named:
        if name not in reached:
            there = f"Those that can are {', '.join(reached)}." if reached else "None of this program can."
            raise ValueProblem(said("values.learned_without_gradient", name=name[:100]), hint=there)
    found = tuple(dict.fromkeys(named)) or tuple(_learned(structure, reached))
    if not found:
        raise ValueProblem(said("values.nothing_to_learn"))
    for name in found:
        if name in structure.fixed:
            raise ValueProblem(said("values.learned_decides_shape", name=name))
    return found


def _reached(structure: Structure) -> list[str]:
    schedule = structure.schedule
    return [schedule.nodes[i].id for i in schedule.graph if schedule.nodes[i].op is INPUT and schedule.active[i]]


def _learned(structure: Structure, reached: Sequence[str]) -> list[str]:
    roles = {node.id: use for node, use in zip(structure.nodes, uses(structure.nodes), strict=True)}
    sure = any(use == "parameter" for use in roles.values())
    return [
        name
        for name in reached
        if roles[name] not in ("data", "target")
        and name != STEP
        and not (sure and _LABELS.fullmatch(name))
        and name not in structure.fixed
    ]


def held(plan: Plan) -> dict[str, Value]:
    """The values of the inputs by id: the leaves, and what chooses elements, such as the labels in `p[range(n), y]`:
    they decide the graph and are not in it."""
    nodes = plan.structure.program.nodes
    found = {
        nodes[guard.node].id: guard.answer
        for guard in plan.structure.program.guards
        if guard.question == "equals" and nodes[guard.node].op is INPUT
    }
    return found | {name: plan.defaults[at] for name, at in plan.structure.leaves.index.items()}


def examples(
    structure: Structure, values: Mapping[str, Value], named: Sequence[str] | None, learned: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """The inputs whose rows are examples, and how many there are: those named, else the arrays that are not learned and
    have as many rows as the data. No names, and one example, where there are none. values: see `held`. Raises
    ValueProblem."""
    nodes = structure.program.nodes
    rows = {
        node.id: len(np.asarray(value))
        for node in nodes
        if node.op is INPUT and np.ndim(value := values.get(node.id, 0.0)) and node.id not in learned
    }
    if named is None:
        roles = dict(zip([node.id for node in nodes], uses(nodes), strict=True))
        data = [name for name in rows if roles[name] == "data"]
        number = rows[data[0]] if data else 0
        named = [name for name, n in rows.items() if n == number and _is_example(name, roles[name])] if data else []
    for name in named:
        if name not in rows:
            way = "known" if rows else "none"
            raise ValueProblem(said("values.leaf_without_examples", way, name=name[:100], known=", ".join(rows)))
    numbers = {rows[name] for name in named}
    if len(numbers) > 1:
        numbers_of = ", ".join([f"{name} has {rows[name]}" for name in named])
        raise ValueProblem(said("values.examples_differ_in_number", numbers_of=numbers_of))
    if 0 in numbers:
        raise ValueProblem(said("values.leaf_without_rows", named=named[0]))
    return tuple(dict.fromkeys(named)), numbers.pop() if numbers else 1


def _is_example(name: str, use: str | None) -> bool:
    return use in ("data", "target") or _LABELS.fullmatch(name) is not None
