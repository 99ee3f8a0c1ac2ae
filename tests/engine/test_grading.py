"""Backward passes graded line by line."""

import random

import numpy as np
import pytest

from app.engine import LimitError, Limits, compile_program, trace
from app.engine.assess.grading import grade_backward
from app.engine.emit import emit_numpy
from app.engine.errors import EngineError
from app.engine.wording import plain
from tests.engine.programs import random_network, random_program

NET = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
AWAKE = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[1.5]], "W2": [[2]], "b2": [[1]]}
DEAD = {**AWAKE, "b1": [[0.5]]}
RIGHT = {
    "dy": "dy = 1",
    "db2": "db2 = dy",
    "dW2": "dW2 = dy * a1",
    "da1": "da1 = dy * W2",
    "dz1": "dz1 = da1 * (z1 > 0)",
    "db1": "db1 = dz1",
    "dW1": "dW1 = dz1 @ x.T",
}


def graded(program, values, backward, **more):
    return grade_backward(trace(program, values), backward, program, **more)


@pytest.mark.parametrize("values", [AWAKE, DEAD], ids=["awake", "dead"])
@pytest.mark.parametrize(
    "order",
    [
        list(RIGHT),
        ["dy", "da1", "dz1", "dW1", "db1", "dW2", "db2"],
        ["dy", "dW2", "da1", "dz1", "db1", "dW1", "db2"],
    ],
)
def test_a_right_pass_agrees_in_any_order_that_works(values, order):
    told = graded(NET, values, "\n".join(RIGHT[name] for name in order))
    assert [(line.name, line.agrees) for line in told.lines] == [(name, True) for name in order]
    assert (told.done, told.wanted, told.missing) == (7, 7, ())
    assert all(line.slip is None and line.hints == () and line.error is None for line in told.lines)


def test_what_is_missing_is_told_in_the_order_of_the_backward_pass_and_data_is_not_asked_for():
    told = graded(NET, AWAKE, "dy = 1\nda1 = dy * W2\ndx = np.zeros((2, 1))")
    assert [one.name for one in told.missing] == ["db2", "dW2", "dz1", "db1", "dW1"]
    assert (told.done, told.wanted) == (2, 7)
    assert told.lines[2].agrees is False


def test_a_line_that_follows_from_an_earlier_mistake_is_not_wrong_anew():
    told = graded(NET, AWAKE, "dy = 1\nda1 = dy * W2\ndz1 = -da1 * (z1 > 0)\ndb1 = dz1\ndW1 = dz1 @ x.T")
    by_name = {line.name: line for line in told.lines}
    assert by_name["dz1"].slip.kind == "sign"
    for name in ("db1", "dW1"):
        assert by_name[name].agrees is False
        assert by_name[name].follows == ("dz1",)
        assert by_name[name].slip is None
    np.testing.assert_array_equal(by_name["dW1"].value, [[-2.0, -4.0]])
    np.testing.assert_array_equal(by_name["dW1"].adjoint, [[2.0, 4.0]])


def test_a_mistake_on_top_of_a_mistake_is_named_as_its_own():
    told = graded(NET, AWAKE, "dy = 1\nda1 = -dy * W2\ndz1 = da1 * (z1 > 0)\ndW1 = -dz1 @ x.T")
    by_name = {line.name: line for line in told.lines}
    assert by_name["dz1"].follows == ("da1",)
    # With the right dz1 the sign would still be wrong; with the reader's own it happens to be right.
    assert by_name["dW1"].agrees is True
    told = graded(NET, AWAKE, "dy = 1\nda1 = 3 * dy * W2\ndz1 = da1 * (z1 > 0)\ndW1 = -dz1 @ x.T")
    assert told.lines[-1].follows == ()
    assert told.lines[-1].slip.kind == "sign"


