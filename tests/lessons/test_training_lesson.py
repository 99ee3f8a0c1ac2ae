"""What the lesson about training says in words is what its training does."""

import numpy as np
import pytest

from tests.lessons.trained import lesson, record, steps_of

LESSON = lesson("your-first-training-step")


def trained(step):
    """The record of what the step's figure trains, and how many steps it takes."""
    return record(LESSON.steps[step]), steps_of(LESSON.steps[step])


def test_the_first_step_ends_where_the_answer_says():
    record, _ = trained(0)
    assert record.state(1).weights == (pytest.approx(LESSON.steps[0].question.expected, rel=1e-12),)


def test_each_step_halves_the_distance():
    record, steps = trained(1)
    for k in range(steps):
        before, after = (abs(record.state(k + far).weights[0] - 1) for far in (0, 1))
        assert after == pytest.approx(LESSON.steps[1].question.expected * before, rel=1e-9)


def test_the_large_rate_jumps_for_ever():
    record, steps = trained(2)
    assert [record.state(k).weights[0] for k in range(steps)] == pytest.approx([3.6, -1.6] * (steps // 2))


def test_of_the_silent_network_only_the_last_bias_moves():
    record, steps = trained(3)
    start, end = record.state(0).weights, record.state(steps).weights
    moved = {name for name, a, b in zip(record.trainer.parameters, start, end, strict=True) if not np.array_equal(a, b)}
    assert moved == {"b2"}
    assert record.trainer.gradients(record.state(steps))[0] < 1e-3


def test_the_awake_network_reaches_its_goal_and_its_gradients_fall():
    record, steps = trained(4)
    (first, early), (last, late) = (record.trainer.gradients(record.state(k)) for k in (0, steps))
    assert last < LESSON.steps[4].goal.number < first
    for a, b in zip(early, late, strict=True):
        assert 0 < np.linalg.norm(b) < np.linalg.norm(a) / 10
    assert float(np.asarray(record.state(steps).weights[0])[0, 0]) != pytest.approx(1.0)
