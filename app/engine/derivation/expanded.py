"""An operation of several steps, step by step: its own forward expression written out as a program, and run.

So the rule that an op states (the y/(1 + eˣ) of a sigmoid) stands beside the chain rule through its parts, and the two
must come to the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.compilation import compile_program
from app.engine.derivation.steps import letters_of
from app.engine.errors import EngineError
from app.engine.notation import Notation
from app.engine.ops.dialects import NUMPY, number_text
from app.engine.ops.expression import Apply, Expr, Number
from app.engine.ops.expression import Symbol as Hole
from app.engine.ops.word import ATOM, SIGN
from app.engine.program import Value
from app.engine.rules import Rule
from app.engine.trace import Trace

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """One step: its name, what it computes, its value, its gradient (of the whole program's output), and its local
    derivative towards each of what it is computed from, as (name, text, LaTeX, value)."""

    name: str
    text: str
    latex: str
    value: Value
    grad: Value | None
    locals: tuple[tuple[str, str | None, str | None, Value | None], ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """`program`: the op as a program. `inputs`: what its letters stand for, by id. `sent`: what comes back to each
    input through the parts, and `agrees`: whether that is what the op's own rule sends."""

    program: str
    inputs: dict[str, str]
    parts: tuple[Part, ...]
    sent: dict[str, Value]
    agrees: bool


def expand(trace: Trace, i: int) -> Expanded | None:
    """The node at a position of the schedule; None where it is a single step."""
    schedule = trace.plan.schedule
    rule = schedule.rules[i]
    if rule is None or rule.op.kind != "elementwise":
        return None
    text = written_out(rule)
    if text is None:
        return None
    place = {position: place for place, position in enumerate(schedule.graph)}
    letters = letters_of(rule)
    sources = schedule.inputs[i]
    given = {letter: trace.value_list[place[j]] for letter, j in zip(letters, sources, strict=True) if j in place}
    grad = trace.grad_list[place[i]]
    try:
        plan = compile_program(text, given, output="y", ignore_unknown=True)
        run = plan.run(seed=grad)
    except EngineError:
        return None
    names = Notation(plan)
    parts = tuple(
        Part(node.id, names.formulas[k], names.latex_formulas[k], value, run.grad_list[at], _locals(run, names, k))
        for at, (k, node, value) in enumerate(zip(plan.schedule.graph, plan.nodes, run.value_list, strict=True))
        if plan.schedule.rules[k] is not None
    )
    sent: dict[str, Value] = {}
    agrees = True
    for slot, letter in enumerate(letters):
        message = trace.message_list[schedule.first_edge[i] + slot]
        came = run.grads[letter] if letter in plan.views.places else None
        if message is None or came is None:
            continue
        sent[letter] = came
        agrees = agrees and bool(np.allclose(came, message, rtol=_CLOSE, atol=_CLOSE, equal_nan=True))
    inputs = {letter: schedule.nodes[j].id for letter, j in zip(letters, sources, strict=True)}
    return Expanded(text, inputs, parts, sent, agrees)


def _locals(run: Trace, names: Notation, k: int) -> tuple[tuple[str, str | None, str | None, Value | None], ...]:
    schedule = run.plan.schedule
    found = []
    for slot in schedule.senders[k]:
        e = schedule.first_edge[k] + slot
        source = schedule.nodes[schedule.edges[e].source].id
        found.append((source, *names.partial(e), run.local_list[e]))
    return tuple(found)


def written_out(rule: Rule) -> str | None:
    """An op's forward expression as lines of the language, one operation each; None where it is a single one."""
    table: dict[str, tuple[str, int]] = {f"x{slot}": (letter, ATOM) for slot, letter in enumerate(letters_of(rule))}
    lines: list[str] = []
    named: dict[Expr, tuple[str, int]] = {}
    order = _operations(rule.forward_expression)
    if len(order) < 2:
        return None
    for each in order:
        holes = {f"a{place}": _name(argument, table, named) for place, argument in enumerate(each.arguments)}
        flat = Apply(each.word, tuple(Hole(key) for key in holes), each.options)
        name = "y" if each is order[-1] else f"u{len(lines) + 1}"
        lines.append(f"{name} = {NUMPY.print(flat, holes)}")
        named[each] = (name, ATOM)
    return "\n".join(lines)


def _operations(expression: Expr) -> list[Apply]:
    """Every operation once, what it needs before it."""
    done: dict[Expr, None] = {}
    waiting: list[tuple[Expr, bool]] = [(expression, False)]
    while waiting:
        each, again = waiting.pop()
        if not isinstance(each, Apply) or each in done:
            continue
        if again:
            done[each] = None
            continue
        waiting.append((each, True))
        waiting += [(argument, False) for argument in reversed(each.arguments)]
    return [each for each in done if isinstance(each, Apply)]


def _name(expression: Expr, table: dict[str, Any], named: dict[Expr, tuple[str, int]]) -> tuple[str, int]:
    if isinstance(expression, Number):
        text = number_text(expression.value)
        return text, SIGN if text.startswith("-") else ATOM
    found: tuple[str, int] = table[expression.key] if isinstance(expression, Hole) else named[expression]
    return found
