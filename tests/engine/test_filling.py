"""Large arrays that are filled part by part: what Python makes of them, and no version of the whole for each part."""

import pytest

from app.engine import compile_program
from tests.engine.checks import check_plan
from tests.engine.python import agree

HEAD = """\
import numpy as np
a = np.linspace(-1.0, 1.0, 17)
w = np.array([0.3, -0.7])
"""
FILLED = {
    "a grid of numbers": """
Z = np.zeros((17, 17))
for i in range(17):
    for j in range(17):
        Z[i, j] = np.sin(a[i] * w[0]) + a[j] * w[1]
out = np.sum(Z * Z)
""",
    "rows, the last first": """
Z = np.empty((17, 20, 2))
for i in reversed(range(17)):
    for j in range(20):
        Z[i, j] = np.tanh(a[i] * w) * j
out = np.sum(Z ** 2) / 100
""",
    "not all of it, and some of it twice": """
Z = np.ones((17, 17))
for i in range(1, 17, 2):
    Z[i] = a * w[0]
    Z[:, i] = w[1]
    Z[-1, -i] = a[i] ** 2
    Z[[0, 3], i] = a[:2] * w
out = np.sum(Z * Z)
""",
    "more parts than one operation takes": """
Z = np.zeros((40, 41))
for i in range(40):
    for j in range(41):
        Z[i, j] = w[0] * i + j
out = np.sum(Z * Z) / 1e5
""",
    "parts of other shapes": """
Z = np.zeros((20, 20))
for i in range(20):
    Z[i, :i] = w[0] * i
    Z[i, i:] = np.ones((1, 20 - i)) * w[1]
out = np.sum(Z * Z)
""",
    "read between the stores": """
Z = np.zeros((17, 17))
for i in range(17):
    Z[i] = a * w[0] * i
    Z[i, 0] = Z[i, 1] + w[1]
    Z[i, 2] += w[0]
out = np.sum(Z * Z)
""",
    "other names and windows see it": """
Z = np.zeros((16, 17))
same, window, copied = Z, Z[2:4], Z.copy()
for i in range(16):
    Z[i] = a * w[0]
    same[i, 3] = w[1]
window[0] = 2 * w[1]
Z[3, 3] = 5 * w[0]
out = np.sum(same * same) + np.sum(window ** 2) + np.sum(copied)
""",
    "whole numbers": """
T = np.zeros((300, 2), dtype=int)
for i in range(300):
    T[i, 0] = i / 7
    T[i, 1] = i % 3
print(T[-4:])
out = np.sum(T * w)
""",
    "in a function, of what is handed in": """
def fill(Z, f):
    for i in range(Z.shape[0]):
        Z[i] = f(a[:16] * i)
    return Z.T
Z = np.zeros((17, 16))
V = fill(Z, lambda x: np.sin(x) * w[0])
V[0, 0] = w[1]
out = np.sum(Z * Z) + np.sum(V)
""",
    "leaves that were used before": """
Z = np.full((17, 17), 0.5)
before = np.sum(Z * w[0])
for i in range(17):
    Z[i, i] = a[i] * w[1]
out = before + np.sum(Z * Z)
""",
}


@pytest.mark.parametrize("name", FILLED)
def test_what_is_filled_is_what_python_makes_of_it(name):
    source = HEAD + FILLED[name]
    agree(source)
    check_plan(compile_program(source))


def test_parts_are_put_together_once():
    run = compile_program(HEAD + FILLED["a grid of numbers"]).run()
    ops = [node.op.name for node in run.structure.nodes]
    assert "put" not in ops
    assert ops.count("stack") == ops.count("reshape") == 1


def test_numbers_alone_become_a_leaf():
    source = HEAD + "X = np.zeros((300, 2))\nfor i in range(300):\n    X[i] = [i, 1]\nout = np.sum(np.tanh(X @ w))\n"
    run = compile_program(source).run()
    leaves = [node.name for node in run.structure.nodes if not node.inputs and node.op.name == "input"]
    assert leaves == ["w", "X"]
    assert "put" not in {node.op.name for node in run.structure.nodes}
    agree(source)


def test_a_part_that_does_not_fit_is_refused_at_its_line():
    source = HEAD + "Z = np.zeros((17, 17))\nZ[0] = a\nZ[1] = a * w[0]\nZ[2] = w\nout = np.sum(Z)\n"
    with pytest.raises(Exception, match="shape") as caught:
        compile_program(source)
    assert caught.value.line == 7
