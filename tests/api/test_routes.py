"""The other routes, and that all of them are what OpenAPI says of them."""

import html
import subprocess
import sys

import numpy as np
import pytest

from app.api import schemas
from app.api.syntax_forms import SYNTAX
from app.engine import compile_program, trace
from app.engine.ops import REGISTRY

NETWORK = {"inputs": 3, "layers": [{"units": 4, "activation": "relu"}, {"units": 2}], "loss": "mse", "batch": 5}


@pytest.fixture(scope="session")
def ops(client):
    return client.get("/api/v1/ops").json()


# -- network and code ----------------------------------------------------------------------------------------------


def test_network(client):
    answer = client.post("/api/v1/network", json=NETWORK)
    assert answer.status_code == 200
    told = answer.json()
    schemas.NetworkAnswer.model_validate(told)
    assert told["output"] == "loss"
    assert np.shape(told["values"]["x"]) == (5, 3)
    assert client.post("/api/v1/network", json=NETWORK).json() == told
    assert client.post("/api/v1/network", json={**NETWORK, "random_seed": 1}).json() != told
    run = trace(told["program"], told["values"], told["output"])
    assert run.values["y"].shape == (5, 2)


def test_a_network_says_where_its_program_is_not_line_by_line_what_was_described(client):
    layers = [{"units": 3, "activation": "softmax"}]
    told = client.post("/api/v1/network", json={"inputs": 2, "layers": layers, "loss": "cross_entropy"}).json()
    assert ["softmax itself" in note for note in told["notes"]] == [True]
    plain = client.post("/api/v1/network", json={"inputs": 2, "layers": layers}).json()
    assert plain["notes"] == []


def test_what_the_language_lists_for_networks_is_taken_and_nothing_else(client):
    listed = client.get("/api/v1/ops").json()["network"]
    for loss in listed["losses"]:
        for activation in [*listed["activations"], "sin"]:
            layers = [{"units": 2, "activation": activation}]
            answer = client.post("/api/v1/network", json={"inputs": 2, "layers": layers, "loss": loss["name"]})
            assert (answer.status_code == 200) == (activation in loss["outputs"]), (loss, activation)
    for init in listed["inits"]:
        network = {"inputs": 2, "layers": [{"units": 2}], "init": init}
        assert client.post("/api/v1/network", json=network).status_code == 200


def test_networks_that_are_none(client):
    answer = client.post("/api/v1/network", json={**NETWORK, "layers": [{"units": 1, "activation": "rely"}]})
    assert answer.status_code == 422
    assert "relu" in answer.json()["errors"][0]["hint"]
    assert client.post("/api/v1/network", json={"inputs": 10**9, "layers": [{"units": 1}]}).status_code == 413


def test_code_runs_by_itself_and_finds_the_same(client, mini, tmp_path):
    mini["values"]["b1"] = [[2.5]]
    told = client.post("/api/v1/code", json=mini).json()
    file = tmp_path / "emitted.py"
    file.write_text(told["source"] + "print(y.tolist(), dW1.tolist())\n")
    printed = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True).stdout
    run = trace(mini["program"], mini["values"])
    assert printed == f"{run.values['y'].tolist()} {run.grads['W1'].tolist()}\n"


def test_code_ties_lines_to_nodes(client, mini):
    told = client.post("/api/v1/code", json=mini).json()
    schemas.CodeAnswer.model_validate(told)
    lines = told["source"].splitlines()
    at = {(line["node"], line["pass"]): lines[line["line"] - 1] for line in told["lines"]}
    assert at["a1", "forward"].startswith("a1 = ")
    assert at["a1", "backward"].startswith("da1 = ")


# -- ops -----------------------------------------------------------------------------------------------------------


def test_ops_lists_the_registry(ops):
    schemas.OpsAnswer.model_validate(ops)
    assert [op["name"] for op in ops["ops"]] == list(REGISTRY)
    assert "softmax" in {function["name"] for function in ops["functions"]}
    assert all(function["summary"] and function["source"].startswith("def ") for function in ops["functions"])


def test_curves_are_true(ops):
    curves = {op["name"]: op["curve"] for op in ops["ops"] if op["curve"]}
    assert {"relu", "tanh", "sigmoid", "gelu", "exp", "sin"} <= set(curves)
    x, y, dy = (np.array(curves["tanh"][key]) for key in ("x", "y", "dy"))
    np.testing.assert_allclose(y, np.tanh(x), rtol=1e-5)
    np.testing.assert_allclose(dy, 1 - np.tanh(x) ** 2, rtol=1e-5)
    assert 0.0 in curves["relu"]["x"]


def test_functions_of_one_number_have_curves_too(ops):
    curves = {function["name"]: function["curve"] for function in ops["functions"] if function["curve"]}
    assert set(curves) == {"log_sigmoid"}
    x, y, dy = (np.array(curves["log_sigmoid"][key]) for key in ("x", "y", "dy"))
    s = 1 / (1 + np.exp(-x))
    np.testing.assert_allclose(y, np.log(s), rtol=1e-5)
    np.testing.assert_allclose(dy, 1 - s, rtol=1e-5)