def test_names_of_the_readers_own_carry_mistakes_along():
    told = graded(NET, AWAKE, "dy = 1\nda1 = 5 * W2\nmask = z1 > 0\nback = da1 * mask\ndz1 = back")
    assert [line.agrees for line in told.lines] == [True, False, None, None, False]
    assert told.lines[-1].follows == ("back",)
    assert [line.target for line in told.lines] == ["y", "a1", None, None, "z1"]


def test_a_line_that_cannot_be_read_spoils_no_other():
    told = graded(NET, AWAKE, "dy = 1\nda1 = dy * * W2\ndW2 = dy * a1\ndz1 = da1 * (z1 > 0)\ndb2 = (dy")
    assert [line.agrees for line in told.lines] == [True, None, True, None, None]
    error = told.lines[1].error
    assert (error.line, error.column) == (2, 12)
    assert told.lines[1].target == "a1"
    assert "da1 could not be computed in line 2" in told.lines[3].error.message
    assert told.lines[4].error.line == 5
    assert "never closed" in told.lines[4].error.message


@pytest.mark.parametrize(
    ("line", "message", "column"),
    [
        ("dW1 = dz1 @ x", "dz1 is not known yet", 7),
        ("dz1 = q * 2", "q is not a value of the program", 7),
        ("dz1 += 2", "dz1 is added to before it has a value", 1),
        ("  dz1 = 1", "unexpected indent", 3),
        ("dz1 = W1 @ W1", "inner lengths 2 and 1 differ", 7),
        ("dz1[0] = 1", "dz1 is not known yet", 1),
        ("for i in range(q): dz1 = i", "q is not a value of the program", 16),
        ("while q > 0: dz1 = 1", "q is not a value of the program", 7),
        ("if q: dz1 = 1", "q is not a value of the program", 4),
        ("dz1", "dz1 is not known yet", 1),
        ("dz1 = __import__('os')", "__import__", 7),
        ("dz1 = a1; dz1 = q", "q is not a value", 17),
    ],
)
def test_errors_have_their_place(line, message, column):
    told = graded(NET, AWAKE, f"dy = 1\n# nothing\n{line}\nda1 = W2")
    assert told.lines[-1].agrees is True
    error = told.lines[-2].error
    assert message in error.message
    assert error.line == 3
    if "indent" not in message and "inner" not in message:
        assert error.column == column
    assert error.hint


def test_a_sum_in_several_lines_is_graded_at_its_end():
    program = "f = x * (x + y)"
    values = {"x": 3.0, "y": 2.0}
    told = graded(program, values, "df = 1\ndx = df * (x + y)\ndx += df * x")
    assert [line.agrees for line in told.lines] == [True, None, True]
    told = graded(program, values, "df = 1\ndx = df * (x + y)\ndx = dx + df * y")
    assert told.lines[-1].agrees is False
    np.testing.assert_equal(told.lines[-1].value, 7.0)


def test_right_by_chance_is_right_and_said():
    told = graded("f = x * (x + y)", {"x": 3.0, "y": 2.0}, "df = 1\ndx = 8\ndy = x")
    assert [(line.agrees, line.chance) for line in told.lines] == [(True, False), (True, True), (True, False)]
    # Where every gradient is 0, nearly everything is right.
    wrong = {**RIGHT, "dz1": "dz1 = da1 * (z1 > 2)", "dW1": "dW1 = 5 * dz1 @ x.T"}
    told = graded(NET, DEAD, "\n".join(wrong.values()))
    assert all(line.agrees for line in told.lines)
    assert [line.name for line in told.lines if line.chance] == ["dz1", "dW1"]


