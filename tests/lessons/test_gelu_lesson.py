"""What the lesson about GELU says in words is what its programs do."""

import math

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("gelu-and-the-feed-forward-block").steps
SHARE, PATHS, DEAD, LEVEL, TANH, TOKENS, LEARNS, ALONE = STEPS


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def bell(x):
    return math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


@pytest.mark.parametrize("x", [-3.0, -0.5, 0.0, 0.4, 2.0])
def test_the_share_is_the_area_and_the_slope_has_two_parts(x):
    trace = run(PATHS, x=x)
    area = 0.5 * math.erfc(-x / math.sqrt(2))
    assert trace.values["k"] == pytest.approx(area)
    assert trace.messages["x", "y", 0] == pytest.approx(area)
    assert trace.messages["x", "k.2", 0] == pytest.approx(x * bell(x))
    assert trace.grads["x"] == pytest.approx(area + x * bell(x))
    assert trace.output == pytest.approx(run(LEVEL, x=x).output)


def test_in_the_middle_it_is_a_half_and_below_zero_something_comes_back():
    assert run(PATHS).grads["x"] == 0.5 == PATHS.question.expected
    assert run(SHARE).output < 0
    assert run(DEAD).grads["x"] > 0
    assert compile_program("y = relu(x)", dict(DEAD.values)).run().grads["x"] == 0


def slope(x):
    return run(LEVEL, x=x).grads["x"]


def test_where_it_is_level_and_where_it_is_steep():
    asked = LEVEL.question
    assert slope(asked.expected - asked.tolerance.size) < 0 < slope(asked.expected + asked.tolerance.size)
    assert abs(slope(asked.expected)) < 0.01
    assert -0.2 < slope(-1.5) < 0
    assert abs(slope(-5.0)) < 1e-4
    assert all(slope(x) > 1 for x in (1.0, 1.5, 2.0))


def test_the_two_forms_are_never_more_than_a_thousandth_apart():
    x = np.linspace(-6, 6, 2001).tolist()
    exact, near = (compile_program(f"y = {form}(x)", {"x": x}).run() for form in ("gelu", "gelu_tanh"))
    assert np.abs(exact.output - near.output).max() < 1e-3
    assert np.abs(exact.grads["x"] - near.grads["x"]).max() < 1e-3
    assert run(TANH).output == compile_program("y = gelu_tanh(x)", dict(TANH.values)).run().output


@pytest.mark.parametrize("factor", ["a", "a * (x + 0.044715 * x**3)", "a * (1 + 3 * 0.044715 * x**2)"])
def test_only_the_right_factor_is_graded_right(factor):
    written = f"\ndx = 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * ({factor})"
    (line,) = compile_program(TANH.program + written, dict(TANH.values), output="y").run().manual
    said = next(choice for choice in TANH.question.choices if f"<code>{factor}</code>" in choice.html)
    assert line.agrees == said.right


def test_each_token_is_worked_on_alone():
    trace = run(TOKENS)
    assert np.all(trace.grads["x"][1] == 0)
    assert np.all(trace.grads["x"][0] != 0)
    assert np.all(trace.grads["W1"] != 0)


LINES = """
dy = np.array([[1.0, 1.0], [0.0, 0.0]])
z = x @ W1
dh = dy @ W2.T
dz = dh * (0.5 * (1 + erf(z / np.sqrt(2))) + z * np.exp(-z**2 / 2) / np.sqrt(2 * np.pi))
dW1 = x.T @ dz
dx = dz @ W1.T"""


def test_its_way_back_is_what_is_written_there():
    opened = "y = gelu(x @ W1) @ W2\nfirst = np.sum(y[0])"
    assert all(f"{line}\n" in TOKENS.question.answer for line in ("dh = dy @ W2.T", "dW1 = x.T @ dz", "dx = dz @ W1.T"))
    graded = compile_program(opened + LINES, dict(TOKENS.values), output="first").run().manual
    told = {line.name: line.agrees for line in graded}
    assert told["dW1"]
    assert told["dx"]


def test_relu_stays_level_and_gelu_learns():
    steps = steps_of(LEARNS)
    relu, gelu = (losses(record(LEARNS, 0, {"g": g}), steps) for g in (0.0, 1.0))
    target = np.abs(np.linspace(-2, 2, 41))
    assert relu[-1] == pytest.approx(target.var(), rel=1e-6)
    assert gelu[-1] < relu[-1] / 20
    made = record(LEARNS)
    *dead, last = made.trainer.gradients(made.trainer.start)[1]
    assert all(np.all(gradient == 0) for gradient in dead)
    assert np.all(last != 0)
    assert figure(LEARNS).runs[0]["parameters"] == ["W1", "b1", "W2", "b2"]


@pytest.mark.parametrize("x", [-2.0, -0.5, 0.5, 2.0])
def test_a_narrow_bell_makes_relu_and_a_wide_one_a_line(x):
    assert run(ALONE, x=x, s=10.0).output == pytest.approx(max(x, 0.0), abs=1e-6)
    assert run(ALONE, x=x, s=1e-3).output == pytest.approx(x / 2, rel=1e-2)
