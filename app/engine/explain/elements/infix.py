"""Small expressions written for people: parts with a tone, bracketed by how tightly they bind."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.engine.explain.elements.scalar_graph import Scalar
from app.engine.notation.wording import Part, Tone
from app.engine.ops.expression import Apply, Symbol
from app.engine.ops.vocabulary import WORDS
from app.engine.ops.word import ATOM, POWER, PRODUCT, SIGN, SUM


@dataclass(frozen=True, slots=True)
class Phrase:
    """`binds`: the precedence of the outermost operator."""

    parts: tuple[Part, ...]
    binds: int = ATOM

    def within(self, needs: int) -> tuple[Part, ...]:
        """The parts, in brackets where the surroundings bind more tightly."""
        return self.parts if self.binds >= needs else (Part("("), *self.parts, Part(")"))


SHOWN = 6
"""Terms of a sum that are written out."""
_DEEP = 3
"""What is nested more deeply than this is written as its number."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(text: str, tone: Tone) -> Phrase:
    return Phrase((Part(text, tone),), SIGN if text.startswith("−") else ATOM)


def joined(terms: Sequence[tuple[Part, ...]], hidden: int) -> Phrase:
    """Terms with plus between them, and how many more there are."""
    parts: list[Part] = []
    for term in terms:
        parts += [Part(" + "), *term] if parts else term
    if hidden:
        parts.append(Part(f" + … {hidden:,} more"))
    return Phrase(tuple(parts), SUM if len(terms) > 1 or hidden else ATOM)


def term(phrase: Phrase, first: bool) -> tuple[Part, ...]:
    """A phrase as one term of a sum: a sign may only lead."""
    return phrase.within(0 if first else PRODUCT) if phrase.binds != SIGN or first else phrase.within(ATOM)


def times(factors: Sequence[Phrase], *, dense: bool = False) -> Phrase:
    """A product; `dense` within a sum, where space stands around the plus."""
    if len(factors) == 1:
        return factors[0]
    parts: list[Part] = []
    for place, factor in enumerate(factors):
        # A sign between two factors needs brackets; in front of a sum's later terms, too.
        needs = PRODUCT if place == 0 and not dense else ATOM
        parts += [Part("·" if dense else " × ")] if parts else []
        parts += factor.within(needs)
    return Phrase(tuple(parts), PRODUCT)


def negative(phrase: Phrase) -> Phrase:
    return Phrase((Part("−"), *phrase.within(PRODUCT if phrase.binds != SIGN else ATOM)), SIGN)


def written(
    root: Scalar,
    leaf: Callable[[Scalar], Phrase],
    inner: Callable[[Scalar], Phrase],
    depth: int = 0,
    *,
    dense: bool = False,
) -> Phrase:
    """The expression that makes a scalar. `leaf` writes elements and constants, `inner` what is not opened further:
    what is used twice, and what lies too deep."""
    if not root.inputs:
        return leaf(root)
    if depth > _DEEP or (depth and root.uses > 1):
        return inner(root)
    if root.op is None:
        shown = root.inputs if len(root.inputs) <= SHOWN + 1 else root.inputs[:SHOWN]
        phrases = [written(scalar, leaf, inner, depth + 1, dense=True) for scalar in shown]
        return joined([term(p, i == 0) for i, p in enumerate(phrases)], len(root.inputs) + root.left_out - len(shown))
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
        sign = op.label if len(op.label) == 1 else f"{op.label} "
        return Phrase((Part(sign), *inputs[0].within(ATOM)), SIGN)
    if expression.word == "pow" and _whole(scalar.inputs[1]):
        power = f"{scalar.inputs[1].value:.0f}".translate(_SUPERSCRIPT)
        return Phrase((*inputs[0].within(ATOM), Part(power)), POWER)
    word = WORDS[expression.word]
    needs = word.needs or (SUM, SUM)
    first = inputs[0].within(needs[0])
    # A second sign in a row is hard to read.
    second = inputs[1].within(ATOM if inputs[1].binds == SIGN else needs[1])
    sign = op.label if op.label != "=" else "=="
    return Phrase((*first, Part(f" {sign} "), *second), word.binds)


def _whole(scalar: Scalar) -> bool:
    """A number of the text that may stand as a raised digit."""
    fixed = scalar.literal or not (scalar.inputs or scalar.leaf)
    return fixed and math.isfinite(scalar.value) and scalar.value == int(scalar.value) and 0 <= scalar.value < 100


def _call(scalar: Scalar, inputs: list[Phrase]) -> Phrase:
    op, attrs = scalar.op, scalar.attrs
    assert op is not None
    parts = [Part(f"{op.name.removesuffix('_of')}(")]
    shown = inputs if len(inputs) <= SHOWN + 1 else inputs[:SHOWN]
    hidden = len(inputs) + scalar.left_out - len(shown)
    for place, phrase in enumerate(shown):
        parts += [Part(", "), *phrase.parts] if place else phrase.parts
    if hidden:
        parts.append(Part(f", … {hidden:,} more"))
    options = [f"{p.name}={attrs[p.name]}" for p in op.parameters if attrs.get(p.name) != p.default]
    parts.append(Part("".join(f", {option}" for option in options) + ")"))
    return Phrase(tuple(parts))
