"""Products, running sums and orders where their numbers are awkward: zeros, ties, infinities and nan, beside NumPy."""

import math

import numpy as np
import pytest

from app.engine import EngineError, trace
from tests.engine.checks import check_everything

INF, NAN = math.inf, math.nan
ROWS = [
    [1.0, 0.0, 3.0],
    [0.0, 0.0, 2.0],
    [NAN, 1.0, 0.0],
    [2.0, 2.0, 1.0],
    [INF, 1.0, -INF],
    [1.0, NAN, NAN],
    [-0.0, 0.0, 0.0],
]


@pytest.mark.parametrize("x", ROWS, ids=str)
@pytest.mark.parametrize(
    "function", ["prod", "cumsum", "sort", "argsort", "argmax", "argmin", "any", "all", "count_nonzero"]
)
def test_values_are_those_of_numpy_in_both_details(function, x):
    with np.errstate(all="ignore"):
        wanted = getattr(np, function)(np.array(x), **({"kind": "stable"} if "sort" in function else {}))
    run = trace(f"y = np.{function}(x)", {"x": x})
    np.testing.assert_array_equal(run.output, np.asarray(wanted, dtype=float))
    for k in range(np.size(wanted)):
        picked = f"np.{function}(x)" + (f"[{k}]" if np.ndim(wanted) else "")
        one = trace(f"y = {picked} * 1", {"x": x}, detail="scalar")
        np.testing.assert_array_equal(one.output, np.ravel(np.asarray(wanted, dtype=float))[k])


@pytest.mark.parametrize(
    "x", [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0], [1e200, 1e200, 0.0], [1e-200, 1e-200, 5.0]]
)
def test_each_factor_gets_the_product_of_the_others(x):
    wanted = [math.prod(x[:k] + x[k + 1 :]) for k in range(3)]
    for detail in ("tensor", "scalar"):
        run = trace("y = np.prod(x)", {"x": x}, detail=detail)
        got = run.grads["x"] if detail == "tensor" else [run.grads[f"x[{k}]"] for k in range(3)]
        np.testing.assert_allclose(got, wanted, rtol=1e-15)


def test_what_was_equal_keeps_its_order_and_its_gradient():
    run = check_everything("y = sort(x) * np.array([1.0, 2.0, 3.0, 4.0])", {"x": [2.0, 1.0, 2.0, 1.0]})
    assert run.grads["x"].tolist() == [3.0, 1.0, 4.0, 2.0]
    assert run.kinks


def test_of_nothing():
    assert trace("y = np.prod(x)", {"x": np.zeros(0)}).output == 1.0
    assert trace("y = np.any(x)", {"x": np.zeros(0)}).output == 0.0
    assert trace("y = np.all(x)", {"x": np.zeros(0)}).output == 1.0
    assert trace("y = np.prod(x, axis=0)", {"x": np.zeros((0, 2))}).output.tolist() == [1.0, 1.0]
    assert trace("y = np.prod(x, axis=1)", {"x": np.zeros((0, 2))}).grads["x"].shape == (0, 2)
    assert trace("y = np.sort(x) * 1", {"x": np.zeros(0)}).output.shape == (0,)
    for function in ("argmax", "argmin"):
        with pytest.raises(EngineError, match="has no elements"):
            trace(f"y = np.{function}(x)", {"x": np.zeros(0)})
    with pytest.raises(EngineError, match="axis"):
        trace("y = np.sort(x)", {"x": 2.0})
