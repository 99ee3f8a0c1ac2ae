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
    "wrong", [{"nodes": ["q"]}, {"epsilon": 0}, {"epsilon": -1}, {"epsilon": 5e-324}, {"method": "backward"}]
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
    asked["values"] = {"W": [[0.5] * 220] * 220}
    swept = client.post("/api/v1/check", json={**asked, "nodes": ["y"], "sweep": "W"})
    assert swept.status_code == 413


def test_operations_are_checked_where_they_are_named(client, mini):
    told = ask(client, mini, nodes=["z1", "y"]).json()
    assert [one["id"] for one in told["checks"]] == ["z1", "y"]
    assert "sweep" not in told


def test_a_complex_step_is_exact_and_refused_by_the_name_of_the_first_op_that_cannot_take_it(client, mini):
    asked = {"program": "f = x**2 + 3*x + 2", "values": {"x": 5.0}, "method": "complex"}
    told = client.post("/api/v1/check", json=asked).json()
    assert (told["epsilon"], told["method"]) == (1e-20, "complex")
    assert told["checks"][0]["numeric"] == pytest.approx(13.0, rel=1e-15)
    answer = ask(client, mini, method="complex", nodes=["W1"])
    assert answer.status_code == 422
    (trouble,) = answer.json()["errors"]
    assert trouble["message"] == "a complex step cannot pass relu in a1: it does not allow complex numbers"
    assert trouble["line"] == 2
    assert "central" in trouble["hint"]


def test_a_sweep_tells_every_step_and_what_rules_it(client):
    asked = {"program": "f = x**2 + 3*x + 2", "values": {"x": 5.0}, "sweep": "x", "epsilon": 1e-5}
    told = client.post("/api/v1/check", json=asked).json()
    schemas.CheckAnswer.model_validate(told)
    swept = told["sweep"]
    steps = swept["epsilon"]
    assert (steps[0], steps[-1]) == (1.0, 1e-15)
    for column in (swept["central"], swept["forward"], *swept["ruled"].values()):
        assert len(column) == len(steps)
    assert set(swept["ruled"]["central"]) == {"round-off"}
    assert set(swept["ruled"]["forward"]) == {"truncation", "round-off"}
    assert swept["best"]["forward"]["error"] == min(swept["forward"])
    assert (swept["id"], swept["index"], swept["grad"], swept["relative"]) == ("x", [], 13.0, True)
    assert swept["at"]["central"] == {
        "numeric": 12.99999999986312,
        "error": 1.0529286844128084e-11,
        "verdict": "agrees",
        "negligible": False,
    }
    assert swept["central"][steps.index(1e-5)] == swept["at"]["central"]["error"]
    assert swept["at"]["complex"]["verdict"] == "agrees"
    assert swept["barrier"] is None


def test_a_sweep_of_one_element_past_a_relu_says_why_there_is_no_complex_step(client, mini):
    swept = ask(client, mini, sweep="W1", index=[0, 1], nodes=["W1"]).json()["sweep"]
    assert (swept["id"], swept["index"]) == ("W1", [0, 1])
    assert swept["at"]["complex"] is None
    assert swept["barrier"] == {"op": "relu", "node": "a1"}


def test_a_sweep_of_what_is_not_finite_is_told_in_words(client):
    asked = {"program": "y = log(x)", "values": {"x": 0}, "sweep": "x"}
    told = client.post("/api/v1/check", json=asked).json()
    schemas.CheckAnswer.model_validate(told)
    assert set(told["sweep"]["central"]) == {"NaN"}
    assert told["sweep"]["best"] == {"central": None, "forward": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"sweep": "q"},
        {"sweep": 3},
        {"sweep": "W1", "index": [0]},
        {"sweep": "W1", "index": [0, 9]},
        {"sweep": "W1", "index": [0, -1]},
        {"sweep": "W1", "index": "0,1"},
        {"sweep": "W1", "index": [0.5, 0]},
        {"method": "complex"},
    ],
)
def test_what_cannot_be_swept_is_a_problem_with_a_hint(client, mini, wrong):
    answer = ask(client, mini, **wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"]


def test_what_is_zero_within_rounding_is_said_to_be(client):
    asked = {"program": "y = x - x.mean()", "values": {"x": [1, 2, 3, 4]}, "sweep": "x"}
    told = client.post("/api/v1/check", json=asked).json()
    schemas.CheckAnswer.model_validate(told)
    (one,) = told["checks"]
    assert (one["verdict"], one["negligible"]) == ("agrees", True)
    assert 0 < one["round_off"] < 1e-14
    assert (told["sweep"]["relative"], told["sweep"]["at"]["central"]["negligible"]) == (False, True)


def test_a_step_beyond_an_edge(client):
    for source in ("1 / x", "log(x)"):
        asked = {"program": f"y = {source}", "values": {"x": 1e-6}}
        (one,) = client.post("/api/v1/check", json=asked).json()["checks"]
        assert one["verdict"] == "edge within the step"
