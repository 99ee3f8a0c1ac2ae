"""What training steps follow: which gradients are told beside them, which slips are found, and what is no training."""

from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program
from tests.engine.checks import own_gradients
from tests.engine.python import agree

LEARNERS = Path(__file__).with_name("learners")


def text(name, old="", new=""):
    source = (LEARNERS / f"{name}.py").read_text(encoding="utf-8")
    assert old in source
    return source.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "turns"),
    [
        ("svm_by_example_if", 200),
        ("lasso_proximal", 60),
        ("momentum_short_names", 40),
        ("generator_beside_discriminator", 20),
        ("principal_axis_projected", 25),
        ("factors_by_element", 4),
    ],
)
def test_they_are_trainings(name, turns):
    assert compile_program(text(name)).structure.reading.own.turns == turns


@pytest.mark.parametrize(
    ("name", "old", "new", "slip"),
    [
        # Behind a moment, with a name of a letter or two.
        ("momentum_short_names", "gw = 2 / n", "gw = 1 / n", "gw"),
        # Of a turn before the last one, which had another example.
        ("svm_by_example_if", "lam * w - yi * xi", "lam * w - 2 * yi * xi", "grad_w"),
        ("svm_by_example_if", "grad_b = -yi", "grad_b = -2 * yi", "grad_b"),
        # Of the loss that is not the output.
        ("generator_beside_discriminator", "dw_g = np.sum", "dw_g = np.mean", "dw_g"),
        ("generator_beside_discriminator", "dw_d = np.mean", "dw_d = np.sum", "dw_d"),
        # Of neither the smooth part nor the whole.
        ("lasso_proximal", "g = A.T @ (A @ x - b)", "g = A.T @ (b - A @ x)", "g"),
        # Beside a scalar that only one of the inputs leads to.
        ("sigmoid_beside_f", "dy = x + sigy", "dy = x - sigy", "dy"),
        ("principal_axis_projected", "grad = 2 * C @ u", "grad = C @ u", "grad"),
    ],
)
def test_a_slip_is_found(name, old, new, slip):
    found = own_gradients(text(name, old, new))
    assert (slip, False) in found
    assert {line for line, agrees in found if not agrees} == {slip}


def test_a_factor_of_the_chain_rule_is_no_other_gradient_of_the_same():
    source = "x, y, z = -2, 5, -4\nq = x + y\nf = q * z\ndf_dq = z\ndq_dx = 1.0\ndf_dx = df_dq RULE dq_dx\n"
    assert ("df_dx", True) in own_gradients(source.replace("RULE", "*"))
    assert ("df_dx", False) in own_gradients(source.replace("RULE", "+"))


MOVES = """import numpy as np
u = np.sin(np.linspace(0, 3, 8))
for n in range(10):
    flux = 0.5 * (u - np.roll(u, 1))
    loss = np.sum(u ** 2)
    u = u - 0.1 * STEP
"""


def test_what_moves_in_time_is_no_training_though_a_loss_stands_beside_it():
    run = compile_program(MOVES.replace("STEP", "flux")).run()
    assert run.structure.reading.own is None
    assert run.manual == ()


@pytest.mark.parametrize("step", ["u", "(2 * u)", "(u / 8)"])
def test_what_follows_the_slope_is_one_whatever_it_is_called(step):
    assert compile_program(MOVES.replace("STEP", step)).structure.reading.own.turns == 10


def test_a_number_that_moves_in_time_is_no_training():
    source = "x, v = 5.0, 2.0\nfor i in range(9):\n    loss = (x - 1) ** 2\n    v = v + 0.3 * x\n    x = x - 0.1 * v\n"
    assert compile_program(source).structure.reading.own is None
    heavy_ball = source.replace("v + 0.3 * x", "0.9 * v + 2 * (x - 1)")
    assert compile_program(heavy_ball).structure.reading.own.turns == 9


PROJECTED = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]])
y = np.array([1.0, -1.0, 0.5])
w = np.array([0.3, 0.4])
for i in range(8):
    r = X @ w - y
    loss = np.mean(r ** 2)
    dw = 2 * X.T @ r / 3
    STEP
