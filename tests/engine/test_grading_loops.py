"""Loops in a backward pass: written out, each line graded in every turn."""

import time

import numpy as np
import pytest

from app.engine import EngineError, Limits, trace
from app.engine.assess.grading import grade_backward

RNG = np.random.default_rng(4)
RNN = """h = h0
for t in range(3):
    z = W @ h + U @ x[t]
    h = np.tanh(z)
loss = np.sum(h * h)
"""
RNN_VALUES = {
    "h0": RNG.normal(size=2), "W": RNG.normal(size=(2, 2)), "U": RNG.normal(size=(2, 3)), "x": RNG.normal(size=(3, 3)),
}  # fmt: skip
# What was before is computed once more, since the program keeps no list.
STATES = """h1 = np.tanh(W @ h0 + U @ x[0])
h2 = np.tanh(W @ h1 + U @ x[1])
hs = [h0, h1, h2, h]
"""
BACK = """dloss = 1
dW = np.zeros((2, 2))
dU = np.zeros((2, 3))
dh = 2 * h
for t in reversed(range(3)):
    dz = dh * (1 - hs[t + 1] ** 2)
    dW += dz.reshape(-1, 1) * hs[t]
    dU += dz.reshape(-1, 1) * x[t]
    dh = W.T @ dz
dh0 = dh
"""
LAYERS = "a0 = x\na1 = tanh(W1 @ a0)\na2 = tanh(W2 @ a1)\nWs = [W1, W2]\nacts = [a0, a1, a2]\ny = np.sum(a2)"
LAYERS_VALUES = {"x": RNG.normal(size=2), "W1": RNG.normal(size=(2, 2)), "W2": RNG.normal(size=(2, 2))}


def graded(program, values, backward, **more):
    return grade_backward(trace(program, values), backward, program, **more)


def verdicts(told, name):
    return [(line.turn, line.target, line.agrees) for line in told.lines if line.name == name]


def test_a_recurrent_network_backwards_through_time():
    told = graded(RNN, RNN_VALUES, STATES + BACK)
    assert [line.error for line in told.lines if line.error] == []
    assert verdicts(told, "dz") == [("t = 2", "z#3", True), ("t = 1", "z#2", True), ("t = 0", "z", True)]
    # The value that h had first is h0, which has a name of its own.
    assert verdicts(told, "dh") == [
        ("", "h#4", True), ("t = 2", "h#3", True), ("t = 1", "h#2", True), ("t = 0", None, None),
    ]  # fmt: skip
    assert verdicts(told, "dW") == [("", "W", None), ("t = 2", "W", None), ("t = 1", "W", None), ("t = 0", "W", True)]
    assert verdicts(told, "dh0") == [("", "h0", True)]
    assert told.done == told.wanted == 10
    left_over = [line.note for line in told.lines if line.name == "dh"][-1]
    assert "gives h 3 values" in left_over


def test_a_mistake_is_told_in_its_turn_and_what_follows_follows():
    wrong = BACK.replace("dz = dh * (1 - hs[t + 1] ** 2)", "dz = dh * (1 - hs[t] ** 2)")
    told = graded(RNN, RNN_VALUES, STATES + wrong)
    first, *others = [line for line in told.lines if line.name == "dz"]
    assert (first.agrees, first.turn, first.line, first.follows) == (False, "t = 2", 9, ())
    assert all(line.agrees is False for line in others)
    after = next(line for line in told.lines if line.name == "dh" and line.turn == "t = 2")
    assert (after.agrees, after.follows) == (False, ("dz",))


def test_a_gradient_that_takes_the_place_of_one_is_told_so():
    told = graded(RNN, RNN_VALUES, STATES + BACK.replace("dU += dz", "dU = dz"))
    *_, last = [line for line in told.lines if line.name == "dU"]
    assert last.agrees is False
    assert last.note == "dU has a value from line 11 (t = 1), which this line replaces. To add to it, write dU += ..."
    told = graded("y = x * x", {"x": 3.0}, "dy = 1\ndx = dy * x\ndx = dy * x")
    assert told.lines[-1].note == "dx has a value from line 2, which this line replaces. To add to it, write dx += ..."


def test_lists_of_the_program_are_there():
    backward = "dy = 1\nda2 = np.ones((2,))\nfor W in [W2]:\n    da1 = W.T @ (da2 * (1 - acts[2] ** 2))\n"
    told = graded(
        LAYERS, LAYERS_VALUES, backward + "for W in Ws:\n    s = np.sum(W)\nfor i in range(len(Ws)):\n    q = Ws[i]"
    )
    assert [line.error for line in told.lines if line.error] == []
    assert verdicts(told, "da1") == [("W = W2", "a1", True)]
    assert verdicts(told, "s") == [("W = W1", None, None), ("W = W2", None, None)]
    np.testing.assert_array_equal(told.lines[-1].value, LAYERS_VALUES["W2"])


