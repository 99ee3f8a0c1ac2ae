"""A backward pass is a program: whatever the language has may stand in it, in the namespace that the program leaves."""

import numpy as np
import pytest

from app.engine import trace
from app.engine.assess.grading import grade_backward

RNG = np.random.default_rng(7)
NET = """def relu(z):
    return np.maximum(z, 0)

def slope(z):
    if z.ndim > 1:
        return (z > 0) * 1.0
    return 1.0 if z > 0 else 0.0

params = {"W1": W1, "W2": W2}
z1 = x @ params["W1"]
a1 = relu(z1)
p = a1 @ params["W2"]
L = np.sum((p - t) ** 2)
"""
VALUES = {
    "x": RNG.normal(size=(5, 2)), "W1": RNG.normal(size=(2, 3)), "W2": RNG.normal(size=(3, 1)), "t": np.zeros((5, 1)),
}  # fmt: skip
HEAD = "dp = 2 * (p - t)\nda1 = dp @ W2.T\n"
DEEP = """Ws = [W1, W2]
acts = [x]
for W in Ws:
    acts.append(np.tanh(acts[-1] @ W))
L = np.sum(acts[-1])
"""
EMBEDDING = "idx = [1, 4, 1]\ne = E[idx]\nh = e @ W\nL = np.sum(h * h)\n"
CLASS = """class Net:
    def __init__(self, W1, W2):
        self.W1, self.W2 = W1, W2

    def forward(self, x):
        self.x = x
        self.h = np.tanh(x @ self.W1)
        return self.h @ self.W2

    def backward(self, dout):
        self.dW2 = self.h.T @ dout
        dh = dout @ self.W2.T
        self.dW1 = self.x.T @ (dh * (1 - self.h ** 2))

net = Net(W1, W2)
p = net.forward(x)
L = np.sum((p - t) ** 2)
"""


def graded(program, values, backward):
    return grade_backward(trace(program, values), backward, program)


def verdicts(told):
    assert [line.error for line in told.lines if line.error] == []
    return {line.name: line.agrees for line in told.lines if line.target}


RIGHT = {
    "a dictionary of gradients": (
        (
            "grads = {}\ngrads['W2'] = a1.T @ dp\ndz1 = da1 * (z1 > 0)\ngrads['W1'] = x.T @ dz1\n"
            "for key, grad in grads.items():\n    print(f'{key}: {np.abs(grad).max():.3f}')"
        ),
        ['grads["W2"]', "dz1", 'grads["W1"]'],
    ),
    "a dictionary at once": (
        "grads = dict(W1=x.T @ (da1 * (z1 > 0)), W2=a1.T @ dp)",
        ['grads["W1"]', 'grads["W2"]'],
    ),
    "other names of gradients": (
        "grad_W2 = a1.T @ dp\nd_z1 = da1 * (z1 > 0)\ndL_dW1 = x.T @ d_z1",
        ["grad_W2", "d_z1", "dL_dW1"],
    ),
    "stores": ("dz1 = np.zeros_like(z1)\ndz1[z1 > 0] = da1[z1 > 0]", ["dz1"]),
    "a store in every turn": (
        "dW2 = np.zeros((3, 1))\nfor i in range(5):\n    for j in range(3):\n        dW2[j, 0] += a1[i, j] * dp[i, 0]",
        ["dW2"],
    ),
    "in place": ("dz1 = da1.copy()\ndz1 *= z1 > 0", ["dz1"]),
    "a helper with an if": ("dz1 = da1 * slope(z1)", ["dz1"]),
    "an if": ("if np.sum(x) > 1e9:\n    dz1 = 0\nelse:\n    dz1 = da1 * (z1 > 0)", ["dz1"]),
    "a while loop": (
        "dW2 = np.zeros_like(W2)\ni = 0\nwhile i < len(x):\n    dW2 += a1[i][:, None] * dp[i]\n    i += 1",
        ["dW2"],
    ),
    "a function that returns several": (
        (
            "def backward(dout, cache):\n    x, a1, z1, W2 = cache\n    dz = dout @ W2.T * (z1 > 0)\n"
            "    return x.T @ dz, a1.T @ dout\n\ndW1, dW2 = backward(dp, (x, a1, z1, W2))"
        ),
        ["dW1", "dW2"],
    ),
    "a comprehension": ("dz1 = np.array([[d * slope(z) for d, z in zip(*r)] for r in zip(da1, z1)])", ["dz1"]),
    "names for all": ("dz1, dW2 = da1 * (z1 > 0), a1.T @ dp", ["dz1", "dW2"]),
}


