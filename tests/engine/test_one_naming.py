"""What derivations and accounts name is what the emitted NumPy holds: the same variable, with the same value."""

import random
import re

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.emit import emit_numpy
from app.engine.explain.derivation import derive
from app.engine.explain.elements import explain
from app.engine.notation.describe import describe_edges, describe_nodes
from app.engine.notation.formulas import plain
from app.engine.notation.plan_names import Notation
from tests.engine.programs import random_network
from tests.engine.test_ops import OPS, PAIRS, figures

MINI = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}
SOFTMAX = "h = X @ W + b\nloss = cross_entropy(h, t)\n"
ATTENTION = "c = X\nfor i in range(2):\n    c = tanh(c @ W + X)\ny = np.sum(attention(c, c, X) - c)"
SQUARE = {"X": [[1.0, 2.0], [0.5, -1.0]], "W": [[0.3, -0.2], [0.1, 0.9]], "b": [0.1, 0.2], "t": [[1, 0], [0, 1]]}


def executed(run):
    """Every variable of the emitted code, once it has run."""
    space = {}
    with np.errstate(all="ignore"):
        exec(emit_numpy(run).source, space)
    return space


def close(got, wanted, what):
    np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-12, err_msg=what)


def check(run):
    """All that names a variable. What has none is written out: d(W1 @ x)."""
    space = executed(run)
    for place, node in enumerate(run.structure.nodes):
        found = derive(run, node.id)
        for step in found.inputs:
            line = next(plain(f.text) for f in step.message if f.kind == "names")
            right = re.split(" [+]?= ", line, maxsplit=1)[1]
            close(eval(right, space), run.message_list[step.edge], line)
        if found.gradient and node.id != run.structure.output:
            left, right = plain(next(f.text for f in found.gradient if f.kind == "names")).split(" = ", 1)
            if "more)" not in right:
                close(eval(right, space), run.grad_list[place], right)
            assert left.startswith("d(") or left in space, left
            if left in space:
                close(space[left], run.grad_list[place], left)
    nodes, edges = describe_nodes(run.structure), describe_edges(run.structure)
    for node, grad in zip(nodes, run.grad_list, strict=True):
        if grad is not None:
            close(space[node.gradient], grad, node.gradient)
    for edge, sent in zip(edges, run.message_list, strict=True):
        if sent is not None and edge.rule is not None:
            close(eval(edge.rule, space), sent, edge.rule)
    return space


def check_cells(run, space):
    """The first element of every node, in names."""
    names = Notation(run.structure)
    known = {}
    for i, value, grad in zip(run.structure.schedule.graph, run.value_list, run.grad_list, strict=True):
        known[names.value_in_code(i)] = value
        if grad is not None:
            known[names.gradients[i]] = grad
    told = 0
    for node, shape in zip(run.structure.nodes, run.structure.shapes, strict=True):
        found = explain(run, node.id, (0,) * len(shape))
        parts = [part for account in (found.value, found.grad) if account is not None for part in account.rule]
        for text in [part.text for part in parts if part.tone in ("name", "grad")]:
            name, _ = re.fullmatch(r"(.+?)(\[[\d,]+\])?", text).groups()
            if name != "seed" and not name.startswith("d("):
                assert name.startswith("(") or name in space or name == "2", text
                close(eval(name, space), known[name], text)
                told += 1
    return told


@pytest.mark.parametrize(
    ("source", "values"),
    [(MINI, VALUES), (SOFTMAX, SQUARE), (ATTENTION, {name: SQUARE[name] for name in "XW"})],
    ids=["mini", "softmax", "attention"],
)
def test_what_is_named_exists_in_the_code(source, values):
    run = trace(source, values)
    assert check_cells(run, check(run)) > 10


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@pytest.mark.parametrize("shapes", ["numbers", "column and row"])
def test_every_op(op, shapes):
    check(trace(f"y = np.sum({op.example} - 1)", figures(op, PAIRS[shapes])))


@pytest.mark.parametrize("seed", range(12))
def test_random_programs(seed):
    numbers = np.random.default_rng(seed)
    values = {f"x{i}": numbers.normal(size=3) for i in range(3)}
    check(compile_program(random_network(random.Random(seed)), values, ignore_unknown=True).run())


def test_a_part_that_only_hands_on_says_so():
    run = trace(MINI, VALUES)
    found = derive(run, "z1.1")
    assert plain(found.gradient[0].text) == "d(W1 @ x) = dz1"
    (step,) = found.users
    assert plain(next(f.text for f in step.message if f.kind == "names")) == "d(W1 @ x) = dz1"
    assert plain(explain(run, "z1.1", (0, 0)).grad.rule) == "d(W1 @ x)[0,0] = dz1[0,0]"
    assert plain(explain(run, "z1.1", (0, 0)).value.rule).startswith("(W1 @ x)[0,0] = W1[0,0]")


def test_a_part_with_a_line_of_its_own_keeps_its_name():
    run = trace("y = tanh(w * x) * 2", {"w": 1.0, "x": 0.5})
    assert plain(derive(run, "y.2").gradient[0].text) == "dy_2 = dy * 2"
    assert {"y_1", "y_2", "dy_1", "dy_2"} & set(executed(run)) == {"y_1", "y_2", "dy_1", "dy_2"}


def test_values_that_share_a_name_are_told_apart_when_typeset():
    run = trace("y = x * 1\nfor i in range(2):\n    y = y * y", {"x": 1.5})
    typeset = plain(derive(run, "y#2").gradient[0].latex)
    assert typeset.startswith(r"\dfrac{\partial y}{\partial {y^{(2)}}} = ")
    assert typeset.endswith(r"\dfrac{\partial y}{\partial y} \cdot {y^{(2)}}")
    assert plain(derive(run, "y#2").gradient[0].text) == "dy_2 = dy * y_2 + dy * y_2"
    power = trace("y = x * 1\ny = y ** 2", {"x": 1.5})
    assert describe_nodes(power.structure)[-1].latex == "{y^{(1)}}^{2}"


@pytest.mark.parametrize(
    "line",
    [
        "(a + b)[0] * 2",
        "(a @ b).T + a",
        "(a * b).T[1]",
        "(-a)[0, 1]",
        "a / (a + b).shape[0]",
        "(a / b)[0].T",
        "np.exp(a - b)[0]",
        "(a ** 2)[:, 1]",
        "(-a > b) * a",
        "-a[0] - -b[1]",
    ],
)
def test_a_formula_is_the_python_that_gives_the_value(line):
    values = {"a": np.array([[1.5, -2.0], [0.5, 3.0]]), "b": np.array([[2.0, 1.0], [-1.0, 4.0]])}
    run = compile_program(f"y = {line}", values, output="y", ignore_unknown=True).run()
    formulas = dict(zip([node.id for node in run.structure.nodes], describe_nodes(run.structure), strict=True))
    np.testing.assert_allclose(eval(formulas["y"].formula, {"np": np, "exp": np.exp, **values}), run.values["y"])
