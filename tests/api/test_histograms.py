"""`POST /api/v1/histograms`."""

from itertools import pairwise

import numpy as np
import pytest

from app.engine.training.histograms import distributions
from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer

HALVED = {"program": "w = np.array([1.0, 2.0, 3.0])\nf = np.sum(w ** 2)", "run": {"settings": {"lr": 0.25}}}
NET = {
    "network": {"inputs": 2, "layers": [{"units": 8, "activation": "tanh"}, {"units": 1}], "loss": "mse", "batch": 30},
    "run": {"optimizer": "adam", "batch": 7},
}


def test_a_case_by_hand(client):
    told = client.post("/api/v1/histograms", json=HALVED | {"step": 2, "ranges": 3}).json()
    # Each step halves the numbers: 1 2 3, then 0.5 1 1.5, then 0.25 0.5 0.75; ranges are a third of 3 - 0.25 wide.
    assert told["steps"] == [0, 1, 2]
    (found,) = told["distributions"]
    assert (found["parameter"], found["elements"]) == ("w", 3)
    assert found["values"] == {"low": 0.25, "high": 3.0, "counts": [[1, 1, 1], [2, 1, 0], [3, 0, 0]]}
    assert found["gradients"] == {"low": 0.5, "high": 6.0, "counts": [[1, 1, 1], [2, 1, 0], [3, 0, 0]]}


def test_every_number_counts_and_steps_are_few(client):
    told = client.post("/api/v1/histograms", json=NET | {"step": 700}).json()
    steps = told["steps"]
    assert steps[0] == 0
    assert steps[-1] == 700
    assert 32 <= len(steps) <= 66
    assert len({b - a for a, b in pairwise(steps[:-1])}) == 1
    for found in told["distributions"]:
        for kind in ("values", "gradients"):
            assert np.shape(found[kind]["counts"]) == (len(steps), 24)
            assert np.all(np.sum(found[kind]["counts"], axis=1) == found["elements"])
    chosen = client.post("/api/v1/histograms", json=NET | {"step": 700, "parameters": ["b1"]}).json()
    assert [each["parameter"] for each in chosen["distributions"]] == ["b1"]


def test_the_counts_are_those_of_the_states():
    record = Record(Trainer(Run("w = np.linspace(-1, 2, 40)\nf = np.sum(w ** 4)", settings={"lr": 0.01})))
    steps, (found,) = distributions(record, 20, 10, (), 10**7)
    assert steps == tuple(range(21))
    histogram = found.values
    edges = np.linspace(histogram.low, histogram.high, 11)
    for row, step in zip(histogram.counts, steps, strict=True):
        weights = np.clip(record.state(step).weights[0], histogram.low, histogram.high)
        assert list(row) == list(np.histogram(weights, edges)[0])


def test_a_costly_run_has_fewer_steps():
    record = Record(Trainer(Run("w = np.ones(4)\nf = np.sum(w ** 2)")))
    steps, _ = distributions(record, 60, 5, (), 10 * record.trainer.cost)
    assert len(steps) <= 11
    assert steps[-1] == 60


def test_what_is_not_finite_lies_in_no_range(client):
    body = {"program": "w = np.array([1.0, 1e200])\nf = np.sum(w ** 4)", "step": 1}
    told = client.post("/api/v1/histograms", json=body).json()
    counts = told["distributions"][0]["values"]["counts"]
    assert [sum(row) for row in counts] == [2, 1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (HALVED | {"parameters": ["f"]}, "f is not learned"),
        (HALVED | {"ranges": 0}, "ranges must be"),
        (HALVED | {"run": {"own": True}}, "lines of the program"),
        (HALVED | {"step": 10_000_000}, "too much at once"),
    ],
)
def test_refusals(client, body, said):
    answer = client.post("/api/v1/histograms", json=body)
    assert answer.status_code in (400, 413, 422)
    assert said in answer.text
