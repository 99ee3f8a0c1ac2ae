"""An operation in single steps: its forward expression written out as a program, and run.

The rule that an op states (y/(1 + eˣ) for a sigmoid) is thus compared with the chain rule through its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.errors import EngineError
from app.engine.execution.compile import compile_program
from app.engine.execution.plan import Trace
from app.engine.execution.roundoff import RoundOff
from app.engine.explain.derivation.agreement import Apart, apart
from app.engine.explain.derivation.steps import letters_of
from app.engine.notation.plan_names import Notation
from app.engine.ops.dialects import NUMPY, number_text
from app.engine.ops.expression import Apply, Expr, Number
from app.engine.ops.expression import Symbol as Hole
from app.engine.ops.rules import Rule
from app.engine.ops.word import ATOM, SIGN
from app.engine.program import Value


@dataclass(frozen=True, slots=True)
class Local:
    """The local derivative of a step towards one of what it is computed from."""

    source: str
    text: str | None
    latex: str | None
    value: Value | None


@dataclass(frozen=True, slots=True)
class Substep:
    """One step: its name, what it computes, its value, its gradient (of the whole program's output), and its local
    derivatives."""

    name: str
    text: str
    latex: str
    value: Value
    grad: Value | None
    locals: tuple[Local, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """`program`: the op as a program. `inputs`: what its letters stand for, by id. `sent`: what comes back to each
    input through the parts; `apart`: by letter, where that is not what the op's own rule sends; `agrees`: whether it
    is, up to rounding. `says`: the conventions at the kinks that the node or one of its steps stands on; `broken`: the
    first step that is not finite."""

    program: str
    inputs: dict[str, str]
    parts: tuple[Substep, ...]
    sent: dict[str, Value]
    apart: dict[str, Apart]
    agrees: bool
    says: tuple[str, ...]
    broken: str | None


def expand(trace: Trace, i: int) -> Expanded | None:
    """The node at a position of the schedule in single steps; None where it is one step."""
    schedule = trace.structure.schedule
    rule = schedule.rules[i]
    if rule is None or rule.op.kind != "elementwise":
        return None
    text = written_out(rule)
    if text is None:
        return None
    letters = letters_of(rule)
    sources = schedule.inputs[i]
    given = {letter: trace.value_list[j] for letter, j in zip(letters, sources, strict=True)}
    grad = trace.grad_list[i]
    try:
        run = compile_program(text, given, output="y", ignore_unknown=True).run(seed=grad)
    except EngineError:
        return None
    structure = run.structure
    names = Notation(structure)
    parts = tuple(
        Substep(node.id, names.formulas[k], names.latex_formulas[k], value, grad, _locals(run, names, k))
        for k, (node, value, grad) in enumerate(zip(structure.nodes, run.value_list, run.grad_list, strict=True))
        if structure.schedule.rules[k] is not None
    )
    sent: dict[str, Value] = {}
    found: dict[str, Apart] = {}
    steps_off, rules_off = RoundOff(run).gradients, RoundOff(trace).gradients
    kinks = {**{node: says for node, says in trace.kinks.items() if node == schedule.nodes[i].id}, **run.kinks}
    for slot, letter in enumerate(letters):
        message = trace.message_list[schedule.first_edge[i] + slot]
        came = run.grads[letter] if letter in structure.index else None
        if message is None or came is None:
            continue
        sent[letter] = came
        round_off = steps_off.get(structure.index[letter], 0.0) + rules_off.get(sources[slot], 0.0)
        difference = apart(message, came, round_off, bool(kinks))
        if difference is not None:
            found[letter] = difference
    inputs = {letter: schedule.nodes[j].id for letter, j in zip(letters, sources, strict=True)}
    agrees = all(each.why == "rounding" for each in found.values())
    broken = next((part.name for part in parts if not np.all(np.isfinite(part.value))), None)
    return Expanded(text, inputs, parts, sent, found, agrees, tuple(dict.fromkeys(kinks.values())), broken)


def _locals(run: Trace, names: Notation, k: int) -> tuple[Local, ...]:
    schedule = run.structure.schedule
    found = []
    for slot in schedule.senders[k]:
        e = schedule.first_edge[k] + slot
        source = schedule.nodes[schedule.edges[e].source].id
        found.append(Local(source, *names.partial(e), run.local_list[e]))
    return tuple(found)


def written_out(rule: Rule) -> str | None:
    """What an op computes, as lines of the language, one operation each; None where it is a single one."""
    table: dict[str, tuple[str, int]] = {f"x{slot}": (letter, ATOM) for slot, letter in enumerate(letters_of(rule))}
    lines: list[str] = []
    named: dict[Expr, tuple[str, int]] = {}
    order = _operations(rule.stepwise_expression)
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
    """Every operation once, each after those that it needs."""
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
