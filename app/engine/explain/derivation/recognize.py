"""Finds known functions that a reader wrote out, by the structure of the graph, and gives their closed forms: p − t for
exp, sum, division and logarithm. Only forms that agree with the gradients of the trace are given."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from app.engine.execution.plan import Trace
from app.engine.explain.derivation.calls import closed_forms, number_symbol, result_of
from app.engine.explain.derivation.closed_form import ClosedForm, FormWriter
from app.engine.explain.derivation.known_functions import CALLED, FUNCTIONS, LOSSES, PICKED, Loss
from app.engine.explain.derivation.matching import Found, Graph, one_of
from app.engine.explain.derivation.steps import Steps
from app.engine.explain.derivation.whole import Whole
from app.engine.notation.formulas import Symbol
from app.engine.ops import REGISTRY
from app.engine.ops.axes import count
from app.engine.ops.expression import Apply, Expr, Number
from app.engine.ops.expression import Symbol as Operand
from app.engine.ops.word import ATOM
from app.engine.program import NO_GROUP

_FARTHEST = 12
"""Most steps between a loss and its terms."""


@dataclass(frozen=True, slots=True)
class _Match:
    """What was found at a node: the function, its rules, and where its parts are. given: parts that are no nodes."""

    name: str
    rules: Mapping[str, Whole]
    found: Found
    given: Mapping[str, Symbol]


def whole_of_call(trace: Trace, group: str) -> tuple[ClosedForm, ...]:
    """The closed forms of a function call, recognized by its name or else by its graph (as softmax along another axis
    than the last). Raises ValueProblem where there is no such call."""
    forms = closed_forms(trace, group)
    result = None if forms else result_of(trace, group)
    if result is None:
        return forms
    index = trace.structure.index[result]
    match = next(_matches(trace, index), None)
    return () if match is None else _closed_forms(trace, index, match)


def written_out(trace: Trace, node: str) -> tuple[ClosedForm, ...] | None:
    """The closed forms of the known function whose result a node is, as far as they agree with the gradients; None
    where it is no such result, or where the function was called by its name: then they belong to the call."""
    structure = trace.structure
    index = structure.index.get(node)
    if index is None:
        return None
    match = next(_matches(trace, index), None)
    return None if match is None or _called(trace, index, match.found.inside) else _closed_forms(trace, index, match)


def _closed_forms(trace: Trace, index: int, match: _Match) -> tuple[ClosedForm, ...]:
    """The closed forms of a match at a node, as far as they agree."""
    steps = Steps(trace)
    symbols = {**{name: _symbol(steps, i) for name, i in match.found.bound.items()}, **match.given}
    writer = FormWriter(trace, match.name, symbols, match.found.inside, index)
    forms = [writer.form(parameter, whole) for parameter, whole in match.rules.items()]
    return tuple(form for form in forms if form is not None and form.agrees)


def _symbol(steps: Steps, i: int) -> Symbol:
    number = Graph(steps.schedule).number(i)
    return steps.value(i) if number is None else number_symbol(number)


def _called(trace: Trace, index: int, inside: frozenset[int]) -> bool:
    """Whether all of it is one call of a function that is known by its name."""
    groups, nodes = trace.structure.groups, trace.structure.schedule.nodes

    def around(i: int) -> Iterator[int]:
        at = nodes[i].group
        while at != NO_GROUP:
            yield at
            at = groups[at].parent

    return any(groups[g].name in CALLED and all(g in around(i) for i in inside) for g in around(index))


def _matches(trace: Trace, index: int) -> Iterator[_Match]:
    graph = Graph(trace.structure.schedule)
    if count(trace.structure.schedule.shapes[index]) == 0:
        return
    for each in FUNCTIONS.values():
        for text in each.texts:
            found = graph.find(text, index)
            if found is not None:
                rules = {key: _along(graph, whole, found, index) for key, whole in each.rules.items()}
                yield _Match(each.name, rules, found, {})
    if trace.structure.schedule.shapes[index] == ():
        yield from _losses(graph, index)


def _along(graph: Graph, whole: Whole, found: Found, result: int) -> Whole:
    """A rule along the axis that was found."""
    shapes = graph.schedule.shapes
    given = shapes[found.bound["x"]] if "x" in found.bound else ()
    return whole.along(found.axis or (), given, shapes[result], eps="eps" in found.bound)


# -- losses ------------------------------------------------------------------------------------------------------------


def _losses(graph: Graph, index: int) -> Iterator[_Match]:
    """Walks from one number back to what it is the sum or the mean of."""
    scale, inside, i = Fraction(1), frozenset[int](), index
    for _ in range(_FARTHEST):
        for loss in LOSSES:
            found = graph.find(loss.text, i)
            if found is not None:
                yield from _as_loss(graph, loss, found, scale, inside, {})
        yield from _picked(graph, i, scale, inside)
        step = _step(graph, i)
        if step is None:
            return
        inside |= {i}
        factor, i = step
        scale *= factor


def _step(graph: Graph, i: int) -> tuple[Fraction, int] | None:
    """The factor by which a step multiplies every term, and the node that has the terms; None for any other step."""
    rule = graph.schedule.rules[i]
    found = None if rule is None else _multiple(graph, i, rule.forward_expression)
    if found is not None:
        return found
    seen, passed = graph.seen(i)
    return (Fraction(1), graph.schedule.inputs[i][0]) if passed and seen != i else None


def _multiple(graph: Graph, i: int, expression: Expr) -> tuple[Fraction, int] | None:
    """The factor and the input of which an expression of node `i` is a multiple, added up or not."""
    inputs = graph.schedule.inputs[i]

    def number(part: Expr) -> float:
        """The number that a factor or a divisor is; nan where it depends on the values."""
        known = part.value if isinstance(part, Number) else None
        if isinstance(part, Operand):
            known = graph.number(inputs[int(part.key[1:])])
        return math.nan if known is None else known

    if isinstance(expression, Operand):
        return Fraction(1), inputs[int(expression.key[1:])]
    if not isinstance(expression, Apply):
        return None
    factor = Fraction(1)
    first, *rest = expression.arguments or (expression,)
    if expression.word == "mul" and math.isfinite(number(first)):
        factor, first = Fraction(number(first)), rest[0]
    elif expression.word == "mul" and math.isfinite(number(rest[0])):
        factor = Fraction(number(rest[0]))
    elif expression.word == "div" and math.isfinite(number(rest[0])) and number(rest[0]) != 0:
        factor = 1 / Fraction(number(rest[0]))
    elif expression.word == "neg":
        factor = Fraction(-1)
    elif expression.word != "sum":
        return None
    inner = _multiple(graph, i, first)
    return None if inner is None else (factor * inner[0], inner[1])


def _picked(graph: Graph, i: int, scale: Fraction, inside: frozenset[int]) -> Iterator[_Match]:
    """The logarithm of one probability, p[k] or log(p)[k]: the target is 1 at k and 0 elsewhere."""
    for loss in PICKED:
        # The element is taken from what the logarithm is of, or from the logarithms.
        outer = graph.find(loss.text, i)
        for at in [*([] if outer is None else [outer.bound[loss.of]]), i]:
            taken = graph.picked(at)
            if taken is None:
                continue
            source, index = taken
            target = one_of(graph.schedule.shapes[source], index)
            found = Found({loss.of: source}) if at != i else graph.find(loss.text, source)
            if target is not None and found is not None:
                yield from _as_loss(graph, loss, found, scale, inside | {i, at}, {"t": _unit(target, index)})


def _unit(target: Any, index: tuple[int, ...]) -> Symbol:
    """A target that is 1 at one place: a column of the unit matrix."""
    if target.ndim == 1:
        return Symbol(
            (f"np.eye({target.size})[{index[0]}]", ATOM), (rf"\mathbf{{e}}^{{({index[0]})}}", ATOM), "", "name", target
        )
    place = ", ".join(map(str, index))
    return Symbol((f"t[{place}]", ATOM), (rf"\mathbf{{e}}^{{({place})}}", ATOM), "", "name", target)


def _as_loss(
    graph: Graph, loss: Loss, found: Found, scale: Fraction, inside: frozenset[int], given: Mapping[str, Symbol]
) -> Iterator[_Match]:
    scale *= loss.factor
    if loss.of == "":
        if graph.schedule.shapes[found.bound["a"]] or graph.schedule.shapes[found.bound["b"]]:
            whole = replace(found, inside=found.inside | inside)
            yield _Match(loss.name, {key: _scaled(rule, scale) for key, rule in loss.rules.items()}, whole, given)
        return
    made = _made(graph, loss.made, found.bound[loss.of])
    if made is None:
        return
    bound = {**found.bound, "x": made.bound["x"]}
    whole = Found(bound, found.inside | inside | made.inside, made.axis)
    rules = {key: _scaled(_along(graph, rule, whole, found.bound[loss.of]), scale) for key, rule in loss.rules.items()}
    yield _Match(loss.name, rules, whole, given)


def _made(graph: Graph, name: str, i: int) -> Found | None:
    """How a node is the result of a function, written out or as an operation."""
    if graph.schedule.nodes[i].op is REGISTRY.get(name):
        return Found({"x": graph.schedule.inputs[i][0]}, frozenset({i}))
    return next((found for text in FUNCTIONS[name].texts if (found := graph.find(text, i)) is not None), None)


def _scaled(whole: Whole, scale: Fraction) -> Whole:
    """A rule with its factor, such as 2 / 3 for the mean of three squares."""
    above, below = scale.numerator, scale.denominator
    if below > 10**9 or abs(above) > 10**9:
        # A number that is no fraction of small ones, such as 0.1.
        times, over, typeset = f"{float(scale)!r} * ", "", f"{float(scale):.4g} "
    else:
        times, over = ("" if above == 1 else f"{above} * "), ("" if below == 1 else f" / {below}")
        if below == 1:
            typeset = "" if above == 1 else rf"{above}\," if above > 0 else rf"\left({above}\right)"
        else:
            typeset = rf"\dfrac{{{{{above}}}}}{{{{{below}}}}}\,"
    return whole.scaled(times, over, typeset)
