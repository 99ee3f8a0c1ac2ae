"""However a training step is spelled, and whatever its gradient is called, the text is its last turn."""

import numpy as np
import pytest

from app.engine import compile_program
from tests.engine.python import printed

BEFORE = """import numpy as np
t = np.linspace(0, 4, 25)
obs = 1.7 * np.exp(-0.4 * t)
INIT
lr, v = 0.1, 0.0
def step(a, k, ga, gk):
    return a - 0.1 * ga, k - 0.1 * gk
def moved(params, grads, lr):
    return [p - lr * g for p, g in zip(params, grads)]
for i in range(ROUNDS):
    e = np.exp(-k * t)
    r = A * e - obs
    loss = 0.5 * (r @ r) / t.size
    gA = (r * e).mean()
    gk = (r * A * e * -t).mean()
    STEP
    if i % 20 == 0:
        print(i, f"{loss:.6f}")
print(f"{A:.6f} {k:.6f}")
"""
INITS = ["A = 1.0\nk = 0.1", "A, k = 1.0, 0.1", "[A, k] = [1.0, 0.1]", "A = k = 0.5"]
STEPS = [
    "A, k = A - 0.1 * gA, k - 0.1 * gk",
    "k, A = k - 0.1 * gk, A - 0.1 * gA",
    "A = A - 0.1 * gA; k = k - 0.1 * gk",
    "A = A - gA / 10; k = -0.1 * gk + k",
    "A += -0.1 * gA; k += -0.1 * gk",
    "A = a_last = A - 0.1 * gA; k = k - 0.1 * gk",
    "A_new = A - 0.1 * gA; k_new = k - 0.1 * gk; A, k = A_new, k_new",
    "A_new = A - 0.1 * gA; k_new = k - 0.1 * gk; A = A_new; k = k_new",
    "A, k = step(A, k, gA, gk)",
    "A, k = moved([A, k], [gA, gk], lr)",
    "A, k = (p - 0.1 * g for p, g in zip((A, k), (gA, gk)))",
    "down = 0.1 * gA; A = A - down; k = k - 0.1 * gk",
    "v = 0.9 * v + gA; A, k = A - 0.1 * v, k - 0.1 * gk",
]
NAMES = ["dA dk", "grad_A grad_k", "A_grad k_grad", "dL_dA dL_dk", "dLdA dLdk", "A_bar k_bar", "g1 g2", "u w"]


def text(step=STEPS[0], init=INITS[0], rounds=60):
    return BEFORE.replace("STEP", step).replace("INIT", init).replace("ROUNDS", str(rounds))


def check(written, names):
    run = compile_program(written).run()
    assert len(run.structure.nodes) < 40
    assert run.structure.output.startswith("loss")
    assert run.structure.reading.own.turns == 60
    graded = {m.name: (m.target.partition("#")[0], m.agrees) for m in run.manual}
    for name, target in zip(names, ("A", "k"), strict=True):
        assert graded[name] == (target, True)
    return run


@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_any_spelling_ends_a_turn(step):
    run = check(text(step), ["gA", "gk"])
    if "v =" not in step:
        # Each is the same descent, to the digits that are printed.
        assert printed(run) == printed(compile_program(text("A -= 0.1 * gA; k -= 0.1 * gk")).run())
    turn = compile_program(text(step), turn=30).run()
    assert turn.output == compile_program(text(step, rounds=31)).run().output


@pytest.mark.parametrize("init", INITS)
def test_first_values_of_any_spelling_are_leaves_of_their_own(init):
    check(text(init=init), ["gA", "gk"])


@pytest.mark.parametrize("names", NAMES)
def test_what_a_step_follows_is_its_gradient_whatever_its_name(names):
    written = text()
    for old, new in zip(("gA", "gk"), names.split(), strict=True):
        written = written.replace(old, new)
    check(written, names.split())


def test_a_wrong_gradient_with_a_telling_name_is_told():
    run = compile_program(text().replace("gA = (r * e).mean()", "gA = 2 * (r * e).mean()")).run()
    assert {m.name: m.agrees for m in run.manual} == {"gA": False, "gk": True}


