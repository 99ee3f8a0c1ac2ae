"""Outputs that are not finite: where the numbers end, why, and that gradients mean nothing."""

import pytest

from app.engine import compile_program
from app.engine.explain.sentences import Wording, lost, plain, tell


def told(source):
    run = compile_program(source).run()
    return run, lost(run, Wording(run.structure))


@pytest.mark.parametrize(
    ("source", "node", "why"),
    [
        ("x = -1.0\ny = np.log(x)\nz = y * 2", "y", "y = log(x) = log(−1) = NaN. A negative number has no logarithm."),
        ("x = -4.0\nz = np.sqrt(x) + 1", "z.1", "sqrt(−4) = NaN. A negative number has no square root."),
        ("x = np.float64(-2.0)\nz = x ** 0.5", "z", "(−2) ** 0.5 = NaN. A negative number has no such power"),
        ("x = np.float64(0.0)\ny = x / x\nz = y + 1", "y", "0 / 0 = NaN. Dividing by 0 has no finite result."),
        ("x = 1000.0\ny = np.exp(x)\nz = y - y", "y", "exp(1000) = ∞. It is more than a 64-bit number can hold."),
        ("x = np.array([1.0, -1.0])\ny = np.sum(np.sqrt(x))", "y.1", "sqrt(x) = [1  NaN]. A negative number"),
        ("a = -1.0\nb = 0.0\nc = np.log(b)\nd = np.log(a)\nz = c + d", "c", "log(0) = −∞"),
        ("x = np.nan\nz = x * 2", "x", "The numbers end at x, which is NaN."),
    ],
)
def test_the_first_value_that_is_not_finite_is_named_with_its_reason(source, node, why):
    run, found = told(source)
    assert found.node == node
    assert why in found.text
    assert "no gradient of it means anything" in found.text
    sentences = tell(run)
    assert plain(sentences.seed) == found.text
    for parts in sentences.backward.values():
        assert plain(parts).endswith("is not finite, this means nothing.")


def test_the_number_stays_the_computed_one():
    run, _ = told("x = -1.0\ny = np.log(x)\nz = y * 2")
    assert run.grads["x"] == -2.0


def test_what_is_lost_beside_the_output_is_no_matter():
    run, found = told("x = -1.0\na = np.log(x)\nb = x * 3\nz = np.where(b > 0, a, b)")
    assert found is None
    assert "means nothing" not in "".join(plain(parts) for parts in tell(run).backward.values())
