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


def test_of_three_classes_the_largest_column_is_the_likeliest_and_no_line_parts_two(client):
    network = {
        "inputs": 2,
        "layers": [{"units": 3, "activation": "tanh"}, {"units": 3, "activation": "softmax"}],
        "loss": "cross_entropy",
        "points": {"x": [[0, 0], [1, 0], [0, 1]], "target": [0, 1, 2], "classes": 3},
    }
    for of, classes in {"p": 3, "z2": 3, "a1": 0}.items():
        answer = client.post("/api/v1/surface", json={"network": network, "resolution": 3, "of": of}).json()
        assert (answer["classes"], answer["level"]) == (classes, None)
    assert client.post("/api/v1/surface", json=NET | {"resolution": 2}).json()["classes"] == 0


RUN = {"run": {"optimizer": "adam", "batch": 4}, "step": 12}


def test_a_slice_has_the_loss_of_the_shown_step_where_nothing_is_moved(client):
    elements = [{"leaf": "W1", "index": [0, 1]}, {"leaf": "b2", "index": [0]}]
    for wish in ({"elements": elements}, {"random_seed": 5}):
        ask = NET | RUN | {"slice": {**wish, "reach": 1, "last": 12}, "resolution": 3}
        answer = client.post("/api/v1/surface", json=ask).json()
        trace = client.post("/api/v1/trace", json=NET | RUN | {"include": ["numbers"]}).json()
        loss = answer["values"][4][0]
        assert loss == pytest.approx(trace["numbers"]["values"][-1], rel=1e-15)
        path = answer["slice"]["path"]
        assert [path[0][0], path[-1][0]] == [0, 12]
        assert path[-1][1:] == pytest.approx(answer["slice"]["origin"], abs=1e-12)
    assert answer["slice"]["names"] == ["direction 1", "direction 2"]


def test_a_large_network_has_a_coarser_slice(client):
    layers = [{"units": 8, "activation": "tanh"}] * 6 + [{"units": 1}]
    network = {"inputs": 2, "layers": layers, "loss": "mse", "batch": 200, "data": "spirals", "norm": True}
    answer = client.post("/api/v1/surface", json={"network": network, "slice": {}, "resolution": 100}).json()
    assert 8 <= len(answer["axes"][0]) == len(answer["axes"][1]) < 100


def test_a_place_of_a_slice_opens(client):
    """Its parameters, given as values, have the loss that the slice says."""
    ask = NET | {"slice": {"random_seed": 1}, "resolution": 2}
    answer = client.post("/api/v1/surface", json=ask).json()
    place = [axis[0] for axis in answer["axes"]]
    there = client.post("/api/v1/surface", json=ask | {"slice": {"random_seed": 1, "place": place}}).json()
    values = there["slice"]["parameters"]
    trace = client.post("/api/v1/trace", json=NET | {"values": values, "include": ["numbers"]}).json()
    assert trace["numbers"]["values"][-1] == answer["values"][0][0]
    assert there["axes"] == there["values"] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"program": "x = 2.0\ny = x * x"}, "no input holds examples"),
        ({"program": "x = np.ones((4, 3))\nw = 2.0\ny = x * w\nL = np.sum(y)"}, "no plane"),
        ({"program": "x = np.zeros((0, 2))\nw = 1.0\np = x * w\nL = np.sum(p)"}, "x holds no example"),
        (NET | {"of": "loss"}, "loss has no value for each example"),
        (NET | {"slice": {"elements": [{"leaf": "W1"}, {"leaf": "b1", "index": [0]}]}}, "no element of W1"),
    ],
)
def test_refusals(client, body, said):
    answer = client.post("/api/v1/surface", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
