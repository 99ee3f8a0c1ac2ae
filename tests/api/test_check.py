"""`POST /api/v1/check`."""

import pytest

from app.api import schemas


def ask(client, mini, **more):
    return client.post("/api/v1/check", json={**mini, **more})


def test_every_input_of_the_mini_network(client, mini):
    mini["values"]["b1"] = [[1.5]]
    answer = ask(client, mini)
    assert answer.status_code == 200
    told = answer.json()
    schemas.CheckAnswer.model_validate(told)
    assert {one["id"] for one in told["checks"]} == {"W1", "x", "b1", "W2", "b2"}
    assert {one["verdict"] for one in told["checks"]} == {"agrees"}
    weights = next(one for one in told["checks"] if one["id"] == "W1")
    assert weights["grad"] == [[2.0, 4.0]]
    assert weights["numeric"][0] == pytest.approx([2.0, 4.0], rel=1e-9)


def test_the_lessons_figure(client):
    asked = {"program": "f = x**2 + 3*x + 2", "values": {"x": 5.0}, "nodes": ["x"]}
    (one,) = client.post("/api/v1/check", json=asked).json()["checks"]
    assert (one["grad"], one["numeric"]) == (13.0, 12.99999999986312)


def test_a_kink_and_what_is_not_finite(client):
    (one,) = client.post("/api/v1/check", json={"program": "y = relu(x)", "values": {"x": 0}}).json()["checks"]
    assert one["verdict"] == "kink"
    (one,) = client.post("/api/v1/check", json={"program": "y = log(x)", "values": {"x": 0}}).json()["checks"]
    assert (one["grad"], one["verdict"]) == ("Infinity", "not finite")


@pytest.mark.parametrize(
    "wrong", [{"nodes": ["y"]}, {"epsilon": 0}, {"epsilon": -1}, {"epsilon": 5e-324}, {"method": "backward"}]
)
def test_what_cannot_be_checked_is_a_problem(client, mini, wrong):
    answer = ask(client, mini, **wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_too_much_to_check_is_told_before_it_is_done(client):
    asked = {"program": "y = np.sum(W @ W)", "values": {"W": [[0.5] * 100] * 100}}
    answer = client.post("/api/v1/check", json=asked)
    assert answer.status_code == 413
    assert "evaluations" in answer.json()["errors"][0]["message"]
