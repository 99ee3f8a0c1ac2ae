"""What the lesson about softmax and cross-entropy says in words is what its programs do."""

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import lesson, losses, record, steps_of

STEPS = lesson("softmax-and-cross-entropy").steps


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def test_one_more_for_every_score_changes_nothing():
    z = np.array(STEPS[0].values["z"])
    assert run(STEPS[0], z=z + 1).output == pytest.approx(run(STEPS[0]).output, rel=1e-14)


def test_a_share_is_moved_by_its_own_score_and_against_the_others():
    trace = run(STEPS[1])
    p, q, moved = trace.values["p"], trace.values["q"], trace.grads["z"]
    assert moved == pytest.approx([-q * p[0], q * (1 - q), -q * p[2]], rel=1e-12)
    assert moved.sum() == pytest.approx(0, abs=1e-15)


def test_the_fractions_cancel_to_the_prediction_minus_the_truth():
    for step in STEPS[2:4]:
        trace = run(step)
        assert trace.grads["q"] == pytest.approx(-1 / trace.values["q"], rel=1e-14)
        assert trace.grads["z"] == pytest.approx(trace.values["p"] - [0, 1, 0], rel=1e-12)
        assert np.all(trace.grads["z"] != 0)
    assert run(STEPS[3], z=[60.0, -60.0, 0.0]).grads["z"] == pytest.approx([1, -1, 0], abs=1e-12)


LINES = "\ntarget = np.array([1, 0])\nn = 2\ndz = p.copy()\ndz[np.arange(n), target] -= 1\ndz /= n"


def test_a_mean_divides_by_the_number_of_rows():
    step = STEPS[4]
    trace = run(step)
    wanted = (trace.values["p"] - [[0, 1, 0], [1, 0, 0]]) / 2
    assert trace.grads["z"] == pytest.approx(wanted, rel=1e-12)
    assert step.question.expected == pytest.approx((trace.values["p"][1, 0] - 1) / 2)
    written = compile_program(step.program + LINES, dict(step.values), output="loss").run()
    assert [(line.name, line.agrees) for line in written.manual] == [("dz", True)]


def test_the_squared_error_hardly_learns_where_it_is_wrong():
    step = STEPS[5]
    trace = run(step)
    assert 1 - trace.values["p"][1] > 0.9999
    assert abs(trace.grads["z"][1]) < 0.001
    assert np.abs(trace.grads["p"]).max() == pytest.approx(2, rel=0.001)


def entropy(y):
    return -sum(share * np.log(share) for share in y)


@pytest.mark.parametrize("y", [None, [0.1, 0.1, 0.8], [1 / 3, 1 / 3, 1 / 3]])
def test_shares_of_the_truth_have_a_floor(y):
    step = STEPS[6]
    y = y or step.values["y"]
    made = record(step, 0, {"y": y})
    assert made.trainer.parameters == ("z",)
    state = made.state(steps_of(step))
    trace = run(step, y=y, z=state.weights[0])
    assert trace.values["p"] == pytest.approx(y, abs=1e-3)
    assert np.abs(trace.grads["z"]).max() < 1e-3
    assert trace.output == pytest.approx(entropy(y), abs=1e-5)
    assert entropy(y) <= np.log(3) + 1e-15


def test_a_sure_truth_has_none():
    made = record(STEPS[6], 0, {"y": [0.0, 1.0, 0.0]})
    assert losses(made, 400)[-1] < 0.01
    assert made.state(400).weights[0][1] > 1.5 * made.state(60).weights[0][1] / 2 > made.state(0).weights[0][1]
