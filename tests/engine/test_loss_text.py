"""A training takes its steps by the lines up to the loss; what a text does with the trained model is not among them."""

import numpy as np
import pytest

from app.engine import Limits, ValueProblem, compile_program
from app.engine.training.loss_text import loss_text, up_to
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer

LOSS = """text = "abcabcab"
letters = sorted(set(text))
ids = [letters.index(c) for c in text]
W = np.zeros((3, 3))
p = softmax(W[ids[:-1]])
loss = -np.mean(np.log(p[np.arange(7), ids[1:]]))
"""
SAMPLES = """
def write(length):
    rng = np.random.default_rng(1)
    last, out = 0, "a"
    for _ in range(length):
        e = np.exp(W[last])
        last = rng.choice(3, p=e / e.sum())
        out += letters[last]
    return out

print(write(12))
"""


def record(source: str, **settings: float) -> Record:
    return Record(Trainer(Run(source, {}, settings=settings or {"lr": 5.0})))


def written(source: str, step: int) -> str:
    made = record(source)
    plan = compile_program(source, made.trainer.values(made.state(step)))
    return plan.run().prints[0].text


def test_a_text_that_samples_is_trained_as_without_its_samples() -> None:
    with_samples, without = record(LOSS + SAMPLES), record(LOSS)
    assert with_samples.trainer.parameters == ("W",)
    assert with_samples.trainer.decides is None
    for step in (0, 1, 40):
        assert np.array_equal(with_samples.state(step).weights[0], without.state(step).weights[0])


def test_what_it_writes_at_a_step_is_what_python_writes_with_its_parameters() -> None:
    made = record(LOSS + SAMPLES)
    for step in (0, 3, 40):
        W = np.asarray(made.state(step).weights[0])
        rng, last, out = np.random.default_rng(1), 0, "a"
        for _ in range(12):
            e = np.exp(W[last])
            last = rng.choice(3, p=e / e.sum())
            out += "abc"[last]
        assert written(LOSS + SAMPLES, step) == out


def test_it_writes_what_it_has_learned_and_chance_repeats() -> None:
    assert written(LOSS + SAMPLES, 200).startswith("abcabcabcabc")
    assert written(LOSS + SAMPLES, 0) != written(LOSS + SAMPLES, 200)
    assert written(LOSS + SAMPLES, 7) == written(LOSS + SAMPLES, 7)


def test_lines_behind_the_loss_may_have_values_of_their_own() -> None:
    source = LOSS + "heat = 2.0\nif heat > W[0, 0]:\n    print('hot')\n"
    trainer = Trainer(Run(source, {"heat": 3.0}, "loss", parameters=("W",)))
    assert trainer.values(trainer.start)["heat"] == 3.0


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (LOSS + SAMPLES, LOSS + SAMPLES.replace("print(write(12))", "")),
        ("x = 1.0\nloss = x * x\n# region y\nprint(x,\n  1)\n# end", "x = 1.0\nloss = x * x\n# region y\n\n\n# end"),
        ("for i in range(2):\n    loss = i * x\nif x > 0:\n    print(x)", "for i in range(2):\n    loss = i * x\n\n"),
        ("x = 1.0\nloss = x; print(x)", None),
        ("x = 1.0\nloss = x", None),
        ("x = 1.0\ndef f():\n    loss = x\ny = 2", None),
    ],
)
def test_only_what_computes_behind_the_loss_goes(source: str, left: str | None) -> None:
    assert up_to(["loss"], source, Limits()) == (source if left is None else left)


def test_parameters_that_decide_before_the_loss_are_still_refused() -> None:
    with pytest.raises(ValueProblem, match="n cannot be learned"):
        Trainer(
            Run("n = 3.0\nx = 2.0\nloss = x * n\nfor i in range(int(n)):\n    loss = loss * x", {}, parameters=("n",))
        )


def test_a_text_without_decisions_stays_whole() -> None:
    source = "x = 3.0\nloss = x * x\nprint(x)"
    assert loss_text(Run(source, {}), Limits()).source == source
