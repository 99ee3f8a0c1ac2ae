"""What is wrong with a message of a learner's engine: the first likely mistake that gives its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.engine.assess.grading.tolerance import folded
from app.engine.assess.own_engine.edges import Sent
from app.engine.assess.own_engine.numbers import Numbers, is_close, is_nothing
from app.engine.execution.values import as_value
from app.engine.ops import Op
from app.engine.support.errstate import ignore_fp_errors


def slip_of(numbers: Numbers, sent: Sent, wanted: Any, slot: int | None = None) -> str:
    """The kind of a mistake; "local" where no likely one fits. slot: which input of the sender's one operation it is
    about."""

    op = numbers.schedule.nodes[numbers.places[sent.sender]].op
    masked = op.rectifies or op.chooses

    def first() -> str:
        for kind, value in _candidates(numbers, sent, wanted, slot):
            # Many mistakes give zeros, so zeros are no sign of any but a wrong mask.
            empty = value is None or (is_nothing(value) and not (masked and kind == "own_mask"))
            if not empty and is_close(sent.message, value):
                return kind
        return "local"

    return ignore_fp_errors(first)  # type: ignore[no-any-return]


def slot_of(numbers: Numbers, sender: int, receiver: int) -> int | None:
    """Which input of the sender's one operation a receiver is; None where there are several operations or inputs."""
    inputs = numbers.schedule.inputs[numbers.places[sender]]
    if numbers.between[sender] or inputs.count(numbers.places[receiver]) != 1:
        return None
    return inputs.index(numbers.places[receiver])


def _candidates(numbers: Numbers, sent: Sent, wanted: Any, slot: int | None) -> Iterator[tuple[str, Any]]:
    gradient, shape = sent.gradient, np.shape(wanted)
    if np.shape(sent.message) != shape:
        if np.ndim(sent.message) and is_close(folded(sent.message, shape), wanted):
            yield "not_summed", sent.message
        return
    yield "sign", -np.asarray(wanted) if shape else -wanted
    later = _with_later(numbers, sent)
    if later is not None:
        yield "later", later
    slot = slot_of(numbers, sent.sender, sent.receiver) if slot is None else slot
    if slot is not None:
        yield from _of_one(numbers, sent, slot)
    if np.shape(gradient) == shape:
        yield "no_local", gradient
    if np.shape(numbers.number(sent.receiver)) == shape == np.shape(gradient):
        yield "own_mask", gradient * (np.asarray(gradient) > 0)
    ones = np.ones(np.shape(gradient)) if np.shape(gradient) else 1.0
    yield "no_incoming", numbers.messages(sent.sender, ones).get(sent.receiver)
    if len(shape) == 2 and shape[0] == shape[1]:
        yield "transposed", np.asarray(wanted).T
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


def _of_one(numbers: Numbers, sent: Sent, slot: int) -> Iterator[tuple[str, Any]]:
    """Mistakes in the rule of one operation."""
    schedule, gradient = numbers.schedule, sent.gradient
    place = numbers.places[sent.sender]
    rule, inputs = schedule.rules[place], [numbers.values[j] for j in schedule.inputs[place]]
    if rule is None:
        return
    run = rule.backward_kernel((slot,), ieee=True)
    result = numbers.values[place]

    def message(result: Any, operands: list[Any]) -> Any:
        try:
            return as_value(run(gradient, result, *operands)[0])
        except (ValueError, TypeError):
            return None

    op = rule.op
    yield from _of_two_inputs(op, gradient, inputs, slot)
    if np.shape(result) == np.shape(inputs[slot]) and op.partials is not None and op.exponent is None:
        exchanged = [result if k == slot else each for k, each in enumerate(inputs)]
        yield "result_for_input", message(result, exchanged)
        yield "input_for_result", message(inputs[slot], inputs)
        if op.textbook is not None:
            written = rule.textbook_kernel(slot)
            yield "input_for_result", as_value(written(gradient, inputs[slot], *inputs))
        if op.rectifies or op.chooses:
            yield "no_mask", gradient
            yield "own_mask", gradient * (np.asarray(gradient) > 0)


def _of_two_inputs(op: Op, gradient: Any, inputs: list[Any], slot: int) -> Iterator[tuple[str, Any]]:
    """Mistakes in the rule of a product, a quotient or a power."""
    if len(inputs) != 2 or np.shape(inputs[slot]) != np.shape(gradient):
        return
    x, other = inputs[slot], inputs[1 - slot]
    if op.is_product:
        yield "own_factor", gradient * x
    if op.is_quotient and slot == 1:
        yield "no_square", -gradient * inputs[0] / x
    if op.exponent == 1 and slot == 0:
        yield "exponent", gradient * other * x**other
        yield "exponent_factor", gradient * x ** (other - 1)
        for factor in (other, other - 1, 1):
            for exponent in (other - 2, other - 1, other, other + 1):
                yield "exponent", gradient * factor * x**exponent
