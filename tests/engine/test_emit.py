"""Emitted NumPy: a program that runs by itself, each line tied to its node. (That its figures are the trace's is
checked for every op in test_ops.py.)"""

import ast
import subprocess
import sys

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.emit import emit_numpy
from app.engine.notation.describe import describe_edges, describe_nodes
from tests.engine.checks import check_emitted
from tests.engine.test_language_accepted import PROGRAMS

NET = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}


def run_alone(source):
    space = {}
    exec(compile(source, "<emitted>", "exec"), space)
    return space


def test_it_runs_alone_and_leaves_every_name_and_its_gradient():
    run = trace(NET, VALUES)
    space = run_alone(emit_numpy(run).source)
    for name in ("x", "W1", "b1", "z1", "a1", "W2", "b2", "y"):
        np.testing.assert_array_equal(space[name], run.values[name])
        np.testing.assert_array_equal(space[f"d{name}"], run.grads[name])


def test_it_runs_in_a_python_of_its_own():
    text = emit_numpy(trace("x = 0.5\ny = gelu(np.array([x, 1.0])) @ np.array([1.0, 2.0])[:2]")).source
    done = subprocess.run([sys.executable, "-W", "error", "-c", text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_reads_like_the_notebook():
    assert emit_numpy(trace(NET, VALUES)).source.split("# Forward pass\n")[1] == (
        "z1 = W1 @ x + b1\na1 = np.maximum(z1, 0)\ny = W2 @ a1 + b2\n\n"
        "# Backward pass\ndy = np.ones((1, 1))\ndb2 = dy\ndW2 = dy @ a1.T\nda1 = W2.T @ dy\n"
        "dz1 = np.where(z1 > 0, da1, 0)\ndb1 = dz1\ndx = W1.T @ dz1\ndW1 = dz1 @ x.T\n"
    )


def test_what_was_copied_along_an_axis_is_summed_over_it():
    source = emit_numpy(trace("y = x @ W + b", {"x": [[1, 2], [3, 4]], "W": [[1, 0], [0, 1]], "b": [1, 2]})).source
    assert "db = np.sum(dy, axis=0)\n" in source


def test_parts_that_somebody_would_miss_keep_a_line_of_their_own():
    source = emit_numpy(trace("y = (a * b) * (a + b) + c", {"a": 2, "b": 3, "c": 1})).source
    assert "y_1 = a * b\ny_2 = a + b\ny = y_1 * y_2 + c\n" in source
    used_twice = emit_numpy(trace("def f(x):\n    return x * 1 + x\ny = f(a + b)", {"a": 2, "b": 3})).source
    assert used_twice.count("a + b") == 1
    long = emit_numpy(trace("y = " + " + ".join(f"value{i}" for i in range(9)), {f"value{i}": i for i in range(9)}))
    assert max(map(len, long.source.split("\n"))) < 80


def test_lines_are_tied_to_their_nodes():
    run = trace(NET, VALUES)
    emitted = emit_numpy(run)
    text = emitted.source.split("\n")
    told = {}
    for entry in emitted.lines:
        told.setdefault((text[entry.line - 1], entry.passes), []).append((entry.node, entry.name))
    assert told["z1 = W1 @ x + b1", "forward"] == [("z1.1", None), ("z1", "z1")]
    assert told["dz1 = np.where(z1 > 0, da1, 0)", "backward"] == [("z1.1", "dz1"), ("z1", "dz1")]
    assert told["dW1 = dz1 @ x.T", "backward"] == [("W1", "dW1")]
    assert told["b1 = np.array([[1.5]])", "forward"] == [("b1", "b1")]
    tied = {(entry.node, entry.passes) for entry in emitted.lines}
    assert tied == {(node.id, passes) for node in run.structure.nodes for passes in ("forward", "backward")}


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_accepted_program_can_be_emitted(name):
    run = trace(PROGRAMS[name])
    check_emitted(run)
    assert len(describe_nodes(run.structure)) == len(run.structure.nodes)
    assert len(describe_edges(run.structure)) == len(run.structure.edges)


NAMES = [
    "np_ = 2.0\ny = np_ * 3",
    "erf = 2.0\nplace = 3.0\nshare = 1.5\ny = erf * place * share * gelu(erf)",
    "dx = 2.0\nx = 3.0\ny = dx * x",
    "x = 2.0\nx = x * x\nx = x * x\ny = x",
    "λ = 2.0\nlambda_ = 3.0\ny = λ * lambda_",
    "float_ = 2.0\nexec_ = 3.0\ny = float_ * exec_",
    "print_ = 1.0\nrange = 2.0\ny = print_ * range",
    "x = 2.0\nx_2 = 5.0\nx = x * 3\ny = x * x_2",
    "y_1 = 2.0\ny = y_1 * 3 + y_1 * 4",
    "d = 1.0\nd_ = 2.0\ndd = 3.0\ny = d * d_ * dd",
    "vectorize = 2.0\nout = 3.0\nindex = 1.0\ny = vectorize * out * index",
]


@pytest.mark.parametrize("source", NAMES)
def test_names_do_not_get_in_each_others_way(source):
    run = trace(source)
    check_emitted(run)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("y = x ** 0.5", {"x": -4.0}),
        ("y = 1 / x", {"x": 0.0}),
        ("y = x * 2", {"x": [np.inf, np.nan, -np.inf]}),
        ("y = log(x) + exp(x)", {"x": [0.0, 1000.0]}),
        ("y = x ** 2", {"x": 1e200}),
        ("y = x @ x", {"x": np.zeros(0)}),
        ("y = np.sum(x) * 2", {"x": np.full((20, 3), 0.1)}),
        ("y = x * 0.1", {"x": [0.1 + 0.2, 1e-310, -0.0, 1e308]}),
    ],
)
def test_values_are_bound_to_the_last_bit(source, values):
    check_emitted(trace(source, values))


