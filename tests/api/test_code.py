"""`POST /api/v1/code`: every target, both formats, and what cannot be written."""

import ast

import pytest

from app.api import schemas

SCALAR = {"program": "s = x + y\nf = x * s", "values": {"x": 2, "y": 1}}


def ask(client, body, **more):
    return client.post("/api/v1/code", json={**body, **more})


@pytest.mark.parametrize("target", ["numpy", "torch", "jax", "micrograd"])
@pytest.mark.parametrize("format", ["py", "ipynb"])
def test_every_target_in_every_format(client, target, format):
    answer = ask(client, SCALAR, target=target, format=format)
    assert answer.status_code == 200
    told = answer.json()
    schemas.CodeAnswer.model_validate(told)
    source = told["source"].splitlines()
    ast.parse(told["source"])
    at = {(line["node"], line["pass"]): source[line["line"] - 1].strip() for line in told["lines"]}
    assert at["f", "forward"].startswith("f = x * s")
    assert at["x", "backward"].startswith("dx = ")
    assert set(at) == {(node, passed) for node in ("x", "y", "s", "f") for passed in ("forward", "backward")}
    assert ("notebook" in told) == (format == "ipynb")
    if format == "ipynb":
        cells = ["".join(cell["source"]) for cell in told["notebook"]["cells"]]
        assert at["x", "backward"] in cells[5]
        assert told["notebook"]["cells"][-1]["outputs"][0]["text"] == ["f: 6.0\n", "dx: 5.0\n", "dy: 2.0\n"]


def test_numpy_is_what_is_written_by_default(client, mini):
    assert ask(client, mini).json() == ask(client, mini, target="numpy", format="py").json()


def test_a_line_of_several_nodes_names_its_own_last(client, mini):
    told = ask(client, mini).json()
    line = told["source"].splitlines().index("z1 = W1 @ x + b1") + 1
    assert [entry["node"] for entry in told["lines"] if entry["line"] == line] == ["z1.1", "z1"]


def test_networks_are_written_too(client):
    network = {"inputs": 2, "layers": [{"units": 2, "activation": "relu"}, {"units": 1}], "loss": "mse"}
    for target in ("numpy", "torch", "jax"):
        assert ask(client, {"network": network}, target=target).status_code == 200


def test_what_is_not_finite_is_json_all_the_same(client):
    told = ask(client, {"program": "y = 1 / x", "values": {"x": 0}}, format="ipynb").json()
    assert told["notebook"]["cells"][-1]["outputs"][0]["text"] == ["y: inf\n", "dx: -inf\n"]


def test_micrograd_refuses_arrays_and_says_what_to_ask(client, mini):
    answer = ask(client, mini, target="micrograd")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["type"], told["title"]) == ("/docs#target", "That language does not have it")
    (error,) = told["errors"]
    assert error["message"] == "micrograd has only scalars, and W1 is an array of shape 1×2"
    assert error["line"] == 1
    assert '"detail": "scalar"' in error["hint"]
    assert ask(client, mini, target="micrograd", detail="scalar").status_code == 200


def test_micrograd_refuses_other_operations_by_name_and_place(client):
    told = ask(client, {"program": "a = x * x\ny = log(a)", "values": {"x": 2}}, target="micrograd").json()
    assert told["detail"] == "Line 2: micrograd has no log"
    assert told["errors"][0]["column"] == 5


@pytest.mark.parametrize("field", [{"target": "fortran"}, {"format": "pdf"}, {"target": None}])
def test_what_there_is_not(client, field):
    answer = ask(client, SCALAR, **field)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(field))


# -- a whole training -------------------------------------------------------------------------------------------------

BOWL = {"program": "x = 3.0\nf = (x - 1) ** 2", "run": {"settings": {"lr": 0.25}}}


@pytest.mark.parametrize("target", ["numpy", "torch", "jax"])
def test_a_training_is_a_script(client, target):
    told = ask(client, BOWL, target=target, scope="training", steps=7).json()
    schemas.CodeAnswer.model_validate(told)
    ast.parse(told["source"])
    assert "for step in range(8):" in told["source"]
    source = told["source"].splitlines()
    at = {(line["node"], line["pass"]): source[line["line"] - 1].strip() for line in told["lines"]}
    assert at["f", "forward"].startswith("f = ")


def test_the_script_prints_the_losses_that_train_tells(client):
    source = ask(client, BOWL, scope="training", steps=3).json()["source"]
    rows = []
    exec(source, {"print": lambda *row: rows.append(row)})
    assert rows == [(0, 4.0), (1, 1.0), (2, 0.25), (3, 0.0625)]


def test_the_script_is_that_of_the_run_whatever_step_is_looked_at(client):
    first = ask(client, BOWL, scope="training").json()
    assert ask(client, BOWL, scope="training", step=5, phase="update", moved="x").json() == first
    assert ask(client, {"program": BOWL["program"]}, scope="training").status_code == 200


def test_scripts_of_networks(client):
    net = {
        "network": {
            "inputs": 2,
            "layers": [{"units": 3, "activation": "tanh"}, {"units": 1}],
            "loss": "mse",
            "batch": 9,
        }
    }
    run = {"optimizer": "adam", "batch": 4, "validation": 0.2}
    told = ask(client, net | {"run": run}, scope="training")
    assert told.status_code == 200
    assert "validation, train = " in told.json()["source"]


@pytest.mark.parametrize(
    ("more", "kind", "said"),
    [
        ({"target": "micrograd"}, "/docs#target", "no training can be written for micrograd"),
        ({"format": "ipynb"}, "/docs#request", "a training is written as a script only"),
        ({"steps": 0}, "/docs#request", "steps must be at least 1"),
        ({"program": "x = 3.0\nif x > 1:\n    f = x\nelse:\n    f = x * x"}, "/docs#target", "the program decides"),
    ],
)
def test_trainings_that_are_refused(client, more, kind, said):
    answer = ask(client, BOWL, **({"scope": "training"} | more))
    assert answer.status_code == 422
    assert answer.json()["type"] == kind
    assert said in answer.json()["detail"]
