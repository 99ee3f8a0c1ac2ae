"""`POST /api/v1/diagnosis`."""

BOWL = {"program": "x = 3.0\nf = x ** 2", "run": {"settings": {"lr": 1.1}}, "step": 20}


def test_what_goes_wrong_with_its_first_step_and_a_trial(client):
    (finding,) = client.post("/api/v1/diagnosis", json=BOWL).json()["findings"]
    assert (finding["kind"], finding["since"], finding["node"]) == ("climbing", 2, None)
    assert finding["trial"] == {"settings": {"lr": 0.11}, "clip": None}


def test_what_it_advises_is_a_run(client):
    (finding,) = client.post("/api/v1/diagnosis", json=BOWL).json()["findings"]
    better = client.post("/api/v1/diagnosis", json=BOWL | {"run": finding["trial"]})
    assert better.json() == {"findings": []}


def test_without_a_run_it_is_gradient_descent(client):
    assert client.post("/api/v1/diagnosis", json={"program": BOWL["program"]}).json() == {"findings": []}


def test_too_far_a_step_is_refused_at_once(client):
    answer = client.post("/api/v1/diagnosis", json=BOWL | {"step": 10_000_000})
    assert answer.status_code == 413
    assert "too much at once" in answer.json()["detail"]


def test_a_training_of_its_own_is_refused(client):
    program = "w = 1.0\nfor i in range(9):\n    loss = w ** 2\n    dw = 2 * w\n    w -= 0.1 * dw"
    answer = client.post("/api/v1/diagnosis", json={"program": program, "run": {"own": True}})
    assert answer.status_code == 422


def test_a_training_goes_on_where_python_would_raise(client):
    asked = {"program": "x = 3.0\nf = x ** 4", "run": {"settings": {"lr": 1}}, "step": 5}
    (finding,) = client.post("/api/v1/diagnosis", json=asked).json()["findings"]
    assert (finding["kind"], finding["node"], finding["since"]) == ("nonfinite", "f", 5)
    assert client.post("/api/v1/trace", json=asked).json()["lost"]["node"] == "f"
    # The text itself, with the same value, is one that Python does not run.
    alone = {"program": "x = 3.0\nf = x ** 4", "values": {"x": -6e187}}
    assert client.post("/api/v1/trace", json=alone).status_code == 422
