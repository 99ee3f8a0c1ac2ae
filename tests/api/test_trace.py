"""`POST /api/v1/trace`: the contract that other programs rely on."""

import json

import numpy as np
import pytest

from app.api import schemas
from app.engine import Limits, trace

PATH = "/api/v1/trace"


def ask(client, **body):
    answer = client.post(PATH, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_mini_network_whole(client, mini):
    told = ask(client, **mini)
    assert told["output"] == "y"
    assert told["seed"] == [[1.0]]
    assert [n["id"] for n in told["nodes"]] == ["W1", "x", "z1.1", "b1", "z1", "a1", "W2", "y.1", "b2", "y"]
    values = {n["id"]: n["value"] for n in told["nodes"]}
    grads = {n["id"]: n["grad"] for n in told["nodes"]}
    assert values["z1.1"] == [[-1.0]]
    assert values["z1"] == [[-0.5]]
    assert values["a1"] == [[0.0]]
    assert values["y"] == [[1.0]]
    assert grads["b2"] == [[1.0]]
    assert grads["a1"] == [[2.0]]
    assert grads["W2"] == grads["z1"] == grads["b1"] == [[0.0]]
    assert grads["W1"] == [[0.0, 0.0]]
    assert told["backward"] == ["y", "y.1", "a1", "z1", "z1.1"]
    relu = next(e for e in told["edges"] if e["target"] == "a1")
    assert (relu["source"], relu["slot"], relu["message"], relu["local"]) == ("z1", 0, [[0.0]], [[0.0]])
    assert relu["rule"] == "np.where(z1 > 0, da1, 0)"


def test_answer_is_what_is_described(client, mini):
    schemas.TraceAnswer.model_validate(ask(client, **mini))
    schemas.TraceAnswer.model_validate(ask(client, **mini, include=["numbers"]))
    schemas.TraceAnswer.model_validate(ask(client, program="x = 2.0\ny = x * x\ndx = 2 * x\nprint('y', y)"))


def test_nodes_and_edges_hold_every_field_that_is_described(client, mini):
    told = ask(client, **mini)
    assert set(told["nodes"][0]) == set(schemas.NodeAnswer.model_fields)
    assert set(told["edges"][0]) == set(schemas.EdgeAnswer.model_fields) - {"elements"}
    assert set(told["leaves"][0]) == set(schemas.LeafAnswer.model_fields)


def test_numbers_alone_are_the_same_numbers(client, mini):
    whole = ask(client, **mini)
    told = ask(client, **mini, include=["numbers"])
    assert set(told) == {"output", "numbers", "prints", "manual"}
    assert told["numbers"]["values"] == [n["value"] for n in whole["nodes"]]
    assert told["numbers"]["grads"] == [n["grad"] for n in whole["nodes"]]
    assert told["numbers"]["kinks"] == [n["kink"] for n in whole["nodes"]]
    assert told["numbers"]["messages"] == [e["message"] for e in whole["edges"]]
    assert told["numbers"]["locals"] == [e["local"] for e in whole["edges"]]


def test_structure_alone_holds_no_numbers(client, mini):
    whole = ask(client, **mini)
    told = ask(client, **mini, include=["structure"])
    numbers = {"value", "grad", "kink"}
    assert told["nodes"] == [{k: v for k, v in n.items() if k not in numbers} for n in whole["nodes"]]
    assert "prints" not in told


def test_same_numbers_as_the_engine(client):
    program = "h = np.tanh(x @ W + b)\nloss = mse(h @ V, t)"
    random = np.random.default_rng(3)
    shapes = {"x": (4, 3), "W": (3, 5), "b": (5,), "V": (5, 2), "t": (4, 2)}
    values = {name: random.normal(size=shape).tolist() for name, shape in shapes.items()}
    told = ask(client, program=program, values=values)
    run = trace(program, values)
    for node in told["nodes"]:
        np.testing.assert_array_equal(np.array(node["value"]), run.values[node["id"]])
        np.testing.assert_array_equal(np.array(node["grad"], float), np.array(run.grads[node["id"]], float))
    for edge in told["edges"]:
        message = run.messages[edge["source"], edge["target"], edge["slot"]]
        np.testing.assert_array_equal(np.array(edge["message"], float), np.array(message, float))


def test_other_values_on_the_same_structure(client, mini):
    mini["values"]["b1"] = [[2.5]]
    told = ask(client, **mini)
    grads = {n["id"]: n["grad"] for n in told["nodes"]}
    assert grads["W1"] == [[2.0, 4.0]]


def test_values_replace_literals_and_leaves_say_so(client):
    told = ask(client, program="x = 3.0\ny = x * w", values={"w": 2, "x": 5})
    assert told["nodes"][-1]["value"] == 10.0
    assert {leaf["name"]: leaf["literal"] for leaf in told["leaves"]} == {"x": True, "w": False}


@pytest.mark.parametrize("seed", [3, [[3.0]]])
def test_seed(client, mini, seed):
    told = ask(client, **mini, seed=seed)
    assert told["seed"] == [[3.0]]
    assert next(n["grad"] for n in told["nodes"] if n["id"] == "b2") == [[3.0]]


def test_output(client):
    told = ask(client, program="a = x * x\nb = a + x", values={"x": 3}, output="a")
    assert told["output"] == "a"
    assert [n["id"] for n in told["nodes"]] == ["x", "a"]


def test_the_names_that_can_be_the_output(client):
    program = "x = 2.0\nW = [3.0]\nh = x * W[0]\nsign = h > 0\nloss = h * h\ndx = 2 * h * W[0]"
    told = ask(client, program=program)
    assert (told["output"], told["choices"]) == ("loss", ["h", "loss"])
    assert ask(client, program=program, output="h")["choices"] == ["h", "loss"]
    assert ask(client, program=program, output="gone", ignore_unknown=True)["output"] == "loss"
    assert client.post(PATH, json={"program": program, "output": "gone"}).status_code == 422


def test_answers_tell_which_course_the_values_take(client):
    program = "x = 3.0\nfor i in range(2):\n    if x > 1:\n        x = x / 2\ny = x * x"

    def course(x, *include):
        told = ask(client, program=program, values={"x": x}, include=include)
        return told["course"], [(each["line"], each["answer"]) for each in told["decided"]]

    once, decided = course(1.5, "structure")
    assert decided == [(3, True), (3, False)]
    assert course(1.7, "numbers") == (once, decided)
    assert course(1.7, "structure", "numbers") == (once, decided)
    twice, decided = course(3.0, "numbers")
    assert twice != once
    assert decided == [(3, True), (3, True)]
    assert "course" not in ask(client, program="y = x * x", values={"x": 1})


def test_a_turn_of_training_keeps_its_course_while_only_numbers_change(client):
    program = "w = 2.0\nfor i in range(3):\n    loss = w * w\n    dw = 2 * w\n    w = w - 0.1 * dw"
    answers = [ask(client, program=program, values={"w": w}, include=["numbers"]) for w in (1.0, 2.0)]
    assert len({answer["course"] for answer in answers}) == 1
    assert answers[0]["numbers"] != answers[1]["numbers"]


def test_scalar_detail(client, mini):
    told = ask(client, **mini, detail="scalar")
    assert told["detail"] == "scalar"
    assert all(n["shape"] == [] for n in told["nodes"])


def test_no_path_is_null_and_not_zero(client):
    told = ask(client, program="y = x * (w > 1)", values={"x": 3, "w": 2})
    grads = {n["name"]: n["grad"] for n in told["nodes"]}
    assert grads["w"] is None
    assert grads["x"] == 1.0
    assert next(e for e in told["edges"] if e["source"] == "w")["message"] is None


def test_numbers_that_json_lacks(client):
    told = ask(client, program="y = log(x)", values={"x": [0.0, -1.0, 1.0]})
    assert told["nodes"][-1]["value"] == ["-Infinity", "NaN", 0.0]
    assert told["nodes"][0]["grad"][0] == "Infinity"
    told = ask(client, program="y = x * 2", values={"x": ["Infinity", "NaN", "-Infinity"]}, include=["numbers"])
    assert told["numbers"]["values"][0] == ["Infinity", "NaN", "-Infinity"]


def test_null_in_a_text_is_no_number(client):
    told = ask(client, program='null = x * x\nprint("null", null)', values={"x": 3})
    assert told["prints"][0]["items"] == ["null", 9.0]
    assert told["nodes"][-1]["value"] == 9.0


def test_separator_in_a_text_cuts_nothing(client):
    text = '","|","'
    told = ask(client, program=f"y = x * x\nprint('{text}', y)", values={"x": 3})
    assert told["prints"][0]["items"][0] == text


def test_kink_is_told(client):
    told = ask(client, program="y = relu(x)", values={"x": 0})
    assert "0" in told["nodes"][-1]["kink"]
    assert ask(client, program="y = relu(x)", values={"x": 1})["nodes"][-1]["kink"] is None


def test_prints_and_manual_gradients(client):
    program = "x = 3.0\ny = x * x\ndx = 2 * x\nprint('dx:', dx)\nprint(y)"
    told = ask(client, program=program)
    assert told["prints"][0] == {"line": 4, "items": ["dx:", 6.0], "text": "dx: 6.0"}
    assert told["manual"][0] | {"note": None} == {
        "name": "dx",
        "target": "x",
        "line": 3,
        "value": 6.0,
        "adjoint": 6.0,
        "agrees": True,
        "note": None,
        "of": None,
    }


def test_gradients_of_another_scalar_say_of_which(client):
    first = "x = -2.0\ny = 5.0\nf = x * y\ndfdx = y\n"
    told = ask(client, program=first + "u = 3.0\nloss = u * u\ndu = 2 * u", output="loss")
    assert told["output"] == "loss"
    assert [(line["name"], line["of"], line["adjoint"]) for line in told["manual"]] == [
        ("dfdx", "f", 5.0),
        ("du", None, 6.0),
    ]


def test_groups(client):
    told = ask(client, program="def f(x):\n    return x * x + 1\ny = f(x)", values={"x": 2})
    assert [g["name"] for g in told["groups"]] == ["f"]
    assert told["nodes"][-1]["group"] == told["groups"][0]["id"]


def test_network_instead_of_program(client):
    network = {"inputs": 2, "layers": [{"units": 3, "activation": "tanh"}, {"units": 1}], "loss": "mse"}
    told = ask(client, network=network)
    assert told["output"] == "loss"
    assert "tanh" in told["program"]
    made = client.post("/api/v1/network", json=network).json()
    again = ask(client, program=made["program"], values=made["values"], output=made["output"])
    assert again["nodes"] == told["nodes"]


def test_values_beside_a_network_replace_its_own(client):
    network = {"inputs": 1, "layers": [{"units": 1}]}
    told = ask(client, network=network, values={"x": [[2.0]], "W1": [[3.0]], "b1": [1.0]})
    assert told["nodes"][-1]["value"] == [[7.0]]


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
def test_content_type_is_not_asked(client, mini, content_type):
    """curl -d sends forms; the body is JSON all the same."""
    answer = client.post(PATH, content=json.dumps(mini), headers={"content-type": content_type})
    assert answer.status_code == 200


def test_long_chain(client):
    program = "y = x * 1.0\n" + "y = y * 1.0001\n" * 5000
    told = ask(client, program=program, values={"x": 1}, include=["numbers"])
    assert abs(told["numbers"]["grads"][0] - 1.0001**5000) < 1e-9


def test_two_applications_share_nothing(mini):
    from starlette.testclient import TestClient

    from app.main import create_app
    from app.settings import Settings

    small, large = TestClient(create_app(Settings(limits=Limits(nodes=4)))), TestClient(create_app())
    assert small.post(PATH, json=mini).status_code == 413
    assert large.post(PATH, json=mini).status_code == 200
    assert small.post(PATH, json=mini).status_code == 413


def test_sentences_only_when_asked(client, mini):
    assert "sentences" not in ask(client, **mini)
    whole = ask(client, **mini, include=["structure", "numbers", "sentences"])
    schemas.TraceAnswer.model_validate(whole)
    told = whole["sentences"]
    assert set(told["forward"]) == {"z1.1", "z1", "a1", "y.1", "y"}
    assert set(told["backward"]) == set(whole["backward"])
    assert told["backward"]["a1"][0] == {"text": "a1", "tone": "name"}
    numbers = ask(client, **mini, include=["numbers", "sentences"])
    assert numbers["sentences"] == told
    assert set(numbers) == {"output", "numbers", "prints", "manual", "sentences"}


def test_sentences_of_some_moments(client, mini):
    told = ask(client, **mini, include=["sentences"], moments=["start", "backward:a1"])
    schemas.TraceAnswer.model_validate(told)
    assert set(told) == {"output", "sentences"}
    assert told["sentences"]["seed"] is None
    assert told["sentences"]["forward"] == {}
    assert list(told["sentences"]["backward"]) == ["a1"]


def test_sentences_of_functions_as_one_step(client):
    told = ask(client, program="y = softmax(x)", values={"x": [1.0, 2.0]}, include=["sentences"])
    text = "".join(part["text"] for part in told["sentences"]["groups"]["y/softmax"]["forward"])
    assert text.startswith("softmax takes x and gives y = [0.2689  0.7311].")


def test_too_many_sentences_are_refused_with_a_way_out(client):
    program = "y = x * 1.0\n" + "y = y * 1.0001\n" * 2000
    answer = client.post(PATH, json={"program": program, "values": {"x": 1}, "include": ["sentences"]})
    assert answer.status_code == 413
    assert "moments" in answer.json()["errors"][0]["hint"]
    told = ask(client, program=program, values={"x": 1}, include=["numbers", "sentences"], moments=["forward:y#7"])
    assert list(told["sentences"]["forward"]) == ["y#7"]


@pytest.mark.parametrize(
    "wrong", [{"moments": ["start"]}, {"include": ["sentences"], "moments": ["forward:nobody"]}, {"moments": "start"}]
)
def test_moments_asked_wrongly(client, mini, wrong):
    assert client.post(PATH, json={**mini, **wrong}).status_code == 422


def test_groups_tell_kind_result_and_summary(client):
    told = ask(
        client, program="# region head\np = softmax(x * W)\n# endregion\ny = p[0]", values={"x": [1.0, 2.0], "W": 3}
    )
    assert all(group.pop("turns") == [] for group in told["groups"])
    assert told["groups"] == [
        {"id": "region head", "name": "head", "parent": None, "kind": "region", "result": "p", "summary": None},
        {
            "id": "p/softmax",
            "name": "softmax",
            "parent": "region head",
            "kind": "call",
            "result": "p",
            "summary": "exp(x), shifted by the largest for safety, divided by its sum: positive, and adding up to 1.",
        },
    ]
    loop = ask(client, program="y = x\nfor i in range(40):\n    y = np.sin(y)\nz = y * 2", values={"x": 1.0})
    (repeat,) = loop["groups"]
    assert (repeat["kind"], repeat["name"], repeat["result"]) == ("repeat", "40 turns of y", repeat["turns"][-1])
    assert len(repeat["turns"]) == 40
    assert {n["id"]: n["use"] for n in told["nodes"] if n["role"] == "input"} == {"x": "data", "W": "parameter"}
    assert {leaf["id"]: leaf["use"] for leaf in told["leaves"]} == {"x": "data", "W": "parameter"}


def test_a_single_node_opened_to_its_scalars(client, mini):
    closed = ask(client, **mini)
    told = ask(client, **mini, scalar=["z1.1"], include=["structure", "numbers", "sentences"])
    schemas.TraceAnswer.model_validate(told)
    group = told["groups"][0]
    assert group | {"result": "z1.1"} == group
    assert (group["kind"], group["name"], group["id"]) == ("scalar", "@ in z1", "scalar z1.1")
    numbers = {n["id"]: (n["value"], n["grad"]) for n in told["nodes"]}
    assert numbers.items() >= {n["id"]: (n["value"], n["grad"]) for n in closed["nodes"]}.items()
    assert numbers["z1.1:W1[0,1]"] == (-1.0, 0.0)


def test_elements_tell_of_which_array_they_are(client, mini):
    told = ask(client, **mini, detail="scalar")
    elements = {leaf["id"]: leaf["element"] for leaf in told["leaves"]}
    assert elements["W1[0,1]"] == {"leaf": "W1", "index": [0, 1]}
    assert all(leaf["element"] is None for leaf in ask(client, **mini)["leaves"])


def test_an_output_that_is_not_finite_says_where_the_numbers_end(client):
    ask = {"program": "x = -1.0\ny = np.log(x)\nz = y * 2"}
    for include in (["structure", "numbers"], ["numbers"]):
        assert client.post("/api/v1/trace", json={**ask, "include": include}).json()["lost"]["node"] == "y"
    ask["values"] = {"x": 1.0}
    assert "lost" not in client.post("/api/v1/trace", json=ask).json()


@pytest.mark.parametrize(
    "detail", [{}, {"detail": "scalar"}, {"scalar": ["y.1"]}], ids=["arrays", "scalars", "one opened"]
)
def test_notes_are_told_in_every_detail(client, detail):
    told = ask(
        client, program="import matplotlib.pyplot as plt\ny = (x * 2.0).sum()", values={"x": [1.0, 2.0]}, **detail
    )
    assert any("matplotlib" in note for note in told["notes"])
