"""Many programs with values of all sizes: no right gradient is called wrong, and no wrong one right.

The gradients are those of the engine, which `tests/oracle` holds against PyTorch.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine import trace
from app.engine.assess.gradcheck.check import check
from app.engine.program import Value

TIMES = 30


def around(rng, *shape, size=1.0, middle=0.0):
    return rng.normal(size=shape) * size + middle


def power(rng, low, high):
    return float(10 ** rng.uniform(low, high))


SMOOTH = {
    "layernorm alone": lambda r: ("y = layernorm(x)", {"x": around(r, 3, 4)}),
    "layernorm of large numbers": lambda r: (
        "y = np.sum(layernorm(x, g, b)**2)",
        {"x": around(r, 3, 4, middle=power(r, 0, 4)), "g": around(r, 4), "b": around(r, 4)},
    ),
    "layernorm, weighted": lambda r: (
        "y = np.sum(layernorm(x) * w)",
        {"x": around(r, 3, 4, size=power(r, -3, 3)), "w": around(r, 3, 4)},
    ),
    "rmsnorm": lambda r: ("y = rmsnorm(x)", {"x": around(r, 2, 5, size=power(r, -2, 2))}),
    "softmax alone": lambda r: ("y = softmax(x)", {"x": around(r, 5, size=power(r, -1, 1.5))}),
    "softmax, weighted": lambda r: (
        "y = np.sum(softmax(x) * w)",
        {"x": around(r, 2, 5, middle=power(r, 0, 4)), "w": around(r, 5)},
    ),
    "cross-entropy": lambda r: (
        "y = cross_entropy(x @ W + b, t)",
        {"x": around(r, 3, 4), "W": around(r, 4, 3, size=3), "b": around(r, 3), "t": np.eye(3)},
    ),
    "regression": lambda r: (
        "loss = (w*x + b - t)**2",
        {"w": power(r, 0, 5), "x": r.uniform(1, 5), "b": power(r, 0, 4), "t": power(r, 0, 6)},
    ),
    "regression through a relu": lambda r: (
        "loss = (relu(w*x + b) - t)**2",
        {"w": power(r, 0, 5), "x": r.uniform(1, 5), "b": power(r, 0, 4), "t": power(r, 0, 6)},
    ),
    "mean squared error": lambda r: (
        "y = mse(X @ w + b, t)",
        {"X": around(r, 8, 3, size=power(r, 0, 3)), "w": around(r, 3), "b": r.normal(), "t": around(r, 8, size=9)},
    ),
    "centred": lambda r: ("y = x - x.mean()", {"x": around(r, 4, middle=power(r, 0, 5))}),
    "standardised": lambda r: (
        "z = (x - x.mean()) / np.std(x)\ny = np.sum(z * z * z * w)",
        {"x": around(r, 6, middle=power(r, 0, 3)), "w": around(r, 6)},
    ),
    "relu network": lambda r: (
        "h = relu(x @ W + b)\ny = mse(h @ V, t)",
        {n: around(r, *s) for n, s in {"x": (4, 3), "W": (3, 6), "b": (6,), "V": (6, 1), "t": (4, 1)}.items()},
    ),
    "gelu": lambda r: ("y = np.sum(gelu(x) * w)", {"x": around(r, 5, size=3), "w": around(r, 5)}),
    "attention": lambda r: (
        "y = np.sum(attention(q, k, v) * w)",
        {name: around(r, 3, 2) for name in "qkvw"},
    ),
    "beside poles": lambda r: ("y = np.log(x) / z", {"x": power(r, -9, 3), "z": power(r, -9, 3)}),
    "beside poles, past kinks": lambda r: (
        "y = np.log(x) / z + abs(x) + relu(z)",
        {"x": power(r, -9, 3), "z": power(r, -9, 3)},
    ),
    "choices": lambda r: (
        "y = np.max(x) * np.min(x) + np.sum(np.maximum(x, w))",
        {"x": around(r, 5, size=power(r, -1, 2)), "w": around(r, 5)},
    ),
    "softplus and elu": lambda r: (
        "y = np.sum(softplus(x) * w) + np.sum(elu(x))",
        {"x": around(r, 5, size=10), "w": around(r, 5)},
    ),
}


def with_gradient(run, id, grad: Value):
    grads = [grad if node.id == id else own for node, own in zip(run.structure.nodes, run.grad_list, strict=True)]
    return replace(run, grad_list=grads)


@pytest.mark.parametrize("name", SMOOTH)
def test_no_right_gradient_is_called_wrong(name):
    for k in range(TIMES):
        run = trace(*SMOOTH[name](np.random.default_rng(k)))
        nodes = [node.id for node in run.structure.nodes if node.role != "constant" and run.grads[node.id] is not None]
        for found in check(run, nodes):
            assert found.verdict not in {"kink", "disagrees", "not finite", "no path"}, (k, found)


@pytest.mark.parametrize("wrong", [1.0001, -1.0, 0.5, 2.0, 0.0])
@pytest.mark.parametrize("name", SMOOTH)
def test_no_wrong_gradient_is_called_right(name, wrong):
    told = 0
    for k in range(TIMES // 3):
        run = trace(*SMOOTH[name](np.random.default_rng(k)))
        for right in check(run):
            # Where rounding is more than the error, nothing can be told.
            if right.negligible or right.verdict == "step too small":
                continue
            (found,) = check(with_gradient(run, right.id, run.grads[right.id] * wrong), [right.id])
            assert found.verdict == "disagrees", (k, found)
            told += 1
    assert told > 0 or name in {"layernorm alone", "softmax alone", "centred"}


KINKS = {
    "relu": lambda r, a: (
        "y = c * relu(x - a) + d * x + e * sin(x)",
        {"c": power(r, -2, 2), "a": a, "x": a, "d": r.normal(), "e": r.normal()},
    ),
    "abs": lambda r, a: (
        "y = c * abs(x) + e * x * x + d * x",
        {"x": 0.0, "c": power(r, -2, 2), "e": 100 * r.normal(), "d": r.normal()},
    ),
    "max": lambda r, a: ("y = np.max(x) * w + np.sum(x * x)", {"x": [a, a, a - 1], "w": power(r, 0, 2)}),
    "maximum": lambda r, a: (
        "y = np.sum(maximum(x, z) * w)",
        {"x": np.array([a, 1.0]), "z": np.array([a, 1.0]), "w": around(r, 2)},
    ),
    "where": lambda r, a: ("y = where(x > 0, c * x, d * x)", {"x": 0.0, "c": r.normal(), "d": r.normal()}),
    "clip": lambda r, a: ("y = clip(x, a, b) * c", {"x": a, "a": a, "b": a + 1, "c": r.normal()}),
}


@pytest.mark.parametrize("name", KINKS)
def test_a_kink_is_told_beside_numbers_of_all_sizes(name):
    for k in range(TIMES):
        rng = np.random.default_rng(k)
        (found,) = check(trace(*KINKS[name](rng, power(rng, -3, 2))), ["x"])
        assert found.verdict == "kink", (k, found)
