"""The sides of kinks, against differences of the function on either side."""

import numpy as np
import pytest

from app.engine import trace
from app.engine.execution.kinks.sides import MOST, single_sides
from app.engine.execution.kinks.subgradients import Subgradients

CORNERS = [
    ("y = relu(x) * 3", 0.0),
    ("y = np.abs(x - 2)", 2.0),
    ("y = leaky_relu(x, slope=0.3)", 0.0),
    ("y = elu(x, alpha=2.5)", 0.0),
    ("y = maximum(x, 2 * x - 1)", 1.0),
    ("y = minimum(x, x * x)", 1.0),
    ("y = clip(x, -1, 2)", -1.0),
    ("y = clip(x, -1, 2)", 2.0),
    ("y = np.where(x > 1, x * x, x)", 1.0),
    ("y = x * (x > 0)", 0.0),
    ("y = maximum(0, 1 - x)", 1.0),
    ("y = np.sqrt(1 + relu(x))", 0.0),
    ("y = 4 - relu(-2 * x)", 0.0),
]


def of(run):
    return Subgradients(run.structure.schedule, run.value_list, run.grad_list, run.message_list)


def position(run, id):
    return next(i for i in run.structure.schedule.graph if run.structure.schedule.nodes[i].id == id)


@pytest.mark.parametrize(("source", "corner"), CORNERS, ids=[f"{source} at {corner}" for source, corner in CORNERS])
def test_the_slopes_of_both_sides_and_what_lies_between(source, corner):
    run, step = trace(source, {"x": corner}), 1e-7
    at = position(run, "x")
    left, right = ((run.plan.run({"x": corner + by}).output - run.output) / by for by in (-step, step))
    assert abs(left - right) > 0.1
    for share in (0.0, 0.25, 1.0):
        assert of(run).take(at, left + share * (right - left), relative=1e-5)
    for beyond in (min(left, right) - 0.1, max(left, right) + 0.1):
        assert not of(run).take(at, beyond, relative=1e-5)


def test_what_was_taken_binds_what_comes():
    run = trace("y = maximum(x, w)", {"x": 1.0, "w": 1.0})
    held = of(run)
    assert held.take(position(run, "x"), 0.75)
    assert not held.take(position(run, "w"), 0.5)
    assert held.fits_alone(position(run, "w"), 0.5)
    assert held.take(position(run, "w"), 0.25)
    assert held.sides_taken() == held.standing() == [position(run, "y")]


def test_what_no_kink_has_a_say_in_is_not_looked_for():
    run = trace("h = relu(x) * w\ny = h + w", {"x": 0.0, "w": 2.0})
    held = of(run)
    assert held.touched == {position(run, "x")}
    assert not held.take(position(run, "w"), 3.0)
    assert held.left == of(run).left


def test_a_jump_is_no_kink():
    assert of(trace("y = np.where(x > 0, x + 1, x)", {"x": 0.0})).kinks == []
    # Where it jumps at one element, the other may be turned all the same.
    run = trace("y = np.sum(np.where(x > w, x + w, 2 * x))", {"x": [1.0, 2.0], "w": [1.0, 2.0]})
    assert len(of(run).kinks) == 1
    run = trace("y = np.sum(np.where(x > 0, x + b, 2 * x))", {"x": [0.0, 0.0], "b": [1.0, 0.0]})
    held = of(run)
    assert held.take(position(run, "x"), np.array([2.0, 1.0]))
    assert not of(run).take(position(run, "x"), np.array([1.0, 2.0]))


def test_a_number_that_is_left_out_has_the_slope_around_it():
    run = trace("y = np.where(x == 0, 0, 5 * x)", {"x": 0.0})
    assert of(run).take(position(run, "x"), 5.0)
    assert not of(run).take(position(run, "x"), 5.5)


def test_only_kinks_that_matter_are_taken_otherwise():
    run = trace("a = relu(x)\nb = relu(w)\ny = a + b", {"x": 0.0, "w": 0.0})
    held = of(run)
    assert held.take(position(run, "x"), 1.0)
    assert held.sides_taken() == [position(run, "a")]
    assert held.grad(position(run, "w")) == 0.0
    assert held.take(position(run, "w"), 0.5)
    assert held.sides_taken() == [position(run, "a"), position(run, "b")]


def test_so_many_elements_are_not_told_apart():
    run = trace("y = np.sum(relu(x))", {"x": np.zeros(MOST + 1)})
    values = [run.values[node.id] for node in run.structure.schedule.nodes]
    assert single_sides(run.structure.schedule, values) is None
    assert of(run).take(position(run, "x"), np.ones(MOST + 1))
    assert of(run).take(position(run, "x"), np.full(MOST + 1, 0.5))
    assert not of(run).take(position(run, "x"), np.linspace(0, 1, MOST + 1))


def test_infinities_pass():
    run = trace("y = log(relu(x))", {"x": 0.0})
    assert of(run).take(position(run, "x"), np.inf) in (True, False)
    run = trace("y = np.sum(maximum(x, w))", {"x": [np.inf, 1.0], "w": [np.inf, 1.0]})
    assert of(run).take(position(run, "x"), np.array([0.5, 1.0]))
