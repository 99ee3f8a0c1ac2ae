"""What a text holds after rounds that were computed: what it held after the last one read, with new values."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.naming import like_parameter
from app.engine.interpreter.training.rounds.histories import literal, own, restored
from app.engine.interpreter.training.rounds.round import Round
from app.engine.interpreter.training.rounds.template import Template
from app.engine.interpreter.training.steps.training_steps import becomes, depends
from app.engine.interpreter.values import Literal, Scope
from app.engine.ops import CONSTANT, INPUT


def restore(
    interpreter: Interpreter,
    loop: ast.stmt,
    template: Template,
    last: Round,
    rounds: int,
    histories: Sequence[Sequence[Any]],
) -> None:
    """Gives all that shows a node of the last round read a node with the value that it has now, and every place its
    number. rounds: how many were computed after it. histories: by item that a list gets in a round, what it got in
    each."""
    graph, span = interpreter.graph, interpreter.span(loop)
    graph.count_on(template.before.counted, template.last.counted, rounds)
    for items, at, item, _ in last.held.appended:
        # The list keeps the value of its round.
        items[at] = own(item)
    numbers = _numbers_later(interpreter, last)
    for round in range(rounds):
        for (items, _, item, _), history in zip(last.held.appended, histories, strict=True):
            items.append(restored(interpreter, loop, history[round], item, numbers))
    places = sorted({place for _, place in (*last.held.refs, *last.held.memories)})
    made: dict[int, int] = {}
    for place in places:
        # What a name still shows of the round before comes first: the leaves of the last round follow it.
        made[place] = _node(interpreter, loop, template, last, place, rounds, made)
        if made[place] in interpreter.training.cut and last.start + place in numbers:
            interpreter.training.carried.add(made[place])
    for ref, place in last.held.refs:
        ref.node = made[place]  # the value of another round, in place of this one
    for memory, place in last.held.memories:
        memory.index = made[place]
    for view, place in last.held.views:
        assert view.view is not None
        array, op, attrs, where = view.view
        view.view = array, op, {**attrs, "index": template.indices[template.stands[place]]}, where
    _give_numbers(template, last)
    for key, (items, _) in last.held.lists.items():
        last.held.lists[key] = items, list(items)
    interpreter.next_turn(span)


def _numbers_later(interpreter: Interpreter, last: Round) -> set[int]:
    """The nodes of the last round read, and of the one before it, that are numbers in a later turn: what is trained
    leads to them, and they are no parameters. `w = w - 0.1 * g` may be one, whatever g is called."""
    training, nodes = interpreter.training, interpreter.graph.nodes
    led: set[int] = set()
    grown: set[int] = set()
    for i in range(max(2 * last.start - last.end, 0), last.end):
        node = nodes[i]
        if any(j in training.successors or j in training.carried or j in led for j in node.inputs):
            led.add(i)
        adds = node.op.is_sum and any(j < last.start or j in grown for j in node.inputs)
        if adds or like_parameter(node.name or ""):
            grown.add(i)
    return (led - grown) | {i for i in training.origins if i >= last.start}


def _give_numbers(template: Template, last: Round) -> None:
    """Gives every place the number that it has now."""
    held = last.held
    for place, slot in template.last.held.varying.items():
        container, key = held.container(place), place[1]
        before, value = container[key], template.slots[slot]
        if type(before) is Literal:
            before.array = value.array
            continue
        container[key] = value
        owner = held.met[place[0]]
        if isinstance(owner, Scope) and key in owner.constants and owner.constants[key][0] is before:
            owner.constants[key] = value, owner.constants[key][1]


def _node(
    interpreter: Interpreter,
    loop: ast.stmt,
    template: Template,
    last: Round,
    place: int,
    rounds: int,
    made: Mapping[int, int],
) -> int:
    """The node in place of that at `place` of the round: a leaf where it was one, else a constant. made: those of
    earlier places."""
    graph = interpreter.graph
    span = interpreter.span(loop)
    index = last.start + place
    node = graph.nodes[index]
    depends(interpreter, index, span.line)
    value = template.values[template.stands[place]] if place >= 0 else template.previous[place % template.size]
    held = literal(value, node.kind)
    id = graph.counted_on(node.id, template.before.counted, template.last.counted, rounds)
    if node.op is not INPUT:
        kept = graph.kept(held, span, index, None if id == node.id else id).index
        if node.op is not CONSTANT:
            interpreter.training.cut.add(kept)
        return kept
    leaf = graph.input(id, node.name or "", held, node.span or span).index
    graph.tensors.like(leaf, index)
    if index in interpreter.training.origins:
        before = last.start + place % template.size if place < 0 else made.get(place - template.size, index)
        becomes(interpreter, before, leaf)
    return leaf