print(w, loss)
"""


@pytest.mark.parametrize(
    "step",
    [
        "w = np.clip(w - 0.1 * dw, -0.5, 0.5)",
        "w = np.maximum(w - 0.1 * dw, 0)",
        "w = w - 0.1 * dw\n    w = w / np.linalg.norm(w)",
        "w -= 0.1 * dw\n    w /= np.linalg.norm(w)",
        "w -= 0.1 * dw\n    w = np.clip(w, -0.5, 0.5)",
        "z = w - 0.1 * dw\n    w = np.sign(z) * np.maximum(np.abs(z) - 0.01, 0)",
    ],
)
def test_a_step_that_is_mapped_on_ends_a_turn(step):
    run = agree(PROJECTED.replace("STEP", step), rtol=1e-12)
    assert run.structure.reading.own.turns == 8
    assert [(m.name, m.agrees) for m in run.manual] == [("dw", True)]
    # The graph is that of one turn.
    assert len(run.structure.nodes) < 30


ENGINE = """class Num:
    def __init__(self, VALUE, parts=()):
        self.VALUE, self.parts, self.GRAD = VALUE, parts, 0.0
    def __add__(self, other):
        return Num(self.VALUE + other.VALUE, ((self, 1.0), (other, 1.0)))
    def __mul__(self, other):
        return Num(self.VALUE * other.VALUE, ((self, other.VALUE), (other, self.VALUE)))
    def PASS(self, seed=1.0):
        self.GRAD += seed
        for part, slope in self.parts:
            part.PASS(seed * slope)
a, b = Num(2.0), Num(-3.0)
c = a * b + a
c.PASS()
print(a.GRAD, b.GRAD, c.VALUE)
"""


@pytest.mark.parametrize(
    ("value", "grad", "call"),
    [("data", "grad", "backward"), ("value", "derivative", "backprop"), ("v", "g", "back_propagate")],
)
def test_an_engine_of_ones_own_is_about_what_its_backward_pass_is_called_on(value, grad, call):
    source = ENGINE.replace("VALUE", value).replace("GRAD", grad).replace("PASS", call)
    run = agree(source, named=False)
    assert run.output == -4.0
    assert [run.grads[leaf] for leaf in ("a." + value, "b." + value)] == [-2.0, 2.0]


@pytest.mark.parametrize("module", ["np", "math"])
@pytest.mark.parametrize("seed", range(6))
def test_numbers_of_a_training_are_those_of_the_module_that_it_names_to_the_last_digit(module, seed):
    start = float(np.random.default_rng(seed).uniform(-1, 1))
    agree(
        f"""import math
import numpy as np
w, b = {start!r}, 0.1
for epoch in range(12):
    total_loss = 0.0
    for x, t in [(0.5, 1), (1.5, 0), (-0.7, 1)]:
        p = 1 / (1 + {module}.exp(-(w * x + b)))
        total_loss += -(t * {module}.log(p) + (1 - t) * {module}.log(1 - p))
        w -= 0.5 * (p - t) * x
        b -= 0.5 * (p - t)
    print(epoch, total_loss)
print(w, b)
"""
    )


BIASES = """import numpy as np
R = {(0, 0): 4, (0, 1): 2, (1, 0): 5, (1, 2): 3, (2, 1): 1, (2, 2): 4}
bu, bi, mean = np.zeros(3), np.zeros(3), 3.0
for epoch in range(4):
    loss = 0.0
    for (u, i), r in R.items():
        pred = mean + bu[u] + bi[i]
        e = r - pred
        bu[u] += 0.05 * (e - 0.02 * bu[u])
        bi[i] += 0.05 * (e - 0.02 * bi[i])
        loss += e ** 2
print(loss)
"""


def test_an_error_that_a_small_number_scales_is_followed():
    assert agree(BIASES, rtol=1e-12).structure.reading.own.turns == 24


PERCEPTRON = """import numpy as np
X = np.array([[2.0, 0.0], [1.5, 0.3], [0.0, 2.0], [0.2, 1.8], [-2.0, -2.0], [-1.7, -2.2]])
y = [0, 0, 1, 1, 2, 2]
W = np.zeros((3, 2))
for epoch in range(4):
    for x, t in zip(X, y):
        guess = int(np.argmax(W @ x))
        if guess != t:
            W[t] += x
            W[guess] -= x
