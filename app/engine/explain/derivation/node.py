"""The derivation of one node: its value, its edges on both sides, and its gradient as a sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.execution.plan import Trace
from app.engine.explain.derivation.steps import Step, Steps, elements_line, in_letters, letters_of, rule_line
from app.engine.explain.derivation.substeps import Expanded, expand
from app.engine.notation.formulas import Formula, Source, Symbol, names_line, numbered, numbers_line, result_symbol
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.dialects import LATEX, NUMPY
from app.engine.ops.printed import HOLE, Piece, bracketed, join
from app.engine.ops.word import ATOM, SIGN, Written

SHOWN = 12
"""Edges on each side that are written out; the others are counted."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One node. `inputs`: its edges to what it is computed from, as far as a message is sent; `users`: those from what
    uses it, in the order in which their messages arrive. `more_inputs`, `more_users`: how many are not written out.
    `gradient`: how the messages add up; empty where no path leads to the output. `expanded`: an operation of several
    steps, step by step.
    """

    value: tuple[Formula, ...]
    inputs: tuple[Step, ...]
    users: tuple[Step, ...]
    more_inputs: int
    more_users: int
    gradient: tuple[Formula, ...]
    expanded: Expanded | None


def derive(trace: Trace, node: str) -> Derivation:
    """Derives one node of the graph. Raises ValueProblem where there is no such node."""
    structure = trace.structure
    i = structure.index_of(node)
    steps = Steps(trace)
    inputs = [structure.schedule.first_edge[i] + slot for slot in structure.schedule.senders[i]]
    users = structure.schedule.receives[i]
    return Derivation(
        _value(steps, i),
        tuple(steps.step(e) for e in inputs[:SHOWN]),
        tuple(steps.step(e) for e in users[:SHOWN]),
        len(inputs) - len(inputs[:SHOWN]),
        len(users) - len(users[:SHOWN]),
        _gradient(steps, i),
        expand(trace, i),
    )


def _value(steps: Steps, i: int) -> tuple[Formula, ...]:
    node = steps.schedule.nodes[i]
    rule = steps.schedule.rules[i]
    if rule is None or node.op is INPUT or node.op is CONSTANT:
        return ()
    own = steps.value(i)
    result = result_symbol(own.value, node.id, "value", steps.schedule.shapes[i])
    lines = [_definition(rule, letters_of(rule)), *elements_line(rule, 0)]
    symbols = {f"x{slot}": steps.value(j) for slot, j in enumerate(steps.schedule.inputs[i])}

    def render(table: Mapping[str, Written], latex: bool) -> str:
        names = {j: table[f"x{slot}"] for slot, j in enumerate(steps.schedule.inputs[i])}
        return steps.notation.expression(i, latex, names)[0]

    text, latex = (
        () if node.name is None else (Piece(name, Source(node.id, "name")),) for (name, _) in (own.text, own.latex)
    )
    lines.append(names_line(render, symbols, (text, latex)))
    lines += numbers_line(render, symbols, result, matrix=node.op.kind == "matmul")
    return tuple(lines)


def _definition(rule: Any, letters: tuple[str, ...]) -> Formula:
    """What the op computes, in its own letters."""
    op = rule.op
    own, typeset = in_letters(rule)
    text, latex = NUMPY.print(rule.forward_expression, own), LATEX.print(rule.forward_expression, typeset)
    left = "y" if op.text is not None or op.variadic else f"{op.name}({', '.join(letters)})"
    typeset_left = "y"
    if op.text is None and not op.variadic:
        typeset_left = op.typeset(rule.call, [typeset[f"x{slot}"] for slot in range(len(letters))])[0]
    if typeset_left == latex:
        typeset_left = "y"
    return rule_line(f"{left} = {text}", f"{typeset_left} = {latex}")


def _gradient(steps: Steps, i: int) -> tuple[Formula, ...]:
    """The messages, and the seed at the output, added up."""
    schedule = steps.schedule
    grad = steps.gradient(i)
    terms = [steps.message(e) for e in schedule.receives[i]]
    if i == schedule.output:
        terms.insert(0, Symbol(("seed", ATOM), (r"\text{seed}", ATOM), grad.node, "grad", steps.trace.seed))
    if not terms or grad.value is None:
        return ()
    hidden = len(terms) - SHOWN if len(terms) > SHOWN + 1 else 0
    terms = terms[: len(terms) - hidden]
    symbols = {f"m{place}": term for place, term in enumerate(terms)}
    result = result_symbol(grad.value, grad.node, "grad", schedule.shapes[i])

    def render(table: Mapping[str, Written], latex: bool) -> str:
        ends = [rf"\cdots_{{{hidden}}}" if latex else f"… ({hidden} more)"] if hidden else []
        parts = [_addend(table[key], latex, first=place == 0) for place, key in enumerate(symbols)]
        return join(" + ", parts + ends)

    lines = [names_line(render, symbols, steps.gradient_sides(i))]
    if len(terms) == 1:
        lines.append(Formula("numbers", (numbered(result, False),), (numbered(result, True),)))
    elif not hidden:
        lines += numbers_line(render, symbols, result)
    return tuple(lines)


def _addend(written: Written, latex: bool, *, first: bool) -> str:
    """An addend. One that begins with a sign is bracketed after a plus."""
    return bracketed(written, ATOM if not first and written[1] in (SIGN, HOLE[1]) else 0, latex)
