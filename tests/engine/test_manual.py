"""Gradients by hand: which lines are taken for them, what the program is then about, and how they are graded."""

import numpy as np
import pytest

from app.engine import compile_program, trace
from app.engine.execution.manual import compare

PASTED = {
    "softmax classifier": """\
import numpy as np
X = np.array([[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]])
Y = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
W = 0.01 * np.array([[1.0, 2.0, 3.0], [-1.0, 0.5, 0.2]])
b = np.zeros((1, 3))
reg = 1e-3
num_examples = X.shape[0]
scores = np.dot(X, W) + b
exp_scores = np.exp(scores)
probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
correct_logprobs = -np.log(np.sum(probs * Y, axis=1))
data_loss = np.sum(correct_logprobs) / num_examples
reg_loss = 0.5 * reg * np.sum(W * W)
loss = data_loss + reg_loss
print("loss", loss)
dscores = (probs - Y) / num_examples
dW = np.dot(X.T, dscores)
db = np.sum(dscores, axis=0, keepdims=True)
dW += reg * W
""",
    "two layers": """\
import numpy as np
D, H, K = 2, 4, 3
X = np.array([[0.1, 0.2], [-0.3, 0.4]])
W = np.ones((D, H)) * 0.1
b = np.zeros((1, H))
W2 = np.ones((H, K)) * 0.2
b2 = np.zeros((1, K))
hidden_layer = np.maximum(0, np.dot(X, W) + b)
scores = np.dot(hidden_layer, W2) + b2
loss = np.sum(scores ** 2)
dscores = 2 * scores
dW2 = np.dot(hidden_layer.T, dscores)
db2 = np.sum(dscores, axis=0, keepdims=True)
dhidden_layer = np.dot(dscores, W2.T)
dpre = dhidden_layer * (hidden_layer > 0)
dW = np.dot(X.T, dpre)
db = np.sum(dpre, axis=0, keepdims=True)
""",
    "a step of training": """\
x = 1.5
w = 0.3
b = 0.1
t = 1.0
lr = 0.1
y = w * x + b
loss = (y - t) ** 2
dloss = 1
dy = 2 * (y - t)
dw = dy * x
db = dy
w = w - lr * dw
b = b - lr * db
print(w, b)
""",
    "batch normalisation, in small steps": """\
import numpy as np
N, D = 4, 3
x = np.arange(12.0).reshape(N, D) ** 1.5
gamma = np.ones(D)
beta = np.zeros(D)
mu = 1. / N * np.sum(x, axis=0)
xmu = x - mu
sq = xmu ** 2
var = 1. / N * np.sum(sq, axis=0)
sqrtvar = np.sqrt(var + 1e-5)
ivar = 1. / sqrtvar
xhat = xmu * ivar
gammax = gamma * xhat
out = gammax + beta
dout = np.ones((N, D))
dbeta = np.sum(dout, axis=0)
dgammax = dout
dgamma = np.sum(dgammax * xhat, axis=0)
dxhat = dgammax * gamma
divar = np.sum(dxhat * xmu, axis=0)
dxmu1 = dxhat * ivar
dsqrtvar = -1. / (sqrtvar ** 2) * divar
dvar = 0.5 * 1. / np.sqrt(var + 1e-5) * dsqrtvar
dsq = 1. / N * np.ones((N, D)) * dvar
dxmu2 = 2 * xmu * dsq
dxmu = dxmu1 + dxmu2
dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
dx1 = dxmu1 + dxmu2
dx2 = 1. / N * np.ones((N, D)) * dmu
dx = dx1 + dx2
""",
    "functions that return parameters": """\
import numpy as np
def initialize(n_x, n_h, n_y):
    W1 = np.ones((n_h, n_x)) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.ones((n_y, n_h)) * 0.01
    b2 = np.zeros((n_y, 1))
    return W1, b1, W2, b2
def forward(X, W1, b1, W2, b2):
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, A1
X = np.array([[1.0, 2.0, -1.0], [0.5, -0.5, 1.0]])
Y = np.array([[1, 0, 1]])
m = Y.shape[1]
W1, b1, W2, b2 = initialize(2, 4, 1)
A2, A1 = forward(X, W1, b1, W2, b2)
logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
cost = - np.sum(logprobs) / m
dZ2 = A2 - Y
dW2 = np.dot(dZ2, A1.T) / m
db2 = np.sum(dZ2, axis=1, keepdims=True) / m
dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
dW1 = np.dot(dZ1, X.T) / m
db1 = np.sum(dZ1, axis=1, keepdims=True) / m
print(cost)
""",
    "recurrent net": """\
import numpy as np
x1 = np.array([[1.0], [0.0]])
x2 = np.array([[0.0], [1.0]])
xs = [x1, x2]
Wxh = np.array([[0.1, 0.2], [0.3, -0.1]])
Whh = np.array([[0.5, 0.0], [0.0, 0.5]])
bh = np.zeros((2, 1))
hs = []
h = np.zeros((2, 1))
for t in range(2):
    h = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, h) + bh)
loss = np.sum(h)
dh = np.ones_like(h)
""",
}
OUTPUTS = dict.fromkeys(PASTED, "loss") | {
    "batch normalisation, in small steps": "out",
    "functions that return parameters": "cost",
}


@pytest.mark.parametrize("name", PASTED)
def test_a_pasted_backward_pass_is_graded_and_agrees(name):
    run = trace(PASTED[name])
    assert run.structure.output == OUTPUTS[name]
    assert run.manual
    assert [(line.name, line.note) for line in run.manual if not line.agrees] == []