def test_a_list_keeps_what_its_names_stood_for():
    program = "c = x * 2\ncs = [c, x]\nc = c * 3\ny = c * c"
    told = graded(program, {"x": 1.5}, "dx = 12 * cs[0] * 3")
    assert (told.lines[0].agrees, told.lines[0].chance) == (True, False)


@pytest.mark.parametrize(
    "head",
    ["for i in range(3):", "for i in range(2, -1, -1):", "for i in reversed(range(n)):", "for i in range(len(v)):",
     "for i in range(M.shape[0] + 1):", "for i in [0, 1, 2]:", "for i in (2, 1, 0):"],
)  # fmt: skip
def test_what_a_loop_may_run_over(head):
    told = graded(
        "n = 3\ny = np.sum(v * v) + np.sum(M) * n",
        {"v": [1.0, 2.0, 3.0], "M": np.ones((2, 2))},
        f"dn = 0\n{head}\n    u = v[i]",
    )
    assert sorted(line.value for line in told.lines[1:]) == [1.0, 2.0, 3.0]


def test_loops_within_loops():
    backward = "dy = 1\ndx = 0\nfor i in range(2):\n    for j in range(3):\n        dx += dy * (i + j)\n    k = i"
    told = graded("y = 9 * x", {"x": 1.0}, backward)
    *_, last = [line for line in told.lines if line.name == "dx"]
    assert (last.agrees, last.value, last.turn) == (True, 9.0, "i = 1, j = 2")
    assert [line.turn for line in told.lines if line.name == "k"] == ["i = 0", "i = 1"]


def test_an_index_of_place_may_be_that_of_a_loop():
    backward = "dy = 1\ndx = np.zeros((3,))\nfor i in range(3):\n    dx += place(2 * x[i], np.s_[i], x.shape)"
    told = graded("y = np.sum(x * x)", {"x": [1.0, -2.0, 3.0]}, backward)
    assert (told.lines[-1].agrees, told.lines[-1].error) == (True, None)


REFUSED = {
    "names": ("for i, j in range(2):\n    dx = i", "cannot be unpacked"),
    "values": ("for i in range(x):\n    dx = i", "whole number"),
    "nothing like it": ("for i in x:\n    dx = i", "a number"),
    "a string": ("for i in 'abc':\n    dx = i", "dx is a string here"),
    "no step": ("for i in range(1, 9, 0):\n    dx = i", "cannot step by 0"),
    "too many turns": ("for i in range(501):\n    dx = i", "more than 500 statements"),
    "far too many": ("for i in range(10 ** 9):\n    dx = i", "1,000,000,000 times"),
    "backwards from afar": ("for i in reversed(range(-1000000000, 1000000000)):\n    dx = i", "2,000,000,000 times"),
    "within one another": (
        "for i in range(400):\n    for j in range(400):\n        dx = i",
        "more than 500 statements",
    ),
    "without end": ("while True:\n    dx = w", "more than 500 statements"),
    "wrong without end": ("while True:\n    dx = nothing", "more than 500 statements"),
    "elements": ("for i in range(2):\n    dx[i] = 1", "dx is not known yet"),
    "the end of a list": ("for i in range(2):\n    dx = [w][i]", "outside the list"),
    "syntax": ("for i in range(2):\n    dx = = 1\n    q = 2", "invalid syntax"),
    "unknown": ("for i in range(3):\n    dx = nothing * i", "nothing is not a value"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_graded_says_why_once(text, message):
    start = time.thread_time()
    told = graded("y = x * w", {"x": 2.5, "w": 1.0}, f"dy = 1\n{text}\ndw = x")
    errors = [line.error for line in told.lines if line.error is not None]
    assert message in errors[0].message
    names = [(line.name, line.line) for line in told.lines if line.error is not None]
    assert len(names) == len(set(names)), "once for each name"
    assert errors[0].line >= 2
    assert errors[0].hint
    # The lines around are graded all the same.
    assert [line.agrees for line in told.lines if line.name in ("dy", "dw")] == [True, True]
    assert time.thread_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(10):\n    pass",
        "for i in range(500):\n    print(i)",
        "for i in range(0):\n    dx = i",
        "for i in []:\n    dx = i",
    ],
)
def test_loops_that_do_nothing_are_nothing(text):
    told = graded("y = x * 2", {"x": 1.0}, f"{text}\ndx = 2")
    assert [(line.name, line.agrees) for line in told.lines] == [("dx", True)]


