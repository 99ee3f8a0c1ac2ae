"""What the lesson about first weights says in words is what its networks do."""

from itertools import pairwise

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.support.errstate import ignore_fp_errors
from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("how-weights-should-begin").steps


def sizes(step, scale=None):
    """The sizes of the values of h1 to h5, and of their gradients."""
    values = {**step.values, **({} if scale is None else {"s": scale})}
    trace = ignore_fp_errors(compile_program(step.program, values).run)
    nodes = figure(step).options["norms"].split(",")

    def size(array):
        return float(np.sqrt(np.mean(np.square(array))))

    return [size(trace.values[node]) for node in nodes], [size(trace.grads[node]) for node in nodes]


def test_equal_units_stay_equal_and_do_move():
    run = record(STEPS[0])
    start, end = (run.state(k).weights for k in (0, steps_of(STEPS[0])))
    w1, _, w2, _ = end
    assert np.array_equal(w1[:, 0], w1[:, 1])
    assert w2[0] == w2[1]
    assert abs(w1[0, 0] - start[0][0, 0]) > 0.1


def test_too_small_fades_by_the_factor_that_is_asked_for():
    step = STEPS[1]
    asked = step.question
    values, gradients = sizes(step)
    for found, close in ((values, asked.tolerance.size), (gradients[::-1], 2)):
        for before, after in pairwise(found):
            assert asked.expected / close < after / before < asked.expected * close


def test_too_large_saturates_explodes_and_at_last_collapses():
    values, gradients = sizes(STEPS[2])
    assert all(0.9 < size <= 1 for size in values)
    assert gradients[0] > 3 * gradients[-1]
    values, gradients = sizes(STEPS[2], 100.0)
    assert all(size > 0.98 for size in values)
    assert gradients[0] < 1e-6
    assert gradients[-1] > 1e3


@pytest.mark.parametrize("place", [3, 6])
def test_in_between_sizes_are_kept(place):
    step = STEPS[place]
    for sizes_ in sizes(step, step.question.expected):
        assert max(sizes_) / min(sizes_) < 4
    fading = sizes(step)[1]
    assert fading[0] < fading[-1] / 50
    growing = sizes(step, 1.0)[1]
    assert growing[0] > 2 * growing[-1]


def test_begun_too_small_it_does_not_learn_and_begun_well_it_does():
    small, well = record(STEPS[4]), record(STEPS[5])
    assert STEPS[5].values["s"] == 5 * STEPS[4].values["s"]
    assert losses(small, 300)[-1] == pytest.approx(losses(small, 0)[0], rel=1e-3)
    found = losses(well, steps_of(STEPS[5]))
    assert found[-1] < found[0] / 1000
    assert small.trainer.parameters == ("W1", "W2", "W3", "W4", "W5", "W6")
