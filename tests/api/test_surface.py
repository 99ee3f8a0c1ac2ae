"""`POST /api/v1/surface`."""

import pytest

NET = {
    "network": {
        "inputs": 2,
        "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
        "loss": "binary_cross_entropy",
        "batch": 8,
        "data": "xor",
    }
}


def test_a_grid_beside_the_examples(client):
    answer = client.post("/api/v1/surface", json=NET | {"resolution": 5}).json()
    assert (answer["of"], answer["x"], answer["target"]) == ("p", "x", "target")
    assert [len(axis) for axis in answer["axes"]] == [5, 5]
    assert len(answer["values"]) == 25
    assert answer["examples"][:2] == [[0.0, 0.0], [0.0, 1.0]]
    assert answer["targets"][:2] == [[0.0], [1.0]]
    assert answer["axes"][0][0] == pytest.approx(-0.12)


def test_at_a_step_of_a_run_all_examples_are_there(client):
    run = {"run": {"optimizer": "adam", "batch": 2, "validation": 0.25}, "step": 30, "resolution": 3}
    answer = client.post("/api/v1/surface", json=NET | run).json()
    assert len(answer["aside"]) == 2
    assert len(answer["examples"]) == 8
    assert answer["values"] != client.post("/api/v1/surface", json=NET | {"resolution": 3}).json()["values"]


def test_a_value_of_a_point_is_that_of_the_trace(client):
    """A grid whose corner is an example has the example's prediction there."""
    program = "x = np.array([[0.0], [1.0]])\nw = 2.0\np = x * w\nL = np.sum(p)"
    answer = client.post("/api/v1/surface", json={"program": program, "resolution": 2}).json()
    assert answer["values"] == [[pytest.approx(2 * at)] for at in answer["axes"][0]]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"program": "x = 2.0\ny = x * x"}, "no input holds examples"),
        ({"program": "x = np.ones((4, 3))\nw = 2.0\ny = x * w\nL = np.sum(y)"}, "no plane"),
        ({"program": "x = np.zeros((0, 2))\nw = 1.0\np = x * w\nL = np.sum(p)"}, "x holds no example"),
        (NET | {"of": "loss"}, "loss has no value for each example"),
    ],
)
def test_refusals(client, body, said):
    answer = client.post("/api/v1/surface", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