def test_what_a_function_of_one_number_computes_is_told_as_it_runs(ops):
    told = {op["name"]: (op["definition"], op["derivative"]) for op in ops["ops"]}
    assert told["sigmoid"] == (r"\frac{1}{1 + e^{-x}}", r"\frac{y}{1 + e^{x}}")
    assert told["relu"] == (r"\max\left(x, 0\right)", "x > 0")
    assert told["add"] == (None, None)
    # The rule asks again within its branch, so that no exponential overflows; a reader need not.
    assert told["elu"][0].count("cases") == 2
    assert r"\mathrm{expm1}\left(x\right) & \text{otherwise}" in told["elu"][0]
    assert all(told[op["name"]][0] for op in ops["ops"] if op["curve"])
    functions = {
        function["name"]: (function["definition"], function["derivative"], function["letters"])
        for function in ops["functions"]
    }
    assert functions["log_sigmoid"] == (
        r"-\mathrm{softplus}\left(-x\right)",
        r"\frac{1}{1 + e^{-\left(-x\right)}}",
        [],
    )
    assert functions["softmax"] == (None, None, [])


def test_activations_are_listed_together(ops):
    family = [op["name"] for op in ops["ops"] if op["family"] == "activations"]
    assert {"sigmoid", "tanh", "relu", "gelu"} <= set(family)
    assert "exp" not in family


def test_curves_are_promised_to_nodes_that_have_them(client, ops):
    curved = {op["name"] for op in ops["ops"] if op["curve"]}
    program = "a = relu(x)\nb = leaky_relu(x, slope=0.5)\nc = leaky_relu(x)\ny = a + b * c"
    nodes = client.post("/api/v1/trace", json={"program": program, "values": {"x": 1}}).json()["nodes"]
    assert {n["id"]: n["curve"] for n in nodes if n["name"]} == {
        "x": False,
        "a": True,
        "b": False,
        "c": True,
        "y": False,
    }
    assert all(n["op"] in curved for n in nodes if n["curve"])


def test_ops_are_sent_packed(client, ops):
    answer = client.get("/api/v1/ops", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 1_500 * sum(op["curve"] is not None for op in ops["ops"])
    assert answer.json() == ops
    assert "content-encoding" not in client.get("/api/v1/ops", headers={"accept-encoding": "identity"}).headers


def test_ops_need_not_be_sent_twice(client):
    first = client.get("/api/v1/ops")
    assert client.get("/api/v1/ops", headers={"if-none-match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("form", SYNTAX, ids=lambda form: form.form)
def test_examples_of_the_syntax_run(form):
    compile_program(form.example).run()


# -- health, OpenAPI, docs -----------------------------------------------------------------------------------------


def test_health(client):
    answer = client.get("/healthz")
    assert answer.json()["status"] == "ok"
    schemas.HealthAnswer.model_validate(answer.json())


def described(client):
    return client.get("/api/v1/openapi.json").json()


def references(part):
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "$ref")
        part = part.values()
    if isinstance(part, list) or not isinstance(part, str | int | float | bool | None):
        for inner in part:
            yield from references(inner)


def test_openapi_leads_nowhere_into_the_void(client):
    told = described(client)
    for reference in references(told):
        name = reference.removeprefix("#/components/schemas/")
        assert name in told["components"]["schemas"]
    assert set(told["paths"]) == {
        "/api/v1/trace",
        "/api/v1/network",
        "/api/v1/code",
        "/api/v1/cells",
        "/api/v1/check",
        "/api/v1/diagnosis",
        "/api/v1/explain",
        "/api/v1/grade",
        "/api/v1/histograms",
        "/api/v1/lessons",
        "/api/v1/lessons/{slug}",
        "/api/v1/nudge",
        "/api/v1/ops",
        "/api/v1/surface",
        "/api/v1/train",
        "/healthz",
    }
    assert client.get("/openapi.json").json() == told


def test_every_example_of_openapi_runs(client):
    told = described(client)
    count = 0
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            if "requestBody" not in operation:
                assert client.request(method, path.replace("{slug}", "the-chain-rule")).status_code == 200
                continue
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            examples = told["components"]["schemas"][reference.rpartition("/")[2]]["examples"]
            for example in examples:
                answer = client.request(method, path, json=example)
                assert answer.status_code == 200, answer.text
                count += 1
    assert count >= 5


def test_docs_hold_every_route_and_every_problem(client):
    page = client.get("/docs")
    assert page.status_code == 200
    for path in described(client)["paths"]:
        assert path in page.text
    told = client.get("/nothing").json()
    assert f'id="{told["type"].removeprefix("/docs#")}"' in page.text
    assert "http://testserver/static" not in page.text
    assert "<script" not in page.text


def test_the_page_of_the_api_tells_the_forms_of_the_language(client):
    page = html.unescape(client.get("/docs").text)
    assert all(each["form"] in page and each["summary"] in page for each in client.get("/api/v1/ops").json()["syntax"])
