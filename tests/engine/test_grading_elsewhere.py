"""Lines that are right at these numbers alone: the other points lie on both sides of every mask."""

import numpy as np
import pytest

from app.engine import trace
from app.engine.assess.grading import grade_backward
from app.engine.assess.grading.other_points import other_runs

NET = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
AWAKE = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}
HIGH = {**AWAKE, "b1": [[500.0]]}
WIDE = {
    "x": [[1.0], [2.0]], "W1": [[1, -1], [2, 1], [0.5, 3]], "b1": [[9.0], [8.0], [70.0]],
    "W2": [[2.0, 1.0, 3.0]], "b2": [[1.0]],
}  # fmt: skip
TO_A1 = "dy = 1\nda1 = W2.T * dy\n"

# the program, its values, lines of which the last is right here, what turns where it is wrong (None: nothing is told)
CHANCE = [
    (NET, AWAKE, TO_A1 + "dz1 = da1", "relu in a1"),
    (NET, HIGH, TO_A1 + "dz1 = da1", "relu in a1"),
    (NET, WIDE, TO_A1 + "dz1 = da1", "relu in a1"),
    (NET, WIDE, TO_A1 + "dz1 = da1 * np.where(np.array([[1.0], [1.0], [0.0]]) > 0, z1 > 0, 1)", "relu in a1"),
    ("y = np.where(x > 3, x * x, 5 * x)", {"x": 200.0}, "dy = 1\ndx = 2 * x * dy", "> in y"),
    ("y = np.clip(x * w, -1, 1)", {"x": 0.5, "w": 0.25}, "dy = 1\ndx = w * dy", "clip in y"),
    ("y = np.abs(x * w)", {"x": 40.0, "w": 30.0}, "dy = 1\ndx = w * dy", "|x| in y"),
    ("y = maximum(x, 30 * w)", {"x": 2.0, "w": 9.0}, "dy = 1\ndx = 0 * w", "max in y"),
    (
        "margin = t * s\nloss = maximum(0, 1 - margin)",
        {"t": 1.0, "s": -60.0},
        "dloss = 1\ndmargin = -dloss",
        "max in loss",
    ),
    ("y = leaky_relu(x + 100)", {"x": 1.0}, "dy = 1\ndx = dy", "leaky_relu in y"),
]


@pytest.mark.parametrize(("program", "values", "lines", "what"), CHANCE, ids=[row[0] + "; " + row[2] for row in CHANCE])
def test_a_forgotten_mask_is_right_by_chance(program, values, lines, what):
    line = grade_backward(trace(program, values), lines, program).lines[-1]
    assert (line.agrees, line.chance) == (True, True)
    assert line.note == f"Right here by chance: it is wrong, for example, where {what} is on its other side."


RIGHT = [
    (NET, AWAKE, TO_A1 + "dz1 = da1 * (z1 > 0)"),
    (NET, HIGH, TO_A1 + "dz1 = da1 * (z1 > 0)"),
    (NET, WIDE, TO_A1 + "dz1 = da1 * (a1 > 0)\ndW1 = dz1 @ x.T"),
    ("y = np.where(x > 3, x * x, 5 * x)", {"x": 200.0}, "dy = 1\ndx = np.where(x > 3, 2 * x, 5) * dy"),
    ("y = np.clip(x * w, -1, 1)", {"x": 0.5, "w": 0.25}, "dy = 1\ndx = w * (np.abs(x * w) < 1)"),
    ("y = np.abs(x * w)", {"x": 40.0, "w": 30.0}, "dy = 1\ndx = w * np.sign(x * w)"),
    (
        "s = sigmoid(x * w)\ny = relu(s - 0.4)",
        {"x": 1.0, "w": 2.0},
        "dy = 1\nds = dy * (s > 0.4)\ndx = ds * s * (1 - s) * w",
    ),
]


@pytest.mark.parametrize(("program", "values", "lines"), RIGHT, ids=[row[0] + "; " + row[2] for row in RIGHT])
def test_a_line_that_keeps_the_mask_is_no_chance(program, values, lines):
    told = grade_backward(trace(program, values), lines, program).lines
    assert [(line.agrees, line.chance) for line in told] == [(True, False)] * len(told)


def test_a_number_is_told_without_a_reason_that_is_none():
    line = grade_backward(trace("y = relu(x * w)", {"x": 2.0, "w": 3.0}), "dy = 1\ndx = 3").lines[1]
    assert (line.agrees, line.chance) == (True, True)


@pytest.mark.parametrize("values", [AWAKE, HIGH, WIDE])
def test_every_unit_is_on_and_off_somewhere(values):
    run = trace(NET, values)
    runs = [run, *(other.run for other in other_runs(run))]
    assert len(runs) <= 7
    stacked = np.stack([one.values["z1"] for one in runs])
    assert (stacked > 0).any(axis=0).all()
    assert (stacked < 0).any(axis=0).all()


def test_the_same_points_come_each_time():
    run = trace(NET, WIDE)
    first, second = (np.stack([other.run.values["z1"] for other in other_runs(run)]) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_what_cannot_turn_ends():
    # x * x is never below 0, and its slope leads nowhere.
    run = trace("y = relu(x * x) + np.where(1 > 2, x, 2 * x)", {"x": 3.0})
    assert 0 < len(other_runs(run)) <= 6


def test_labels_stay_and_weights_of_ones_do_not():
    run = trace(
        "loss = cross_entropy(X @ W, t)", {"X": [[0.5, 2.0]], "W": [[1.0, -1.0], [0.0, 1.0]], "t": [[0.0, 1.0]]}
    )
    for other in other_runs(run):
        np.testing.assert_array_equal(other.run.values["t"], [[0.0, 1.0]])
        assert not np.array_equal(other.run.values["W"], run.values["W"])
