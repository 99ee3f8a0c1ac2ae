"""Which scalar each line of a backward pass is a gradient of: the output, or another one that the program has computed,
as a second loss or `f` in `df_dq`. It is found as for the gradients that a program itself writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.engine.assess.grading.namespace import places
from app.engine.assess.grading.point import Point
from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.steps import BackwardReading, Key, Step
from app.engine.execution.tolerance import telling
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.gradients.outputs_of import with_outputs
from app.engine.interpreter.values import Ref
from app.engine.program import Manual


def placed(interpreter: Interpreter, scope: Scope, steps: Sequence[Step]) -> list[Step]:
    """The steps, each with the scalars that it may be a gradient of, where these are others than the output."""
    end = places(interpreter).get(scope.structure.output)
    nodes = interpreter.graph.nodes
    meant = {id(step.meant): step.meant for step in steps if step.meant and nodes[step.meant.target].kind != "bool"}
    found: dict[int, Manual] = {}
    if end is not None:
        names = {name: held.index for name, held in interpreter.globals.names.items() if type(held) is Ref}
        found = dict(zip(meant, with_outputs(interpreter, list(meant.values()), end, names), strict=True))
    found = {key: each for key, each in found.items() if each.output is not None or each.others}
    made = [replace(step, meant=found.get(id(step.meant))) for step in steps]
    # Items that are no gradients, `grads["loss"]`, are no lines of their own.
    return [step for step in made if step.name.isidentifier() or step.target or step.meant or step.error]


def other_scalars(scope: Scope, reading: BackwardReading) -> tuple[dict[Key, str], dict[str, Scope]]:
    """Which lines are gradients of another scalar than the output, and the runs about these scalars, by their ids."""
    by_id = {node.id: i for i, node in enumerate(scope.structure.program.nodes)}
    point, scopes = Point(reading, scope.run), dict[int, Scope | None]()

    def about(scalar: int) -> Scope | None:
        if scalar not in scopes:
            place = by_id.get(reading.nodes[scalar].id)
            run = None if place is None else scope.run.about(place)
            scopes[scalar] = None if run is None else Scope(run)
        return scopes[scalar]

    chosen: dict[Key, str] = {}
    used: dict[str, Scope] = {}
    by_name: dict[str, int] = {}
    for step in reading.steps:
        m = step.meant
        by_name.pop(step.name, None)
        if m is None or step.error is not None or (m.output is None and _fits(scope, reading, step, m, point)):
            continue
        ways = [i for i in (m.output, *m.others) if i is not None]
        scalar = next((i for i in ways if (there := about(i)) and _fits(there, reading, step, m, point)), None)
        if scalar is None:
            # What goes on from a gradient of a scalar is one, too.
            scalar = next((by_name[name] for name in sorted(step.reads) if by_name.get(name) in ways), None)
        if scalar is None and m.certain:
            scalar = m.output
        there = None if scalar is None else about(scalar)
        if scalar is not None and there is not None:
            by_name[step.name] = scalar
            chosen[step.key] = reading.nodes[scalar].id
            used[chosen[step.key]] = there
    return chosen, used


def _fits(scope: Scope, reading: BackwardReading, step: Step, m: Manual, point: Point) -> bool:
    """Whether a line is the gradient of its target, for the scalar of a scope."""
    place = scope.structure.index.get(reading.nodes[m.target].id)
    adjoint = None if place is None else scope.run.grad_list[place]
    return adjoint is not None and telling(point.own(step.node), adjoint)


def with_scalars(reading: BackwardReading, chosen: Mapping[Key, str]) -> BackwardReading:
    """The reading, each step with the scalar that it is graded for."""
    if not chosen:
        return reading
    return replace(reading, steps=[replace(step, about=chosen.get(step.key)) for step in reading.steps])
