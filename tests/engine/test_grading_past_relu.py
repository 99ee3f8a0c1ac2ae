"""Backward passes that go on past a relu under one name: dH is the gradient of H, and then of what H is made of."""

import pytest

from app.engine import compile_program
from app.engine.assess.grading import grade_backward

PROGRAM = """import numpy as np
X = np.array([[1.0, 2.0], [3.0, -1.0]])
W1 = np.array([[0.5, -1.0, 0.3], [0.2, 0.4, -0.6]])
W2 = np.array([[1.0], [2.0], [-0.5]])
Z = X @ W1
H = np.maximum(0, Z)
out = H @ W2
loss = np.sum(out ** 2)
"""
LINES = "dout = 2 * out\ndW2 = H.T @ dout\ndH = dout @ W2.T\n{}\ndW1 = X.T @ dH"


def graded(cut, program=PROGRAM):
    found = grade_backward(compile_program(program).run(), LINES.format(cut), program)
    return [(line.name, line.target, line.agrees) for line in found.lines], found


@pytest.mark.parametrize(
    "cut",
    ["dH[H <= 0] = 0", "dH[Z <= 0] = 0", "dH[Z < 0] = 0", "dH *= (Z > 0)", "dH = dH * (H > 0)", "dH = (Z > 0) * dH"],
)
@pytest.mark.parametrize("relu", ["np.maximum(0, Z)", "np.maximum(Z, 0)", "np.where(Z > 0, Z, 0)"])
def test_both_lines_are_right(cut, relu):
    lines, found = graded(cut, PROGRAM.replace("np.maximum(0, Z)", relu))
    assert lines[2:] == [("dH", "H", True), ("dH", "Z", True), ("dW1", "W1", True)]
    assert "the gradient of Z" in found.lines[3].note
    assert [each.name for each in found.missing] == ["dloss"]


def test_a_wrong_mask_is_told():
    lines, _ = graded("dH[H > 0] = 0")
    assert lines[2:4] == [("dH", "H", True), ("dH", "Z", False)]


def test_a_wrong_line_before_is_told():
    program_lines = LINES.format("dH[H <= 0] = 0").replace("dH = dout @ W2.T", "dH = -dout @ W2.T")
    found = grade_backward(compile_program(PROGRAM).run(), program_lines, PROGRAM)
    assert [line.agrees for line in found.lines[2:]] == [False, False, False]
    assert found.lines[3].follows == found.lines[4].follows == ("dH",)


def test_what_is_used_elsewhere_gets_more_and_is_not_graded():
    lines, _ = graded("dH[Z <= 0] = 0", PROGRAM.replace("out = H @ W2", "out = H @ W2 + np.sum(Z)"))
    assert lines[2:4] == [("dH", "H", True), ("dH", None, None)]


def test_a_mask_of_something_else_adds_to_the_line_before():
    lines, _ = graded("dH[X[:, [0, 1, 0]] < -9] = 0")
    assert lines[2:4] == [("dH", "H", None), ("dH", "H", True)]


def test_functions_and_rows_of_the_program_may_be_used():
    program = PROGRAM.replace("X =", "def relu_derivative(x): return (x > 0).astype(float)\nX =")
    lines, _ = graded("dH = dH * relu_derivative(Z)", program)
    assert lines[2:] == [("dH", "H", True), ("dH", "Z", True), ("dW1", "W1", True)]
    loop = "dout = 2 * out\ndH = dout @ W2.T * (Z > 0)\ndW1 = np.zeros_like(W1)\nfor x, dz in zip(X, dH):\n"
    loop += "    dW1 += np.outer(x, dz)"
    found = grade_backward(compile_program(program).run(), loop, program)
    assert [line.agrees for line in found.lines if line.name == "dW1"][-1] is True
