"""The prelude: functions in the language itself. Every one is tried with matrices for the arguments it needs."""

import math

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.interpreter import prelude
from tests.engine.checks import check_everything


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def attention(q, k, v):
    return softmax(q @ np.swapaxes(k, -1, -2) / math.sqrt(k.shape[-1])) @ v


def heads(q, k, v):
    halves = [attention(*(np.split(m, 2, axis=-1)[i] for m in (q, k, v))) for i in range(2)]
    return np.concatenate(halves, axis=-1)


def logits_loss(z, t):
    p = 1 / (1 + np.exp(-z))
    return np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p))


# The same functions written down again, the plain way, in NumPy.
REFERENCE = {
    "softmax": softmax,
    "logsumexp": lambda x: np.log(np.exp(x).sum(axis=-1)),
    "log_softmax": lambda x: np.log(softmax(x)),
    "cross_entropy": lambda z, t: -np.mean(np.sum(t * np.log(softmax(z)), axis=-1)),
    "binary_cross_entropy": logits_loss,
    "mse": lambda a, b: np.mean((a - b) ** 2),
    "std": np.std,
    "log_sigmoid": lambda x: -np.log1p(np.exp(-x)),
    "layernorm": lambda x: (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5),
    "rmsnorm": lambda x: x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5),
    "attention": attention,
    "multi_head_attention": heads,
}
FUNCTIONS = prelude()


def call(name):
    function = FUNCTIONS[name]
    needed = [p for p in function.parameters if p not in function.defaults]
    rng = np.random.default_rng(3)
    values = {f"m{i}": rng.normal(size=(2, 4)) for i in range(len(needed))}
    return f"y = {name}({', '.join(values)})", values


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_what_its_name_says(name):
    source, values = call(name)
    run = check_everything(source, values)
    assert name in REFERENCE, "write the new function down in NumPy above"
    np.testing.assert_allclose(run.output, REFERENCE[name](*values.values()), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_a_group_whose_nodes_stand_at_the_call(name):
    source, values = call(name)
    plan = compile_program("# first line\n" + source, values)
    assert plan.structure.groups[0].name == name
    inside = [node for node in plan.structure.nodes if node.group >= 0]
    assert inside
    assert {node.span.line for node in inside} == {2}
    names = {group.name for group in plan.structure.groups}
    assert names <= set(FUNCTIONS)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp", "cross_entropy", "binary_cross_entropy"])
@pytest.mark.parametrize("large", [1e3, -1e3, 1e300])
def test_large_logits_neither_overflow_nor_vanish(name, large):
    source, values = call(name)
    values["m0"] = np.array([[large, 0.0, 1.0, 2.0], [0.0, -large, 1.0, 2.0]])
    if "m1" in values:
        values["m1"] = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    run = trace(source, values)
    assert np.isfinite(run.output).all()
    assert np.isfinite(run.grads["m0"]).all()


def test_attention_takes_batches():
    rng = np.random.default_rng(5)
    q, k, v = rng.normal(size=(3, 2, 5, 4)), rng.normal(size=(3, 2, 6, 4)), rng.normal(size=(3, 2, 6, 2))
    run = trace("y = attention(q, k, v)", {"q": q, "k": k, "v": v})
    np.testing.assert_allclose(run.output, attention(q, k, v), rtol=1e-13)


def test_defaults_can_be_given():
    rng = np.random.default_rng(6)
    x, gain, bias = rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=4)
    values = {"x": x, "g": gain, "b": bias}
    run = check_everything("y = layernorm(x, g, bias=b, eps=0.1)", values)
    wanted = gain * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 0.1) + bias
    np.testing.assert_allclose(run.output, wanted, rtol=1e-13)
    run = check_everything("y = softmax(x, axis=0)", {"x": x})
    np.testing.assert_allclose(run.output, softmax(x, axis=0), rtol=1e-13)


def test_a_function_of_the_readers_own_shadows_the_prelude_and_the_ops():
    assert trace("def softmax(x):\n    return x * 3\ny = softmax(2.0)").output == 6.0
    assert trace("def relu(x):\n    return x * 3\ny = relu(-2.0)").output == -6.0
    # ... but not inside the prelude, whose functions mean what they meant when they were written.
    run = trace("def softplus(x):\n    return x * 0\ny = binary_cross_entropy(z, t)", {"z": 0.3, "t": 1.0})
    assert run.output == pytest.approx(math.log1p(math.exp(-0.3)), rel=1e-14)


def test_names_of_the_program_do_not_reach_into_the_prelude():
    assert trace("e = 100.0\nm = 5.0\ny = softmax(np.array([1.0, 1.0]))[0] * e").output == 50.0