def test_another_seed_is_in_the_program():
    run = compile_program("y = x * 3", {"x": [1.0, 2.0]}).run(seed=[10.0, 0.5])
    space = run_alone(emit_numpy(run).source)
    np.testing.assert_array_equal(space["dx"], [30.0, 1.5])


def test_a_value_that_is_used_thousands_of_times():
    run = trace("x = 2.0\ny = x\nfor i in range(3000):\n    y = y + x * x")
    check_emitted(run)


def test_the_text_of_users_never_becomes_code():
    run = trace("x = 2.0\ny = x * x\nprint('import os')")
    source = emit_numpy(run).source
    assert "import os" not in source
    assert {type(node) for node in ast.parse(source).body} <= {ast.Import, ast.Assign}


FORMULAS = {
    # expression: what is shown for y
    "W @ x + b": "W @ x + b",
    "a * (b + c)": "a * (b + c)",
    "(a * b) + c": "a * b + c",
    "-(a + b)": "-(a + b)",
    "a - (b - c)": "a - (b - c)",
    "a / (b / c)": "a / (b / c)",
    "(a ** b) ** c": "(a ** b) ** c",
    "a ** b ** c": "a ** b ** c",
    "-a ** 2": "-a ** 2",
    "(-a) ** 2": "(-a) ** 2",
    "a > b": "a > b",
    "(a > b) * c": "(a > b) * c",
    "relu(a + b)": "relu(a + b)",
    "np.sum(a * b)": "np.sum(a * b)",
    "A.T": "A.T",
    "A[0, 1:]": "A[0, 1:]",
    "A.shape[0] * a": "2 * a",
    "np.exp(-a)": "exp(-a)",
    "2 * a + 1": "2 * a + 1",
}


@pytest.mark.parametrize("expression", FORMULAS)
def test_formulas_mean_what_was_written(expression):
    values = {name: 2.0 for name in "abc" if name in expression.replace("clip", "")}
    values |= {"W": [[1.0, 2.0]], "x": [[1.0], [2.0]]} if "W" in expression else {}
    values |= {"A": [[1.0, 2.0], [3.0, 4.0]]} if "A" in expression else {}
    plan = compile_program(f"y = {expression}", values, ignore_unknown=True)
    shown = describe_nodes(plan.structure)[-1].formula
    assert shown == FORMULAS[expression]
    values = {name: value for name, value in values.items() if name in shown}
    again = trace(f"y = {shown}", values, output="y")
    np.testing.assert_array_equal(again.output, plan.run().output)
