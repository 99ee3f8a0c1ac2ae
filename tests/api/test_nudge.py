"""`POST /api/v1/nudge`."""

import pytest

from app.api import schemas


def ask(client, **asked):
    return client.post("/api/v1/nudge", json=asked)


def test_the_lessons_figures(client):
    asked = {"program": "f = x**2 + 3*x + 2", "values": {"x": 5}, "node": "x", "delta": 0.5, "steps": [0.25]}
    told = ask(client, **asked).json()
    schemas.NudgeAnswer.model_validate(told)
    assert (told["gradient"], told["output"], told["predicted"], told["true"]) == (13.0, 42.0, 6.5, 6.75)
    assert told["outputs"] == [45.3125]
    traced = client.post("/api/v1/trace", json={key: asked[key] for key in ("program", "values")}).json()
    places = {node["id"]: place for place, node in enumerate(traced["nodes"])}
    assert (told["nodes"]["predicted"][places["f"]], told["nodes"]["true"][places["f"]]) == (6.5, 6.75)
    assert len(told["nodes"]["true"]) == len(told["nodes"]["predicted"]) == len(places)


def test_no_path_is_null_and_what_is_not_finite_is_spelled(client):
    told = ask(client, program="y = w * (x > 1)", values={"x": 0, "w": 3}, node="x", delta=2).json()
    assert (told["gradient"], told["predicted"], told["true"]) == (None, 0.0, 3.0)
    told = ask(client, program="y = log(x)", values={"x": 0}, node="x", delta=1).json()
    assert (told["gradient"], told["output"], told["true"]) == ("Infinity", "-Infinity", "Infinity")


@pytest.mark.parametrize(
    "wrong",
    [{"node": "q"}, {"index": []}, {"node": "W1", "index": [0, 2]}, {"node": "W1", "index": [0.5, 0]}, {"delta": 1e7},
     {"delta": "NaN"}, {"steps": [0] * 101}, {"steps": ["x"]}],
)  # fmt: skip
def test_what_cannot_be_moved_is_a_problem(client, mini, wrong):
    answer = ask(client, **{**mini, "node": "b1", "index": [0, 0], "delta": 0.1, **wrong})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_too_much_is_told_before_it_is_done(client):
    asked = {"program": "y = np.sum(W @ W @ W @ W @ W @ W @ W @ W @ W @ W)", "values": {"W": [[0.01] * 100] * 100}}
    answer = ask(client, **asked, node="W", index=[0, 0], delta=0.1, steps=[0.1] * 100)
    assert answer.status_code == 413
    assert "evaluations" in answer.json()["errors"][0]["message"]
