"""What the lesson about overfitting says in words is what its trainings do."""

import numpy as np
import pytest

from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("overfitting").steps
FEW, MANY = 15, 60


def ends(place, run=0, at=None):
    """The loss and the validation loss behind the last step, and how long all weights together are."""
    step = STEPS[place]
    made = record(step, run)
    state = made.state(steps_of(step) if at is None else at)
    size = float(np.sqrt(sum(np.sum(np.square(each)) for each in state.weights)))
    return made.trainer.gradients(state)[0], made.trainer.validation(state), size


def wave_error(step):
    """The mean square of the errors that were made in measuring."""
    x, target = (np.asarray(step.values[name]) for name in ("x", "target"))
    return float(np.mean((np.sin(3 * x) - target) ** 2))


def test_the_network_fits_the_errors_too():
    step = STEPS[0]
    run = record(step)
    assert sum(np.size(each) for each in run.state(0).weights) == 73
    assert len(step.values["x"]) == FEW
    found = losses(run, steps_of(step))
    assert found[-1] < wave_error(step) / 4
    assert min(found[:40]) < 2 * wave_error(step)


def test_the_losses_part_and_the_best_step_is_early():
    step = STEPS[1]
    run = record(step)
    assert len(run.trainer.split.validation) == 0.4 * FEW
    aside = [run.trainer.validation(run.state(k)) for k in range(steps_of(step) + 1)]
    best = int(np.argmin(aside))
    assert best == STEPS[2].question.expected
    assert steps_of(step) / 20 < best < steps_of(step) / 8
    assert aside[0] > 10 * aside[best] < 3 * aside[-1]
    assert aside[best:] == pytest.approx(np.maximum.accumulate(aside[best:]), rel=0.2)
    own = losses(run, steps_of(step))
    assert own[-1] < own[best] / 4
    assert figure(STEPS[2]).runs == figure(step).runs


def test_decay_costs_loss_and_helps_with_what_is_kept_aside():
    plain, decayed = (ends(3, run) for run in range(2))
    assert decayed[0] > 2 * plain[0]
    assert decayed[1] < plain[1] / 2
    assert decayed[2] < plain[2] / 2


def test_with_more_points_the_losses_stay_together():
    step = STEPS[4]
    assert len(step.values["x"]) == MANY == 4 * FEW
    assert all(np.array_equal(step.values[name], STEPS[0].values[name]) for name in ("W1", "b1", "W2", "b2"))
    loss, aside, _ = ends(4)
    few, few_aside, _ = ends(1)
    assert loss > 5 * few
    assert 0.5 < aside / loss < 1.5
    assert loss == pytest.approx(wave_error(step), rel=0.3)
    assert aside < few_aside / 2


def test_the_best_decay_is_about_a_hundredth():
    step = STEPS[5]
    run = record(step)

    def aside(decay):
        made = dict(figure(step).runs[0], decay=decay)
        return record(step, made).trainer.validation(record(step, made).state(steps_of(step)))

    found = {decay: aside(decay) for decay in (0.001, 0.003, 0.01, 0.03, 0.1)}
    assert min(found, key=found.get) == step.question.expected
    assert run.trainer.run.decay == 0
    assert found[0.1] > 1.3 * found[0.01] < found[0.001]
