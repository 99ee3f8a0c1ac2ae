"""What a training is about where its text says it late, early, or nowhere; and what is held against no mere measure."""

from pathlib import Path

import numpy as np

from app.engine import compile_program
from app.engine.execution.compile import own_course
from app.engine.limits import Limits

LEARNERS = Path(__file__).with_name("learners")


def course(source):
    return own_course(source, {}, None, Limits()).course


def test_a_turn_that_a_break_ends_before_its_step_is_none():
    source = (LEARNERS / "cost_until_it_stands.py").read_text(encoding="utf-8")
    own = compile_program(source).structure.reading.own
    told = course(source)
    assert own.turns == len(told) == 35
    assert [step for step, _ in told] == list(range(35))
    losses = [loss for _, loss in told]
    assert losses == sorted(losses, reverse=True)


TRIED = """import numpy as np
X, y = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]]), np.array([1.0, -1.0, 0.5])
def propagate(w):
    r = X @ w - y
    return {"dw": 2 * X.T @ r / 3}, np.mean(r ** 2)
w = np.array([1.0, 2.0])
grads, cost = propagate(w)
print(cost)
def optimize(w, steps):
    for i in range(steps):
        grads, cost = propagate(w)
        w = w - 0.1 * grads["dw"]
    return w
w = optimize(w, 20)
"""


def test_a_loss_that_is_tried_before_the_training_is_told_in_its_turns():
    told = course(TRIED)
    assert len(told) == 20
    assert told[0][1] > told[-1][1] > 0


HINGE = """import numpy as np
X = np.array([[1.0, 2.0], [2.0, 3.0], [-1.0, -2.0], [-2.0, -1.0]])
y = np.array([1, 1, -1, -1])
w, lam = np.zeros(2), 0.1
for t in range(1, 25):
    i = t % 4
    eta = 1.0 / (lam * t)
    if y[i] * np.dot(w, X[i]) < 1:
        w = (1 - eta * lam) * w + eta * y[i] * X[i]
    else:
        w = (1 - eta * lam) * w
"""


def test_without_a_loss_it_is_about_what_decides_the_steps():
    run = compile_program(HINGE).run()
    assert run.structure.reading.own.turns in (23, 24)
    assert np.size(run.output) == 1
    node = run.structure.program.nodes[run.structure.program.output]
    assert node.span.line == 8


MEASURED = """import numpy as np
X, y = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]]), np.array([1.0, -1.0, 0.5])
w = np.array([0.3, 0.2])
for i in range(6):
    overall = 0.0
    for x, t in zip(X, y):
        out = np.tanh(x @ w)
        overall += np.abs(t - out)
    out = np.tanh(X @ w)
    dout = out - y
    dw = X.T @ (dout * (1 - out ** 2))
    w = w - 0.1 * dw
"""


def test_gradients_of_a_loss_that_is_not_written_down_are_not_held_against_sizes_of_errors():
    assert [m for m in compile_program(MEASURED).run().manual if m.agrees is False] == []


def test_the_gradient_of_a_sum_of_inputs_is_not_held_against_a_weight():
    source = (LEARNERS / "logistic_lists_grad_of_the_sum.py").read_text(encoding="utf-8")
    assert [m.agrees for m in compile_program(source).run().manual if m.agrees is False] == []
