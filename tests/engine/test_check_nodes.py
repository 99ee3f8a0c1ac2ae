"""Operations checked as inputs are, and the complex step: every op of the registry at its own example."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.engine import ValueProblem, trace
from app.engine.assess.gradcheck.check import check
from app.engine.ops import REGISTRY
from tests.engine.test_ops import PAIRS, figures

OPS = [op for op in REGISTRY.values() if op.example]
STEP_INTO = {"x": "x - 0.125", "w": "w * 1.25", "A": "A * 0.75", "B": "B + 0.5", "v": "v * 1.5"}
NEVER_COMPLEX = {"relu", "leaky_relu", "elu", "gelu", "gelu_tanh", "silu", "softplus", "erf", "erfc", "abs", "clip"}
NEVER_COMPLEX |= {"arctan2", "cbrt", "hypot", "logaddexp", "mod", "fmod", "sort", "pinv", "logabsdet"}
NEVER_COMPLEX |= {"maximum", "minimum", "max", "min", "where", "greater"}


def through_operations(op):
    """The op's example with an operation in the place of each of its inputs, and more behind it."""
    values = figures(op, PAIRS["arrays"])
    lines = [f"in_{name} = {STEP_INTO[name]}" for name in values]
    example = re.sub(r"\b([xwABv])\b", r"in_\1", op.example)
    return trace("\n".join([*lines, f"out = {example}", "y = np.sum(out * out)"]), values)


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_every_node_around_every_op_agrees(op):
    run = through_operations(op)
    nodes = [node.id for node in run.structure.nodes if node.role != "constant"]
    for found in check(run, nodes):
        assert found.verdict in {"agrees", "no path"}, found
        assert (found.verdict == "no path") == (run.grads[found.id] is None)


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_the_complex_step_is_exact_or_refused_by_name(op):
    run = through_operations(op)
    inputs = [node.id for node in run.structure.nodes if re.fullmatch(r"in_\w", node.id)]
    if op.name in NEVER_COMPLEX:
        with pytest.raises(
            ValueProblem, match=rf"cannot pass ({op.name}|greater) in \S+: it does not allow complex numbers"
        ):
            check(run, inputs, method="complex")
    elif all(op.kind != "mask" and node.op.name not in NEVER_COMPLEX for node in run.structure.nodes):
        for found in check(run, inputs, method="complex"):
            grad = run.grads[found.id]
            np.testing.assert_allclose(found.numeric, grad, rtol=4e-15, atol=2e-15 * np.max(np.abs(grad)))


SMOOTH = ["sin", "cos", "exp", "log", "log1p", "expm1", "sqrt", "tanh", "square", "sigmoid"]


@pytest.mark.parametrize("name", SMOOTH)
def test_at_its_samples_the_complex_step_agrees_to_a_few_roundings(name):
    low, high = REGISTRY[name].samples
    for x in np.linspace(low, high, 40):
        (found,) = check(trace(f"y = {name}(x)", {"x": float(x)}), method="complex")
        assert found.verdict == "agrees"
        assert abs(found.numeric - found.grad) <= 1e-15 * max(1.0, abs(found.grad)), x


def test_the_first_op_on_the_way_is_named_with_its_place():
    run = trace("z = w * 2\na = relu(z)\ny = abs(a) * z", {"w": 1.5})
    with pytest.raises(ValueProblem, match="cannot pass relu in a") as caught:
        check(run, method="complex")
    assert caught.value.line == 2
    assert check(run, ["y"], method="complex")[0].verdict == "agrees"


def test_an_operation_is_moved_as_if_it_were_an_input():
    values = {"W": np.array([[1.0, -1.0], [0.5, 2.0]]), "x": np.array([1.0, 2.0])}
    whole = trace("h = W @ x\na = tanh(h)\ny = np.sum(a * a)", values)
    behind = trace("a = tanh(h)\ny = np.sum(a * a)", {"h": whole.values["h"]})
    (one,), (other,) = check(whole, ["h"]), check(behind, ["h"])
    np.testing.assert_array_equal(one.numeric, other.numeric)
    (output,) = check(whole, ["y"])
    assert (output.grad, output.verdict) == (1.0, "agrees")


def test_constants_keep_their_value():
    run = trace("y = x * 2 + 1", {"x": 3.0})
    constant = next(node.id for node in run.structure.nodes if node.role == "constant")
    with pytest.raises(ValueProblem, match="is not an input or an operation"):
        check(run, [constant])
