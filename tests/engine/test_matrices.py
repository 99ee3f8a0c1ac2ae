"""Linear algebra: inverses, solutions and determinants, their gradients by every check, and where there is none."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program, trace
from tests.engine.checks import check_everything

A = [[2.0, 0.3], [0.5, -1.5]]
B = [[1.0, 2.0, 0.5], [0.3, -0.4, 1.1]]
C = [[0.1, 2.0, 1.0], [1.0, 0.5, -1.0], [0.2, 0.7, 3.0]]
PROGRAMS = [
    "y = np.linalg.inv(A) * 2",
    "y = np.linalg.inv(C)",
    "y = np.linalg.inv(np.stack([A, A * 2]))",
    "y = np.linalg.solve(A, B)",
    "y = np.linalg.solve(A, B[:, 0])",
    "y = np.linalg.solve(C, C * 2)",
    "y = np.linalg.det(A) * 2",
    "y = np.linalg.det(C)",
    "y = np.linalg.det(np.stack([A, A * 2]))",
    "y = np.linalg.slogdet(A)[1] * 2",
    "y = np.linalg.pinv(B)",
    "y = np.linalg.pinv(B.T)",
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_gradients_by_every_check(program):
    values = {"A": A, "B": B, "C": C}
    check_everything(
        program, {name: value for name, value in values.items() if f"{name}" in program.replace("np.", "")}
    )


def test_the_determinant_of_a_singular_matrix_has_a_gradient():
    run = trace("y = np.linalg.det(A)", {"A": [[1.0, 2.0], [2.0, 4.0]]})
    np.testing.assert_allclose(run.grads["A"], [[4.0, -2.0], [-2.0, 1.0]], rtol=1e-13)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("A = np.array([[1.0, 2.0], [2.0, 4.0]])\ny = np.linalg.inv(A)", "this matrix is singular"),
        ("A = np.array([[1.0, 2.0], [2.0, 4.0]])\ny = np.linalg.solve(A, [1.0, 2.0])", "this matrix is singular"),
        ("y = np.linalg.inv(np.ones((2, 3)))", "inv needs a square matrix, and this is 2×3"),
        ("y = np.linalg.det([1.0, 2.0])", "det needs a square matrix, and this is 2"),
        ("A = np.array([[1.0, 2.0], [2.0, 5.0]])\ny, v = np.linalg.eigh(A)", "np.linalg.eigh has no gradient here"),
    ],
)
def test_refused(program, message):
    with pytest.raises(EngineError) as error:
        compile_program(program)
    assert message in error.value.message
    assert error.value.hint


def test_a_slider_that_makes_it_singular_gives_nan():
    plan = compile_program(
        "a = 1.0\nA = np.array([[2.0, 1.0], [2.0, 2.0]]) * np.array([[1.0, 1.0], [1.0, a]])\ny = np.linalg.inv(A)"
    )
    assert np.isfinite(plan.run().output).all()
    assert np.isnan(plan.run({"a": 0.5}).output).all()


@pytest.mark.parametrize("function", ["inv", "det", "pinv"])
def test_of_what_is_no_number(function):
    program = f"a = 1.0\nA = np.array([[2.0, 1.0], [a, 2.0]])\ny = np.linalg.{function}(A)"
    assert np.isnan(trace(program, {"a": np.nan}).output).any()
