"""What the lesson about attention says in words is what its programs do."""

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import lesson

STEPS = lesson("attention-backwards").steps
ASKS, WORTH, BACK, ALL, HIDDEN, ALONE = STEPS


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def test_a_value_gets_its_weight():
    trace = run(ASKS)
    assert trace.grads["V"] == pytest.approx(trace.values["a"], rel=1e-14)
    assert trace.output == pytest.approx(trace.values["a"] @ ASKS.values["V"])


def test_a_score_learns_by_comparison_with_the_mean():
    trace = run(WORTH)
    a, V, out = (trace.values[name] for name in ("a", "V", "out"))
    assert trace.grads["scores"] == pytest.approx(a * (V - out), rel=1e-12)
    assert trace.grads["scores"].sum() == pytest.approx(0, abs=1e-15)
    assert a.argmax() == 2
    assert trace.grads["scores"][1] > 0 > trace.grads["scores"][2]
    assert trace.grads["scores"][2] == WORTH.question.expected


def test_query_and_keys():
    trace = run(BACK)
    scores, q, K = trace.grads["scores"], trace.values["q"], trace.values["K"]
    assert trace.grads["q"] == pytest.approx(K.T @ scores)
    assert trace.grads["K"] == pytest.approx(np.outer(scores, q))


LINES = """
dO = np.ones((2, 2))
dV = A.T @ dO
dA = dO @ V.T
m = (dA * A).sum(axis=1, keepdims=True)
dS = A * (dA - m)
dQ = dS @ K
dK = {}"""


def test_the_lines_are_graded_as_the_lesson_says():
    assert all(f"{line}\n" in ALL.html for line in LINES.strip().split("\n")[1:-1])
    assert "<code>dK = dS.T @ Q</code>" in next(choice.html for choice in ALL.question.choices if choice.right)
    for written, right in {"dS @ Q": False, "dS.T @ Q": True}.items():
        graded = compile_program(ALL.program + LINES.format(written), dict(ALL.values), output="O").run().manual
        told = {line.name: line.agrees for line in graded}
        assert told == {"dO": True, "dV": True, "dA": True, "dS": True, "dQ": True, "dK": right}


def test_nothing_comes_back_to_what_is_hidden():
    trace = run(HIDDEN)
    assert np.all(trace.grads["S"] == 0)
    assert trace.grads["V"].tolist() == [[1, 1], [0, 0]]
    assert np.array_equal(trace.values["A"], np.tril(trace.values["A"]))
    last = compile_program(HIDDEN.program.replace("O[0]", "O[1]"), dict(HIDDEN.values)).run()
    assert np.all(last.grads["V"] != 0)
    assert np.any(last.grads["S"] != 0)


def test_too_sure_to_learn():
    start, end = run(ALONE), run(ALONE, k=6.0)
    assert start.grads["V"][2] < ALONE.goal.number < end.grads["V"][2]
    assert np.abs(end.grads["scores"]).max() < np.abs(start.grads["scores"]).max() / 50
    assert ALONE.values["V"][2] == min(ALONE.values["V"])


@pytest.mark.parametrize("width", [16, 256])
def test_a_score_grows_as_the_root_of_the_width(width):
    chance = np.random.RandomState(0)
    q, k = chance.standard_normal((2, 4000, width))
    assert np.std((q * k).sum(axis=1)) == pytest.approx(np.sqrt(width), rel=0.05)
