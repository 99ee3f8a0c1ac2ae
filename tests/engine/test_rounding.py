"""Bounds of rounding errors: no word is left out, and what an operand is off reaches the result by the slope."""

import math

import numpy as np
import pytest

from app.engine.ops import REGISTRY, Call
from app.engine.ops.dialects import IEEE
from app.engine.ops.expression import Apply, Symbol, is_number
from app.engine.ops.rounding import rounding
from app.engine.ops.rules import namespace

EXACT = {"relu", "abs", "maximum", "minimum", "clip", "where", "negative", "max_of", "min_of"}
"""They round nothing: the result is one of the inputs, but for its sign."""
ROUNDING = [op for op in REGISTRY.values() if op.kind == "elementwise" and op.name not in EXACT]


def formed(op):
    inputs = [Symbol(name) for name in op.inputs]
    return op.forward(Call({p.name: p.default for p in op.parameters}, ()), *inputs)


def computed(expression, **values):
    names = {name: name for name in values}
    with np.errstate(all="ignore"):
        return float(eval(IEEE.print(expression, names), namespace() | {k: np.float64(v) for k, v in values.items()}))


@pytest.mark.parametrize("op", ROUNDING, ids=[op.name for op in ROUNDING])
def test_every_elementwise_op_rounds(op):
    found = formed(op)
    meaning = getattr(found, "meaning", found)
    assert not is_number(rounding(meaning), 0.0)


@pytest.mark.parametrize("word", "sinh cosh erfc exp log sqrt tan cbrt exp2 log10 log1p".split())
def test_what_the_operand_is_off_reaches_the_result_by_the_slope(word):
    """x * x is off by half a unit of itself, in this measure by its size."""
    x = Symbol("x")
    op = REGISTRY.get(word)
    size = computed(Apply(word, (x * x,)), x=0.7)
    slope = computed(op.partials(Call({}, ()), Apply(word, (x * x,)), x * x)[0], x=0.7)
    wanted = abs(size) + abs(slope) * 0.49
    assert math.isclose(computed(rounding(Apply(word, (x * x,))), x=0.7), wanted, rel_tol=1e-12)


def test_a_remainder_passes_on_the_error_of_its_divisor_as_often_as_that_goes_into_it():
    a, b = Symbol("a"), Symbol("b")
    for word in ("mod", "fmod"):
        assert computed(rounding(Apply(word, (a, b * b))), a=10.0, b=1.5) == 4 * 2.25 + 1.0
