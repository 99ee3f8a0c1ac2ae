"""The chain rule at one edge: the incoming gradient times the local derivative.

Where a derivative says which input was selected (a mask, a `where`), the product is a selection, too: an input that
was not selected gets 0, whatever comes in. A product of floats would not do that: inf * 0 is nan (decision 0047).
"""

from __future__ import annotations

from app.engine.ops.expression import CHOICES, MASKS, ZERO, Apply, Expr, gate, is_number


def weighted(g: Expr, slope: Expr) -> Expr:
    """g times a local derivative, simplified: g / b for g * (1 / b), a minus sign in front, a choice between products
    instead of a product with a choice."""
    if is_number(slope, 0.0):
        return ZERO
    if not isinstance(slope, Apply):
        return g * slope
    word, parts = slope.word, slope.arguments
    if word in MASKS:
        return gate(g, slope)
    if word in CHOICES:
        first, second = (weighted(g, part) for part in parts[1:])
        return first if first == second else Apply(word, (parts[0], first, second))
    if word == "neg":
        return -weighted(g, parts[0])
    if word == "div" and is_number(parts[0], 1.0):
        return g / parts[1]
    if word == "div" and _selects(parts[0]):
        return weighted(g, parts[0]) / parts[1]
    if word == "float" and _selects(parts[0]):
        return weighted(g, parts[0])
    if word == "gate":
        return gate(weighted(g, parts[0]), parts[1])
    if word == "mul" and _selects(parts[1]):
        return weighted(g * parts[0], parts[1])
    if word == "mul" and _selects(parts[0]):
        return weighted(g * parts[1], parts[0])
    return g * slope


def _selects(expression: Expr) -> bool:
    """Whether a factor is a selection (a mask or a `where`)."""
    if not isinstance(expression, Apply):
        return False
    if expression.word in MASKS | CHOICES | {"gate"}:
        return True
    if expression.word == "mul":
        return any(map(_selects, expression.arguments))
    return expression.word in ("neg", "float", "div") and _selects(expression.arguments[0])
