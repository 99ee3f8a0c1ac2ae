"""The rule of a whole function with indices: ∂L/∂x_ij = y_ij (∂L/∂y_ij − Σ_k ∂L/∂y_ik y_ik) for softmax. Read off the
small program that was run for it; each name of that program has a line of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.engine.execution.structure import Structure
from app.engine.labels import latex_name
from app.engine.notation.formulas import Formula
from app.engine.notation.indices import Called, Form, Indices, Table, Unindexed, at, line
from app.engine.notation.indices.element_of import LETTERS
from app.engine.notation.indices.index import constant
from app.engine.ops import CONSTANT
from app.engine.ops.axes import count
from app.engine.ops.expression import Apply, Expr, Named, Shape, Symbol, lift, product
from app.engine.ops.printed import Piece

_NOTED = re.compile(r"(\w+)\[([jk,]+)\]")


def elements(
    structure: Structure, called: Mapping[str, Called | float], left: Called, own: Shape
) -> tuple[Formula, ...]:
    """The program of a rule for one element: its last line, then those that it needs.

    called: how its inputs are written, or the number that one is. left: the gradient that is computed, and `own` its
    shape. Empty where there are no indices.
    """
    if not own or count(own) == 0:
        return ()
    try:
        lines = _lines(structure, called, left, own)
    except Unindexed:
        return ()
    return tuple(_formula(each) for each in lines if each is not None)


def jacobian(text: str, dimensions: int, called: Mapping[str, Called], source: str) -> tuple[Formula, ...]:
    """The derivative of element j of a row of the result towards element k of the same row of the source."""
    if not text or dimensions == 0:
        return ()
    rows = [letter for letter in LETTERS if letter not in "jk"][: dimensions - 1]
    table = Table({})

    def element(name: str, last: str) -> tuple[str, str]:
        if name == "δ":
            return f"δ[{last}]", rf"\delta_{{{last.replace(',', '')}}}"
        return called[name].at(tuple(map(table.letter, [*rows, last])))

    (above, typeset_above), (below, typeset_below) = element("y", "j"), element(source, "k")
    shown = _NOTED.sub(lambda found: element(found[1], found[2])[0], text)
    typeset = _NOTED.sub(lambda found: element(found[1], found[2])[1], text)
    typeset = typeset.replace("(", r"\left(").replace(")", r"\right)").replace(" * ", r"\,")
    left = rf"\dfrac{{\partial {typeset_above}}}{{\partial {typeset_below}}}"
    return (_formula(Form(f"∂{above}/∂{below} = {shown}", f"{left} = {typeset}")),)


def _lines(structure: Structure, given: Mapping[str, Called | float], left: Called, own: Shape) -> list[Form | None]:
    schedule = structure.schedule
    names = {schedule.index[i]: name for name, i in structure.program.names.items() if i in schedule.index}
    called = {key: each for key, each in given.items() if isinstance(each, Called)}
    shapes: dict[str, Shape] = {}
    written: dict[int, Expr] = {}
    steps: list[tuple[Called, Expr, Shape]] = []
    for i in schedule.graph:
        node, rule, shape = schedule.nodes[i], schedule.rules[i], schedule.shapes[i]
        if rule is None:
            number = node.value if node.op is CONSTANT else given[node.id]
            written[i] = lift(number) if isinstance(number, float) else Symbol(node.id)
            shapes[node.id] = shape
            continue
        inputs = {f"x{slot}": written[j] for slot, j in enumerate(schedule.inputs[i])}
        written[i] = _replaced(rule.forward_expression, inputs)
        if i == schedule.output:
            steps.append((left, written[i], shape))
        elif i in names:
            called[names[i]] = local(names[i], called)
            steps.append((called[names[i]], written[i], shape))
            written[i], shapes[names[i]] = Symbol(names[i]), shape
    *before, last = steps
    return [_line(step, shapes, called, own) for step in (last, *before)]


def _line(
    step: tuple[Called, Expr, Shape], shapes: Mapping[str, Shape], called: Mapping[str, Called], own: Shape
) -> Form | None:
    name, expression, shape = step
    table = Table(shapes)
    lead = len(own) - len(shape)
    letters = LETTERS[lead:] if lead >= 0 else LETTERS
    # An axis that was summed and kept has only one place.
    place: Indices = tuple(
        constant(0) if n == 1 and own[lead + axis : lead + axis + 1] != (1,) else table.letter(letters[axis])
        for axis, n in enumerate(shape)
    )
    found = at(expression, place, frozenset(index.letter for index in place), table)
    return line(name.at(place), found, table, called)


def local(name: str, taken: Mapping[str, Called]) -> Called:
    """A name local to a rule, changed if the program uses it too."""
    while any(re.search(rf"\b{name}\b", each.text) for each in taken.values()):
        name += "_"
    return Called(name, latex_name(name))


def _replaced(expression: Expr, inputs: Mapping[str, Expr]) -> Expr:
    """An expression with its symbols replaced; factors and divisors of 1 are dropped."""
    if isinstance(expression, Symbol):
        return inputs[expression.key]
    if isinstance(expression, Named):
        return _replaced(expression.meaning, inputs)
    if not isinstance(expression, Apply):
        return expression
    parts = tuple(_replaced(argument, inputs) for argument in expression.arguments)
    if expression.word == "mul":
        return product(*parts)
    if expression.word == "div":
        return parts[0] / parts[1]
    return Apply(expression.word, parts, expression.options)


def _formula(form: Form) -> Formula:
    return Formula("elements", (Piece(form.text),), (Piece(form.latex),))
