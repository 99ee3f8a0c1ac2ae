"""NumPy's functions by name: what Python prints is printed, gradients are those of differences, and what has none is
refused as part of the output."""

from pathlib import Path

import numpy as np
import pytest

from app.engine import EngineError, compile_program, trace
from tests.engine.checks import check_everything
from tests.engine.python import executed, printed

HEAD = "a = np.array([1., 2., 3.])\nM = np.array([[1., 2.], [3., 4.]])\n"
LINES = Path(__file__).with_name("numpy.txt").read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
GIVEN = {"x": [0.7, -1.2, 2.5, 0.3], "m": [[0.5, -1.5, 2.0], [1.2, 0.4, -0.7]], "s": [[2.0, 0.3], [-0.4, 1.5]]}
CURVED = [
    "np.take(x, [2, 0, 2])",
    "np.take_along_axis(m, np.argsort(m, axis=1), axis=1) * x[:3]",
    "np.select([x > 1, x > 0], [x * x, 3 * x], default=-x)",
    "np.piecewise(x, [x < 0, x >= 0], [lambda v: v * v, lambda v: 3 * v])",
    "np.choose([0, 1, 0, 1], [x * x, 2 * x])",
    "np.gradient(x * x)",
    "np.gradient(m * m, axis=1)",
    "np.gradient(x * x, np.array([0., 1., 3., 4.]))",
    "np.diff(x * x, 2)",
    "np.ediff1d(x * x)",
    "np.interp([0.5, 1.5, 2.5], [0., 1., 2., 3.], x * x)",
    "np.interp(x * x, [0., 1., 2., 9.], [3., 1., 4., 1.])",
    "np.kron(x, s)",
    "np.cross(m * m, [1., 2., 3.])",
    "np.linalg.multi_dot([x[:2], s, s, m])",
    "np.linalg.matrix_power(s, 5)",
    "np.linalg.norm(x)",
    "np.linalg.norm(m, axis=1)",
    "np.linalg.norm(x, 3)",
    "np.linalg.norm(m, 1)",
    "np.polyval(x, 1.5) + np.polyval([1., 2., 3.], x)",
    "np.rot90(m) * m[:, ::-1].T",
    "np.diagonal(s) * s[0]",
    "np.average(m, axis=0, weights=[1., 3.]) ** 2",
    "np.sum(x * x, where=x > 0, initial=2.0)",
    "np.mean(m * m, axis=0, where=m > 0)",
    "np.max(m * m, axis=1, initial=0.5)",
    "np.logaddexp.reduce(x)",
    "np.multiply.accumulate(x)",
    "np.subtract.outer(x, x) ** 2",
    "np.clip(x, 0.5, None) * x",
    "np.partition(x, 1) * x",
    "np.unique(x) * x",
    "np.linspace(x[0], x[2], 5) ** 2",
    "np.block([[s, s * s], [s, s]])",
    "np.resize(x, (2, 3)) ** 2",
    "np.unwrap(3 * x) ** 2",
    "np.lib.stride_tricks.sliding_window_view(x, 2) ** 2",
    "np.array_split(x * x, 3)[0]",
    "np.nanmax(np.stack([x, x * x]), axis=0)",
    "np.bincount([0, 1, 1, 0], weights=x * x)",
    "np.heaviside(x, 0.5) * x",
    "np.fmax(x, x * x)",
]
SETTLED = [
    "np.linalg.eigvalsh(s @ s.T)",
    "np.linalg.svd(s)[1]",
    "np.linalg.qr(s)[1]",
    "np.linalg.lstsq(s, x[:2], rcond=None)[0]",
    "np.polyfit(np.arange(4.0), x, 1)",
    "np.histogram(x, 2)[1]",
    "np.linalg.norm(s, 2)",
]
REFUSED = [
    "np.take(a, 7)",
    "np.diff(a, axis=3)",
    "np.clip(a, 0)",
    "np.r_[0:10**9]",
    "np.mgrid[0:5000, 0:5000]",
    "np.indices((5000, 5000))",
    "np.triu_indices(10**6)",
    "np.random.normal(np.zeros((9000, 1)), np.ones((1, 9000)))",
    "np.random.multinomial(5, np.ones(500) / 500, size=9000)",
    "np.resize(a, 10**8)",
    "np.linspace(0, 1, 10**9)",
    "np.linalg.cholesky(-M)",
    "np.roots([1, 0, 1])",
    "np.unravel_index(9, (2, 2))",
    "np.broadcast_shapes((2,), (3,))",
    "np.testing.assert_allclose(a, a + 1)",
    "np.max(a, where=a > 1)",
    "np.mean(a, dtype=int)",
    "np.matrix([[1, 2]])",
    "np.finfo(np.float32)",
    "np.random.exponential(-1)",
    "np.random.set_state(3)",
    "np.linalg.norm(a, 'nuc')",
    "np.cross([1, 2], [3, 4])",
    "np.sin.reduce(a)",
    "np.add.at(np.zeros(2, dtype=int), [0], 0.5)",
    "np.flatnonzero(a, 1)",
    "np.block([[a], a])",
    "np.histogram(a, bins=10**8)",
    "a.compress([True, False, True, True])",
    "a.view(np.int64)",
]


