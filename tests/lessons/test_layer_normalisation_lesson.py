"""What the lesson about layer normalisation says in words is what its programs do."""

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.support.errstate import ignore_fp_errors
from tests.lessons.trained import lesson

STEPS = lesson("layer-normalisation-backwards").steps
FIRST, ROADS, SIZE, MEAN, LINE, ALONE = STEPS


def run(step, **values):
    return ignore_fp_errors(compile_program(step.program, {**step.values, **values}).run)


def test_a_shift_and_a_stretch_do_not_reach_n():
    x = np.array(FIRST.values["x"])
    assert run(FIRST, x=10 * x + 5).output == pytest.approx(run(FIRST).output, rel=1e-14)


@pytest.mark.parametrize("x", [None, [0.3, -2.0, 5.5, 1.0]])
def test_the_gradients_add_up_to_zero(x):
    trace = run(ROADS, **({} if x is None else {"x": x}))
    assert trace.grads["x"].sum() == pytest.approx(ROADS.question.expected, abs=1e-15)
    assert np.abs(trace.grads["x"]).min() > 0.001
    assert run(ROADS).values["s"] == pytest.approx(3)


def test_what_comes_back_to_the_size_and_to_the_mean():
    trace = run(SIZE)
    n, s, g = (trace.values[name] for name in "nsg")
    assert trace.grads["s"] == pytest.approx(-np.sum(g * n) / s)
    c = run(MEAN).grads["c"]
    assert trace.grads["m"] == pytest.approx(-c.sum())
    assert trace.grads["x"] == pytest.approx(c - c.mean())


@pytest.mark.parametrize("g", [[3.0, 0.0, 0.0, 3.0], [1.0, -2.0, 0.5, 0.25]])
def test_the_one_line(g):
    trace = run(LINE, g=g)
    n, s, g = trace.values["n"], trace.values["s"], np.array(g)
    assert trace.grads["x"] == pytest.approx((g - g.mean() - n * (g * n).mean()) / s, rel=1e-12)


def test_two_directions_never_arrive():
    dark = [np.full(4, 2.0), -3 * run(LINE).values["n"], LINE.values["x"]]
    assert all(np.abs(run(LINE, g=g).grads["x"]).max() < 1e-15 for g in dark)
    assert np.abs(run(LINE, g=np.square(LINE.values["x"])).grads["x"]).min() > 0.1


def test_nearly_equal_numbers_have_large_gradients_up_to_a_limit():
    near = run(ALONE, x=[3.0, 3.01, 3.01, 3.03])
    assert run(ALONE).grads["x"][0] < ALONE.goal.number < near.grads["x"][0]
    closest = [run(ALONE, x=[3.0, 3.0, 3.0, 3.0 + by]) for by in (1e-3, 1e-6, 0.0)]
    limit = np.sum(ALONE.values["g"]) / np.sqrt(ALONE.values["eps"])
    assert all(np.abs(trace.grads["x"]).max() < limit for trace in closest)
    assert np.all(closest[-1].values["n"] == 0)


def test_without_epsilon_equal_numbers_are_no_numbers():
    assert np.isnan(run(ALONE, x=[3.0] * 4, eps=0.0).values["n"]).all()
    assert np.all(run(ALONE, x=[3.0] * 4).values["n"] == 0)
