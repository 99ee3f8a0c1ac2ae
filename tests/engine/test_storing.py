"""Values stored at, or added to, places of a copy: beside what NumPy does in place."""

import random

import numpy as np
import pytest

from app.engine.emit import emit
from app.engine.errors import ShapeError
from app.engine.execution.roundoff import RoundOff
from app.engine.explain.sentences import plain, tell
from app.engine.notation.describe import describe_edges, describe_nodes
from app.engine.notation.indices import forms_of
from app.engine.ops.places import numpy_index
from tests.engine.built import STORED, A, plan
from tests.engine.checks import check_opened, check_plan
from tests.engine.test_cells import check_cells


def used(op, name):
    shape, index, value = STORED[name]
    x = np.arange(1.0, 7.0)[: int(np.prod(shape))].reshape(shape)
    return op, {"index": index}, {"x": x, "value": value}


def wanted(op, attrs, values):
    """The result, and the gradients of the sum of its squares."""
    index = numpy_index(attrs["index"])
    x, value = np.array(values["x"]), np.array(values["value"])
    y = np.array(x)
    numbers = np.full(x.shape, -1)
    picked = np.shape(y[index])
    each = np.arange(int(np.prod(picked))).reshape(picked)
    if op == "put":
        y[index] = value
        numbers[index] = each
    else:
        np.add.at(y, index, value.reshape(value.shape[max(0, value.ndim - len(picked)) :]))
    g = 2 * y
    if op == "put":
        sent = np.zeros(each.size)
        for number, slope in zip(numbers.ravel(), np.ravel(g), strict=True):
            if number >= 0:
                sent[number] = slope
        to_x, sent = np.where(numbers < 0, g, 0.0), sent.reshape(picked)
    else:
        to_x, sent = g, np.asarray(g[index])
    padded = (1,) * max(0, sent.ndim - value.ndim) + value.shape
    sent = sent.reshape((1,) * max(0, value.ndim - sent.ndim) + sent.shape)
    axes = tuple(a for a, n in enumerate(padded) if n == 1)
    return y, to_x, sent.sum(axis=axes, keepdims=True).reshape(value.shape)


@pytest.mark.parametrize("op", ["put", "add_at"])
@pytest.mark.parametrize("name", STORED)
def test_values_and_gradients(op, name):
    use = used(op, name)
    made = plan(*use)
    run = check_plan(made)
    y, to_x, to_value = wanted(*use)
    np.testing.assert_array_equal(run.values["y"], y)
    if op == "put" and y.shape == ():
        assert run.grads["x"] is None  # of a number that is stored over nothing is left
    else:
        np.testing.assert_allclose(run.grads["x"], to_x, rtol=1e-14)
    np.testing.assert_allclose(run.grads["value"], to_value, rtol=1e-14)
    check_opened(made, plan(*use, detail="scalar"))
    check_cells(run, random.Random(0), most=6)
    describe_edges(made.structure)
    assert all(np.isfinite(bound).all() for bound in RoundOff(run).gradients.values())


@pytest.mark.parametrize("op", ["put", "add_at"])
@pytest.mark.parametrize(
    ("shape", "index", "value"),
    [((2, 3), (0,), [1.0, 2.0]), ((2, 3), (0, 0), [1.0, 2.0]), ((2, 3), (0,), np.ones((2, 3))), ((), (), [1.0, 2.0])],
)
def test_what_does_not_fit_is_told(op, shape, index, value):
    with pytest.raises(ShapeError, match="does not fit into"):
        plan(op, {"index": index}, {"x": np.ones(shape), "value": value})


def test_an_infinite_gradient_that_was_stored_over_does_not_come_back():
    for index in ((0,), (A([0, 0]),)):
        run = plan("put", {"index": index}, {"x": [np.inf, 1.0], "value": np.inf}).run()
        assert run.grads["x"].tolist() == [0.0, 2.0]
        assert run.grads["value"] == np.inf
    first_lost = plan("put", {"index": (A([0, 0]),)}, {"x": [1.0, 1.0], "value": [np.nan, np.inf]}).run()
    assert first_lost.grads["value"].tolist() == [0.0, np.inf]


def test_it_is_written_as_each_language_wants_it():
    def line(target, op):
        run = plan(op, {"index": (0, slice(1, None))}, {"x": np.ones((2, 3)), "value": 2.0}).run()
        return next(text.strip() for text in emit(run, target).source.split("\n") if text.strip().startswith("y = "))

    assert line("numpy", "put") == "y = stored(x, np.s_[0, 1:], value)"
    assert line("torch", "put") == "y = stored(x, np.s_[0, 1:], value_)"
    assert line("jax", "put").startswith("y = x.at[0, 1:].set(value)")
    assert line("jax", "add_at").startswith("y = x.at[0, 1:].add(value)")


def test_how_it_is_read():
    made = plan("put", {"index": (0, slice(1, None))}, {"x": np.ones((2, 3)), "value": [1.0, 2.0]})
    text = describe_nodes(made.structure)[2]
    assert text.formula == "x.put([0, 1:], value)"
    assert text.latex == r"\operatorname{put}_{0,1:}\left(x, \mathrm{value}\right)"
    found = tell(made.run())
    assert "with value stored at some of its places" in plain(found.forward["y"])
    assert "What was replaced gets 0" in plain(found.backward["y"])


def test_with_indices():
    made = plan("put", {"index": (0, slice(1, None))}, {"x": np.ones((2, 3)), "value": [1.0, 2.0]})
    rule = made.structure.schedule.rules[2]
    forms = [form.text for form in forms_of(rule, ("x", "v"), range(3))]
    assert forms == [
        "y[i,j] = v[j-1] if i == 0 and j >= 1 else x[i,j]",
        "dx[i,j] = 0 if i == 0 and j >= 1 else dy[i,j]",
        "dv[i] = dy[0,i+1]",
    ]
    made = plan("add_at", {"index": (0, slice(1, None))}, {"x": np.ones((2, 3)), "value": [1.0, 2.0]})
    (form,) = forms_of(made.structure.schedule.rules[2], ("x", "v"), [0])
    assert form.text == "y[i,j] = x[i,j] + (v[j-1] if i == 0 and j >= 1 else 0)"
