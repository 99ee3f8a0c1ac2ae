"""`POST /api/v1/explain`."""

import pytest

from app.api import schemas


def ask(client, mini, **more):
    return client.post("/api/v1/explain", json={**mini, **more})


def text(parts):
    return "".join(part["text"] for part in parts)


def test_a_cell_of_a_product(client, mini):
    answer = ask(client, mini, node="z1.1", index=[0, 0])
    assert answer.status_code == 200
    told = answer.json()
    schemas.ExplainAnswer.model_validate(told)
    assert text(told["value"]["text"]) == "1·1 + (−1)·2 = −1"
    assert [t["value"] for t in told["value"]["terms"]] == [1.0, -2.0]
    assert told["value"]["sources"][1] == {"id": "x", "index": [0, 0], "of": "value"}
    assert {part["tone"] for part in told["value"]["text"]} == {"", "value"}


def test_the_cell_of_a_weight_and_its_gradient(client, mini):
    mini["values"]["b1"] = [[1.5]]
    told = ask(client, mini, node="W1", index=[0, 1]).json()
    assert text(told["grad"]["rule"]) == "dW1[0,1] = dz1[0,0] × x[1,0]"
    assert text(told["grad"]["text"]) == "2 × 2 = 4"
    assert told["grad"]["sources"] == [
        {"id": "z1.1", "index": [0, 0], "of": "grad"},
        {"id": "x", "index": [1, 0], "of": "value"},
    ]


def test_a_node_derived(client, mini):
    mini["values"]["b1"] = [[1.5]]
    answer = ask(client, mini, node="W1")
    assert answer.status_code == 200
    told = answer.json()
    schemas.ExplainAnswer.model_validate(told)
    assert (told["index"], told["value"], told["grad"], told["whole"]) == (None, None, None, None)
    (step,) = told["derivation"]["users"]
    assert {line["kind"]: text(line["text"]) for line in step["message"]}["names"] == "dW1 = dz1 @ x.T"
    assert text(told["derivation"]["gradient"][-1]["latex"]) == r"\begin{pmatrix}2 & 4\end{pmatrix}"


def test_a_function_call_as_a_whole(client):
    body = {"program": "loss = cross_entropy(z, t)", "values": {"z": [1, 1], "t": [0, 1]}, "node": "loss/cross_entropy"}
    told = client.post("/api/v1/explain", json=body).json()
    schemas.ExplainAnswer.model_validate(told)
    (form,) = told["whole"]
    assert (form["source"], form["value"], form["agrees"]) == ("z", [0.5, -0.5], True)


def test_an_operation_in_single_steps(client):
    body = {"program": "y = sigmoid(x) / x", "values": {"x": 0}, "node": "y.1"}
    told = client.post("/api/v1/explain", json=body).json()
    schemas.ExplainAnswer.model_validate(told)
    assert told["derivation"]["expanded"]["program"].splitlines()[-1] == "y = 1 / u3"
    assert told["derivation"]["expanded"]["parts"][0]["grad"] == "-Infinity"


def test_one_pass_alone(client, mini):
    assert ask(client, mini, node="y", index=[0, 0], passes=["forward"]).json()["grad"] is None
    assert ask(client, mini, node="y", index=[0, 0], passes=["backward"]).json()["value"] is None


def test_what_is_not_finite_is_spelled(client):
    told = client.post(
        "/api/v1/explain", json={"program": "y = log(x)", "values": {"x": 0}, "node": "y", "index": []}
    ).json()
    schemas.ExplainAnswer.model_validate(told)
    assert told["value"]["value"] == "-Infinity"
    assert text(told["value"]["text"]) == "log(0) = −∞"


@pytest.mark.parametrize(
    "wrong",
    [
        {"node": "nowhere"},
        {"node": "nowhere", "index": []},
        {"node": "x", "index": []},
        {"node": "x", "index": [2, 0]},
        {"node": "x", "index": [-1, 0]},
    ],
)
def test_what_is_no_element_is_a_problem(client, mini, wrong):
    answer = ask(client, mini, **wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["hint"]


def test_what_is_written_out_is_told_as_one_rule(client):
    body = {"program": "e = np.exp(z)\np = e / np.sum(e)\nf = -np.log(p[1])", "values": {"z": [1, 1]}, "node": "f"}
    told = client.post("/api/v1/explain", json=body).json()
    schemas.ExplainAnswer.model_validate(told)
    (form,) = told["whole"]
    assert (form["name"], form["source"], form["value"]) == ("softmax with cross-entropy", "z", [0.5, -0.5])
    assert client.post("/api/v1/explain", json=body | {"node": "e"}).json()["whole"] is None
