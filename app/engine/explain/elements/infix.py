"""The expression of a scalar as a phrase."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.engine.explain.elements.parts import SHOWN, Phrase, between, call, joined, raised, signed, times
from app.engine.explain.elements.scalar_graph import Scalar
from app.engine.ops.expression import Apply, Symbol
from app.engine.ops.vocabulary import WORDS
from app.engine.ops.word import ATOM, SUM

_DEEP = 3
"""Deepest nesting that is written out; deeper parts are written as their numbers."""


def written(
    root: Scalar,
    leaf: Callable[[Scalar], Phrase],
    inner: Callable[[Scalar], Phrase],
    depth: int = 0,
    *,
    dense: bool = False,
) -> Phrase:
    """The expression that makes a scalar. `leaf` writes elements and constants, `inner` parts that are not opened
    further because they are used twice or nested too deeply."""
    if not root.inputs:
        return leaf(root)
    if depth > _DEEP or (depth and root.uses > 1):
        return inner(root)
    if root.op is None:
        shown = root.inputs if len(root.inputs) <= SHOWN + 1 else root.inputs[:SHOWN]
        terms = [written(scalar, leaf, inner, depth + 1, dense=True) for scalar in shown]
        return joined(terms, len(root.inputs) + root.left_out - len(shown))
    inputs = [written(scalar, leaf, inner, depth + 1) for scalar in root.inputs]
    return _applied(root, inputs, dense=dense)


def _applied(scalar: Scalar, inputs: list[Phrase], *, dense: bool) -> Phrase:
    op = scalar.op
    assert op is not None
    if op.text is None or "(" in op.text:
        return _call(scalar, inputs)
    expression = op.forward(scalar.rule.call, *(Symbol(f"x{i}") for i in range(len(inputs))))
    while isinstance(expression, Apply) and expression.word == "float":
        expression = expression.arguments[0]
    assert isinstance(expression, Apply)
    if expression.word == "mul":
        return times(inputs, dense=dense)
    if len(inputs) == 1:
        return signed(op.label, inputs[0], ATOM)
    if expression.word == "pow" and _whole(scalar.inputs[1]):
        return raised(inputs[0], f"{scalar.inputs[1].value:.0f}")
    word = WORDS[expression.word]
    first, second = inputs
    return between("==" if op.label == "=" else op.label, first, second, word.needs or (SUM, SUM), word.binds)


def _whole(scalar: Scalar) -> bool:
    """Whether it is a number of the text that can be written as raised digits."""
    fixed = scalar.literal or not (scalar.inputs or scalar.leaf)
    return fixed and math.isfinite(scalar.value) and scalar.value == int(scalar.value) and 0 <= scalar.value < 100


def _call(scalar: Scalar, inputs: list[Phrase]) -> Phrase:
    op, attrs = scalar.op, scalar.attrs
    assert op is not None
    shown = inputs if len(inputs) <= SHOWN + 1 else inputs[:SHOWN]
    options = [f"{p.name}={attrs[p.name]}" for p in op.parameters if attrs.get(p.name) != p.default]
    return call(op.name.removesuffix("_of"), shown, len(inputs) + scalar.left_out - len(shown), options)
