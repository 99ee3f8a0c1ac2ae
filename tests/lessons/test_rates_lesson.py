"""What the lesson about learning rates says in words is what its trainings do."""

from itertools import pairwise

import numpy as np
import pytest

from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("rates-that-crawl-and-explode").steps


def courses(place):
    """The losses of each run of a step."""
    step = STEPS[place]
    return [losses(record(step, run), steps_of(step)) for run in range(len(figure(step).runs))]


def falls(losses):
    return all(b <= a for a, b in pairwise(losses))


def test_of_four_rates_one_grows():
    crawling, good, jumping, exploding = courses(0)
    assert [falls(each) for each in (crawling, good, jumping, exploding)] == [True, True, True, False]
    assert good[-1] < 1e-12 < jumping[-1] < crawling[-1] < exploding[-1]
    assert crawling[-1] > 0.5
    for rate, signs in ((0.2, {1.0}), (0.45, {1.0, -1.0}), (0.55, {1.0, -1.0})):
        run = record(STEPS[0], [0.01, 0.2, 0.45, 0.55].index(rate))
        assert {float(np.sign(run.state(k).weights[0])) for k in range(5)} == signs


def test_the_factor_of_a_step():
    run = record(STEPS[1])
    for k in range(steps_of(STEPS[1])):
        before, after = (run.state(j).weights[0] for j in (k, k + 1))
        assert after / before == pytest.approx(STEPS[1].question.expected)


def test_the_steepest_direction_sets_the_bound():
    step = STEPS[2]
    bound = step.question.expected
    rates = [run["settings"]["lr"] for run in figure(step).runs]
    assert [rate < bound for rate in rates] == [True, True, False]
    for k, rate in enumerate(rates):
        run = record(step, k)
        (x, y), (x_end, y_end) = (run.state(j).weights for j in (0, steps_of(step)))
        assert abs(x_end) < abs(x)
        assert (abs(y_end) < abs(y)) == (rate < bound)
    shrunk = record(step, 1).state(1).weights[0] / step.values["x"]
    assert shrunk == pytest.approx(1 - 0.07)


def test_the_loss_turns_where_it_is_said_to():
    step = STEPS[3]
    found = losses(record(step), steps_of(step))
    assert int(np.argmin(found)) == step.question.expected
    assert found[-1] > 1e6 * found[0]
    run = record(step)
    grown = [run.state(k + 1).weights[1] / run.state(k).weights[1] for k in range(10)]
    assert grown == pytest.approx([-1.5] * 10)


def test_of_the_network_the_largest_rate_explodes_late():
    small, middle, large = courses(4)
    assert all(each[0] > each[1] > each[2] > each[3] for each in (small, middle, large))
    assert max(large[: 3 * 12]) == large[0]
    assert large[-1] > 1e6
    assert max(small) == small[0]
    assert max(middle) == middle[0]
    assert middle[-1] < small[-1]


def test_a_constant_rate_hops_and_a_schedule_settles():
    constant, cosine = courses(5)
    rate = figure(STEPS[5]).runs[0]["settings"]["lr"]
    assert constant[-4:-2] == pytest.approx(constant[-2:])
    assert 0.05 < constant[-1] + constant[-2] == pytest.approx(rate)
    assert cosine[-1] < 0.01


def test_the_steepest_curvature_for_a_rate():
    step = STEPS[6]
    k = step.question.expected
    for curvature, good in ((0.99 * k, True), (1.01 * k, False)):
        found = losses(record(step, values={"k": curvature}), steps_of(step))
        assert (found[-1] < found[0]) == good
    assert record(step).trainer.parameters == ("w",)
