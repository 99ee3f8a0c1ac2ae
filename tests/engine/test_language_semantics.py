"""Places where a reader of Python could be misread: the value, or the refusal, that Python's own meaning asks for."""

import numpy as np
import pytest

from app.engine import ProgramError, ValueProblem, compile_program, trace
from tests.engine.python import agree


def value(source: str) -> object:
    return trace(source).output


def test_functions_made_in_a_comprehension_see_the_last_value_of_its_variable():
    assert value("fs = [lambda x: x * i for i in range(3)]\nx = 2.0\ny = fs[0](x)") == 4.0


def test_a_default_argument_is_bound_when_the_function_is_written():
    assert value("fs = [lambda x, i=i: x * i for i in range(3)]\nx = 2.0\ny = fs[1](x)") == 2.0


def test_a_function_sees_the_global_as_it_is_when_called():
    assert value("w = 2.0\ndef f(x):\n    return w * x\nw = 5.0\ny = f(3.0)") == 15.0


def test_swapping_names_takes_the_right_hand_side_first():
    run = trace("a = 2.0\nb = 5.0\na, b = b, a\ny = a / b")
    assert run.output == 2.5
    assert (run.grads["a"], run.grads["b"]) == (-5.0 / 4.0, 0.5)


def test_a_name_that_becomes_a_function_is_no_longer_the_output():
    assert value("x = 2.0\ny = x * 2\ndef y(a):\n    return a") == 2.0


def test_a_loop_variable_is_no_longer_the_output():
    assert value("x = 2.0\ny = x * 2\nfor y in range(3):\n    pass") == 2.0


def test_numbers_between_brackets_keep_their_kind():
    shown = trace(
        "for i in range(2):\n    print(np.array([i, i]))\ny = np.array([2 * 3, 4])\nprint(y)\nprint(np.array(5))\n"
        "print(np.full(2, 7), np.full(2, 7.0), np.zeros(2), np.array([]), np.arange(3), np.arange(3.0))"
    ).prints
    assert [line.text for line in shown] == [
        "[0 0]",
        "[1 1]",
        "[6 4]",
        "5",
        "[7 7] [7. 7.] [0. 0.] [] [0 1 2] [0. 1. 2.]",
    ]


@pytest.mark.parametrize(
    ("expression", "text"),
    [("1 ** -1", "1.0"), ("2 ** 3", "8"), ("x ** -1", "1.0"), ("x ** 2", "1"), ("x / x", "1.0"), ("3 ** 2.0", "9.0")],
)
def test_powers_of_whole_numbers_print_as_python_prints_them(expression, text):
    assert trace(f"x = 1\ny = x * 1.0\nprint({expression})").prints[0].text == text


def test_whole_numbers_that_no_float_holds_are_shown_as_floats():
    assert trace("x = 3\ny = x ** 40\nprint(y)").prints[0].text == repr(3.0**40)


def test_products_of_masks_are_masks_so_their_sum_is_refused():
    # NumPy: True + True is True. Counting to 2 here would be another program.
    assert trace("x = np.array([3.0])\nm = (x > 0) * (x > 1)\nprint(m)\ny = m * x").prints[0].text == "[ True]"
    with pytest.raises(ProgramError, match="logic in NumPy"):
        trace("x = np.array([3.0])\nm = (x > 0) * (x > 1) + (x > 2) * (x > 1)\ny = m * x")


@pytest.mark.parametrize("expression", ["x & 3", "3 | x", "6 & 3", "x & (x > 2)", "x ^ 5", "x << 2", "~x"])
def test_bitwise_words_between_whole_numbers_mean_what_python_means(expression):
    agree(f"x = 6\ny = 1.0 * ({expression})")


def test_bitwise_words_between_floats_are_refused():
    with pytest.raises(ProgramError, match="works on whole numbers and masks"):
        trace("x = 6.0\ny = x & 3")


def test_an_argument_given_twice_is_refused():
    with pytest.raises(ProgramError, match="given a twice"):
        trace("x = 2.0\ny = np.maximum(x, 1.0, a=3)")


def test_a_variable_called_k1_does_not_share_an_id_with_a_number():
    plan = compile_program("x = 2.0\ndef f(x):\n    k1 = x * 2\n    k2 = k1 * 3\n    return k1 + k2 * 4\ny = f(x)")
    ids = [node.id for node in plan.structure.nodes]
    assert len(set(ids)) == len(ids)
    assert plan.run().output == 52.0


@pytest.mark.parametrize("index", ["()", "...", "None", "np.newaxis", "None, ...", "..., None"])
def test_indices_that_take_everything(index):
    array = np.array([[1.0, 2.0], [3.0, 4.0]])
    run = trace(f"A = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = A[{index}]")
    np.testing.assert_array_equal(run.output, eval(f"array[{index}]", {"array": array, "np": np}))
    np.testing.assert_array_equal(run.grads["A"], np.ones((2, 2)))


