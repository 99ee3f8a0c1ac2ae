"""What the lesson about recurrent networks says in words is what its programs do."""

import numpy as np
import pytest

from app.engine import compile_program
from tests.lessons.trained import figure, lesson, losses, record, steps_of

STEPS = lesson("vanishing-through-time").steps
FACTOR, MESSAGES, BRAKE, MATRIX, EXPLODES, CELL, ALONE = STEPS


def run(step, **values):
    return compile_program(step.program, {**step.values, **values}).run()


def sizes(step, **values):
    trace = run(step, **values)
    return [float(np.sqrt(np.mean(trace.grads[node] ** 2))) for node in figure(step).options["norms"].split(",")]


@pytest.mark.parametrize(("w", "left"), [(0.5, 0.5**5), (1.5, 1.5**5), (1.0, 1.0)])
def test_each_turn_multiplies(w, left):
    assert run(FACTOR, w=w).grads["h0"] == pytest.approx(left)
    assert 1.5**5 > 7


@pytest.mark.parametrize("w", [1.0, 0.5])
def test_each_turn_sends_a_message_and_all_are_equal(w):
    trace = run(MESSAGES, w=w)
    sent = [message for (source, _, _), message in trace.messages.items() if source == "w"]
    assert sent == pytest.approx([w**4] * 5)
    assert trace.grads["w"] == pytest.approx(5 * w**4)


def test_tanh_is_a_brake_except_near_zero():
    assert run(BRAKE).grads["h0"] < 0.1
    assert run(BRAKE, h0=0.001).grads["h0"] == pytest.approx(1.5**5, rel=1e-3)
    states = [run(BRAKE).values[f"h#{k}"] for k in range(2, 7)]
    assert states == sorted(states)
    slopes = [1.5 * (1 - h**2) for h in states]
    assert np.prod(slopes) == pytest.approx(run(BRAKE).grads["h0"])


@pytest.mark.parametrize("s", [0.5, 1.0, 1.5])
def test_what_decides_is_the_spectral_radius(s):
    found = sizes(MATRIX, s=s)
    assert found[0] / found[-1] == pytest.approx(s**11)
    trace = run(MATRIX, s=s)
    assert np.abs(np.linalg.eigvals(trace.values["W"])).max() == pytest.approx(s)
    assert MATRIX.question.expected == 2**11


def test_clipping_lets_it_learn_where_it_flew_away():
    free, clipped = (losses(record(EXPLODES, run), steps_of(EXPLODES)) for run in (0, 1))
    assert not np.isfinite(free[-1]) or free[-1] > 1e6 * free[0]
    assert clipped[-1] < 0.01
    made = record(EXPLODES, 1)
    w, u = made.trainer.parameters.index("w"), made.trainer.parameters.index("u")
    (before, after), gradient = (made.state(k).weights for k in (0, 1)), made.trainer.gradients(made.state(0))[1]
    moved = np.array([after[w] - before[w], after[u] - before[u]])
    assert np.hypot(*moved) == pytest.approx(0.02)
    assert moved / np.hypot(*moved) == pytest.approx(-np.array(gradient)[[w, u]] / np.hypot(*gradient))


@pytest.mark.parametrize(("b", "low", "high"), [(3.0, 0.5, 0.65), (0.0, 0.5**11 / 1.01, 0.5**11 * 1.01)])
def test_a_cell_keeps_what_its_gate_lets_it(b, low, high):
    trace = run(CELL, b=b)
    assert low < trace.grads["c1"] / trace.grads["c12"] < high
    assert trace.grads["c1"] == pytest.approx(trace.values["f"] ** 11)


def test_the_lstm_remembers():
    plain, lstm = (losses(record(ALONE, 0, {"k": k}), steps_of(ALONE))[-1] for k in (0.0, 1.0))
    target = run(ALONE).values["x"][:, 0]
    assert plain > 0.8 * np.mean(target**2)
    assert lstm < plain / 2
    assert "k" not in record(ALONE).trainer.parameters