def test_turns_count_as_statements():
    told = graded("y = x * 2", {"x": 1.0}, "for i in range(60):\n    a = i\n    b = i\ndx = 2", most=100)
    assert [line.name for line in told.lines] == ["a", "b", "dx"]
    assert "more than 100 statements" in told.lines[0].error.message
    assert told.lines[-1].agrees is True
    with pytest.raises(EngineError, match="more than 100 statements"):
        graded("y = x * 2", {"x": 1.0}, "a = 1;" * 101, most=100)


def test_a_loop_with_too_many_turns_leaves_the_lines_below_as_they_are():
    told = graded("y = x * w", {"x": 2.0, "w": 3.0}, "for i in range(600):\n    a = i\ndx = 3.0\ndw = dx - 1")
    assert [(line.name, line.agrees) for line in told.lines] == [("a", None), ("dx", True), ("dw", True)]


def test_much_work_in_many_turns_ends():
    run = trace("y = np.sum(X @ X)", {"X": RNG.normal(size=(30, 30))}, limits=Limits(multiplications=1_000_000))
    told = grade_backward(run, "dy = 1\nfor i in range(400):\n    dX = X @ X @ X @ X\n")
    assert any("more than 1,000,000 multiplications" in line.error.message for line in told.lines if line.error)


def test_what_never_ends_is_refused():
    told = graded("y = x * w", {"x": 2.0, "w": 3.0}, "dy = 1\nwhile True:\n    pass\ndx = w")
    assert [line.agrees for line in told.lines] == [True, None, True]
    assert "nothing in this loop ends it" in told.lines[1].error.message


def test_a_list_is_no_gradient():
    told = graded("y = a * b", {"a": 1.0, "b": 2.0}, "da = [a, b]")
    assert "da is a list" in told.lines[0].error.message


def test_a_chain_through_one_name_is_a_gradient_in_each_turn():
    program = "y = x\nfor i in range(3):\n    y = y * y"
    backward = "dy = 1\nfor k in reversed(range(3)):\n    dy = dy * 2 * x ** (2 ** k)\ndx = dy"
    told = graded(program, {"x": 1.1}, backward)
    assert verdicts(told, "dy") == [
        ("", "y#4", True), ("k = 2", "y#3", True), ("k = 1", "y#2", True), ("k = 0", None, None),
    ]  # fmt: skip
    assert told.done == told.wanted == 4
    # A sum is one gradient, however many lines it takes.
    told = graded(
        "c = x * 2\nc = c * c + c\ny = c", {"x": 1.5}, "dc = 1\nb = 3.0\ndc = dc * (2 * b)\ndc += 1\ndx = 2 * dc"
    )
    assert [(line.target, line.agrees) for line in told.lines if line.name == "dc"] == [
        ("c#2", True), ("c", None), ("c", True),
    ]  # fmt: skip


HEAVY = {
    "a long item": "for i in [" + ", ".join(["(" + " + ".join(["x"] * 900) + ")"] * 90) + "]:\n    a = i",
    "a long line": "for i in range(240):\n    dx = " + " + ".join(["x"] * 900),
    "a long comment": "for i in range(400):\n    dx = w #" + "c" * 200_000,
    "a line of several in a long text": "for i in range(490):\n    # " + "c" * 300_000 + "\n    dx = (w\n        + 0)",
    "a long function": "def f(u):\n" + f"    a = u + {' + '.join(['u'] * 900)}\n" * 40 + "    return u\n"
    + "for i in range(400):\n    dx = f(i)",
    "a bound that never ends": "for i in range(" + "+".join(["1"] * 900) + "):\n    dx = w",
    "signs": "for i in range(" + "-" * 50 + "1):\n    dx = w",
    "a long list": "for i in [" + ",".join(["1"] * 100_000) + "]:\n    dx = w",
    "loops within loops": "".join(" " * d + f"for i{d} in range(2):\n" for d in range(30)) + " " * 30 + "dx = w",
}  # fmt: skip


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_loop_keeps_anybody_waiting(text):
    start = time.thread_time()
    graded("y = x * w", {"x": 2.0, "w": 3.0}, text)
    assert time.thread_time() - start < 10


def test_a_name_of_a_loop_may_be_assigned_in_it():
    told = graded(
        "y = x * w", {"x": 2.0, "w": 3.0}, "for i in range(2):\n    for j in range(2):\n        j = 2\n        dx = w"
    )
    assert [line.agrees for line in told.lines if line.name == "dx"] == [True] * 4
