"""Closed forms of calls of known functions (`known_functions.py`): softmax with cross-entropy sends back p − target."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.errors import ValueProblem
from app.engine.execution.plan import Trace
from app.engine.explain.derivation.closed_form import ClosedForm, FormWriter
from app.engine.explain.derivation.known_functions import CALLED, KnownFunction
from app.engine.explain.derivation.steps import Steps
from app.engine.explain.derivation.whole import Whole
from app.engine.notation.formulas import Symbol, latex_figure
from app.engine.notation.numbers import figure
from app.engine.ops import CONSTANT
from app.engine.ops.word import ATOM
from app.engine.program import NO_GROUP, Group
from app.engine.wording import said


def closed_forms(trace: Trace, group: str) -> tuple[ClosedForm, ...]:
    """The closed forms of one function call, as far as they are known. Raises ValueProblem where there is no such
    group. A function that the reader defined under a known name has them only where they agree with its gradients."""
    structure = trace.structure
    found, inside, result = _call(trace, group)
    known = CALLED.get(structure.groups[found].name)
    if known is None or result is None or _along_another_axis(structure.groups[found]):
        return ()
    writer = FormWriter(
        trace, structure.groups[found].name, _arguments(trace, structure.groups[found], known), inside, result
    )
    forms = [writer.form(parameter, whole) for parameter, whole in _rules(known, writer, result)]
    foreign = structure.groups[found].summary is not None
    return tuple(form for form in forms if form is not None and (foreign or form.agrees))


def _rules(known: KnownFunction, writer: FormWriter, result: int) -> Iterator[tuple[str, Whole]]:
    """The closed forms for the arguments of the call, along the last axis."""
    shapes = writer.trace.structure.schedule.shapes
    for parameter, whole in known.rules.items():
        source = writer.index.get(writer.symbols[parameter].node) if parameter in writer.symbols else None
        if source is not None:
            yield parameter, whole.along((len(shapes[source]) - 1,), shapes[source], shapes[result])


def result_of(trace: Trace, group: str) -> str | None:
    """The id of the node that a function call gives; None for one that is not needed."""
    result = _call(trace, group)[2]
    return None if result is None else trace.structure.schedule.nodes[result].id


def _call(trace: Trace, group: str) -> tuple[int, frozenset[int], int | None]:
    """The place of a group, the positions of its nodes, and that of its result."""
    found = next((g for g, each in enumerate(trace.structure.groups) if each.id == group), None)
    if found is None:
        raise ValueProblem(said("values.call_unknown", group=group))
    inside = _inside(trace, found)
    return found, inside, max((i for i in inside if _leaves(trace, i, inside)), default=None)


def _along_another_axis(group: Group) -> bool:
    """Whether the call is along another axis than the last, for which the rules are stated."""
    return dict(group.arguments).get("axis", -1.0) != -1.0


def _arguments(trace: Trace, group: Group, known: KnownFunction) -> dict[str, Symbol]:
    """What the parameters of a call are: nodes of the graph, or numbers."""
    steps, index = Steps(trace), trace.structure.index
    found = {}
    for parameter, (_, argument) in zip(known.parameters, group.arguments, strict=False):
        if isinstance(argument, str) and argument in index:
            found[parameter] = steps.value(index[argument])
        elif isinstance(argument, float):
            found[parameter] = number_symbol(argument)
    return found


def number_symbol(value: float) -> Symbol:
    """A number in a rule, which no node stands for."""
    return Symbol((figure(value), ATOM), (latex_figure(value), ATOM), "", "name", value)


def _inside(trace: Trace, group: int) -> frozenset[int]:
    """The positions of the nodes in a group, those in groups inside it included."""
    groups, schedule = trace.structure.groups, trace.structure.schedule
    found = []
    for i in schedule.graph:
        at = schedule.nodes[i].group
        while at not in (group, NO_GROUP):
            at = groups[at].parent
        if at == group and schedule.nodes[i].op is not CONSTANT:
            found.append(i)
    return frozenset(found)


def _leaves(trace: Trace, i: int, inside: frozenset[int]) -> bool:
    schedule = trace.structure.schedule
    return i == schedule.output or any(schedule.edges[e].target not in inside for e in schedule.receives[i])
