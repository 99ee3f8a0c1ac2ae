"""Scalar detail: every element a node of its own, matrix products opened into multiplies and adds."""

import numpy as np
import pytest

from app.engine import LimitError, ValueProblem, compile_program, trace
from tests.engine.checks import check_scalar_detail

A = [[1.0, 2.0], [3.0, 4.0]]


def test_a_product_is_multiplies_and_adds():
    run = trace("y = A @ v", {"A": A, "v": [5.0, 6.0]}, detail="scalar", output="y")
    ops = [node.op.name for node in run.structure.nodes]
    assert ops.count("multiply") == 4
    assert ops.count("add") == 2 + 1  # one more adds the two elements up, as ones for a seed do
    assert run.values["y[0]"] == 17.0
    assert run.values["y[1]"] == 39.0
    assert run.grads["A[1,0]"] == 5.0
    assert run.grads["v[0]"] == 4.0


def test_ids_and_names_say_which_element():
    plan = compile_program("z = relu(A * 2)\ny = np.sum(z)", {"A": A}, detail="scalar")
    names = {node.id: node.name for node in plan.structure.nodes}
    assert names["A[0,1]"] == "A[0,1]"
    assert names["z[1,0]"] == "z[1,0]"
    assert names["y"] == "y"
    assert len(names) == len(plan.structure.nodes)


def test_the_output_keeps_its_id_apart_from_the_sum_over_it():
    plan = compile_program("sum = A @ A", {"A": A}, detail="scalar")
    ids = [node.id for node in plan.structure.nodes]
    assert len(set(ids)) == len(ids)
    assert plan.run().output == np.sum(np.array(A) @ np.array(A))


def test_values_by_array_and_by_element():
    source = "y = np.sum(A @ A)"
    plan = compile_program(source, {"A": A}, detail="scalar")
    assert plan.run().output == np.sum(np.array(A) @ np.array(A))
    B = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert plan.run({"A": B}).output == 2.0
    assert plan.run({"A": B, "A[0,0]": 1.0}).output == 5.0
    assert compile_program(source, {"A[0,0]": 1.0, "A": B}, detail="scalar").run().output == 5.0
    with pytest.raises(ValueProblem):
        plan.run({"A": [1.0, 2.0]})
    with pytest.raises(ValueProblem):
        plan.run({"A[5,0]": 1.0})
    with pytest.raises(ValueProblem):
        plan.run({"A[0,0]": [1.0]})
    with pytest.raises(ValueProblem):
        compile_program(source, {"A": A, "A[0,0]": 1.0})
    assert compile_program(source, {"A": B, "A[0,0]": 1.0}, ignore_unknown=True).run().output == 2.0
    options = {"detail": "scalar", "ignore_unknown": True}
    assert compile_program(source, {"A": B, "A[5,0]": 1.0, "B[0,0]": 1.0}, **options).run().output == 2.0


def test_inputs_that_nothing_needs_may_be_given():
    source = "u = np.array([1.0, 2.0])\nx = 3.0\ny = x * x"
    assert compile_program(source, {"u": [3, 4]}, detail="scalar").run({"u": [5, 6]}).output == 9.0


def test_numbers_that_shape_the_program_stay_fixed():
    source = "n = 2\nx = np.ones(2)\ny = np.sum(x)\nfor i in range(n):\n    y = y * 2"
    assert trace(source, detail="scalar").output == 8.0
    with pytest.raises(ValueProblem):
        compile_program(source, detail="scalar").run({"n": 3})


@pytest.mark.parametrize(
    "source",
    [
        "y = np.sum(A, axis=0)",
        "y = A.mean(axis=1, keepdims=True)",
        "y = A.var(axis=0, ddof=1) @ v",
        "y = np.max(A, axis=1) - np.min(A)",
        "y = A.T[::-1].reshape(-1)[1:3]",
        "y = np.concatenate((A, A * 2), axis=1)",
        "y = np.stack([v, v * v], axis=-1) @ A",
        "y = np.split(A, 2, axis=1)[1] * v",
        "y = np.broadcast_to(v, (3, 2)) @ A",
        "y = A[None] @ np.swapaxes(A[None], -1, -2)",
        "y = A.shape[0] * np.ones_like(A) + np.zeros_like(v)",
        "y = np.where(A > 2, A, -A) + np.clip(A, 1.5, 3.5)",
        "y = softmax(A @ A) * layernorm(A)",
        "y = A[0] @ v + v @ A + v @ v",
        "y = np.array([A[0, 0], v[1], 3.0])",
        "y = np.dot(A, 2.0) + np.dot(v, v)",
        "y = np.sum(np.zeros((0, 3)), axis=0)",
        "y = np.zeros((0, 3)) * 2",
    ],
)
def test_the_same_figures(source):
    values = {"A": np.array(A), "v": np.array([5.0, -6.0])}
    check_scalar_detail(source, {name: value for name, value in values.items() if name in source})


def test_prints_and_manual_gradients_are_there_in_scalar_detail():
    run = trace("x = np.array([1.0, 2.0])\ny = np.sum(x * x)\ndx = 2 * x\nprint('x', x, x.shape)", detail="scalar")
    assert run.prints[0].text == "x 1.0 2.0 (2,)"
    assert {(line.name, line.agrees) for line in run.manual} == {("dx[0]", True), ("dx[1]", True)}


def test_a_large_product_is_refused_before_it_is_opened():
    with pytest.raises(LimitError):
        compile_program("y = A @ A", {"A": np.ones((300, 300))}, detail="scalar")


def test_a_maximum_of_many_is_opened_quickly():
    run = trace("y = np.max(x)", {"x": np.linspace(0, 1, 100)}, detail="scalar")
    assert run.output == 1.0
    assert run.grads["x[99]"] == 1.0
    assert run.grads["x[0]"] == 0.0
