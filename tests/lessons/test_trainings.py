"""What the options of a training figure state, and how a slip of the pen is told."""

import pytest

from app.engine import EngineError, Limits
from app.engine.training.batches import Batches
from app.engine.training.rates import Rate
from app.lessons.trainings import MOST, check, engine_run, runs_of

BOWL = "f = (x - 1) ** 2"


def test_lists_state_several_runs():
    runs = runs_of({"optimizer": "sgd,adam", "lr": "0.1,0.02", "mu": "0.5", "steps": "40", "log": "yes"})
    assert runs == (
        {"optimizer": "sgd", "settings": {"lr": 0.1, "mu": 0.5}},
        {"optimizer": "adam", "settings": {"lr": 0.02, "mu": 0.5}},
    )


def test_what_counts_for_the_whole_run():
    options = {"batch": "4", "validation": "0.25", "seed": "3", "rate": "cosine", "over": "50", "factor": "0"}
    (run,) = runs_of({**options, "decay": "0.01", "clip": "1", "learn": "x,w"})
    made = engine_run(BOWL, {"x": 3.0}, run)
    assert made.batches == Batches(4, 0.25, 3)
    assert made.rate == Rate("cosine", 50, 0.0)
    assert made.parameters == ("x", "w")
    assert (made.decay, made.clip, made.optimizer) == (0.01, 1.0, "sgd")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"lr": "fast"}, "lr=fast"),
        ({"steps": "many"}, "steps=many"),
        ({"lr": "1,2", "decay": "1,2,3"}, "lr has 2 settings"),
        ({"lr": ",".join(["1"] * (MOST + 1))}, f"lr has {MOST + 1} settings"),
        ({"1": "sgd"}, "'sgd' is no option"),
    ],
)
def test_options_that_mean_nothing(options, found):
    with pytest.raises(EngineError, match=found) as refused:
        runs_of(options)
    assert refused.value.hint


@pytest.mark.parametrize(
    "options",
    [{"optimizer": "sdg"}, {"optimizer": "adam", "mu": "0.9"}, {"rate": "sine"}, {"why": "y"}, {"norms": "f,z"}],
)
def test_what_cannot_be_trained_is_told_when_it_is_read(options):
    with pytest.raises(EngineError):
        check(BOWL, {"x": 3.0}, options, runs_of(options), Limits())
