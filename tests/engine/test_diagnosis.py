"""What goes wrong in a training, and since which step."""

import math

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.interpreter.network import Layer, Network, network_program
from app.engine.training.batches import Batches
from app.engine.training.diagnosis import diagnosis
from app.engine.training.looks import LOOKS
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer

MOST = 5_000_000


def network(act, init="xavier", *, hidden=(8,), data="circles", lr=0.5, last="sigmoid", loss="binary_cross_entropy"):
    layers = (*[Layer(units, act) for units in hidden], Layer(1, last))
    made = network_program(Network(2, layers, loss, init, 1, 40, data))
    return Run(made.program, made.values, made.output, settings={"lr": lr})


def found(run, step):
    return {finding.kind: finding for finding in diagnosis(Record(Trainer(run)), step, MOST)}


BOWL = "x = 3.0\nf = x ** 2"
DEEP = network("sigmoid", hidden=(4,) * 8, lr=0.01)
CASES = {
    "nonfinite": (Run(BOWL, settings={"lr": 1.2}), 1500),
    "climbing": (Run(BOWL, settings={"lr": 1.2}), 20),
    "exploded": (Run("x = 3.0\nf = x ** 4", settings={"lr": 0.1}), 3),
    "dead": (network("relu", "he", hidden=(8, 8), lr=3.0), 300),
    "saturated": (network("sigmoid", lr=300.0), 60),
    "alike": (network("tanh", "ones", lr=0.1), 50),
    "unreached": (network("tanh", "zeros"), 20),
    "vanished": (DEEP, 0),
    "constant": (network("tanh", "zeros"), 20),
}


def test_every_kind_is_tried():
    assert set(CASES) == set(LOOKS)


@pytest.mark.parametrize("kind", CASES)
def test_it_is_found_with_its_first_step(kind):
    run, step = CASES[kind]
    seen = found(run, step)
    finding = seen[kind]
    assert 0 <= finding.since <= step
    assert finding.says
    assert finding.advice
    # From there on it is so, and in the step before it was not, or less.
    assert kind in found(run, finding.since)
    if finding.since > 0:
        before = found(run, finding.since - 1).get(kind)
        assert before is None or before.says != finding.says


def test_the_first_infinite_step_is_exact():
    run, _ = CASES["nonfinite"]
    x, step = 3.0, 0
    while math.isfinite(x * x):
        x, step = x - 1.2 * 2 * x, step + 1
    assert found(run, 1500)["nonfinite"].since == step
    assert found(run, 1500)["nonfinite"].node == "f"


def test_a_training_that_goes_well_has_no_findings():
    assert found(network("tanh", hidden=(8, 8)), 300) == {}
    assert found(Run(BOWL), 40) == {}


HIDING = """np.random.seed(0)
x, target = np.random.randn(4, 3), np.random.randn(4, 3)
Wq, Wk = np.random.randn(3, 3), np.random.randn(3, 3)
scores = x @ Wq @ Wk.T @ x.T + np.triu(np.full((4, 4), -np.inf), k=1)
loss = np.mean((softmax(scores) @ x - target) ** 2)"""


def test_infinities_that_are_meant_are_no_finding():
    assert "nonfinite" not in found(Run(HIDING, settings={"lr": 0.1}), 20)
    late = found(Run(f"{HIDING}\nloss = loss * np.mean(Wq ** 4)", settings={"lr": 10.0}), 20)["nonfinite"]
    assert (late.since > 0, late.node) == (True, "Wq")


def test_the_loss_of_a_lucky_batch_is_no_measure_for_the_whole():
    run = network("tanh", lr=0.05)
    batches = Run(run.source, run.values, run.output, settings=run.settings, batches=Batches(1, seed=2))
    record = Record(Trainer(batches))
    state = record.state(60)
    whole = compile_program(run.source, record.trainer.values(state, whole=True), run.output).run().output
    assert float(whole) > 1.5 * state.best
    assert "climbing" not in found(batches, 60)


@pytest.mark.parametrize("kind", ["climbing", "nonfinite"])
def test_what_it_advises_helps(kind):
    run, step = CASES[kind]
    trial = found(run, step)[kind].trial
    better = Run(run.source, run.values, run.output, settings={**run.settings, **trial.settings}, clip=trial.clip)
    assert kind not in found(better, step)


def test_the_dead_network_of_the_notebook_says_where_its_gradient_ends():
    mini = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
    values = {"x": [[1.0], [2.0]], "W1": [[1.0, -1.0]], "b1": [[0.5]], "W2": [[2.0]], "b2": [[1.0]]}
    seen = found(Run(mini, values), 5)
    assert seen["dead"].says == "a1 passes no gradient on: its slope is 0."
    # It was so before any step: no other rate would help.
    assert seen["dead"].trial is None
    assert found(*CASES["dead"])["dead"].trial.settings == {"lr": 0.3}
    assert seen["unreached"].says == "No gradient reaches W1, b1 and W2: they stay."
    awake = found(Run(mini, {**values, "b1": [[1.5]]}), 0)
    assert "dead" not in awake


def test_a_loss_that_is_satisfied_has_no_dead_units():
    text = "w = 2.0\nx = 3.0\nloss = np.maximum(0, 1 - w * x)"
    assert set(found(Run(text), 0)) == {"unreached"}


def test_a_dead_unit_is_counted():
    text = (
        "x = np.array([[1.0, 2.0], [3.0, 1.0]])\ny = np.array([[1.0], [0.0]])\n"
        "W1 = np.array([[0.5, -0.2], [0.1, -0.4]])\nh = relu(x @ W1)\nW2 = np.array([[0.3], [0.2]])\n"
        "loss = np.mean((h @ W2 - y) ** 2)"
    )
    finding = found(Run(text), 0)["dead"]
    assert (finding.node, finding.since) == ("h", 0)
    assert finding.says.startswith("1 of 2 units of h ")
    assert np.all(np.maximum([[1.0, 2.0], [3.0, 1.0]] @ np.array([[-0.2], [-0.4]]), 0) == 0)