print(W)
"""


def test_a_perceptron_follows_its_decisions():
    assert agree(PERCEPTRON, rtol=1e-12).structure.reading.own is not None
    counted = PERCEPTRON.replace("W", "counts")
    assert compile_program(counted).structure.reading.own is None


def test_a_sum_of_squares_is_no_step():
    source = """import numpy as np
w, G = np.array([1.0, 2.0]), np.zeros(2)
for step in range(9):
    loss = np.sum((w - 0.5) ** 2)
    grad = 2 * (w - 0.5)
    G += grad ** 2
    w -= 0.5 * grad / (np.sqrt(G) + 1e-8)
"""
    run = compile_program(source).run()
    assert [name for name, _ in run.structure.reading.own.parameters] == ["w"]
    assert [(m.name, m.agrees) for m in run.manual] == [("grad", True)]


def test_an_array_called_alpha_is_no_rate():
    source = """import numpy as np
A, B = np.array([[0.7, 0.3], [0.4, 0.6]]), np.array([[0.9, 0.1], [0.2, 0.8]])
alpha, loglik = np.array([0.45, 0.1]), 0.0
for o in [1, 0, 0]:
    c = alpha.sum()
    loglik += np.log(c)
    alpha = ((alpha / c) @ A) * B[:, o]
"""
    assert compile_program(source).structure.reading.own is None


@pytest.mark.parametrize(("slope", "right"), [("sig + x * sig * (1 - sig)", True), ("sig * (1 - sig)", False)])
def test_the_derivative_of_a_value_is_no_wrong_gradient_of_it(slope, right):
    source = f"""import numpy as np
x = np.linspace(-3, 3, 7)
sig = 1 / (1 + np.exp(-x))
swish = x * sig
total = np.sum(swish)
dswish = {slope}
dx = 1 * dswish
"""
    assert own_gradients(source) == {("dswish", right), ("dx", right)}


def test_a_factor_of_a_right_gradient_is_not_told_as_a_wrong_one():
    source = """import numpy as np
x, l = np.array([0.0, 0.5, 1.2]), 0.8
D = (x[:, None] - x[None, :]) ** 2
K = np.exp(-0.5 * D / l ** 2)
f = np.sum(K ** 2)
dK = K * D / l ** 3
df_dl = np.sum(2 * K * dK)
"""
    assert own_gradients(source) == {("df_dl", True)}
    assert ("df_dl", False) in own_gradients(source.replace("l ** 3", "l ** 2"))


def test_a_name_used_again_through_time_is_no_gradient_of_what_is_rebound():
    source = """import numpy as np
x, target = np.array([0.5, -0.3, 0.8]), np.array([[0.2]])
W, U, V = np.array([[0.3, 0.1], [0.2, -0.4]]), np.array([[0.5], [0.6]]), np.array([[0.7, -0.2]])
s, layers = np.zeros((2, 1)), []
for t in range(3):
    before = s
    s = np.tanh(U * x[t] + W @ before)
    layers.append((s, before))
out = V @ s
loss = 0.5 * np.sum((out - target) ** 2)
dW = np.zeros_like(W)
ds = V.T @ (out - target)
for t in reversed(range(3)):
    s, before = layers[t]
    dmul = ds * (1 - s ** 2)
    dW += dmul @ before.T
    ds = W.T @ dmul
"""
    assert {line for line in own_gradients(source) if not line[1]} == set()
    assert ("dW", False) in own_gradients(source.replace("(1 - s ** 2)", "(1 - s)"))


POOLED = """import numpy as np
x = np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 3.0], [3.0, 0.0, 1.0]])
w = 0.5
y = w * x
m = np.array([np.max(y[0]), np.max(y[1]), np.max(y[2])])
loss = np.sum((m - 1) ** 2)
dm = 2 * (m - 1)
dy = MASK
dw = np.sum(dy * x)
"""


def test_each_of_several_largest_may_get_the_whole_gradient_and_what_follows_agrees_with_that():
    run = compile_program(POOLED.replace("MASK", "(y == m.reshape(3, 1)) * dm.reshape(3, 1)")).run()
    assert [(line.name, line.agrees) for line in run.manual] == [("dm", True), ("dy", True), ("dw", True)]
    assert "shared" in run.manual[1].note
    doubled = compile_program(POOLED.replace("MASK", "2 * (y == m.reshape(3, 1)) * dm.reshape(3, 1)")).run()
    assert [line.agrees for line in doubled.manual] == [True, False, False]