def test_what_goes_on_in_time_beside_no_loss_is_no_training():
    run = compile_program(
        """x, k = 2.0, 0.3
total = 0.0
for i in range(30):
    total = total + (x - 1.0) ** 2
    v = k * x
    x = x - 0.1 * v
loss = (x - 0.5) ** 2 + total
"""
    ).run()
    assert run.structure.reading.own is None


def test_a_function_that_returns_a_tuple_of_parameters_takes_a_step_of_each():
    run = compile_program(
        """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]])
y = np.array([1.0, -1.0, 0.5])
def loss_and_grads(params):
    w, b = params
    r = X @ w + b - y
    return np.mean(r ** 2), (2 * X.T @ r / 3, 2 * r.mean())
def descend(params, grads, lr):
    return tuple(p - lr * g for p, g in zip(params, grads))
params = (np.zeros(2), 0.0)
for i in range(60):
    loss, grads = loss_and_grads(params)
    params = descend(params, grads, 0.1)
"""
    ).run()
    assert run.structure.reading.own.turns == 60
    assert len(run.structure.nodes) < 30


def test_a_line_search_along_g_is_about_the_function_that_it_lessens():
    run = compile_program(
        """import numpy as np
A, b = np.array([[3.0, 0.5], [0.5, 1.0]]), np.array([1.0, -2.0])
f = lambda x: 0.5 * x @ A @ x - b @ x
x = np.array([2.0, 2.0])
for k in range(40):
    g = A @ x - b
    if np.linalg.norm(g) < 1e-8:
        break
    t = 1.0
    while f(x - t * g) > f(x) - 0.3 * t * (g @ g):
        t *= 0.5
    x = x - t * g
"""
    ).run()
    assert [(m.name, m.agrees) for m in run.manual] == [("g", True)]


def test_an_error_added_to_a_weight_is_a_step():
    run = compile_program(
        """import numpy as np
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
w1, w2 = np.full((2, 3), 0.2), np.full((3, 1), -0.3)
for i in range(60):
    l1 = np.tanh(X @ w1)
    l2 = l1 @ w2
    err = y - l2
    l1_d = (err @ w2.T) * (1 - l1 ** 2)
    w2 = w2 + 0.5 * l1.T @ err
    w1 = w1 + 0.5 * X.T @ l1_d
"""
    ).run()
    assert run.structure.reading.own.turns == 60
    # It computes no loss: its steps follow half the squares of the error, times the 0.5 that no name calls a rate.
    assert run.structure.output == "loss"
    assert run.output == pytest.approx(float(np.sum(np.square(run.values["err#60"])) / 4))


def test_a_state_that_follows_its_derivative_in_time_is_no_training():
    run = compile_program(
        """import numpy as np
W, h = np.array([[0.2, -0.4], [0.3, 0.1]]), np.array([1.0, 0.5])
for step in range(10):
    dh = np.tanh(W @ h) - h
    h = h + 0.1 * dh
loss = np.sum(h ** 2)
"""
    ).run()
    assert run.structure.reading.own is None
    assert not run.manual


def test_a_loss_that_a_list_collects_is_the_output_and_makes_no_false_alarm():
    run = compile_program(
        """import numpy as np
X, y = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]]), np.array([1.0, -1.0, 0.5])
class Regression:
    def fit(self, X, y, lr=0.1):
        self.w, self.costs = np.zeros(2), []
        for _ in range(60):
            out = X @ self.w
            dw = X.T @ (out - y) / len(y)
            self.w = self.w - lr * dw
            self.costs.append(np.mean((out - y) ** 2))
model = Regression()
model.fit(X, y)
"""
    ).run()
    assert run.structure.reading.own.turns == 60
    assert float(run.output) < 1.0
    assert not run.manual


def test_differences_of_the_loss_are_not_held_against_it():
    run = compile_program(
        """import numpy as np
def loss_of(p):
    return np.sum((p - 2.0) ** 4)
p = np.array([1.0, 1.5])
for it in range(30):
    g = np.zeros(2)
    for i in range(2):
        e = np.zeros(2)
        e[i] = 1e-2
        g[i] = (loss_of(p + e) - loss_of(p - e)) / 2e-2
    p = p - 0.05 * g
"""
    ).run()
    assert all(m.agrees for m in run.manual)
