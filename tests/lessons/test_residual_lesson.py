"""What the lesson about residual blocks says in words is what its networks do."""

import itertools
import math

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("the-residual-highway").steps
BLOCK, EIGHT, PATHS, LEARNS, ALONE = STEPS


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def sizes(step, **values):
    """The sizes of the values of h1 to h8, and of their gradients."""
    trace, nodes = run(step, **values), figure(step).options["norms"].split(",")
    return [[float(np.sqrt(np.mean(each[node] ** 2))) for node in nodes] for each in (trace.values, trace.grads)]


@pytest.mark.parametrize("w", [0.1, 0.0])
def test_the_way_round_brings_one_whatever_the_layer_does(w):
    assert run(BLOCK, w=w).grads["x"] == pytest.approx(1 + w)


def test_without_the_way_round_each_layer_leaves_a_third():
    for found in (sizes(EIGHT)[0], sizes(EIGHT)[1][::-1]):
        kept = [after / before for before, after in itertools.pairwise(found)]
        assert 0.28 < math.prod(kept) ** (1 / 7) < 0.4
        assert all(0.2 < each < 0.5 for each in kept)
    gradients = sizes(EIGHT)[1]
    assert 1000 < gradients[-1] / gradients[0] < 10_000


def test_with_it_values_and_gradients_are_level():
    for found in sizes(EIGHT, r=1.0):
        assert max(found) / min(found) < 2


def test_every_choice_of_blocks_is_a_path():
    w = [PATHS.values[name] for name in ("w1", "w2", "w3")]
    paths = [math.prod(chosen) for n in range(4) for chosen in itertools.combinations(w, n)]
    assert len(paths) == PATHS.question.expected
    assert run(PATHS).grads["x"] == pytest.approx(sum(paths))
    assert run(PATHS, w1=0.0, w2=0.0, w3=0.0).grads["x"] == 1


def test_it_learns_with_the_way_round_and_not_without():
    steps = steps_of(LEARNS)
    with_it, without = (losses(record(LEARNS, 0, {"r": r}), steps) for r in (1.0, 0.0))
    assert with_it[-1] < with_it[0] / 8
    assert np.all(np.diff(with_it) < 0)
    assert without[-1] == pytest.approx(without[0], rel=1e-3)
    x, target = (run(LEARNS).values[name] for name in ("x", "target"))
    straight = x @ np.linalg.lstsq(x, target, rcond=None)[0]
    assert with_it[-1] < np.mean((straight - target) ** 2) / 4
    assert "r" not in record(LEARNS).trainer.parameters


def test_all_layers_get_a_gradient_and_move():
    made = record(LEARNS)
    start, end = (made.state(k).weights for k in (0, steps_of(LEARNS)))
    assert all(np.abs(after - before).max() > 0.05 for before, after in zip(start, end, strict=True))


@pytest.mark.parametrize(("r", "low", "high"), [(1.0, 0.8, 1.2), (1.5, 17 / 1.1, 17 * 1.1), (0.5, 1 / 200, 1 / 100)])
def test_only_one_neither_fades_nor_explodes(r, low, high):
    values, gradients = sizes(ALONE, r=r)
    assert low < gradients[0] / gradients[-1] < high
    if r == ALONE.values["r"]:
        assert max(values) / min(values) < 1.2
    assert ALONE.question.expected == pytest.approx(1.5**7, rel=0.01)
