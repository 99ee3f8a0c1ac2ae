"""Words of rules in every spelling: precedence, and the same arithmetic whichever way it is spelled."""

import itertools
import math

import numpy as np
import pytest

from app.engine.ops import dialects, rule_words
from app.engine.ops.dialects import ARRAY, IEEE, LATEX, NUMPY, SCALAR
from app.engine.ops.expression import Number, Symbol, gate
from app.engine.ops.rules import namespace
from app.engine.ops.vocabulary import WORDS

a, b, c = Symbol("a"), Symbol("b"), Symbol("c")
NAMES = {"a": "a", "b": "b", "c": "c"}
VALUES = {"a": 1.7, "b": -0.6, "c": 2.3}

BINARY = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "**": lambda x, y: abs(x) ** y if isinstance(x, float) else rule_words.absolute(x) ** y,
    "neg": lambda x, y: -x * y,
    "max": lambda x, y: max(x, y) if isinstance(x, float) else rule_words.maximum(x, y),
    "gate": lambda x, y: (x if y > -1 else 0.0) if isinstance(x, float) else gate(x, y > -1),
    "where": lambda x, y: (x if x > y else -y) if isinstance(x, float) else rule_words.where(x > y, x, -y),
}


@pytest.mark.parametrize(("outer", "inner", "side"), list(itertools.product(BINARY, BINARY, (0, 1))))
@pytest.mark.parametrize("dialect", [NUMPY, ARRAY, SCALAR, IEEE], ids=["numpy", "array", "scalar", "ieee"])
def test_compound_operands_are_bracketed_where_they_must_be(dialect, outer, inner, side):
    def build(x, y, z):
        part = BINARY[inner](x, y)
        return BINARY[outer](part, z) if side == 0 else BINARY[outer](z, part)

    text = dialect.print(build(a, b, c), NAMES)
    with np.errstate(all="ignore"):
        space = namespace() | {name: np.float64(value) for name, value in VALUES.items()}
        got = eval(text, space)
    wanted = build(*VALUES.values())
    np.testing.assert_allclose(float(got), wanted, rtol=1e-15)


def test_every_word_has_a_spelling_for_every_reader():
    for name, word in WORDS.items():
        for dialect in (NUMPY, ARRAY, SCALAR, IEEE, LATEX):
            assert dialect.spelling(word) is not None, name


@pytest.mark.parametrize("value", [0.0, -0.0, 1.0, -2.5, 1e-310, 1e300, 1 / 3, math.inf, -math.inf, math.nan])
def test_numbers_are_printed_to_the_last_bit(value):
    for dialect in (NUMPY, ARRAY, SCALAR, IEEE):
        got = eval(dialect.print(Number(value) + a, {"a": "a"}), namespace() | {"a": 0.0})
        np.testing.assert_array_equal(got, value + 0.0)
        bare = float(eval(dialect.print(Number(value), {}), namespace()))
        assert math.copysign(1, bare) == math.copysign(1, value) or math.isnan(value)


def test_constants_with_a_name_print_it():
    assert LATEX.print(a / Number(math.sqrt(2), r"\sqrt{2}"), NAMES) == r"\frac{a}{\sqrt{2}}"


IDENTITIES = {
    "x * 1": (a * 1, a),
    "1 * x": (1 * a, a),
    "x / 1": (a / 1, a),
    "-(-x)": ((-a).__neg__(), a),
    "x ** 1": (a**1, a),
    "x * -1": (a * -1, -a),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_identities_that_are_exact_are_applied_at_once(name):
    left, right = IDENTITIES[name]
    assert left == right


def test_others_are_not():
    assert a * 0 != Number(0.0)  # inf * 0 is nan
    assert a + 0 != a  # -0.0 + 0 is 0.0
    assert a - a != Number(0.0)


def test_dialects_are_all_tried_here():
    made = {name for name in vars(dialects) if isinstance(getattr(dialects, name), dialects.Dialect)}
    assert made == {"NUMPY", "ARRAY", "SCALAR", "IEEE", "TORCH", "JAX", "MICROGRAD", "LATEX"}
