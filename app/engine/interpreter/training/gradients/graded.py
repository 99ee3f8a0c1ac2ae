"""Which of the reader's gradients are graded: those of the output and of other scalars, with the values of their
turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.forms.beginnings import summands
from app.engine.interpreter.training.gradients.certain import forward_values, with_certainty
from app.engine.interpreter.training.gradients.outputs_of import with_outputs
from app.engine.interpreter.training.gradients.seeds import Seed
from app.engine.interpreter.training.gradients.unaimed import unaimed
from app.engine.interpreter.training.gradients.values_then import of_turn
from app.engine.interpreter.training.naming import LOSSES, plain
from app.engine.interpreter.training.reach import is_some_loss_name, single
from app.engine.interpreter.values import Function
from app.engine.ops import CONSTANT
from app.engine.program import NO_GROUP, Manual, Node, ancestors

_INNER = 100
"""Gradients inside functions that are graded."""


def written_gradients(interpreter: Interpreter) -> list[Manual]:
    """The lines that give a gradient a name, in their order; none that a loss is computed from."""
    by_line = [m for lines in interpreter.training.manual.values() for m in lines.values()]
    forward = forward_values(interpreter.graph.nodes, by_line)
    return sorted([m for m in by_line if m.node not in forward], key=lambda m: m.line)


def graded_gradients(
    interpreter: Interpreter, by_line: Sequence[Manual], end: int, names: dict[str, int], begun: Sequence[Seed]
) -> tuple[Manual, ...]:
    """Those of `by_line`, and of functions, that are gradients of the output `end`, or of another scalar. begun:
    handed in from above."""
    if not (by_line or interpreter.training.inner or interpreter.training.unaimed):
        return ()
    nodes = tuple(interpreter.graph.nodes)
    used = ancestors(nodes, [end])
    # A dx that the output depends on is a forward value. (`dx = w` gives the node of w a second name.)
    own = [m for m in by_line if not (used[m.node] and nodes[m.node].name == m.name)]
    placed = with_outputs(interpreter, own, end, names)
    own = [m for m in placed if m.output is None]
    # What a function trains on may be another batch than what the output is computed from.
    unsure = [m.node in interpreter.training.followed and not used[m.target] for m in own]
    # What a function makes and trains is a leaf from its first step on: until then it is a number without a gradient.
    became = interpreter.training.successors
    unsure = [
        other or (m.target in became and nodes[m.target].op is CONSTANT) for other, m in zip(unsure, own, strict=True)
    ]
    unsure = [other or end in interpreter.training.collected for other in unsure]
    own = [replace(m, certain=False) if other else m for m, other in zip(own, unsure, strict=True)]
    handed = frozenset([seed.given for seed in begun])
    own = with_certainty(nodes, interpreter.graph.shapes, own, end, interpreter.training.successors, handed)
    own = [_or_of_a_part(interpreter, m, end) for m in own]
    if interpreter.training.successors and _is_a_measure(nodes, end):
        # It may be another measure than what is trained for: then none of the gradients is one of it.
        own = [replace(m, output=end) for m in own]
    own += _inner(interpreter, own, used)
    own += unaimed(interpreter, own, used, end)
    of_output = [m for m in own if belongs(m, end, names) and not _of_a_function(interpreter, m, end)]
    if not single(interpreter.graph.shapes, end):
        # `dL_ds`, where no L is computed and the output is a matrix J.
        of_output = [m for m in of_output if m.of is None or m.of in names]
    graded = [of_turn(interpreter, m, used, names) for m in of_output]
    graded += _of_others(interpreter, placed, own, names)
    return tuple(sorted([m for m in graded if m is not None], key=lambda m: m.line))


def _is_a_measure(nodes: Sequence[Node], end: int) -> bool:
    """Whether an output may only show how a training goes: a sum of sizes of errors, or one that is not called a loss
    and adds up over a loop."""
    name, shown = plain(nodes[end].name or ""), end
    before = [i for i in nodes[end].inputs if plain(nodes[i].name or "") == name]
    adds_up = nodes[end].op.is_addition and bool(before)
    if adds_up:
        shown = next((i for i in nodes[end].inputs if i not in before), end)
    while (op := nodes[shown].op).totals or op.is_quotient or op.indexed == "get":
        shown = nodes[shown].inputs[0]
    sizes = nodes[shown].op.measures
    return sizes or (adds_up and (name == "total" or name not in LOSSES) and not is_some_loss_name(name))


def _or_of_a_part(interpreter: Interpreter, m: Manual, end: int) -> Manual:
    """A gradient that a proximal step follows may be that of a summand of the output: without the penalty, which the
    map behind the step stands for."""
    graph = interpreter.graph
    if interpreter.training.successors.keys() & interpreter.training.mapped and graph.nodes[end].op.is_addition:
        held = interpreter.training.predecessors.get(m.target, m.target)
        if held in interpreter.training.mapped or m.target in interpreter.training.mapped:
            parts = [i for i in summands(graph.nodes, end) if graph.nodes[i].inputs and single(graph.shapes, i)]
            return replace(m, others=(*m.others, *parts))
    return m


def _of_others(
    interpreter: Interpreter, placed: Sequence[Manual], main: Sequence[Manual], names: dict[str, int]
) -> list[Manual | None]:
    """The gradients of other scalars than the output, each with the values of its turn. main: those of the output; one
    without a target may be of either."""
    nodes, became = tuple(interpreter.graph.nodes), interpreter.training.successors
    aimed = [*placed, *[m for m in main if not m.among]]
    graded: list[Manual | None] = []
    for output in dict.fromkeys([m.output for m in placed if m.output is not None]):
        used = ancestors(nodes, [output])
        own = [m for m in placed if m.output == output and not (used[m.node] and nodes[m.node].name == m.name)]
        own = with_certainty(nodes, interpreter.graph.shapes, own, output, became, frozenset())
        inside = _inner(interpreter, aimed, used)
        own += [replace(m, output=output) for m in [*inside, *unaimed(interpreter, aimed, used, output)]]
        graded += [of_turn(interpreter, m, used, names) for m in own]
    return graded


def _inner(interpreter: Interpreter, own: Sequence[Manual], used: bytearray) -> list[Manual]:
    """What functions call like gradients, of values that the output is computed from, and is graded under no other
    name. What a dictionary lists, `grads = {"dW": dW}`, is told where it is computed as well."""
    graded = {m.node: m for m in own}
    lines = {(m.node, m.line) for m in own}
    training = interpreter.training
    # A function that is called again by a numerical check was called first for the output.
    shown = [last if used[last.target] else first for first, last in training.inner.values()]
    found = [m for m in shown if not used[m.node] and m.node not in graded]
    listed = [m for m in [*shown, *[last for _, last in training.unaimed.values()]] if m.node in graded]
    for m in listed:
        other = graded[m.node]
        if "[" in other.name and (m.node, m.line) not in lines:
            lines.add((m.node, m.line))
            found.append(replace(other, name=m.name, line=m.line))
    return sorted(found, key=lambda m: m.line)[:_INNER]


def belongs(manual: Manual, output: int, names: Mapping[str, int]) -> bool:
    """Whether a gradient is one of the output: `dz_dw` is a derivative of z, and none of the loss."""
    if manual.of is None:
        return True
    held = names.get(manual.of)
    return held == output if held is not None else manual.of in LOSSES


def _of_a_function(interpreter: Interpreter, manual: Manual, output: int) -> bool:
    """Whether a gradient, `df_dx` beside a function f, is one of what that returns, and the output is another value."""
    if not isinstance(interpreter.globals.names.get(manual.of or ""), Function):
        return False
    graph = interpreter.graph
    around = graph.nodes[output].group
    while around != NO_GROUP and plain(graph.groups[around].name) != manual.of:
        around = graph.groups[around].parent
    return around == NO_GROUP
