"""Slices through the loss: the true loss at every place, that of the trace where nothing is moved."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.slices import Element, along_directions, between_elements, losses
from app.engine.training.trainer import Trainer

TEXT = """x = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
target = np.array([[1.0], [0.0], [1.0]])
W = np.array([[0.5, -0.2], [-0.3, 0.8]])
b = 0.1
v = np.array([[0.7], [-0.4]])
loss = np.mean((np.tanh(x @ W + b) @ v - target) ** 2)
"""
MOST = 1_000_000


def true_loss(**moved):
    return compile_program(TEXT, moved).run().output


def test_each_place_has_the_loss_of_a_program_with_these_values():
    plan = compile_program(TEXT)
    found = between_elements(plan, Element("W", (1, 0)), Element("b", ()))
    assert found.names == ("W[1,0]", "b")
    assert found.origin == (-0.3, 0.1)
    axes = [np.array([-1.0, -0.3, 2.0]), np.array([0.1, 0.9])]
    expected = [true_loss(W=[[0.5, -0.2], [w, 0.8]], b=b) for w in axes[0] for b in axes[1]]
    assert losses(found, axes, MOST).tolist() == expected
    assert expected[2] == plan.run().output


def test_two_elements_of_one_leaf():
    found = between_elements(compile_program(TEXT), Element("v", (0, 0)), Element("v", (1, 0)))
    assert losses(found, [np.array([3.0]), np.array([4.0])], MOST).tolist() == [true_loss(v=[[3.0], [4.0]])]


def test_directions_are_as_long_as_the_parameters_and_the_same_for_the_same_seed():
    plan = compile_program(TEXT)
    found, again, other = (along_directions(plan, (), seed) for seed in (3, 3, 4))
    assert found.leaves == ("W", "b", "v")
    for direction in found.directions:
        for part, value in zip(direction, found.here, strict=True):
            assert np.linalg.norm(part) == pytest.approx(np.linalg.norm(value))
    assert all(np.array_equal(a, b) for a, b in zip(found.directions[0], again.directions[0], strict=True))
    assert not np.array_equal(found.directions[0][0], other.directions[0][0])
    assert losses(found, [np.zeros(1), np.zeros(1)], MOST)[0] == plan.run().output
    w, b, v = found.moved((0.5, -2.0))
    assert losses(found, [np.array([0.5]), np.array([-2.0])], MOST)[0] == true_loss(W=w, b=float(b), v=v)


def test_a_place_of_the_slice_is_seen_where_it_is():
    plan = compile_program(TEXT)
    for found in (along_directions(plan, (), 1), between_elements(plan, Element("W", (0, 1)), Element("b", ()))):
        moved = dict(zip(found.leaves, found.moved((0.3, -0.7)), strict=True))
        assert found.seen(moved) == pytest.approx((0.3, -0.7))


def test_the_path_of_a_run_ends_where_the_slice_is_laid():
    record = Record(Trainer(Run(TEXT, settings={"lr": 0.1})))
    values = record.trainer.values(record.state(20))
    found = along_directions(compile_program(TEXT, values), (), 0)
    end = dict(zip(record.trainer.parameters, record.state(20).weights, strict=True))
    assert found.seen(end) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_where_the_text_decides_otherwise_there_is_no_number():
    text = "w = 1.0\nv = 2.0\nif w > 0:\n    loss = w * v\nelse:\n    loss = v"
    found = between_elements(compile_program(text), Element("w", ()), Element("v", ()))
    there, not_there = losses(found, [np.array([3.0, -1.0]), np.array([5.0])], MOST)
    assert there == 15.0
    assert np.isnan(not_there)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (Element("W", (0, 0)), Element("W", (0, 0)), "taken twice"),
        (Element("W", (2, 0)), Element("b", ()), "no element of W"),
        (Element("W", (0,)), Element("b", ()), "no element of W"),
        (Element("loss", ()), Element("b", ()), "cannot be learned"),
        (Element("q", ()), Element("b", ()), "cannot be learned"),
    ],
)
def test_what_cannot_be_moved_is_refused(first, second, said):
    with pytest.raises(EngineError, match=said):
        between_elements(compile_program(TEXT), first, second)


def test_too_many_places_and_an_output_that_is_no_number_are_refused():
    plan = compile_program(TEXT)
    with pytest.raises(EngineError, match="takes too long"):
        losses(along_directions(plan, (), 0), [np.zeros(1000), np.zeros(1000)], MOST)
    with pytest.raises(EngineError, match="lowers one number"):
        along_directions(compile_program("W = np.ones(3)\ny = W * 2"), (), 0)
    with pytest.raises(EngineError, match="every parameter is 0"):
        along_directions(compile_program("w = 0.0\nloss = (w - 1) ** 2"), (), 0)
