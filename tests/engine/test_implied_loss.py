"""A text that trains and computes no loss: it is about the number whose slope its steps follow, found by value."""

from pathlib import Path

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.execution.compile import own_course
from tests.engine.checks import own_gradients
from tests.engine.python import executed

NIELSEN = (Path(__file__).with_name("learners") / "nielsen_lists_no_cost.py").read_text(encoding="utf-8")
LOGISTIC = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25], [1.0, 1.0]])
y = np.array([1.0, 0.0, 1.0, 0.0])
w = np.array([0.3, -0.2])
for i in range(ROUNDS):
    out = 1 / (1 + np.exp(-(X @ w)))
    STEP
print(w)
"""


def text(step, rounds=6):
    return LOGISTIC.replace("STEP", step).replace("ROUNDS", str(rounds))


def of_squares(out, y):
    return 0.5 * np.sum((out - y) ** 2)


def entropy(out, y):
    return -np.sum(y * np.log(out) + (1 - y) * np.log(1 - out))


@pytest.mark.parametrize(
    ("step", "loss"),
    [
        ("w -= 0.1 * X.T @ ((out - y) * out * (1 - out))", of_squares),
        ("w += 0.1 * X.T @ ((y - out) * out * (1 - out))", of_squares),
        ("w -= 0.1 * 2 * X.T @ ((out - y) * out * (1 - out))", of_squares),
        ("w -= 0.1 * X.T @ (out - y)", entropy),
        ("w += 0.1 * X.T @ (y - out)", entropy),
    ],
)
@pytest.mark.parametrize("rounds", [6, 40])
def test_its_course_is_that_of_the_number(step, loss, rounds):
    source = text(step, rounds)
    reading = own_course(source)
    assert [turn for turn, _ in reading.course] == list(range(rounds))
    assert any("computes no loss" in note for note in reading.program.notes)
    for turn in (0, 2, rounds - 1):
        run = compile_program(source, turn=turn).run()
        names = {node.name: value for node, value in zip(run.structure.nodes, run.value_list, strict=False)}
        expected = loss(names["out"], np.array([1.0, 0.0, 1.0, 0.0]))
        scale = reading.course[turn][1] / expected
        assert run.output == pytest.approx(reading.course[turn][1], rel=1e-12)
        assert min(abs(scale - each) for each in (0.25, 0.5, 1.0, 2.0)) < 1e-12
    told = [value for _, value in reading.course]
    assert told[-1] < told[0]


SOFTMAX = """import numpy as np
X = np.array([[0.5, -1.0, 0.2], [1.5, 2.0, -0.3], [-0.5, 0.25, 1.0], [1.0, 1.0, 0.5]])
Y = np.eye(4)[[0, 3, 1, 1]]
np.random.seed(2)
W, V = np.random.randn(3, 5), np.random.randn(5, 4)
for i in range(6):
    h = np.tanh(X @ W)
    e = np.exp(h @ V)
    out = e / e.sum(axis=1, keepdims=True)
    out_delta = out - Y
    h_delta = out_delta @ V.T * (1 - h ** 2)
    V -= 0.1 * h.T @ out_delta
    W -= 0.1 * X.T @ h_delta