@pytest.mark.parametrize(
    ("program", "values", "backward"),
    [
        (NET, DEAD, "\n".join(RIGHT.values())),
        # Right for labels alone: their rows add up to 1.
        (
            "loss = cross_entropy(z, t)",
            {"z": [[1.0, 0.5], [0.2, -0.3]], "t": [[0, 1], [1, 0]]},
            "dloss = 1\ndz = (softmax(z) - t) / 2",
        ),
        ("y = log(x) * 2", {"x": 0.01}, "dy = 1\ndx = 2 / x"),
        ("n = 3\ny = x\nfor i in range(n):\n    y = y * x", {"x": 1.5}, "dx = 4 * x ** 3"),
    ],
)
def test_what_is_right_is_no_chance(program, values, backward):
    told = graded(program, values, backward)
    assert all(line.agrees and not line.chance for line in told.lines)


def test_functions_of_the_program_and_of_the_pass_can_be_called():
    program = "def s(x):\n    return 1 / (1 + np.exp(-x))\na = s(z)\ny = a * a"
    told = graded(
        program, {"z": 0.7}, "def slope(u):\n    return s(u) * (1 - s(u))\ndy = 1\nda = 2 * a\ndz = da * slope(z)"
    )
    assert [line.agrees for line in told.lines] == [True, True, True]


def test_several_names_in_a_line_and_lines_over_several():
    told = graded(NET, AWAKE, "dy = 1\ndW2, da1 = dy * a1, (\n    dy\n    * W2\n)\ndb2 = d_ = dy")
    assert [(line.line, line.name, line.agrees) for line in told.lines] == [
        (1, "dy", True),
        (2, "dW2", True),
        (2, "da1", True),
        (6, "db2", True),
        (6, "d_", None),
    ]


def test_a_value_that_does_not_matter_has_no_gradient():
    told = graded("lr = 0.1\nu = x * 3\ny = x * x", {"x": 2.0}, "du = x\ndx = 4", most=10)
    assert [(line.target, line.agrees) for line in told.lines] == [("u", False), ("x", True)]
    assert "No path leads from u" in told.lines[0].note


def test_hints_end_with_the_answer():
    rng = np.random.default_rng(1)
    for seed in range(12):
        source = random_network(random.Random(seed))
        run = compile_program(source, {f"x{i}": rng.normal(size=3) for i in range(3)}, ignore_unknown=True).run()
        told = grade_backward(run, "", source)
        answer = "\n".join(one.hints[2].code for one in told.missing)
        again = grade_backward(run, answer, source)
        assert all(line.agrees for line in again.lines if line.target)
        assert all(line.error is None for line in again.lines)
        assert again.done == again.wanted == len(told.missing)
        assert all(len(one.hints) == 3 and one.hints[0].text and one.hints[1].text for one in told.missing)


def test_the_first_hint_tells_what_kind_of_step_it_is():
    program = "h = X @ W + b\nd = t - h\nL = np.sum(d * d) / 2"
    values = {"X": [[1.0, 2.0], [3.0, 4.0]], "W": [[1.0], [2.0]], "b": [0.5], "t": [[1.0], [0.0]]}
    told = {one.name: plain(one.hints[0].text) for one in graded(program, values, "").missing}
    assert told["dh"] == "h is used once, in − in d. What is subtracted receives the gradient with the opposite sign."
    assert told["db"].endswith("b was copied to fit, so the messages of its copies are added.")
    assert "copied" not in told["dW"]
    assert told["dW"].startswith("W is used once, in @ in h. In a matrix product,")
    assert told["dd"].startswith("d is used 2 times: in × in L.")
    assert told["dL"] == "L is the output: the backward pass begins here."


def aliased(run):
    """Whether a name was given to a value that has another: emitted code and the reader then differ in who is meant."""
    program = run.structure.program
    return any(program.nodes[i].name != name for name, i in program.names.items())


def emitted(run):
    """The lines of the backward pass as the engine writes them."""
    code = emit_numpy(run)
    text = code.source.split("\n")
    return [text[line.line - 1] for line in code.lines if line.passes == "backward"]


