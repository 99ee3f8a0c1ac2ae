"""Derivatives as formulas, held against the gradient at many points."""

import numpy as np
import pytest

from app.engine import LimitError, ValueProblem, compile_program, trace
from app.engine.assess.grading import check_formula
from app.engine.wording import plain

PARABOLA = ("f = x**2 + 3*x + 2", {"x": 5.0})


def checked(case, text, of="x", **more):
    program, values = case
    return check_formula(trace(program, values), of, text, program, **more)


@pytest.mark.parametrize(
    "text", ["2*x + 3", "df = 2*x + 3", "df/dx = 2 * x + 3", "∂f/∂x=2*x+3", "3 + x + x", " 2*x\n+3 "]
)
def test_a_right_formula_agrees_at_every_point_however_it_is_written(text):
    told = checked(PARABOLA, text)
    assert (told.agrees, told.points, told.worst, told.slip, told.error) == (True, 24, None, None, None)


def test_right_here_and_nowhere_else_is_wrong():
    told = checked(PARABOLA, "13")
    assert told.agrees is False
    x = told.worst.point["x"]
    assert told.worst.given == 13.0
    assert told.worst.wanted == pytest.approx(2 * x + 3, rel=1e-12)
    assert abs(told.worst.wanted - 13) > 1


@pytest.mark.parametrize(
    ("case", "text", "kind", "word"),
    [
        (PARABOLA, "2*x", "dropped", "× in f"),
        (PARABOLA, "-(2*x + 3)", "sign", "sign"),
        (("y = np.sin(x * x)", {"x": 1.5}), "2 * x", "slope", "sin in y"),
        (("y = np.sin(x * x)", {"x": 1.5}), "np.cos(x * x)", "early", "× in y"),
        (("y = np.sin(x * x)", {"x": 1.5}), "x * np.cos(x * x)", "square", "× in y"),
        (("y = w * x", {"x": 1.5, "w": 4.0}), "x", "swapped", "wrong factor"),
        (PARABOLA, "5 * x + 1", None, ""),
    ],
)
def test_its_slip_must_explain_several_points(case, text, kind, word):
    told = checked(case, text)
    assert told.agrees is False
    assert (told.slip.kind if told.slip else None) == kind
    assert word in (plain(told.slip.text) if told.slip else "")


def test_points_where_something_is_not_finite_or_bends_are_left_out():
    told = checked(("y = log(x) * w + relu(x)", {"x": 5.0, "w": 2.0}), "w / x + (x > 0)")
    assert told.agrees is True
    assert told.points > 20
    nowhere = checked(("y = log(x - x)", {"x": 5.0}), "1 / x")
    assert (nowhere.agrees, nowhere.points) == (None, 0)
    assert checked(("y = relu(x)", {"x": 0.0}), "1.0 * (x > 0)").points == 23


def test_functions_names_and_arrays_of_the_program():
    program = "def s(x):\n    return 1 / (1 + np.exp(-x))\na = s(x * w)\nL = np.sum(a * a)"
    case = (program, {"x": [0.5, -1.0], "w": [2.0, 3.0]})
    assert checked(case, "2 * a * s(x * w) * (1 - a) * w").agrees is True
    told = checked(case, "2 * a * (1 - a) * w")
    assert told.agrees is False
    assert np.shape(told.worst.given) == (2,)
    assert checked(case, "np.zeros((3, 3))").agrees is False


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("2*x +", "invalid syntax", 6),
        ("q * 2", "q is not a value", 1),
        ("df = q * 2", "q is not a value", 6),
        ("", "invalid syntax", 1),
        ("a = 1; b = 2", "not a formula", 5),
        ("x**2²", "²", 5),
        ("__import__('os')", "__import__", 1),
        ("x @ x", "@ needs arrays", 1),
    ],
)
def test_what_is_no_formula_is_told_with_its_place(text, message, column):
    told = checked(PARABOLA, text)
    assert told.agrees is None
    assert message in told.error.message
    assert (told.error.line, told.error.column) == (1, column)


def test_only_inputs_and_only_what_is_not_too_much():
    for of in ("f", "nothing", "f.1"):
        with pytest.raises(ValueProblem, match="is not an input"):
            checked(PARABOLA, "1", of=of)
    assert checked(PARABOLA, "2*x + 3", most=200).points < 24
    with pytest.raises(LimitError, match="too large"):
        checked(PARABOLA, "2*x + 3", most=2)


def test_a_fixed_input_keeps_its_value():
    run = compile_program("n = 3\ny = x\nfor i in range(n):\n    y = y * x", {"x": 1.5}).run()
    assert check_formula(run, "x", "4 * x ** 3").agrees is True


def test_the_seed_counts():
    run = compile_program("y = x * x", {"x": 1.5}, seed=3.0).run()
    assert check_formula(run, "x", "6 * x").agrees is True
