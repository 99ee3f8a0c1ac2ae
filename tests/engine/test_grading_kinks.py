"""At a kink every slope between both sides is right; what lies outside is wrong, and all lines take one side."""

import numpy as np
import pytest

from app.engine import trace
from app.engine.assess.grading import grade_backward, judge
from tests.engine.kinked import Kinked

RELU = ("y = np.sum(relu(x))", {"x": [0.0, 1.0, -1.0, 0.0]})
LOWER = ("y = np.sum(np.maximum(0, z) * 3)", {"z": [0.0, 2.0]})
PAIR = ("y = np.sum(maximum(x, w))", {"x": [1.0, 2.0], "w": [1.0, 0.0]})
LEAST = ("y = np.sum(minimum(x, w))", {"x": [1.0, 2.0], "w": [1.0, 0.0]})
CLIP = ("y = np.sum(np.clip(x, -1, 1))", {"x": [-1.0, 0.0, 1.0, 2.0]})
BOUNDS = ("y = clip(x, a, b)", {"x": 2.0, "a": 1.0, "b": 2.0})
ABS = ("y = np.sum(np.abs(x))", {"x": [0.0, 2.0]})
ROWS = ("m = np.max(A, axis=1)\ny = np.sum(m * c)", {"A": [[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]], "c": [5.0, 7.0]})
KEPT = ("m = np.min(A, axis=0, keepdims=True)\ny = np.sum(m)", {"A": [[1.0, 3.0], [1.0, 2.0]]})
LEAKY = ("y = leaky_relu(x, slope=0.1)", {"x": 0.0})
ELU = ("y = elu(x, alpha=2.0)", {"x": 0.0})
HINGE = ("margin = t * x\nloss = maximum(0, 1 - margin)", {"t": 1.0, "x": 1.0})
WHERE = ("y = np.sum(np.where(x > w, x, w))", {"x": [1.0, 2.0], "w": [1.0, 0.0]})
MASKED = ("m = x > 0\ny = np.sum(x * m * 2)", {"x": [0.0, 1.0, -1.0]})
JUMP = ("y = np.where(x > 0, x + 1, 3 * x)", {"x": 0.0})
NET = (
    "z = x @ W\na = relu(z)\ny = np.sum(a * c)",
    {"x": [[1.0, 1.0], [1.0, -1.0]], "W": [[1.0, 1.0], [-1.0, 1.0]], "c": [[1.0, 2.0], [3.0, 4.0]]},
)
DEEP = ("a = relu(x * 2)\nb = relu(a)\ny = b * 3", {"x": 0.0})
SQUARES = ("d = abs(x - t)\ny = np.sum(d * d) + np.sum(d)", {"x": [1.0, 2.0], "t": [1.0, 5.0]})

