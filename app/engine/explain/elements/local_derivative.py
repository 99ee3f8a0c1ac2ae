"""The local derivative of one opened element towards one of its leaves, as a product of scalars where it is one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.engine.explain.elements.scalar_graph import Scalar
from app.engine.ops.expression import Apply, Number, Symbol, symbols_in
from app.engine.support.errstate import ignore_fp_errors


@dataclass(frozen=True, slots=True)
class Slope:
    """`sign` times the product of `factors`; `read`: the scalars whose values it was computed from. `selected`: False
    where the element was not selected, so that its message is 0 even if the gradient is inf or nan."""

    sign: float = 1.0
    factors: tuple[Scalar, ...] = ()
    read: tuple[Scalar, ...] = ()
    selected: bool = True

    @property
    def value(self) -> float:
        result = self.sign
        for factor in self.factors:
            result *= factor.value
        return result


def slope(root: Scalar, slot: int, index: tuple[int, ...]) -> Slope | None:
    """The local derivative towards the element `index` of input `slot`; None if it does not take part in it."""
    order = _leading(root, slot, index)
    if not order:
        return None
    arrived: dict[int, Slope] = {id(root): Slope()}
    for scalar in order:
        here = arrived[id(scalar)]
        if scalar.leaf:
            return here
        for place, source in enumerate(scalar.inputs):
            if id(source) not in order[scalar]:
                continue
            there = _times(here, _partial(scalar, place))
            before = arrived.get(id(source))
            arrived[id(source)] = there if before is None else _sum(before, there)
    return None


class _Order(dict[Scalar, set[int]]):
    """Scalars between the root and the leaf, users first; per scalar the ids of the inputs that lead to the leaf."""


def _leading(root: Scalar, slot: int, index: tuple[int, ...]) -> _Order:
    """The scalars on paths from the root to the leaf."""
    leads: dict[int, bool] = {}
    finished: list[Scalar] = []
    waiting = [(root, False)]
    while waiting:
        scalar, again = waiting.pop()
        if again:
            leads[id(scalar)] = any(leads[id(p)] for p in scalar.inputs)
            finished.append(scalar)
        elif id(scalar) not in leads:
            leads[id(scalar)] = scalar.slot == slot and scalar.index == index
            if scalar.inputs:
                waiting.append((scalar, True))
                waiting += [(p, False) for p in scalar.inputs if id(p) not in leads]
            else:
                finished.append(scalar)
    order = _Order()
    for scalar in reversed(finished):
        if leads[id(scalar)]:
            order[scalar] = {id(p) for p in scalar.inputs if leads[id(p)]}
    return order


def _partial(scalar: Scalar, place: int) -> Slope:
    """The derivative of a scalar towards one of its inputs."""
    if scalar.op is None:
        return Slope()
    expression = scalar.rule.partial_expressions[place]
    sign = 1.0
    if isinstance(expression, Apply) and expression.word == "neg":
        sign, expression = -1.0, expression.arguments[0]
    if isinstance(expression, Number):
        value = sign * expression.value
        return Slope(value) if abs(value) == 1 else Slope(factors=(Scalar(given=value),), selected=value != 0)
    symbols = {"y": scalar} | {f"x{i}": p for i, p in enumerate(scalar.inputs)}
    if isinstance(expression, Symbol):
        return Slope(sign, (symbols[expression.key],), (symbols[expression.key],))
    run = scalar.rule.partial_kernel(place)
    value = 0.0 if run is None else float(ignore_fp_errors(run, scalar.value, *(p.value for p in scalar.inputs)))
    read: tuple[Scalar, ...] = tuple(symbols[key] for key in sorted(symbols_in(expression)))
    return Slope(factors=(Scalar(given=value),), read=read, selected=value != 0 or _passes(scalar, place))


def _passes(scalar: Scalar, place: int) -> bool:
    """Whether an infinite gradient would come through to an input."""
    if scalar.rule.message_expressions[place] is None:
        return False
    send = scalar.rule.backward_kernel((place,), ieee=True)
    (message,) = ignore_fp_errors(send, math.inf, scalar.value, *(p.value for p in scalar.inputs))
    return float(message) != 0


def _times(a: Slope, b: Slope) -> Slope:
    return Slope(a.sign * b.sign, a.factors + b.factors, a.read + b.read, a.selected and b.selected)


def _sum(a: Slope, b: Slope) -> Slope:
    """The derivative along two paths to the same leaf: no longer a product, so a single number."""
    return Slope(factors=(Scalar(given=a.value + b.value),), read=a.read + b.read, selected=a.selected or b.selected)
