"""One number moved: the prediction beside what happens."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import LimitError, ValueProblem, trace
from app.engine.assess.nudge import nudge

QUADRATIC = "f = x**2 + 3*x + 2"


def test_the_lessons_own_figures():
    found = nudge(trace(QUADRATIC, {"x": 5.0}), "x", 0.5, steps=[0.5, 0.25, -1.0])
    assert (found.value, found.gradient, found.output) == (5.0, 13.0, 42.0)
    assert (found.predicted, found.true) == (6.5, 6.75)
    assert found.outputs == (48.75, 45.3125, 30.0)


def test_every_node_moves_by_its_tangent_and_what_is_of_higher_order():
    run = trace(QUADRATIC, {"x": 5.0})
    found = nudge(run, "x", 0.5)
    moves = zip(run.structure.nodes, found.nodes.predicted, found.nodes.true, strict=True)
    by_id = {node.id: (predicted, true) for node, predicted, true in moves}
    assert by_id["x"] == (0.5, 0.5)
    assert by_id["f"] == (6.5, 6.75)
    assert sorted(by_id.values()) == sorted(
        [(0.5, 0.5), (0.0, 0.0), (5.0, 5.25), (0.0, 0.0), (1.5, 1.5), (6.5, 6.75), (0.0, 0.0), (6.5, 6.75)]
    )


def test_what_comes_along_an_edge_is_told_apart():
    run = trace("s = x * x\nf = s * x", {"x": 2.0})
    found = nudge(run, "x", 0.5)
    nodes = run.structure.schedule.nodes
    along = {
        (nodes[e.source].id, nodes[e.target].id, e.slot): (each.predicted, each.true)
        for each in found.edges
        for e in [run.structure.edges[each.edge]]
    }
    assert along == {
        ("x", "s", 0): (1.0, 1.0),
        ("x", "s", 1): (1.0, 1.0),
        ("s", "f", 0): (4.0, 4.5),
        ("x", "f", 1): (2.0, 2.0),
    }


def test_predictions_along_the_edges_add_up_at_every_node():
    rng = np.random.default_rng(5)
    values = {"W": rng.normal(size=(2, 3)), "x": rng.normal(size=(3, 2)), "b": 0.3}
    run = trace("h = tanh(W @ x + b * W[0, 0])\ny = np.sum(h * h.T)", values)
    found = nudge(run, "W", 1e-3, (0, 0))
    sums = {}
    for each in found.edges:
        target = run.structure.schedule.nodes[run.structure.edges[each.edge].target].id
        sums[target] = sums.get(target, 0) + each.predicted
    for node, predicted in zip(run.structure.nodes, found.nodes.predicted, strict=True):
        if node.id in sums:
            np.testing.assert_allclose(sums[node.id], predicted, rtol=1e-12, atol=1e-18)


def test_edges_that_are_too_many_are_not_told():
    assert nudge(trace("h = x * 1\n" + "h = h + x\n" * 4_000, {"x": 1.0}), "x", 0.5, most=10**6).edges == ()


def test_an_element_of_a_matrix_under_a_seed():
    rng = np.random.default_rng(3)
    values = {"W": rng.normal(size=(2, 3)), "x": rng.normal(size=(3, 4))}
    seed = rng.normal(size=(2, 4))
    found = nudge(trace("y = tanh(W @ x)", values, seed=seed), "W", 1e-3, (1, 2), [2e-3])

    def output(step):
        moved = values["W"].copy()
        moved[1, 2] += step
        return float(np.sum(seed * np.tanh(moved @ values["x"])))

    slope = float(np.sum((seed * (1 - np.tanh(values["W"] @ values["x"]) ** 2))[1] * values["x"][2]))
    assert found.output == pytest.approx(output(0), rel=1e-14)
    assert found.outputs == (pytest.approx(output(2e-3), rel=1e-14),)
    assert found.gradient == pytest.approx(slope, rel=1e-12)
    assert found.true == pytest.approx(output(1e-3) - output(0), rel=1e-12)
    # Forward mode at the output and backward mode at the input are one number.
    assert float(np.sum(seed * found.nodes.predicted[-1])) == pytest.approx(found.predicted, rel=1e-12)


def test_an_operation_moves_by_itself():
    values = {"x": [[1.0, -2.0]], "W": [[0.5], [0.25]]}
    found = nudge(trace("h = tanh(x)\nz = h @ W\ny = np.sum(z * z)", values), "h", 0.1, (0, 1))
    z = np.tanh(1.0) * 0.5 + np.tanh(-2.0) * 0.25
    assert found.value == pytest.approx(np.tanh(-2.0), rel=1e-15)
    assert found.gradient == pytest.approx(2 * z * 0.25, rel=1e-14)
    assert found.true == pytest.approx((z + 0.025) ** 2 - z**2, rel=1e-12)
    moved = [np.asarray(each).tolist() for each in found.nodes.true[:3]]
    assert moved[0] == [[0.0, 0.0]], "what it is made of stays as it is"
    assert np.asarray(found.nodes.predicted[1]).tolist() == [[0.0, 0.1]]


def test_in_scalar_detail_every_element_is_an_input():
    run = trace("y = np.sum(w * w)", {"w": [1.0, 2.0]}, detail="scalar")
    second = next(node.id for node in run.structure.nodes if node.op.name == "input" and run.values[node.id] == 2.0)
    found = nudge(run, second, 0.5)
    assert (found.predicted, found.true) == (2.0, 2.25)


def test_a_linear_output_leaves_no_gap_and_no_path_predicts_nothing():
    linear = nudge(trace("y = 3 * x + 2", {"x": 4.0}), "x", 0.5)
    assert linear.predicted == linear.true == 1.5
    mask = nudge(trace("m = x > 1\ny = w * m", {"x": 0.5, "w": 3.0}), "x", 1.0)
    assert (mask.gradient, mask.predicted, mask.true) == (None, 0.0, 3.0)


def test_what_is_not_finite_stays_what_it_is():
    found = nudge(trace("y = log(x)", {"x": 0.0}), "x", 1.0, steps=[-1.0])
    assert found.gradient == np.inf
    assert found.true == np.inf
    assert np.isnan(found.outputs[0])


@pytest.mark.parametrize(
    ("id", "index", "told"),
    [("y.1.1", (), "not an input"), ("q", (), "not an input"), ("w", (), "no element"), ("w", (2,), "no element"),
     ("w", (-1,), "no element"), ("w", (0, 0), "no element")],
)  # fmt: skip
def test_what_cannot_be_moved_is_refused(id, index, told):
    with pytest.raises(ValueProblem, match=told):
        nudge(trace("y = np.sum(w * 2)", {"w": [1.0, 2.0]}), id, 0.1, index)


def test_what_would_take_too_long_is_refused_before_it_is_done():
    with pytest.raises(LimitError, match="at most 40 are made"):
        nudge(trace(QUADRATIC, {"x": 5.0}), "x", 0.1, most=40, steps=[0.1])
    nudge(trace(QUADRATIC, {"x": 5.0}), "x", 0.1, most=80, steps=[0.1])