@pytest.mark.parametrize("name", PASTED)
def test_a_slip_in_any_line_of_it_is_found(name):
    lines = PASTED[name].split("\n")
    for graded in trace(PASTED[name]).manual:
        wrong = lines.copy()
        wrong[graded.line - 1] = wrong[graded.line - 1].replace("= ", "= 0.001 + (", 1) + ")"
        verdicts = {line.name: line.agrees for line in trace("\n".join(wrong)).manual}
        assert not verdicts[graded.name], graded.name


OUTPUT = {
    # program: the name that it is about
    "x = 2.0\ny = x * x\ndx = 2 * x": "y",
    "x = 2.0\ndx = x * 3\ny = dx * x": "y",
    "x = 2.0\nmu = x / 2\ndx = x - mu\nvariance = dx * dx": "variance",
    "x = 2.0\nmu = x / 2\ndx = x - mu\ndistance = dx * dx": "distance",
    "x = 2.0\nw = 3.0\ny = x * w\ndw = x\nw = w - 0.1 * dw": "y",
    "x = 2.0\nw = 3.0\ny = x * w\ndw = x\nw -= 0.1 * dw": "y",
    "x = 2.0\nz = x * 3\ny = z * z\ndinner = 2 * z\ndx = dinner * 3": "y",
    "x = 2.0\nz = x * 3\ny = z * z\ndz = 2 * z\ndinner = dz * 3": "y",
    "data = 2.0\ndot = data * 3": "dot",
    "d = 2.0\ny = d * d": "y",
    "x = 2.0\ndx = x": "x",
    "dx = 2.0\nx = dx * 2": "x",
    "x = 3.0\ndistance = np.sqrt(x * x)\ndx = x / distance": "distance",
}


@pytest.mark.parametrize("source", OUTPUT)
def test_what_a_program_is_about(source):
    assert compile_program(source).structure.output == OUTPUT[source]


def test_sums_are_graded_as_a_whole():
    run = trace("x = 2.0\ny = x * x + 3 * x\ndx = 2 * x\ndx += 3")
    assert [(line.line, line.agrees) for line in run.manual] == [(4, True)]


def test_a_line_in_a_loop_is_graded_by_its_last_round():
    run = trace("x = 2.0\ny = x ** 3\nfor i in range(3):\n    dx = 4.0 * x * (i + 1) / 2")
    assert [(line.line, line.agrees) for line in run.manual] == [(4, True)]


def test_a_name_without_a_path_is_told_as_such():
    (line,) = trace("x = 2.0\nw = 1.0\ny = x * x\ndw = 5.0 * x").manual
    assert (line.agrees, line.adjoint) == (False, None)
    assert "No path" in line.note
    (line,) = trace("x = 2.0\nw = 1.0\ny = x * x\ndw = 0.0").manual
    assert line.agrees


def test_the_seed_is_part_of_the_truth():
    source = "x = 2.0\ny = x * x\ndy = 1\ndx = 2 * x"
    assert [line.agrees for line in trace(source).manual] == [True, True]
    assert [line.agrees for line in trace(source, seed=3.0).manual] == [False, False]
    assert "seed" in trace(source, seed=3.0).manual[0].note


GRADES = [
    # value, adjoint, agrees, a word of the note
    (1.0, 1.0, True, None),
    (1.0, 1.0 + 1e-12, True, None),
    (1.0, 1.0 + 1e-7, True, "last digits"),
    (1.0, 1.0 + 1e-6, True, "last digits"),
    (1.0, 1.0 + 1e-4, False, None),
    (0.0, 1e-13, True, None),
    (np.ones((1, 1)), 1.0, False, "shape"),
    (1.0, np.ones((1, 1)), True, "broadcasting"),
    (1.0, np.ones((2, 3)), True, "broadcasting"),
    (2.0, np.ones((2, 3)), False, None),
    (np.ones(3), np.ones((2, 3)), True, "broadcasting"),
    (np.ones(2), np.ones((2, 3)), False, "shape"),
    (np.ones((3, 2)), np.ones((2, 3)), False, "transposed"),
    (np.array([np.nan]), np.array([np.nan]), True, None),
    (np.array([np.inf]), np.array([np.inf]), True, None),
    (np.array([np.inf]), np.array([-np.inf]), False, None),
]


@pytest.mark.parametrize(("value", "adjoint", "agrees", "word"), GRADES)
def test_grades(value, adjoint, agrees, word):
    compared = compare("dx", "x", value, adjoint, is_output=False)
    assert compared.agrees is agrees
    assert word is None or word in compared.note


def test_a_constant_that_a_function_returns_is_a_leaf_under_the_name_it_is_given():
    source = "def init():\n    return np.zeros((2, 1)), 3.0\nb, c = init()\ny = np.sum((b + c) ** 2)"
    run = trace(source)
    assert run.structure.nodes[0].role == "input"
    np.testing.assert_array_equal(run.grads["b"], [[6.0], [6.0]])
    assert run.grads["c"] == 12.0
    assert trace(source, {"c": 1.0}).output == 2.0


def test_a_name_computed_from_numbers_alone_has_a_gradient():
    run = trace("W = 0.01 * np.ones((2, 2))\ny = np.sum(W * W)")
    np.testing.assert_allclose(run.grads["W"], np.full((2, 2), 0.02))


def test_a_matrix_called_l_is_no_loss_where_a_scalar_follows() -> None:
    plan = compile_program(
        "x = np.array([[1.0], [2.0]])\nmu = np.array([[0.5, 3.0]])\nL = -0.5 * (x - mu) ** 2\n"
        "ll = np.sum(L)\ndmu = np.sum(x - mu, axis=0, keepdims=True)\n"
    )
    assert plan.structure.output == "ll"
