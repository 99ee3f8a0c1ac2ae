"""A graph in miniature: what is lit and what is dark, every node once, nothing outside, no markup from a name."""

import re

import pytest

from app.engine import trace
from app.picture import HEIGHT, WIDTH, picture

MINI = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}


def test_a_dead_network_is_dark_behind_its_relu():
    drawn = picture(trace(MINI, VALUES), "mini")
    assert 'aria-label="mini"' in drawn
    assert len(re.findall(r"<(?:rect|circle) ", drawn)) == 10
    assert len(re.findall(r"<path ", drawn)) == 9
    # y, y.1, a1 and b2 are lit; W1, x, the product, b1, z1 and W2 are not.
    assert len(re.findall(r'<(?:rect|circle) class="lit"', drawn)) == 4
    awake = picture(trace(MINI, VALUES | {"b1": [[1.5]]}), "mini")
    assert 'class="dark"' not in awake


def test_light_fades_with_depth():
    program = "\n".join(f"h{i + 1} = sigmoid({'x' if i == 0 else f'h{i}'})" for i in range(10))
    drawn = picture(trace(program, {"x": 1}), "ten")
    strengths = [float(found) for found in re.findall(r'<circle class="lit" stroke-opacity="([\d.]+)"', drawn)]
    assert len(strengths) == 11
    assert strengths == sorted(strengths)
    assert strengths[0] < 0.5 < strengths[-1] == 1


def test_what_is_zero_but_for_rounding_is_dark():
    run = trace("m = x.max()\ny = np.log(np.exp(x - m).sum()) + m", {"x": [1.3, 0.1, 0.7]})
    assert 0 < abs(run.grads["m"]) < 1e-15
    assert len(re.findall(r'<(?:rect|circle) class="dark"', picture(run, "softmax"))) == 1


@pytest.mark.parametrize(
    "program",
    [
        "y = x",
        "y = x * x",
        "y = softmax(x * np.array([1.0, 2.0])).sum()",
        "\n".join(["y = x", *("y = y + x" for _ in range(60))]),
    ],
)
def test_everything_stands_within_the_picture(program):
    drawn = picture(trace(program, {"x": 2.0}), '<b>"&')
    assert "<b>" not in drawn
    for x, y in re.findall(r' (?:c?x)="(-?[\d.]+)" (?:c?y)="(-?[\d.]+)"', drawn):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= HEIGHT
