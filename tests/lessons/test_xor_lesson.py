"""What the lesson about XOR says in words is what its trainings do."""

import itertools

import numpy as np
import pytest

from tests.lessons.trained import lesson, losses, record, steps_of

STEPS = lesson("why-xor-needs-a-hidden-layer").steps
FLOOR = 0.25
"""The mean squared error of one half at every corner."""


@pytest.mark.parametrize("place", [0, 1])
def test_a_plane_ends_at_the_floor_with_one_half_everywhere(place):
    step = STEPS[place]
    run = record(step)
    found = losses(run, steps_of(step))
    assert found[0] > found[-1] == pytest.approx(FLOOR, rel=1e-4)
    _, gradients = run.trainer.gradients(run.state(steps_of(step)))
    assert all(np.max(np.abs(each)) < 1e-3 for each in gradients)
    weights, bias = run.state(steps_of(step)).weights
    predicted = np.asarray(step.values["X"]) @ weights + bias
    assert predicted == pytest.approx(STEPS[1].question.expected, abs=0.01)


def test_a_hidden_layer_rests_near_the_floor_and_then_leaves_it():
    step = STEPS[2]
    found = losses(record(step), steps_of(step))
    near = [k for k, loss in enumerate(found) if 0.8 * FLOOR < loss < 1.02 * FLOOR]
    assert found[0] > 1.5 * FLOOR
    assert near[0] < 8
    assert len(near) == near[-1] - near[0] + 1 > 60
    assert found[-1] < 0.01


def test_the_ones_come_together():
    step = STEPS[3]
    run = record(step)

    def hidden(k):
        w1, b1, *_ = run.state(k).weights
        return np.tanh(np.asarray(step.values["X"]) @ w1 + b1)

    far, near = (np.linalg.norm(h[1] - h[2]) for h in (hidden(0), hidden(steps_of(step))))
    assert near < 0.02 < far
    # Between the others: beside the middle of the line that joins them, in each unit.
    h = hidden(steps_of(step))
    assert (np.sort(h, axis=0)[[0, -1]] == np.sort(h[[0, 3]], axis=0)).all()


def test_from_zero_only_the_last_bias_learns():
    step = STEPS[4]
    run = record(step)
    names = run.trainer.parameters
    _, gradients = run.trainer.gradients(run.state(0))
    assert {name for name, each in zip(names, gradients, strict=True) if np.any(each)} == {"b2"}
    assert losses(run, steps_of(step))[-1] == pytest.approx(FLOOR)


CELLS = [*itertools.product(["W1"], range(2), range(2)), *itertools.product(["W2"], range(2), range(1))]


def awake(cells):
    """The last loss where these weights begin with one, and all others with zero."""
    values = {"W1": np.zeros((2, 2)), "W2": np.zeros((2, 1))}
    for name, i, j in cells:
        values[name][i, j] = 1.0
    step = STEPS[5]
    run = record(step, values={name: value.tolist() for name, value in values.items()})
    return run.trainer.gradients(run.state(steps_of(step)))[0]


def test_one_weight_is_not_enough_and_two_are():
    goal = STEPS[5].goal.number
    assert STEPS[5].question.expected == 2
    assert all(awake([cell]) > 0.1 for cell in CELLS)
    for row, unit in itertools.product(range(2), range(2)):
        assert awake([("W1", row, unit), ("W2", 1 - unit, 0)]) < goal
    # Two equal ones before both units leave the units equal.
    assert awake([("W1", 0, 0), ("W1", 0, 1)]) > 0.1