@pytest.mark.parametrize("line", LINES)
def test_what_python_prints(line):
    source = HEAD + line
    _, text = executed(source)
    assert printed(compile_program(source + "\ny_ = np.sum(a * 2.0)").run()) == text


@pytest.mark.parametrize("expression", CURVED)
def test_gradients_are_those_of_differences(expression):
    source = f"y = np.sum({expression})"
    used = {name: np.array(value) for name, value in GIVEN.items() if name in _names(expression)}
    run = check_everything(source, used)
    for name, value in used.items():
        slopes = np.zeros_like(value)
        for place in np.ndindex(value.shape):
            step = np.zeros_like(value)
            step[place] = 1e-6
            above, below = (executed(source, used | {name: value + sign * step})[0]["y"] for sign in (1, -1))
            slopes[place] = (above - below) / 2e-6
        np.testing.assert_allclose(run.grads[name], slopes, rtol=1e-6, atol=1e-7)


def _names(expression: str) -> set[str]:
    return {name for name in GIVEN if name in compile(expression, "<expression>", "eval").co_names} | {
        name for name in GIVEN if f"({name}" in expression
    }


@pytest.mark.parametrize("expression", SETTLED)
def test_what_has_no_gradient_is_printed_and_is_no_part_of_the_output(expression):
    leaves = "s = np.array([[2.0, 0.3], [-0.4, 1.5]])\nx = np.array([0.7, -1.2, 2.5, 0.3])\n"
    beside = (
        f"{leaves}found = {expression}\nprint(found)\nif np.sum(found) > -100:\n    y = np.sum(s * s) + np.sum(x)\n"
    )
    run = compile_program(beside).run()
    assert printed(run) == executed(beside)[1]
    np.testing.assert_array_equal(run.grads["s"], 2 * np.array([[2.0, 0.3], [-0.4, 1.5]]))
    moved = {"s": [[1.0, 0.2], [0.1, 3.0]], "x": [1.0, 0.0, 2.0, 5.0]}
    anew = beside.replace("[[2.0, 0.3], [-0.4, 1.5]]", str(moved["s"])).replace(
        "[0.7, -1.2, 2.5, 0.3]", str(moved["x"])
    )
    assert printed(trace(beside, moved)) == executed(anew)[1]
    with pytest.raises(EngineError, match="has no gradient here, and the output y"):
        compile_program(f"{leaves}found = {expression}\ny = np.sum(found * found) + np.sum(s) + np.sum(x)").run()
    # A mask of it, or where something is, is no part of the slope.
    assert compile_program(f"{leaves}y = np.sum(np.where(np.sum({expression}) > 0, s, -s))").run() is not None


@pytest.mark.parametrize("expression", REFUSED)
def test_what_does_not_work_is_refused_in_words(expression):
    with pytest.raises(EngineError) as caught:
        compile_program(f"{HEAD}q = {expression}\ny_ = np.sum(a * 2.0)").run()
    assert caught.value.hint
    assert caught.value.line == 3


def test_a_decomposition_in_every_round_of_a_training_loop():
    source = (
        "W = np.array([[2.0, 0.3], [0.1, 1.5]])\nfor i in range(60):\n    loss = np.sum(W * W)\n    dW = 2 * W\n"
        "    W = W - 0.01 * dW\n    if i % 20 == 0:\n        print(i, np.linalg.eigvalsh(W @ W.T), np.linalg.cond(W))\n"
    )
    assert printed(compile_program(source).run()) == executed(source)[1]


def test_a_diagonal_shows_its_matrix():
    source = "M = np.array([[1.0, 2.0], [3.0, 4.0]])\nd = np.diag(M)\nM[0, 0] = 9.0\nprint(d)\ny = np.sum(d * d)"
    run = compile_program(source).run()
    assert printed(run) == executed(source)[1]
    np.testing.assert_array_equal(run.grads["M"], [[0.0, 0.0], [0.0, 8.0]])


def test_a_gradient_check_through_flat():
    source = (
        "W = np.array([[1.0, -2.0], [0.5, 3.0]])\nfor i in range(W.size):\n    old = W.flat[i]\n"
        "    W.flat[i] = old + 1e-5\n    above = np.sum(W ** 2)\n    W.flat[i] = old - 1e-5\n"
        "    below = np.sum(W ** 2)\n    W.flat[i] = old\n    print((above - below) / 2e-5)\ny = np.sum(W ** 2)\n"
    )
    assert printed(compile_program(source).run()) == executed(source)[1]