@pytest.mark.parametrize(("backward", "names"), RIGHT.values(), ids=RIGHT)
def test_what_the_language_has_may_stand_in_a_pass(backward, names):
    told = graded(NET, VALUES, HEAD + backward)
    assert verdicts(told) == {"dp": True, "da1": True} | dict.fromkeys(names, True)
    assert not any(line.chance for line in told.lines)


@pytest.mark.parametrize(("backward", "names"), RIGHT.values(), ids=RIGHT)
def test_what_comes_of_a_wrong_gradient_follows_from_it(backward, names):
    told = graded(NET, VALUES, HEAD.replace("2 *", "6 *") + backward)
    assert set(verdicts(told)) == {"dp", "da1", *names}
    for line in told.lines:
        if line.target is not None and line.agrees is not None:
            assert line.agrees is False
            assert bool(line.follows) is (line.name != "dp"), line.name


def test_a_wrong_gradient_in_a_dictionary_is_named_by_those_that_follow():
    told = graded(NET, VALUES, HEAD + "grads = {}\ngrads['z1'] = -da1 * (z1 > 0)\ngrads['W1'] = x.T @ grads['z1']")
    *_, first, last = told.lines
    assert (first.name, first.target, first.slip.kind) == ('grads["z1"]', "z1", "sign")
    assert (last.agrees, last.follows, last.slip) == (False, ('grads["z1"]',), None)


@pytest.mark.parametrize(
    "loop",
    [
        (
            "for i in reversed(range(len(Ws))):\n    dz = da * (1 - acts[i + 1] ** 2)\n"
            "    dWs.insert(0, acts[i].T @ dz)\n    da = dz @ Ws[i].T"
        ),
        (
            "for W, a, out in zip(Ws[::-1], acts[-2::-1], acts[::-1]):\n    dz = da * (1 - out ** 2)\n"
            "    dWs = [a.T @ dz, *dWs]\n    da = dz @ W.T"
        ),
        (
            "i = len(Ws)\nwhile i:\n    i -= 1\n    dz = da * (1 - acts[i + 1] ** 2)\n"
            "    dWs = [acts[i].T @ dz] + dWs\n    da = dz @ Ws[i].T"
        ),
    ],
)
def test_loops_over_layers(loop):
    values = {name: VALUES[name] for name in ("x", "W1", "W2")}
    told = graded(DEEP, values, f"da = np.ones_like(acts[-1])\ndWs = []\n{loop}\ndW1, dW2 = dWs\ndx = da")
    found = verdicts(told)
    assert (found["dW1"], found["dW2"], found["dx"]) == (True, True, True)


def test_the_turn_of_a_while_loop_is_its_number():
    told = graded("y = x * w", {"x": 2.0, "w": 3.0}, "i = 3\nwhile i > 1:\n    dx = w\n    i = i - 1")
    assert [line.turn for line in told.lines if line.name == "dx"] == ["turn 1", "turn 2"]


def test_what_is_added_at_an_index_that_occurs_twice():
    values = {"E": RNG.normal(size=(6, 3)), "W": RNG.normal(size=(3, 2))}
    before = "dh = 2 * h\nde = dh @ W.T\ndE = np.zeros_like(E)\n"
    right = graded(EMBEDDING, values, before + "np.add.at(dE, idx, de)")
    assert [(line.line, line.agrees) for line in right.lines if line.name == "dE"] == [(3, None), (4, True)]
    wrong = graded(EMBEDDING, values, before + "dE[idx] = de")
    assert [(line.line, line.agrees) for line in wrong.lines if line.name == "dE"] == [(3, None), (4, False)]


def test_a_method_of_the_program():
    told = graded(CLASS, VALUES, "dp = 2 * (p - t)\nnet.backward(dp)\ndW1 = -net.dW1")
    assert [(line.line, line.name, line.target, line.agrees) for line in told.lines] == [
        (1, "dp", "p", True), (2, "net.dW2", "W2", True), (2, "net.dW1", "W1", True), (3, "dW1", "W1", False),
    ]  # fmt: skip
    told = graded(CLASS, VALUES, "dp = p - t\nnet.backward(dp)")
    assert [(line.agrees, line.follows) for line in told.lines] == [(False, ()), (False, ("dp",)), (False, ("dp",))]