"""


def test_the_errors_of_a_softmax_are_the_slope_of_its_cross_entropy():
    run = compile_program(SOFTMAX).run()
    space, _ = executed(SOFTMAX.replace("range(6)", "range(5)"))
    h = np.tanh(space["X"] @ space["W"])
    out = np.exp(h @ space["V"])
    out /= out.sum(axis=1, keepdims=True)
    assert run.structure.output == "loss"
    assert run.output == pytest.approx(-np.sum(space["Y"] * np.log(out)), rel=1e-12)
    trained = next(node.id for node in run.structure.nodes if node.id.startswith("V#"))
    np.testing.assert_allclose(run.grads[trained], h.T @ (out - space["Y"]), rtol=1e-12)
    assert [line.agrees for line in run.manual if line.name == "h_delta"] == [True]


def test_a_step_that_follows_neither_adds_none():
    source = text("w -= 0.1 * X.T @ (out - y) ** 3")
    run = compile_program(source).run()
    assert run.structure.output != "loss"
    assert not any("computes no loss" in note for note in run.structure.program.notes)


def test_a_loss_that_is_written_is_the_output():
    source = text("loss = np.mean((out - y) ** 2); w -= 0.1 * X.T @ (out - y)")
    assert compile_program(source).structure.output.partition("#")[0] == "loss"
    assert not any("computes no loss" in note for note in compile_program(source).structure.program.notes)


def test_lists_of_gradients_that_a_method_adds_up_are_told():
    right = own_gradients(NIELSEN)
    assert {(f"{name}[{i}]", True) for name in ("nabla_b", "nabla_w") for i in (0, 1)} <= right
    assert all(agrees for _, agrees in right)


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("nabla_w[-1] = np.dot(", "nabla_w[-1] = 2 * np.dot(", "nabla_w[1]"),
        ("nabla_w[-l] = np.dot(", "nabla_w[-l] = -np.dot(", "nabla_w[0]"),
        ("nabla_b[-1] = delta", "nabla_b[-1] = 3 * delta", "nabla_b[1]"),
    ],
)
def test_slips_in_them_are_found(old, new, slip):
    assert old in NIELSEN
    wrong = {name for name, agrees in own_gradients(NIELSEN.replace(old, new)) if not agrees}
    assert wrong == {slip}


TRACES = """import numpy as np
w, e = np.zeros(3), np.zeros(3)
phi = np.eye(3)
for t in range(7):
    s = t % 3
    delta = 1.0 + 0.9 * (w @ phi[(s + 1) % 3]) - w @ phi[s]
    e = 0.8 * e + phi[s]
    w += 0.1 * delta * e
print(w)
"""


def test_where_there_is_none_the_course_is_that_of_the_last_number_that_a_turn_measures():
    reading = own_course(TRACES)
    assert [turn for turn, _ in reading.course] == list(range(7))
    assert reading.course[0][1] == 1.0
    assert reading.course[-1][1] == compile_program(TRACES).run().output


def test_what_an_optimizer_remembers_is_not_what_a_text_is_about():
    source = """import numpy as np
def f(p):
    return p[0] ** 2 / 20 + p[1] ** 2
def df(p):
    return np.array([p[0] / 10, 2 * p[1]])
p, h = np.array([-7.0, 2.0]), np.zeros(2)
for i in range(10):
    g = df(p)
    h += g * g
    p -= 1.5 * g / (np.sqrt(h) + 1e-7)
result = f(p)
print(result)
"""
    run = compile_program(source).run()
    assert run.structure.output == "result"
    assert [(line.name, line.agrees) for line in run.manual] == [("g", True)]


AFTER = """import numpy as np
def f(p):
    return (p[0] ** 2 + p[1] - 11) ** 2 + (p[0] + p[1] ** 2 - 7) ** 2
def grad(p):
    a, b = p[0] ** 2 + p[1] - 11, p[0] + p[1] ** 2 - 7
    return np.array([4 * p[0] * a + 2 * b, 2 * a + 4 * p[1] * b])
p = np.array([0.5, 1.0])
for i in range(ROUNDS):
    p = p - 0.01 * grad(p)
print(p, f(p))
"""


@pytest.mark.parametrize("rounds", [2, 5, 60])
def test_a_number_that_is_computed_after_the_training(rounds):
    """It is the output, and its course is what it would have been behind each turn."""
    reading = own_course(AFTER.replace("ROUNDS", str(rounds)))
    expected = []
    for turns in range(1, rounds + 1):
        space, _ = executed(AFTER.replace("ROUNDS", str(turns)))
        expected.append(space["f"](space["p"]))
    assert [turn for turn, _ in reading.course] == list(range(rounds))
    assert [value for _, value in reading.course] == pytest.approx(expected, rel=1e-12)
    source = AFTER.replace("ROUNDS", str(rounds))
    assert compile_program(source).run().output == pytest.approx(expected[-1], rel=1e-12)
    assert compile_program(source, turn=1).run().output == pytest.approx(expected[1], rel=1e-12)