ALL, NONE = True, False
# the program, the lines, and of each line after `dy = 1` whether it is right
TABLE = [
    (RELU, "dx = dy * (x >= 0)", [ALL]),
    (RELU, "dx = dy * (x > 0)", [ALL]),
    (RELU, "dx = dy * ((x > 0) * 1.0 + (x >= 0)) / 2", [ALL]),
    (RELU, "dx = np.array([1.0, 1, 0, 0])", [ALL]),
    (RELU, "dx = np.array([1.0, 1, 0, 1.1])", [NONE]),
    (RELU, "dx = dy * (x >= -1)", [NONE]),
    (RELU, "dx = -dy * (x >= 0)", [NONE]),
    (LOWER, "dz = 3 * (z > 0)", [ALL]),
    (LOWER, "dz = 3 * (z >= 0)", [ALL]),
    (LOWER, "dz = 4 * (z >= 0)", [NONE]),
    (PAIR, "dx = dy * (x >= w)\ndw = dy * (w > x)", [ALL, ALL]),
    (PAIR, "dx = dy * (x > w)\ndw = dy * (w >= x)", [ALL, ALL]),
    (PAIR, "dw = dy * (w > x)\ndx = dy * (x >= w)", [ALL, ALL]),
    (PAIR, "dx = np.array([0.25, 1])\ndw = np.array([0.75, 0])", [ALL, ALL]),
    # Together they would hand on twice what arrives.
    (PAIR, "dx = dy * (x >= w)\ndw = dy * (w >= x)", [ALL, NONE]),
    (PAIR, "dx = dy * (x > w)\ndw = dy * (w > x)", [ALL, NONE]),
    (LEAST, "dx = dy * (x <= w)\ndw = dy * (w < x)", [ALL, ALL]),
    (LEAST, "dx = dy * (x < w)\ndw = dy * (w <= x)", [ALL, ALL]),
    (CLIP, "dx = dy * (x > -1) * (x < 1)", [ALL]),
    (CLIP, "dx = dy * (x >= -1) * (x <= 1)", [ALL]),
    (CLIP, "dx = dy * (x >= -1) * (x < 1)", [ALL]),
    (CLIP, "dx = dy * (x >= -1)", [NONE]),
    (BOUNDS, "dx = 0\ndb = dy", [ALL, ALL]),
    (BOUNDS, "dx = dy\ndb = 0", [ALL, ALL]),
    (BOUNDS, "da = dy * 1", [NONE]),
    (ABS, "dx = dy * np.where(x >= 0, 1, -1)", [ALL]),
    (ABS, "dx = dy * np.where(x > 0, 1, -1)", [ALL]),
    (ABS, "dx = dy * np.sign(x)", [ALL]),
    (ABS, "dx = dy * np.where(x > 0, 1, -1.5)", [NONE]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * np.array([[0.0, 1, 0], [1, 0, 0]])", [ALL, ALL]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * np.array([[0.0, 0, 1], [0, 0, 1]])", [ALL, ALL]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * np.array([[0.0, 1, 0], [0, 0, 1]])", [ALL, ALL]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * np.array([[0.0, 0.2, 0.8], [0.5, 0.5, 0]])", [ALL, ALL]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * (A == m.reshape(2, 1))", [ALL, NONE]),
    (ROWS, "dm = dy * c\ndA = dm.reshape(2, 1) * np.array([[1.0, 0, 0], [1, 0, 0]])", [ALL, NONE]),
    (KEPT, "dm = np.ones((1, 2))\ndA = dm * np.array([[1.0, 0], [0, 1]])", [ALL, ALL]),
    (KEPT, "dm = np.ones((1, 2))\ndA = dm * np.array([[0.0, 0], [1, 1]])", [ALL, ALL]),
    (KEPT, "dm = np.ones((1, 2))\ndA = dm * np.array([[1.0, 1], [0, 0]])", [ALL, NONE]),
    (LEAKY, "dx = dy * np.where(x >= 0, 1, 0.1)", [ALL]),
    (LEAKY, "dx = dy * np.where(x > 0, 1, 0.1)", [ALL]),
    (LEAKY, "dx = dy * np.where(x > 0, 1, 0)", [NONE]),
    (ELU, "dx = dy * np.where(x >= 0, 1, y + 2)", [ALL]),
    (ELU, "dx = dy * np.where(x > 0, 1, y + 2)", [ALL]),
    (ELU, "dx = dy * np.where(x > 0, 1, y + 3)", [NONE]),
    (HINGE, "dloss = 1\ndmargin = -dloss * (1 - margin > 0)\ndx = dmargin * t", [ALL, ALL, ALL]),
    (HINGE, "dloss = 1\ndmargin = -dloss * (1 - margin >= 0)\ndx = dmargin * t", [ALL, ALL, ALL]),
    (HINGE, "dloss = 1\ndmargin = dloss * (1 - margin >= 0)\ndx = dmargin * t", [ALL, NONE, NONE]),
    (WHERE, "dx = dy * (x > w)\ndw = dy * (w >= x)", [ALL, ALL]),
    (WHERE, "dx = dy * (x >= w)\ndw = dy * (w > x)", [ALL, ALL]),
    (WHERE, "dx = np.array([1.5, 1])", [NONE]),
    (MASKED, "dx = 2 * (x > 0)", [ALL]),
    (MASKED, "dx = 2 * (x >= 0)", [ALL]),
    (MASKED, "dx = 2 * (x > -2)", [NONE]),
    # Where the program jumps, the branch that was taken is the only one.
    (JUMP, "dx = dy * np.where(x > 0, 1, 3)", [ALL]),
    (JUMP, "dx = dy * np.where(x >= 0, 1, 3)", [NONE]),
    (NET, "da = dy * c\ndz = da * (z >= 0)\ndW = x.T @ dz\ndx = dz @ W.T", [ALL, ALL, ALL, ALL]),
    (NET, "dW = x.T @ (c * (z >= 0))\ndx = (c * (z >= 0)) @ W.T", [ALL, ALL]),
    (NET, "dz = c * np.array([[0.3, 1], [1, 0.7]])\ndW = x.T @ dz\ndx = dz @ W.T", [ALL, ALL, ALL]),
    (NET, "dz = c * (z >= 0)\ndW = 2 * x.T @ dz\ndx = dz @ W.T", [ALL, NONE, ALL]),
    # What was taken once is taken in every line.
    (NET, "dz = c * (z >= 0)\ndW = x.T @ (c * (z > 0))", [ALL, NONE]),
    (DEEP, "db = 3 * dy\nda = db * (a >= 0)\ndx = da * 2 * (x >= 0)", [ALL, ALL, ALL]),
    (DEEP, "dx = 6 * (x >= 0)", [ALL]),
    (DEEP, "dx = 6.5 * (x >= 0)", [NONE]),
    (SQUARES, "dd = 2 * d + 1\ndx = dd * np.where(x >= t, 1, -1)\ndt = -dx", [ALL, ALL, ALL]),
]


@pytest.mark.parametrize(("case", "lines", "right"), TABLE, ids=[row[1].replace("\n", "; ") for row in TABLE])
def test_every_side_of_a_kink_is_right_and_nothing_beyond(case, lines, right):
    program, values = case
    first = "" if "dloss" in lines else "dy = 1\n"
    told = grade_backward(trace(program, values), first + lines, program).lines
    assert [line.error for line in told] == [None] * len(told)
    assert [line.agrees for line in told[1 if first else 0 :]] == right


@pytest.mark.parametrize(("case", "lines", "right"), TABLE, ids=[row[1].replace("\n", "; ") for row in TABLE])
def test_a_right_line_says_where_its_number_is_another_one(case, lines, right):
    program, values = case
    first = "" if "dloss" in lines else "dy = 1\n"
    for line in grade_backward(trace(program, values), first + lines, program).lines:
        same = line.adjoint is not None and np.allclose(line.value, line.adjoint)
        assert line.convention == (line.agrees is True and not same)
        if line.convention:
            assert line.note.startswith(
                ("Right, by another convention at the kink of ", "Right, with the side of the kink")
            )
            assert line.slip is None


def test_a_line_that_fits_no_line_above_says_so():
    told = grade_backward(trace(*PAIR), "dy = 1\ndx = dy * (x >= w)\ndw = dy * (w >= x)").lines
    assert told[2].note == (
        "Taken alone, this is right at the kink of max in y, but the lines above take another side of it. "
        "All lines must take the same side."
    )
    assert told[2].slip is None


def test_a_program_s_own_lines_may_take_another_side():
    source = "x = 0.0\nz = 2 * x\ny = relu(z)\ndy = 1\ndz = dy * (z >= 0)\ndx = 2 * dz"
    told = trace(source).manual
    assert [(line.name, line.agrees) for line in told] == [("dy", True), ("dz", True), ("dx", True)]
    assert "Another convention at a kink" in told[1].note
    source = "x = 1.0\nw = 1.0\ny = maximum(x, w)\ndy = 1\ndx = dy * (x >= w)\ndw = dy * (w >= x)"
    told = trace(source).manual
    assert [line.agrees for line in told] == [True, True, False]
    assert "take another side" in told[2].note


@pytest.mark.parametrize(
    ("program", "values", "node", "guess", "index", "right"),
    [
        ("y = maximum(x, 0)", {"x": 0.0}, "x", 0.0, None, True),
        ("y = maximum(x, 0)", {"x": 0.0}, "x", 1.0, None, True),
        ("y = maximum(x, 0)", {"x": 0.0}, "x", 0.5, None, True),
        ("y = maximum(x, 0)", {"x": 0.0}, "x", 1.1, None, False),
        ("y = maximum(x, 0)", {"x": 0.0}, "x", -0.1, None, False),
        ("y = np.sum(relu(x) * 3)", {"x": [0.0, 1.0]}, "x", 3.0, (0,), True),
        ("y = np.sum(relu(x) * 3)", {"x": [0.0, 1.0]}, "x", 0.0, (1,), False),
        ("y = np.sum(relu(x) * 3)", {"x": [0.0, 1.0]}, "x", [3.0, 3.0], None, True),
        ("y = np.max(x)", {"x": [2.0, 2.0, 2.0]}, "x", 1.0, (1,), True),
        ("y = np.max(x)", {"x": [2.0, 2.0, 2.0]}, "x", [0.0, 1.0, 0.0], None, True),
        ("y = np.max(x)", {"x": [2.0, 2.0, 2.0]}, "x", [1.0, 1.0, 1.0], None, False),
        ("y = np.max(x)", {"x": [2.0, 2.0, 1.0]}, "x", 1.0, (2,), False),
    ],
)
def test_a_guess_at_a_kink(program, values, node, guess, index, right):
    told = judge(trace(program, values), node, guess, index)
    assert told.agrees is right
    own = judge(trace(program, values), node, guess, index, relative=0.0)
    assert own.convention is (told.note is not None)


def test_several_scalars_that_are_the_largest():
    run = trace("y = np.max(x)", {"x": [2.0, 2.0, 2.0]}, detail="scalar")
    assert judge(run, "x[1]", 1.0).agrees
    assert judge(run, "x[1]", 0.0).agrees
    assert not judge(run, "x[1]", 1.2).agrees


@pytest.mark.parametrize("seed", range(40))
def test_another_convention_is_never_wrong_and_what_lies_outside_never_right(seed):
    made = Kinked(seed)
    run = trace(made.source)
    told = grade_backward(run, made.backward(), made.source).lines
    assert [(line.name, line.agrees) for line in told] == [("dy", True), *((f"d{name}", True) for name in made.order)]
    name = made.order[seed % len(made.order)]
    for beyond in (made.high[name] + 0.5 * np.eye(3)[seed % 3], made.low[name] - 0.5 * np.eye(3)[seed % 3]):
        lines = grade_backward(run, made.backward(name, beyond), made.source).lines
        assert [line.agrees for line in lines if line.name == f"d{name}"] == [False]


def test_the_random_programs_do_stand_on_kinks():
    lines = [
        line
        for made in map(Kinked, range(12))
        for line in grade_backward(trace(made.source), made.backward(), made.source).lines
    ]
    assert sum(line.convention for line in lines) > 8


def test_many_kinks_are_answered():
    program = "z = X * w\na = relu(z)\ny = np.sum(a @ V)"
    values = {"X": np.ones((40, 40)), "w": 0.0, "V": np.ones((40, 3))}
    before = "dy = 1\nda = np.ones((40, 3)) @ V.T\n"
    told = grade_backward(trace(program, values), before + "dz = da * (z >= 0)\ndw = np.sum(dz * X)").lines
    assert [line.agrees for line in told] == [True] * 4
    told = grade_backward(trace(program, values), before + "dz = 2 * da * (z >= 0)\n" * 100).lines
    assert [line.agrees for line in told] == [True, True] + [False] * 100


def test_infinity_times_zero_is_told_as_that():
    told = grade_backward(
        trace("a = log(x[0])\ny = a", {"x": [0.0, 1.0]}),
        "dy = 1\nda = dy\nu = da / x[0]\ndx = u * np.array([1.0, 0.0])",
    ).lines
    assert told[3].agrees is False
    assert "an infinite gradient times 0 is nan" in told[3].note
    assert told[3].slip is None
    # Where the other numbers are wrong, too, that is what matters.
    told = grade_backward(
        trace("a = log(x[0])\ny = a", {"x": [0.0, 1.0]}), "dy = 1\nu = dy / x[0]\ndx = -u * np.array([1.0, 0.0])"
    ).lines
    assert told[2].agrees is False
    assert told[2].note is None


@pytest.mark.parametrize("function", ["elu(x)", "leaky_relu(x, slope=1)", "np.maximum(x, x)", "clip(x, 1, 1)"])
def test_what_may_have_a_kink_and_has_none_is_graded(function):
    """A parameter, or one value given twice, may leave no corner."""
    program = f"x = 0.0\ne = {function}\ny = e + x"
    told = grade_backward(trace(program), "dy = 1\nde = 1.2345 * dy", program)
    assert [line.agrees for line in told.lines] == [True, False]
