"""Gradients by names that are not written out, and by finite differences with a step that is not small."""

import pytest

from app.engine import compile_program
from app.engine.interpreter.training.naming import abbreviates

DERIVATIVE = """import numpy as np
def derivative(f, a, h={h}):
    return (f(a + h) - f(a - h)) / ({twice} * h)
x = np.linspace(0.0, 6.0, 4)
y = np.tanh(x) * x
dydx = derivative(lambda t: np.tanh(t) * t, x)
print(dydx)
"""


def grades(source, output=None):
    return {line.name: (line.agrees, line.note) for line in compile_program(source, output=output).run().manual}


@pytest.mark.parametrize("h", [0.01, 0.001])
def test_a_finite_difference_is_told_as_one(h):
    agrees, note = grades(DERIVATIVE.format(h=h, twice=2))["dydx"]
    assert agrees
    assert "finite difference" in note


def test_a_finite_difference_with_another_factor_is_wrong():
    agrees, _ = grades(DERIVATIVE.format(h=0.01, twice=1))["dydx"]
    assert not agrees


def test_a_formula_that_is_off_by_less_is_wrong():
    agrees, _ = grades("import numpy as np\nx = np.array([1.0, 2.0])\ny = np.sum(x ** 2)\ndx = 2 * x * 1.001")["dx"]
    assert not agrees


@pytest.mark.parametrize(
    ("short", "name", "is_so"),
    [
        ("OutsideVecs", "outsideVectors", True),
        ("emb_tab", "embedding_table", True),
        ("w", "weights", False),
        ("Vecs", "outsideVectors", False),
        ("outsideVectors", "outsideVectors", False),
        ("hid", "bias", False),
    ],
)
def test_a_name_with_words_cut(short, name, is_so):
    assert abbreviates(short, name) is is_so


def test_the_gradient_of_a_parameter_without_a_step():
    source = (
        "import numpy as np\nX = np.array([[0.0, 1.0], [0.5, 0.2]])\nw = np.array([0.5, 0.5])\n"
        "J = np.mean((X @ w) ** 2) + 0.3 * np.sum(w ** 2)\ngw = X.T @ (X @ w)"
    )
    assert grades(source)["gw"][0] is False
    assert grades(f"{source} + 0.6 * w")["gw"][0] is True


def test_a_name_that_begins_with_g_and_is_no_gradient():
    assert grades("import numpy as np\nb = np.array([1.0, 2.0])\ngb = np.array([3.0, 4.0])\ny = np.sum(b * gb)") == {}


TEMPORAL = """import numpy as np
phi = np.eye(3)
v = np.array([0.2, -0.1, 0.4])
for epoch in range(3):
    loss = 0.0
    dv = np.zeros_like(v)
    for s, r, s2 in [(0, 0.0, 1), (1, 1.0, 2)]:
        target = r + 0.9 * float(phi[s2] @ v)
        delta = target - phi[s] @ v
        loss += 0.5 * delta ** 2
        dv += {sign}delta * phi[s]
    print(epoch, loss)
    v = v - 0.1 * dv
"""


def test_temporal_differences_hold_their_target():
    agrees, note = grades(TEMPORAL.format(sign="-"), "loss")["dv"]
    assert agrees
    assert "where target is taken for a number" in note
    assert grades(TEMPORAL.format(sign=""), "loss")["dv"][0] is False
