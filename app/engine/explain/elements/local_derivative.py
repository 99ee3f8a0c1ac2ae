"""The local derivative of one opened element towards one of its leaves, as a product of pieces where it is one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.engine.explain.elements.scalar_graph import Piece
from app.engine.ops.expression import Apply, Number, Symbol, symbols_in
from app.engine.support.errstate import quietly


@dataclass(frozen=True, slots=True)
class Slope:
    """`sign` times the product of `factors`; `read`: the pieces whose values it was computed from. `selected`: False
    where the element was not chosen, so that nothing comes back to it, be it inf or nan that arrives."""

    sign: float = 1.0
    factors: tuple[Piece, ...] = ()
    read: tuple[Piece, ...] = ()
    selected: bool = True

    @property
    def value(self) -> float:
        result = self.sign
        for factor in self.factors:
            result *= factor.value
        return result


def slope(root: Piece, slot: int, index: tuple[int, ...]) -> Slope | None:
    """The local derivative towards the element `index` of input `slot`; None if it does not take part in it."""
    order = _leading(root, slot, index)
    if not order:
        return None
    arrived: dict[int, Slope] = {id(root): Slope()}
    for piece in order:
        here = arrived[id(piece)]
        if piece.leaf:
            return here
        for place, source in enumerate(piece.inputs):
            if id(source) not in order[piece]:
                continue
            there = _times(here, _partial(piece, place))
            before = arrived.get(id(source))
            arrived[id(source)] = there if before is None else _sum(before, there)
    return None


class _Order(dict[Piece, set[int]]):
    """Pieces between the root and the leaf, users first; per piece the ids of those inputs that lead on."""


def _leading(root: Piece, slot: int, index: tuple[int, ...]) -> _Order:
    """What lies on a way from the root to the leaf."""
    leads: dict[int, bool] = {}
    finished: list[Piece] = []
    waiting = [(root, False)]
    while waiting:
        piece, again = waiting.pop()
        if again:
            leads[id(piece)] = any(leads[id(p)] for p in piece.inputs)
            finished.append(piece)
        elif id(piece) not in leads:
            leads[id(piece)] = piece.slot == slot and piece.index == index
            if piece.inputs:
                waiting.append((piece, True))
                waiting += [(p, False) for p in piece.inputs if id(p) not in leads]
            else:
                finished.append(piece)
    order = _Order()
    for piece in reversed(finished):
        if leads[id(piece)]:
            order[piece] = {id(p) for p in piece.inputs if leads[id(p)]}
    return order


def _partial(piece: Piece, place: int) -> Slope:
    """The derivative of a piece towards one of its inputs."""
    if piece.op is None:
        return Slope()
    expression = piece.rule.partial_expressions[place]
    sign = 1.0
    if isinstance(expression, Apply) and expression.word == "neg":
        sign, expression = -1.0, expression.arguments[0]
    if isinstance(expression, Number):
        value = sign * expression.value
        return Slope(value) if abs(value) == 1 else Slope(factors=(Piece(given=value),), selected=value != 0)
    symbols = {"y": piece} | {f"x{i}": p for i, p in enumerate(piece.inputs)}
    if isinstance(expression, Symbol):
        return Slope(sign, (symbols[expression.key],), (symbols[expression.key],))
    run = piece.rule.partial_kernel(place)
    value = 0.0 if run is None else float(quietly(run, piece.value, *(p.value for p in piece.inputs)))
    read: tuple[Piece, ...] = tuple(symbols[key] for key in sorted(symbols_in(expression)))
    return Slope(factors=(Piece(given=value),), read=read, selected=value != 0 or _passes(piece, place))


def _passes(piece: Piece, place: int) -> bool:
    """Whether an infinite gradient would come through to an input."""
    if piece.rule.message_expressions[place] is None:
        return False
    send = piece.rule.backward_kernel((place,), ieee=True)
    (message,) = quietly(send, math.inf, piece.value, *(p.value for p in piece.inputs))
    return float(message) != 0


def _times(a: Slope, b: Slope) -> Slope:
    return Slope(a.sign * b.sign, a.factors + b.factors, a.read + b.read, a.selected and b.selected)


def _sum(a: Slope, b: Slope) -> Slope:
    """Two ways to the same leaf: no product any more, so the number alone."""
    return Slope(factors=(Piece(given=a.value + b.value),), read=a.read + b.read, selected=a.selected or b.selected)
