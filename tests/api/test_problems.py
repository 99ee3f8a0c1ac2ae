"""Every error is a problem: its shape, its status, and words that help."""

import json

import pytest

from app.api.problems import KINDS

TRACE = "/api/v1/trace"


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].removeprefix("/docs#") in {kind.anchor for kind in KINDS}
    assert told["title"]
    assert told["detail"]
    for error in told["errors"]:
        assert set(error) >= {"message", "line", "column", "hint"}
        assert error["message"]
    return told


@pytest.mark.parametrize(
    ("body", "line", "column", "hint"),
    [
        ("{", 1, 2, None),
        ('{"program": NaN}', 1, 13, '"NaN"'),
        ('{"values": {"x": -Infinity}}', 1, 19, '"-Infinity"'),
        ('{\n  "program": None}', 2, 14, "null"),
        ('{"detail": True}', 1, 12, "true"),
        ("{'program': 1}", 1, 2, "double quotes"),
        ('{"values": [1,]}', 1, 14, "comma"),
        ('{"program": "y = x",}', 1, 20, "comma"),
        ('{"values": {"x": .5}}', 1, 18, "0.5"),
        ('{"program": "a"} x', 1, 18, None),
        ('{"program": "\\ud800"}', 1, None, None),
        ("\ufeff{}", 1, 1, "byte order mark"),
    ],
)
def test_malformed_json(client, body, line, column, hint):
    error = problem(client.post(TRACE, content=body.encode()), 400)["errors"][0]
    assert error["line"] == line
    assert column is None or error["column"] == column
    assert hint is None or hint in error["hint"]


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xff\xfe", b'{"program": "\xff"}', b"\x00", b"[" * 100_000])
def test_not_even_text(client, body):
    problem(client.post(TRACE, content=body), 400)


@pytest.mark.parametrize(
    ("body", "says", "hint"),
    [
        ([], "the body must be an object", None),
        ("y = x", "the body must be an object", None),
        ({}, "program is missing", "network"),
        ({"program": "y = 1.0", "network": {"inputs": 1, "layers": [{"units": 1}]}}, "exclude", None),
        ({"program": 3}, "program must be a text, but is 3", None),
        ({"program": None}, "program is missing", None),
        ({"prog": "y = x"}, "prog is not a field", "Did you mean program?"),
        ({"program": "y = 1.0", "nonsense": 1}, "nonsense is not a field", "Known fields: program"),
        ({"program": "y = 1.0", "values": [1]}, "values must be an object {...}, but is a list", None),
        ({"program": "y = 1.0", "detail": "pixel"}, "detail must be 'tensor' or 'scalar', but is \"pixel\"", None),
        ({"program": "y = 1.0", "include": []}, "include needs at least one entry", None),
        ({"program": "y = 1.0", "include": ["numbers"] * 4}, "include may have at most 3", None),
        ({"program": "y = 1.0", "include": "numbers"}, "include must be a list", None),
        ({"program": "y = 1.0", "output": 1}, "output must be a text", None),
        ({"network": {"inputs": 0, "layers": [{"units": 1}]}}, "network.inputs must be at least 1, but is 0", None),
        ({"network": {"inputs": 2, "layers": []}}, "network.layers needs at least one entry", None),
        ({"network": {"inputs": 2}}, "network.layers is missing", None),
        ({"network": {"inputs": 2, "layers": [{"units": "8"}]}}, "network.layers[0].units must be a whole", None),
        ({"network": {"inputs": 2, "layers": [{"units": True}]}}, "network.layers[0].units must be a whole", None),
        ({"network": {"inputs": 2, "layers": [{"unit": 8}]}}, "layers[0].units is missing", None),
        ({"network": {"inputs": 2.5, "layers": [{"units": 1}]}}, "network.inputs must be a whole number", None),
        ({"network": {"inputs": 2, "layers": [{"units": 8, "activaton": "relu"}]}}, "not a field", "activation?"),
    ],
)
def test_wrong_fields(client, body, says, hint):
    errors = problem(client.post(TRACE, json=body), 422)["errors"]
    assert says in errors[0]["message"]
    assert hint is None or any(hint in (error["hint"] or "") for error in errors)


def test_fields_are_named(client):
    errors = problem(client.post(TRACE, json={"program": 1, "detail": 2, "x": 3}), 422)["errors"]
    assert {error["field"] for error in errors} == {"program", "detail", "x"}


@pytest.mark.parametrize(
    "value",
    [True, None, "3", {}, [[1], [2, 3]], [1, [2]], [[1], 2], [True], [None], ["x"], [{}], [[[]], [[1]]]],
)
def test_values_that_are_no_numbers(client, value):
    told = problem(client.post(TRACE, json={"program": "y = x * 2", "values": {"x": value}}), 422)
    assert "x" in told["detail"]


def test_deep_values(client):
    deep = 1.0
    for _ in range(300):
        deep = [deep]
    answer = client.post(TRACE, json={"program": "y = x * 2", "values": {"x": deep}})
    problem(answer, 413)


def test_unknown_value(client):
    told = problem(client.post(TRACE, json={"program": "y = x * 2", "values": {"x": 1, "z": 2}}), 422)
    assert "z" in told["detail"]


def test_unknown_value_left_out_on_request(client):
    body = {"program": "y = x * 2", "values": {"x": 1, "z": 2, "y": 7}, "ignore_unknown": True}
    answer = client.post(TRACE, json=body)
    assert answer.status_code == 200
    assert answer.json()["nodes"][-1]["value"] == 2.0


def test_missing_values_are_listed(client):
    told = problem(client.post(TRACE, json={"program": "z = W * x\ny = z + b", "values": {"W": 1}}), 422)
    assert [missing["name"] for missing in told["missing"]] == ["x", "b"]
    assert [missing["line"] for missing in told["missing"]] == [1, 2]
    assert all("suggested" in missing for missing in told["missing"])
    assert [error["line"] for error in told["errors"]] == [1, 2]
    filled = {missing["name"]: missing["suggested"] for missing in told["missing"]}
    assert client.post(TRACE, json={"program": "z = W * x\ny = z + b", "values": {"W": 1, **filled}}).status_code == 200


def test_a_suggested_value_has_a_shape_that_runs(client):
    body = {"program": "y = x @ W", "values": {"x": [[1, 2, 3]]}}
    told = problem(client.post(TRACE, json=body), 422)
    (missing,) = told["missing"]
    assert told["errors"][0]["hint"] == 'Send it in "values", or write W = np.ones((3, 1)) above'
    body["values"]["W"] = missing["suggested"]
    assert client.post(TRACE, json=body).status_code == 200


def test_where_no_value_would_do_none_is_suggested(client):
    body = {"program": "y = w\nz = A @ B * y", "values": {"A": [[1, 2]], "B": [[1, 2]]}}
    told = problem(client.post(TRACE, json=body), 422)
    assert told["missing"] == [{"name": "w", "line": 1, "suggested": None}]
    assert "@ cannot multiply 1×2 by 1×2" in told["errors"][0]["hint"]


def test_program_errors_have_a_place_and_a_hint(client):
    error = problem(client.post(TRACE, json={"program": "a = 1.0\ny = a +"}), 422)["errors"][0]
    assert error["line"] == 2
    assert error["column"]
    assert error["hint"]


def test_shapes_that_do_not_fit(client):
    told = problem(client.post(TRACE, json={"program": "y = A @ B", "values": {"A": [[1, 2]], "B": [[1, 2]]}}), 422)
    assert told["type"] == "/docs#shape"
    assert told["errors"][0]["line"] == 1


def test_too_large_a_program(client):
    problem(client.post(TRACE, json={"program": "y = x\n" * 20_000, "values": {"x": 1}}), 413)
    problem(client.post(TRACE, json={"program": "y = np.zeros((100000, 100000)) * 2.0"}), 413)


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/api/v2/trace", "/api/v1/trace/", "/api/v1"])
def test_unknown_address(client, path):
    assert path in problem(client.get(path), 404)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", TRACE, "POST"),
        ("DELETE", TRACE, "POST"),
        ("POST", "/api/v1/ops", "GET, HEAD"),
        ("PUT", "/healthz", "GET, HEAD"),
    ],
)
def test_wrong_method(client, method, path, allowed):
    answer = client.request(method, path)
    problem(answer, 405)
    assert answer.headers["allow"] == allowed


def test_bugs_of_ours_tell_nothing(app, client, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("the secret")

    monkeypatch.setattr("app.api.subject.compile_program", broken)
    answer = client.post(TRACE, json={"program": "y = unseen_before * 1.0"})
    told = problem(answer, 500)
    assert "secret" not in json.dumps(told)
    assert "the secret" in caplog.text


def test_an_editor_asks_for_problems_of_programs_without_a_status_of_their_own(client):
    ask = {"program": "y = x +"}
    answer = client.post(TRACE, json=ask, headers={"Prefer": "respond-async, Handling=lenient"})
    assert answer.status_code == 200
    assert answer.headers["preference-applied"] == "handling=lenient"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == problem(client.post(TRACE, json=ask), 422)
    # What is wrong with the request itself is no matter of the program.
    wrong = client.post(TRACE, json={"text": ""}, headers={"Prefer": "handling=lenient"})
    assert problem(wrong, 422)["type"] == "/docs#request"