def test_two_names_for_one_array():
    told = graded(NET, VALUES, HEAD + "dz1 = da1\ndz1[z1 <= 0] = 0\ndW1 = x.T @ dz1")
    assert verdicts(told) == {"dp": True, "da1": True, "dz1": True, "dW1": True}
    note = next(line.note for line in told.lines if line.name == "da1" and line.line == 4)
    assert "both names mean the same array" in note
    # A second name of a wrong gradient may be right, and the other way round.
    told = graded(
        "y = x + b\nL = np.sum(y * y)", {"x": np.ones((4, 2)), "b": np.ones(2)}, "dy = 2 * y\ndb = dy\ndx = dy"
    )
    assert verdicts(told) == {"dy": True, "db": False, "dx": True}


def test_a_line_that_fails_for_the_shape_of_an_earlier_gradient_follows_from_it():
    told = graded(NET, VALUES, "dp = 2 * (p - t).T\ndW2 = a1.T @ dp\nda1 = W2 @ W2")
    _, second, third = told.lines
    assert (second.target, second.follows, second.agrees) == ("W2", ("dp",), None)
    assert "inner lengths" in second.error.message
    assert (third.follows, third.adjoint) == ((), None)


@pytest.mark.parametrize(
    "backward", ["dy = 1\ndx = w if x > 0 else -w", "dy = 1\nif x > 0:\n    dx = w\nelse:\n    dx = -w"]
)
def test_a_decision_is_taken_anew_at_other_points(backward):
    told = graded("y = abs(x) * w", {"x": 0.1, "w": 3.0}, backward)
    assert [(line.agrees, line.chance) for line in told.lines] == [(True, False)] * 2
    told = graded("y = abs(x) * w", {"x": 0.1, "w": 3.0}, backward.replace("-w", "w"))
    # The branch that is wrong is a line of its own.
    assert [(line.agrees, line.chance) for line in told.lines] == [(True, False), (True, "else:" not in backward)]


def test_a_program_that_decides_is_compared_where_it_goes_the_same_way():
    told = graded("if x > 0:\n    y = x * w\nelse:\n    y = -x", {"x": 0.1, "w": 3.0}, "dy = 1\ndx = w\ndw = x")
    assert [(line.agrees, line.chance) for line in told.lines] == [(True, False)] * 3


def test_a_block_that_cannot_be_read_spoils_no_other():
    told = graded(NET, VALUES, HEAD + "for i in range(3):\n    dW1 = x.T @\n    dz1 = 1\ndW2 = a1.T @ dp")
    assert [(line.line, line.name, line.agrees) for line in told.lines[2:]] == [
        (3, "dW1", None), (3, "dz1", None), (6, "dW2", True),
    ]  # fmt: skip
    assert (told.lines[2].error.line, told.lines[2].error.message) == (4, "invalid syntax")


def test_an_error_inside_a_function_of_the_program_is_one_of_the_line_that_calls_it():
    told = graded(NET, VALUES, HEAD + "dz1 = slope(x[0])\ndW2 = a1.T @ dp")
    *_, third, fourth = told.lines
    assert (third.error.line, third.error.column) == (3, 1)
    assert fourth.agrees is True


@pytest.mark.parametrize(("held", "grad"), [("W1", "dW1"), ('net["W1"]', 'grads["W1"]')], ids=["names", "a dictionary"])
def test_a_training_is_graded_at_its_last_turn(held, grad):
    program = (
        f"net = {{}}\ngrads = {{}}\n{held} = np.array([[0.5, -1.0], [0.3, 0.8]])\nW2 = np.array([[1.0], [-0.5]])\n"
        f"for step in range(3):\n    h = np.tanh(x @ {held})\n    L = np.sum((h @ W2) ** 2)\n    dp = 2 * (h @ W2)\n"
        f"    {grad} = x.T @ (dp @ W2.T * (1 - h ** 2))\n    dW2 = h.T @ dp\n"
        f"    W2 -= 0.1 * dW2\n    {held} -= 0.1 * {grad}\n"
    )
    told = graded(
        program,
        {"x": VALUES["x"]},
        f"dp = 2 * (h @ W2)\ndh = dp @ W2.T\ndW2 = h.T @ dp\n{grad} = x.T @ (dh * (1 - h ** 2))\nagain = x @ {held}",
    )
    assert verdicts(told) == {"dh": True, "dW2": True, grad: True}
    np.testing.assert_allclose(np.tanh(told.lines[-1].value), trace(program, {"x": VALUES["x"]}).values["h#3"])
