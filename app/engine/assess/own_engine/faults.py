"""What is wrong with a message of a learner's engine: the first likely mistake that gives its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.assess import mistakes
from app.engine.assess.mistakes import Made, Message
from app.engine.assess.own_engine.edges import Sent
from app.engine.assess.own_engine.numbers import Numbers, is_nothing
from app.engine.execution.tolerance import close_difference, folded
from app.engine.execution.values import as_value
from app.engine.support.errstate import ignore_fp_errors


def kind_of(numbers: Numbers, sent: Sent, wanted: Any, slot: int | None = None) -> str:
    """The key of a mistake; "local" where no likely one fits. slot: which input of the sender's one operation it is
    about."""

    op = numbers.schedule.nodes[numbers.places[sent.sender]].op
    masked = op.rectifies or op.chooses

    def first() -> str:
        for kind, value in _candidates(numbers, sent, wanted, slot):
            # Many mistakes give zeros, so zeros are no sign of any but a wrong mask.
            empty = value is None or (is_nothing(value) and not (masked and kind == "own_mask"))
            if not empty and close_difference(sent.message, value):
                return kind
        return "local"

    return ignore_fp_errors(first)  # type: ignore[no-any-return]


def slot_of(numbers: Numbers, sender: int, receiver: int) -> int | None:
    """Which input of the sender's one operation a receiver is; None where there are several operations or inputs."""
    inputs = numbers.schedule.inputs[numbers.places[sender]]
    if numbers.between[sender] or inputs.count(numbers.places[receiver]) != 1:
        return None
    return inputs.index(numbers.places[receiver])


def _candidates(numbers: Numbers, sent: Sent, wanted: Any, slot: int | None) -> Made:
    gradient, shape = sent.gradient, np.shape(wanted)
    if np.shape(sent.message) != shape:
        if np.ndim(sent.message) and close_difference(folded(sent.message, shape), wanted):
            yield "not_summed", sent.message
        return
    yield from mistakes.sign(wanted)
    later = _with_later(numbers, sent)
    if later is not None:
        yield "later", later
    slot = slot_of(numbers, sent.sender, sent.receiver) if slot is None else slot
    if slot is not None:
        yield from _of_one(numbers, sent, slot)
    if np.shape(gradient) == shape:
        yield from mistakes.no_local(gradient, shape)
        if np.shape(numbers.number(sent.receiver)) == shape:
            yield from mistakes.own_mask(gradient)
    yield "no_incoming", numbers.messages(sent.sender, mistakes.ones_for(gradient)).get(sent.receiver)
    yield from mistakes.transposed(wanted)
    for times in (2.0, 0.5):
        yield "factor", np.multiply(wanted, times) if shape else wanted * times


def _with_later(numbers: Numbers, sent: Sent) -> Any:
    """The message with the numbers that operands have got since."""
    objects = numbers.own.objects
    changed = {
        numbers.places[i]: numbers.held(objects[i].later)
        for i in dict.fromkeys((*numbers.operands[sent.sender], sent.sender))
        if objects[i].later.node >= 0
    }
    return numbers.messages(sent.sender, sent.gradient, changed).get(sent.receiver) if changed else None


def _of_one(numbers: Numbers, sent: Sent, slot: int) -> Made:
    """Mistakes in the rule of one operation."""
    schedule = numbers.schedule
    place = numbers.places[sent.sender]
    rule = schedule.rules[place]
    if rule is None:
        return
    kernel = rule.backward_kernel((slot,), ieee=True)

    def send(gradient: Any, result: Any, operands: Sequence[Any], *, textbook: bool = False) -> Any:
        try:
            if textbook:
                return as_value(rule.textbook_kernel(slot)(gradient, result, *operands))
            return as_value(kernel(gradient, result, *operands)[0])
        except (ValueError, TypeError):
            return None

    operands = [numbers.values[j] for j in schedule.inputs[place]]
    message = Message(rule, slot, sent.gradient, numbers.values[place], operands, send)
    yield from mistakes.own_factor(message)
    yield from mistakes.of_two_inputs(message)
    if rule.op.partials is not None and rule.op.exponent is None:
        yield from mistakes.argument(message)
        yield from mistakes.no_mask(message)