def test_an_array_without_axes_is_a_scalar():
    plan = compile_program("x = 2.0\ny = x * np.array(5.0) + np.zeros(()) + np.full((), 2)")
    for run in (plan.run(), plan.compile().run()):
        assert type(run.output) is float
        assert run.output == 12.0
    assert type(trace("x = np.array(5.0)\ny = x * x").values["x"]) is float


@pytest.mark.parametrize("values", [{"n": 4}, {"n": 4.0}, {"n": 0}])
def test_a_number_that_shapes_the_program_is_read_anew(values):
    source = "n = 3\nx = 2.0\ny = x * n\nfor i in range(n):\n    y = y * x"
    assert trace(source).output == 48.0
    assert trace(source, {"n": 3}).output == 48.0
    assert trace(source, values).output == 2.0 * values["n"] * 2.0 ** values["n"]
    with pytest.raises(ValueProblem, match="line 4 goes another way"):
        compile_program(source).run(values)
    with pytest.raises(ProgramError, match="a loop bound must be a whole number"):
        trace(source, {"n": [3, 3]})


def test_a_plan_keeps_to_its_course_even_where_nothing_computes_with_it():
    source = "n = 3\nx = 2.0\ny = x\nfor i in range(n):\n    y = y * x"
    assert compile_program(source, {"n": 3}).run({"n": 3}).output == 16.0
    with pytest.raises(ValueProblem, match="line 4 goes another way"):
        compile_program(source).run({"n": 4})


def test_standard_deviation():
    assert trace("x = np.array([1.0, 2.0, 5.0])\ny = np.std(x)").output == pytest.approx(np.std([1, 2, 5]), rel=1e-15)
    assert trace("x = np.array([1.0, 2.0, 5.0])\ny = x.std(ddof=1)").output == pytest.approx(
        np.std([1, 2, 5], ddof=1), rel=1e-15
    )


ALIASED = [
    "x = np.array([1.0])\na = x\na += 1\ny = x * a",
    "a = x\na *= 2\ny = x + a",
    "a = x.T\na -= 1\ny = a * x",
    "a = x[0:1]\na -= 1\ny = a * x",
    "b = x\nx += 1\ny = b * x",
    "def f(v):\n    v += 1\n    return v\ny = f(x) * x",
    "for p in [x, x * 2]:\n    p += 1\ny = x * p",
    "a = b = x * 2\na /= 2\ny = a + b",
]


@pytest.mark.parametrize("source", ALIASED)
def test_what_numpy_changes_under_another_name_changes(source):
    agree(source, {} if "x = np" in source else {"x": [1.0]})


@pytest.mark.parametrize("source", [s for s in ALIASED if "x[" not in s and "x = np" not in s and ".T" not in s])
def test_a_number_has_no_place_to_be_changed_in(source):
    space = {"x": 3.0, "np": np}
    exec(source, space)
    assert trace(source, {"x": 3.0}).output == space["y"]


@pytest.mark.parametrize(
    "source",
    [
        "x += 1\ny = x * 2",
        "a = x.copy()\na += 1\ny = a * x",
        "a = x * 1\na += x\na += x\ny = a * x",
        "def f(v):\n    z = v * 2\n    z += 1\n    return z\na = f(x)\na += x\ny = a * x",
        "def f(v):\n    z = v * 2\n    w = z + 1\n    return z, w\na, b = f(x)\na += b\nb -= 1\ny = a * b",
        "a = x\na = a + 1\na += 1\ny = a * x",
        "y = x * 0\nfor i in range(3):\n    y += x * i",
        "def f(v):\n    v += 1\n    return v\ny = f(x * 2) * x",
    ],
)
def test_adding_in_place_to_an_array_of_ones_own_is_adding(source):
    space = {"x": np.array([1.0, 2.0]), "np": np}
    exec(source, space)
    np.testing.assert_array_equal(trace(source, {"x": [1.0, 2.0]}).output, space["y"])


@pytest.mark.parametrize(
    "source",
    [
        "x = x + 1\ny = x * x",
        "x += 1\ny = x * x",
        "x, w = x + 1, x\ny = x * x",
        "def f():\n    return x + 1\nx = f()\ny = x * x",
    ],
)
def test_a_value_from_outside_goes_by_its_plain_name_even_where_the_line_assigns_it(source):
    run = trace(source, {"x": 2.0})
    assert run.output == 9.0
    assert run.grads["x"] == 6.0
    assert run.values["x#2"] == 3.0
    assert len({node.id for node in run.structure.nodes}) == len(run.structure.nodes)


def test_signatures_in_hints_are_whole():
    with pytest.raises(ProgramError) as caught:
        trace("def f(x, a=2, *, k, b=0.5):\n    return x * k\ny = f(3.0)")
    assert caught.value.hint == "It is defined as f(x, a=2, *, k, b=0.5)."
