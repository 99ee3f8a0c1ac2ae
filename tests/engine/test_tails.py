"""Values and slopes at the ends of float64, against figures with a thousand digits (`tests/oracle/tails.py`)."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.emit import emit
from app.engine.ops import REGISTRY
from tests.engine.checks import check_emitted
from tests.engine.scalars import Value

TABLE = json.loads((Path(__file__).parent.parent / "tables" / "tails.json").read_text(encoding="utf-8"))
POINTS, ROWS, YES_NO = TABLE["points"], TABLE["rows"], TABLE["yes or no"]

RELATIVE = 4e-13
"""exp(-x * x / 2) at 38 turns the rounding of its argument, 700 units in the last place of 1, into this much."""
SMALLEST = 2 * sys.float_info.min
"""Below the smallest normal number digits go one by one, and 1 / (1 + exp(-x)) goes from there to 0 at once."""
ONE = 2 * sys.float_info.epsilon
"""What a sum with a term of 1 loses: the logarithm of a softmax of nearly 1 has this absolute error."""


def near(got, wanted, absolute=SMALLEST):
    np.testing.assert_allclose(got, np.asarray(wanted, dtype=float), rtol=RELATIVE, atol=absolute)


@pytest.mark.parametrize("text", POINTS)
def test_values_and_slopes_keep_their_digits_in_the_tails(text):
    x, y, slope = np.array(POINTS[text], dtype=float).T
    plan = compile_program(f"y = {text}", {"x": x})
    for run in (plan.run(), plan.compile().run()):
        near(run.output, y)
        near(run.grads["x"], slope)
    check_emitted(plan.run())


@pytest.mark.parametrize("text", POINTS)
def test_one_number_alone_gives_the_same(text):
    for x, y, slope in np.array(POINTS[text], dtype=float):
        plan = compile_program(f"y = {text}", {"x": float(x)})
        for run in (plan.run(), plan.compile().run()):
            near(run.output, y)
            near(run.grads["x"], slope)
        check_emitted(plan.run())


@pytest.mark.parametrize("text", ROWS)
def test_functions_of_rows_keep_their_digits(text):
    for x, y, slopes in ROWS[text]:
        run = trace(f"y = {text}", {"x": x})
        near(run.output, y, ONE if "log_softmax" in text or "entropy" in text else SMALLEST)
        near(run.grads["x"], slopes)


def test_a_confident_prediction_still_learns():
    for z, t, loss, slope in YES_NO:
        run = trace("y = binary_cross_entropy(z, t)", {"z": z, "t": t})
        near(run.output, loss)
        near(run.grads["z"], slope)


INFINITE = {
    # x: ln of the sum of exp(x) in the limit, and its gradient; equals share it, infinite or not
    (-math.inf, -math.inf): (-math.inf, (0.5, 0.5)),
    (math.inf, 1.0): (math.inf, (1.0, 0.0)),
    (math.inf, math.inf): (math.inf, (0.5, 0.5)),
    (-math.inf, 3.0): (3.0, (0.0, 1.0)),
    (-math.inf, math.inf): (math.inf, (0.0, 1.0)),
    (1e308, -1e308): (1e308, (1.0, 0.0)),
    (math.nan, 1.0): (math.nan, (math.nan, math.nan)),
}


@pytest.mark.parametrize("x", INFINITE)
def test_infinite_logits_add_up(x):
    value, slopes = INFINITE[x]
    run = trace("y = logsumexp(x)", {"x": list(x)})
    np.testing.assert_array_equal(run.output, value)
    np.testing.assert_array_equal(run.grads["x"], slopes)


def test_a_class_that_is_ruled_out_has_no_probability():
    run = trace("y = softmax(x)[1]", {"x": [-math.inf, 0.0, 0.0]})
    np.testing.assert_array_equal(run.output, 0.5)
    np.testing.assert_array_equal(run.grads["x"], [0.0, 0.25, -0.25])


def test_every_function_of_one_number_is_in_the_table():
    straight = {"relu", "leaky_relu", "abs", "negative"}
    mended = {op.name for op in REGISTRY.values() if op.kind == "elementwise" and len(op.inputs) == 1} - straight
    tried = {node.op.name for text in POINTS for node in compile_program(f"y = {text}", {"x": 1.0}).structure.nodes}
    assert {name for name in mended if not REGISTRY[name].variadic} <= tried


def test_the_short_forms_of_the_slopes_are_the_same_where_they_have_digits():
    x = np.linspace(-5, 5, 41)
    run = trace("y = sigmoid(x)\nz = tanh(x)\ns = np.sum(y) + np.sum(z)", {"x": x})
    y, z = run.values["y"], run.values["z"]
    np.testing.assert_allclose(run.grads["x"], y * (1 - y) + (1 - z * z), rtol=1e-11)


def test_the_stand_in_for_micrograd_takes_the_tails_too():
    run = trace("y = tanh(x)", {"x": 20.0})
    text = emit(run, "micrograd").source.replace("from micrograd.engine import Value", "")
    space = {"Value": Value}
    exec(compile(text, "<emitted>", "exec"), space)
    near(space["dx"], run.grads["x"])