def random_runs():
    for seed in range(25):
        rng = np.random.default_rng(seed)
        source = random_network(random.Random(seed))
        values = {f"x{i}": rng.normal(size=3) for i in range(3)}
        yield source, compile_program(source, values, ignore_unknown=True).run()
    for seed in range(60):
        source = random_program(random.Random(seed))
        try:
            run = trace(source)
        except EngineError:
            continue
        if not aliased(run) and not _rebound(run):
            yield source, run


def _rebound(run):
    """Whether a name of the graph stands for another value at the end of the text, which the output does not need: what
    the engine writes knows no such value, and calls the first one by that name."""
    program, graph = run.structure.program, run.structure.schedule.graph
    last = {name: i for name, i in program.names.items() if run.structure.schedule.index.get(i) not in graph}
    return any(node.name in last for node in run.structure.nodes)


def test_the_engines_own_backward_pass_is_right():
    seen = 0
    for source, run in random_runs():
        lines = emitted(run)
        told = grade_backward(run, "\n".join(lines), source)
        for line in told.lines:
            assert line.error is None, (source, lines[line.line - 1], line.error)
            assert line.agrees is True, (source, lines[line.line - 1], line)
            seen += 1
    assert seen > 800


@pytest.mark.parametrize(
    "backward",
    [
        "dy = " + "(" * 5000,
        "dy = " + "-" * 9000 + "1",
        "\n".join(["dy = 9**9**9**9"] * 20),
        "dy = np.zeros((100000, 100000))",
        "def f(x):\n    return f(x)\ndy = f(1)",
        "((((\n" * 100,
        "\x00",
        "dу = 1",
        "def f(:\n  dy = 1\n\tdy = 2",
        "dy = 'a'\ndy = print\ndy = None\ndy: float\ndy = [1, 2]\ndy = x.shape",
        "np = 3\nrelu = 2\ndy = np",
    ],
)
def test_hostile_lines_end_in_errors(backward):
    told = graded(NET, AWAKE, backward)
    assert told.done <= 1


def test_limits_hold_for_all_lines_together():
    limits = Limits(total_elements=4_000, source_characters=20_000)
    run = compile_program("y = np.sum(x)", {"x": np.ones(1000)}, limits=limits).run()
    told = grade_backward(run, "dx = np.ones(1000)\n" * 40)
    assert told.lines[0].agrees is True
    assert "writes out more than 4,000 elements" in told.lines[-1].error.message
    assert sum(np.size(line.value) for line in told.lines if line.value is not None) <= 16_000
    with pytest.raises(LimitError, match="40 lines; at most 30"):
        grade_backward(run, "dx = 1\n" * 39, most=30)
    with pytest.raises(LimitError, match="characters"):
        grade_backward(run, "#" * 20_001)
    with pytest.raises(LimitError, match="more than 500 statements"):
        grade_backward(run, "dx = 1;" * 2000)


def test_zeros_with_something_in_place():
    program = "a = x[0, 1:] * w\ny = np.sum(a * a)"
    values = {"x": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "w": 0.5}
    before = "dy = 1\nda = 2 * a\n"
    for line in (
        "dx = place(da * w, np.s_[0, 1:], (2, 3))",
        "dx = place(place(da * w, np.s_[1:], (3,)), np.s_[0], x.shape) * 1.0",
        "dx = place(da * w, np.s_[0, -2:], x.shape) + 0 * place(w, np.s_[0, 0], x.shape)",
    ):
        assert [one.agrees for one in graded(program, values, before + line).lines] == [True, True, True], line
    for line, message in (
        ("dx = place(da, np.s_[0], (2, 3))", "does not fit"),
        ("dx = place(da, np.s_[w], (2, 3))", "whole number"),
        ("dx = place(da, np.s_[0, 0, 0], (2, 3))", "too many indices"),
        ("dx = place(da, np.s_[0], (99999, 99999))", "elements"),
        ("dx = place(q, np.s_[0], (2, 3))", "q is not a value"),
        ("dx = place(da)", "place needs"),
    ):
        error = graded(program, values, before + line).lines[-1].error
        assert message in error.message
        assert error.line == 3
        assert error.hint


