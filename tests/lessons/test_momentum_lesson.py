"""What the lesson about momentum and Adam says in words is what its trainings do."""

import numpy as np
import pytest

from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("momentum-and-adam").steps
GRADIENT_DESCENT, MOMENTUM, ADAM = range(3)


def on_all(step, run, k):
    """The loss of all examples before a step."""
    made = record(step, run)
    weights = dict(zip(made.trainer.parameters, made.state(k).weights, strict=True))
    every = {**step.values, **{name: np.asarray(value).tolist() for name, value in weights.items()}}
    return record(step, run, every).trainer.plan.run().values["loss"]


def moved(step, run, k, name):
    """How far a parameter moves in a step, its gradient, and what is remembered of it."""
    made = record(step, run)
    place = made.trainer.parameters.index(name)
    before, after = made.state(k), made.state(k + 1)
    _, gradients = made.trainer.gradients(before)
    remembered = before.memory[place] if before.memory else None
    return after.weights[place] - before.weights[place], gradients[place], remembered


def test_the_velocity_grows_to_ten_gradients():
    step = STEPS[0]
    run = record(step)
    assert run.state(0).memory == (0.0,)
    assert run.state(steps_of(step)).memory[0] == pytest.approx(step.question.expected, rel=0.01)
    assert run.trainer.gradients(run.state(7))[1] == (1.0,)


def test_adam_is_lowest_and_gradient_descent_last():
    step = STEPS[1]
    runs = figure(step).runs
    assert [run["optimizer"] for run in runs] == ["sgd", "momentum", "adam"]
    ends = [on_all(step, run, steps_of(step)) for run in range(3)]
    assert ends[ADAM] < ends[MOMENTUM] < ends[GRADIENT_DESCENT]
    jags = [np.diff(losses(record(step, run), 100)) for run in (MOMENTUM, ADAM)]
    assert np.corrcoef(*jags)[0, 1] > 0.9


def test_at_step_17_momentum_goes_against_the_gradient():
    step = STEPS[2]
    options = figure(step).options
    k, name = int(options["at"]), options["why"]
    far, gradient, velocity = moved(step, MOMENTUM, k, name)
    assert gradient > 0 < far
    assert velocity < -50 * gradient
    run = record(step, MOMENTUM)
    assert all(run.state(j).memory[run.trainer.parameters.index(name)] < 0 for j in range(10, k + 1))
    assert moved(step, GRADIENT_DESCENT, 0, name)[2] is None


def test_adams_first_step_is_the_rate_for_every_weight():
    step = STEPS[3]
    for name in record(step).trainer.parameters:
        far, gradient, _ = moved(step, 0, 0, name)
        assert np.abs(far) == pytest.approx(step.question.expected, rel=0.001)
        assert np.array_equal(np.sign(far), -np.sign(gradient))


def test_at_step_17_adam_moves_less_far():
    step = STEPS[4]
    options = figure(step).options
    assert abs(moved(step, 0, int(options["at"]), options["why"])[0]) < 0.8 * STEPS[3].question.expected


def test_in_another_unit_adam_alone_takes_the_same_steps():
    step = STEPS[5]
    k = 40
    for run, same in ((GRADIENT_DESCENT, False), (MOMENTUM, False), (ADAM, True)):
        ends = [record(step, run, {"k": unit}).state(k).weights for unit in (1.0, 100.0)]
        assert all(np.allclose(a, b, rtol=1e-3, atol=1e-3) for a, b in zip(*ends, strict=True)) == same
