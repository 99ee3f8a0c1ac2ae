"""Operations of Python's own numbers: where Python raises, the text is refused with that line, at the values that lead
there and no others. NumPy's numbers give inf or nan."""

import pytest

from app.engine import EngineError, ProgramError, ValueProblem, compile_program
from app.engine.interpreter.grammar import Raised
from tests.engine.python import agree, executed

RAISES = [
    # program, kind of the error, its line
    ("import math\nx = 0.0\ny = math.log(x)", "ValueError", 3),
    ("import math\nx = -1.0\ny = 2 * math.sqrt(x)", "ValueError", 3),
    ("import math\nimport numpy as np\nx = np.float64(0.0)\ny = math.log(x)", "ValueError", 4),
    ("import math\nx = 1000.0\ny = math.exp(x)", "OverflowError", 3),
    ("x = 0.0\ny = 1 / x", "ZeroDivisionError", 2),
    ("x = 0.0\ny = 7.5 // x", "ZeroDivisionError", 2),
    ("x = 0.0\ny = 7.5 % x", "ZeroDivisionError", 2),
    ("x = 0.0\ny = x ** -1", "ZeroDivisionError", 2),
    ("x = 1e200\ny = x ** 2", "OverflowError", 2),
    ("x = 0.0\nz = 3.0\nunused = 1 / x\ny = z * x", "ZeroDivisionError", 3),
    ("def f(p):\n    return 1 / p\ny = f(2.0) + f(0.0)", "ZeroDivisionError", 2),
    (
        "w = 1.0\nx = 2.0\nfor i in range(500):\n    loss = (w * x - 1) ** 2\n    w -= 100.0 * 2 * (w * x - 1) * x",
        "OverflowError",
        4,
    ),
]


@pytest.mark.parametrize(("source", "kind", "line"), RAISES)
def test_refused_where_python_raises(source, kind, line):
    with pytest.raises(Exception) as theirs:  # noqa: PT011 - its class is compared
        executed(source)
    with pytest.raises(Raised) as ours:
        compile_program(source).run()
    assert (type(theirs.value).__name__, ours.value.kind, ours.value.line) == (kind, kind, line)
    assert ours.value.hint


def test_a_negative_number_to_a_fraction_is_complex():
    with pytest.raises(ProgramError, match="complex"):
        compile_program("x = -2.0\ny = x ** 0.5").run()


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nx = np.float64(0.0)\ny = 1 / x",
        "import numpy as np\nx = 0.0\ny = np.log(x)",
        "import numpy as np\nx = np.array([0.0, 1.0])\ny = np.sum(1 / x)",
        "x = 1e200\ny = x * x",
    ],
)
def test_numpy_and_products_go_on(source):
    agree(source)


def test_a_formula_with_names_that_have_no_value_goes_on():
    assert compile_program("y = 1 / x", {"x": 0.0}).run().output == float("inf")


@pytest.mark.parametrize("source", ["x = 0.5\ny = 1 / x", "x = 0.5\nz = 3.0\nunused = 1 / x\ny = z * x"])
def test_a_slider_that_moves_there_is_told(source):
    plan = compile_program(source)
    plan.run()
    for _ in range(2):
        with pytest.raises(Raised, match="divides by 0"):
            plan.run({"x": 0.0})
        with pytest.raises(EngineError, match="divides by 0"):
            compile_program(source, {"x": 0.0}).run()
    assert plan.run({"x": 2.0}).output in (0.5, 6.0)


CAUGHT = "x = 0.5\ntry:\n    y = 1 / x\nexcept ZeroDivisionError as e:\n    print('caught', e)\n    y = 2 * x\nprint(y)"


@pytest.mark.parametrize("x", [0.5, 0.0, 2.0])
def test_what_is_caught_follows_the_values(x):
    agree(CAUGHT.replace("0.5", str(x), 1))
    run = compile_program(CAUGHT, {"x": x}).run()
    assert [line.text for line in run.prints] == executed(CAUGHT.replace("0.5", str(x), 1))[1].splitlines()


def test_a_plan_says_that_the_text_goes_another_way():
    with pytest.raises(ValueProblem, match="line 3 goes another way"):
        compile_program(CAUGHT).run({"x": 0.0})


def test_what_was_computed_before_a_try_is_not_caught_by_it():
    with pytest.raises(Raised) as found:
        compile_program(
            "x = 0.0\ny = 1 / x\ntry:\n    z = y if y > 1 else 2\nexcept ZeroDivisionError:\n    z = x"
        ).run()
    assert found.value.line == 2