def test_values_that_are_called_like_functions():
    program = "exp = 2.0\nrelu = 3.0\ny = exp * relu"
    assert graded(program, {}, "dy = 1\ndexp = dy * relu\ndrelu = dy * exp").done == 3


def test_the_short_forms_of_slopes_are_right_as_well():
    program = "s = sigmoid(x)\nt = tanh(s)\nL = s * t"
    for slopes in (
        ("s * (1 - s)", "1 - t * t"),
        ("s - s ** 2", "1 - t ** 2"),
        ("s / (1 + np.exp(x))", "1 / np.cosh(s) ** 2"),
    ):
        backward = f"dL = 1\ndt = dL * s\nds = dL * t + dt * ({slopes[1]})\ndx = ds * ({slopes[0]})"
        for x in (0.7, -3.0, 20.0):
            assert all(line.agrees for line in graded(program, {"x": x}, backward).lines)


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("t = 2.0\ny = t * 3", "dt = 0.01"),
        ("t = 2.0\ny = t * 3", "h = 1e-5\ndt = h * 2"),
        ("ata = 2.0\ny = ata * 3", "data = 4"),
        ("ata = 2.0\ny = ata * 3", "data = np.array([1.0, 2.0])"),
        ("epth = 2.0\ny = epth * 3", "depth = 5"),
        ("elta = 2.0\ny = elta * 3", "delta = 1e-5"),
        ("x = np.array([1.0, 2.0])\ny = np.sum(x * 3)", "dx = 0.1"),
        ("x = 2.0\nt = 1.0\nu = t * 2\ny = x * 3", "dt = 0.01"),
    ],
)
def test_a_constant_is_no_gradient(program, line):
    told = graded(program, {}, f"dy = 1\n{line}").lines[-1]
    assert (told.target, told.agrees, told.slip, told.error, told.hints) == (None, None, None, None, ())
    assert "does not depend on the program" in told.note
    # In the program itself, too.
    assert [each.name for each in trace(f"{program}\ndy = 1\n{line}", output="y").manual] == ["dy"]


def test_a_constant_that_is_no_gradient_leaves_the_gradient_to_write():
    told = graded("t = 2.0\ny = t * 3", {}, "dy = 1\ndt = 0.01")
    assert [one.name for one in told.missing] == ["dt"]
    told = graded("t = 2.0\ny = t * 3", {}, "dy = 1\ndt = 0.01\ndt = 3 * dy")
    assert (told.lines[-1].agrees, told.missing) == (True, ())


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("dy = -1", False),
        ("dx = 3", True),
        ("dx = dy * 4", False),
        ("dx = y", False),
        ("dx = 0\ndx += 4 * dy", False),
        ("dx = 0\ndx += 3 * dy", True),
    ],
)
def test_what_may_be_a_gradient_is_graded(line, right):
    assert graded("x = 2.0\ny = x * 3", {}, f"dy = 1\n{line}").lines[-1].agrees is right


LOOPED = "def f(x):\n    for i in range(900):\n        x = x * 1.01 + x * x\n    return x\ny = f(x) * 2"


@pytest.mark.parametrize(
    ("program", "values", "detail"),
    [
        ("y = np.sum(A) * 2", {"A": np.ones((40, 40))}, "scalar"),
        (
            "def f(x):\n    for i in range(900):\n        x = x * 1.01 + x * x\n    return x\ny = f(x) * 2",
            {"x": 1e-4},
            "tensor",
        ),
    ],
)
def test_hints_for_a_long_chain_without_names(program, values, detail):
    run = compile_program(program, values, detail=detail).run()
    lines = [missing.hints[-1].code for missing in grade_backward(run, "dq = 1", program).missing if missing.hints]
    assert lines
    assert max(len(part) for line in lines for part in line.split("\n")) < 120
