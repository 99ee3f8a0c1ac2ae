"""Trainings whose text means another graph in each step: labels that choose elements, and what is drawn by the step."""

import numpy as np
import pytest

from app.engine import compile_program
from app.engine.training.batches import Batches
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.surface import own_examples, surface
from app.engine.training.trainer import Trainer

CLASSIFIER = """import numpy as np
X = np.array([[0.0, 0.5], [0.2, 1.0], [1.0, 0.1], [1.0, 1.0], [2.0, 1.0], [0.3, 0.3]])
y = np.array([0, 1, 1, 0, 2, 0])
W = np.array([[0.1, -0.2, 0.3], [0.0, 0.2, -0.1]])
b = np.zeros(3)
scores = X @ W + b
p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
"""
CHOSEN = "loss = -np.log(p[np.arange(len(y)), y]).mean()"
ONE_HOT = "loss = -np.mean(np.sum(np.array(LABELS) * np.log(p), axis=1))"
DROPOUT = """import numpy as np
step = 0
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25], [1.0, 1.0]])
y = np.array([[1.0], [0.0], [1.0], [0.0]])
W1 = np.array([[0.1, -0.2, 0.4, 0.3], [0.3, 0.2, -0.1, 0.5]])
W2 = np.array([[0.2], [0.1], [-0.3], [0.4]])
h = np.tanh(X @ W1)
if step >= 0:
    h = h * (np.random.default_rng(7 + step).random(h.shape) < 0.5) / 0.5
out = h @ W2
loss = np.mean((out - y) ** 2)
"""


def losses(run, steps):
    trainer = Trainer(run)
    state, found = trainer.start, []
    for _ in range(steps):
        taken = trainer.next(state)
        found.append(taken.loss)
        state = taken.after
    return found


def test_labels_that_choose_elements_come_in_batches_with_their_examples():
    trainer = Trainer(Run(CLASSIFIER + CHOSEN, batches=Batches(2, seed=3)))
    assert (trainer.parameters, trainer.data) == (("W", "b"), ("X", "y"))
    labels = np.eye(3)[[0, 1, 1, 0, 2, 0]].tolist()
    one_hot = (CLASSIFIER + ONE_HOT).replace("LABELS", "y").replace("[0, 1, 1, 0, 2, 0]", str(labels))
    assert losses(trainer.run, 9) == pytest.approx(losses(Run(one_hot, batches=Batches(2, seed=3)), 9), rel=1e-12)


def test_labels_that_choose_elements_are_the_targets_of_a_surface():
    own = own_examples(compile_program(CLASSIFIER + CHOSEN))
    assert own.target == "y"
    assert own.targets.ravel().tolist() == [0, 1, 1, 0, 2, 0]


def test_a_text_that_asks_for_the_step_draws_anew_in_each():
    run = Run(DROPOUT, settings={"lr": 0.0})
    found = losses(run, 6)
    assert len(set(found)) > 3
    for step, loss in enumerate(found):
        assert compile_program(DROPOUT, {"step": step}).run().output == loss
    trainer = Trainer(run)
    assert trainer.counts
    assert trainer.parameters == ("W1", "W2")
    assert trainer.values(trainer.start)["step"] == 0
    assert trainer.values(trainer.start, whole=True)["step"] == -1


def test_any_step_of_it_opens():
    run = Run(DROPOUT, batches=Batches(2))
    record = Record(Trainer(run))
    in_order = losses(run, 80)
    for step in (79, 3, 41):
        assert record.trainer.gradients(record.state(step))[0] == in_order[step]


def test_what_is_kept_aside_is_judged_without_it():
    trainer = Trainer(Run(DROPOUT, batches=Batches(2, 0.25), settings={"lr": 0.0}))
    kept = trainer.split.validation
    values = {name: np.array(rows)[kept] for name, rows in (("X", X), ("y", Y))}
    expected = compile_program(DROPOUT, {**values, "step": -1}).run().output
    assert trainer.validation(trainer.start) == expected
    assert trainer.validation(trainer.next(trainer.start).after) == expected


X, Y = [[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25], [1.0, 1.0]], [[1.0], [0.0], [1.0], [0.0]]


def test_predictions_of_it_are_those_without_what_is_drawn():
    trainer = Trainer(Run(DROPOUT, data=("X", "y")))
    state = trainer.next(trainer.start).after
    plan = compile_program(DROPOUT, trainer.values(state, whole=True))
    points = np.array([[0.3, 0.4], [-1.0, 2.0]])
    w1, w2 = state.weights
    found = surface(plan, "X", points, "out", 10**6)
    np.testing.assert_allclose(found.values, np.tanh(points @ w1) @ w2, rtol=1e-12)


@pytest.mark.parametrize("text", [DROPOUT, CLASSIFIER + CHOSEN])
def test_values_are_moved_at_a_step_that_decides_otherwise(text):
    """A plan for the values of a step runs with another weight: what was given to decide is what it was."""
    trainer = Trainer(Run(text, batches=Batches(2)))
    state = trainer.next(trainer.next(trainer.start).after).after
    plan = compile_program(text, trainer.values(state))
    name = trainer.parameters[0]
    moved = np.asarray(state.weights[0]) + 0.1
    again = compile_program(text, {**trainer.values(state), name: moved})
    assert plan.run({name: moved}).output == again.run().output


def test_a_number_of_steps_that_is_no_decision_is_counted_too():
    run = Run("step = 0\nx = 3.0\nf = (x - step) ** 2", settings={"lr": 0.0})
    assert losses(run, 3) == [9.0, 4.0, 1.0]


@pytest.mark.parametrize("text", ["step = 0.0\nx = 3.0\nf = (x - step) ** 2", "step = 1\nx = 3.0\nf = (x - step) ** 2"])
def test_a_step_of_another_kind_is_a_value_like_any_other(text):
    trainer = Trainer(Run(text, parameters=("x",)))
    assert not trainer.counts
    assert "step" not in trainer.values(trainer.start)


def test_reading_in_each_step_counts():
    assert Trainer(Run(DROPOUT)).cost > 10 * Trainer(Run(DROPOUT.replace("step", "kept"))).cost
