"""The mistakes that people make in a derivative, in a line of a backward pass or in an operation of an engine of their
own: each by its key, and as what the right rule gives with the mistake in it.

What each says stands under its key in `wording/en/mistakes.toml`: in `rule` for those of this module, in `path` for
what a line leaves out of the graph around it (`grading/candidates.py`), in `pass` for what an engine does at the wrong
time or never (`own_engine/judge.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from app.engine.execution.tolerance import folded
from app.engine.execution.values import as_value
from app.engine.ops.expression import Symbol
from app.engine.ops.rules import Rule
from app.engine.wording import Given, Parts, catalogue

Made = Iterator[tuple[str, Any]]
"""Keys of mistakes, the likeliest first, each with the gradient or message that it gives; None for none."""


class Send(Protocol):
    def __call__(self, gradient: Any, result: Any, operands: Sequence[Any], *, textbook: bool = False) -> Any:
        """The message for these numbers; None where there is none. textbook: by the rule as textbooks write it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one operation sends to one of its inputs: that of `slot`. gradient: of its result. send: its rule."""

    rule: Rule
    slot: int
    gradient: Any
    result: Any
    operands: Sequence[Any]
    send: Send


def sentence(kind: str, around: Literal["path", "pass"], **facts: Any) -> Parts:
    """What a mistake says. around: where it stands in the catalogue if it is none of a rule."""
    entries = catalogue("mistakes")
    return entries.fill(f"rule.{kind}" if f"rule.{kind}" in entries else f"{around}.{kind}", Given(**facts))


# -- of any rule ---------------------------------------------------------------------------------------------------


def sign(wanted: Any) -> Made:
    yield "sign", -np.asarray(wanted) if np.ndim(wanted) else -wanted


def transposed(wanted: Any) -> Made:
    if np.ndim(wanted) >= 2:
        yield "transposed", np.transpose(wanted)


def no_local(gradient: Any, shape: tuple[int, ...]) -> Made:
    """The gradient passed on as it came. shape: of what it is passed to."""
    value = folded(gradient, shape)
    if value is not None:
        yield "no_local", as_value(value)


def ones_for(gradient: Any) -> Any:
    """What comes in where the incoming gradient is left out ("no_incoming")."""
    return np.ones(np.shape(gradient)) if np.shape(gradient) else 1.0


def own_mask(gradient: Any) -> Made:
    yield "own_mask", gradient * (np.asarray(gradient) > 0)


# -- of the rule of one operation ----------------------------------------------------------------------------------


def argument(message: Message) -> Made:
    """The slope taken at the result instead of the input, or the reverse."""
    rule, own = message.rule, message.operands[message.slot]
    if np.shape(message.result) != np.shape(own):
        return
    outside = [message.result if k == message.slot else each for k, each in enumerate(message.operands)]
    beyond = rule.forward_kernel(ieee=True)(*outside)
    for textbook in (False, True) if rule.op.textbook is not None else (False,):
        yield "result_for_input", message.send(message.gradient, beyond, outside, textbook=textbook)
        yield "input_for_result", message.send(message.gradient, own, message.operands, textbook=textbook)


def own_factor(message: Message) -> Made:
    """In a product, where each factor receives the other one: the factor itself."""
    op, operands, own = message.rule.op, message.operands, message.operands[message.slot]
    if op.partials is not None:
        other = message.rule.partial_expressions[message.slot]
        if (
            isinstance(other, Symbol)
            and other.key == f"x{1 - message.slot}"
            and np.shape(own) == np.shape(message.gradient)
        ):
            yield "own_factor", message.gradient * own
    elif op.kind == "matmul" and np.shape(operands[0]) == np.shape(operands[-1]):
        yield "own_factor", message.send(message.gradient, message.result, operands[::-1])


def of_two_inputs(message: Message) -> Made:
    """Mistakes in the rule of a quotient or a power."""
    op, slot, gradient = message.rule.op, message.slot, message.gradient
    if len(message.operands) != 2 or np.shape(message.operands[slot]) != np.shape(gradient):
        return
    x, other = message.operands[slot], message.operands[1 - slot]
    if op.is_quotient and slot == 1:
        yield "no_square", -gradient * other / x
    if op.exponent == 1 and slot == 0:
        yield "exponent", gradient * other * x**other
        yield "exponent_factor", gradient * x ** (other - 1)
        for factor in (other, other - 1, 1):
            for exponent in (other - 2, other - 1, other, other + 1):
                yield "exponent", gradient * factor * x**exponent


def no_mask(message: Message) -> Made:
    if message.rule.op.rectifies or message.rule.op.chooses:
        yield "no_mask", message.gradient
        yield from own_mask(message.gradient)
