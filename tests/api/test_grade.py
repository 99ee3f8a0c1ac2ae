"""`POST /api/v1/grade`."""

import time

import pytest

from app.api import schemas

LINES = "dy = 1\ndW2 = dy * a1\nda1 = dy * W2\ndz1 = -da1 * (z1 > 0)\ndb1 = dz1\ndb2 = q"


def ask(client, mini, **more):
    return client.post("/api/v1/grade", json={**mini, **more})


def test_every_line_is_graded(client, mini):
    mini["values"]["b1"] = [[1.5]]
    answer = ask(client, mini, backward=LINES)
    assert answer.status_code == 200
    told = answer.json()
    schemas.GradeAnswer.model_validate(told)
    lines = {line["name"]: line for line in told["lines"]}
    assert [line["agrees"] for line in told["lines"]] == [True, True, True, False, False, None]
    assert lines["dz1"]["slip"]["kind"] == "sign"
    assert lines["db1"]["follows"] == ["dz1"]
    assert (lines["dz1"]["value"], lines["dz1"]["adjoint"]) == ([[-2.0]], [[2.0]])
    assert (lines["dy"]["shape"], lines["dy"]["wanted_shape"]) == ([], [1, 1])
    error = lines["db2"]["error"]
    assert (error["line"], error["column"]) == (6, 7)
    assert [step["code"] for step in lines["dz1"]["hints"]] == [None, None, "dz1 = np.where(z1 > 0, da1, 0)"]
    assert [one["name"] for one in told["missing"]] == ["dW1"]
    assert (told["done"], told["wanted"], told["guess"]) == (3, 7, None)


def test_the_layers_of_a_network_and_scalar_detail(client):
    network = {"inputs": 2, "layers": [{"units": 2, "activation": "tanh"}, {"units": 1}], "loss": "mse"}
    for detail in ("tensor", "scalar"):
        told = client.post("/api/v1/grade", json={"network": network, "detail": detail, "backward": ""}).json()
        assert told["lines"] == []
        code = "\n".join(one["hints"][2]["code"] for one in told["missing"])
        again = client.post("/api/v1/grade", json={"network": network, "detail": detail, "backward": code}).json()
        assert again["done"] == again["wanted"] == len(told["missing"]) > 5


def test_a_guess(client, mini):
    mini["values"]["b1"] = [[1.5]]
    for guess, agrees, kind in [
        ({"node": "z1", "value": 2}, True, None),
        ({"node": "z1", "value": -2}, False, "sign"),
        ({"node": "W1", "value": 3.99, "index": [0, 1]}, True, None),
        ({"node": "W1", "value": 3.99, "index": [0, 1], "tolerance": 0}, False, None),
        ({"node": "W1", "value": [[2, 4]]}, True, None),
    ]:
        told = ask(client, mini, guess=guess).json()
        schemas.GradeAnswer.model_validate(told)
        assert told["guess"]["agrees"] is agrees
        assert (told["guess"]["slip"] or {"kind": None})["kind"] == kind
    told = ask(client, mini, guess={"node": "W1[0,1]", "value": -4}, detail="scalar").json()
    assert told["guess"]["slip"]["kind"] == "sign"


def test_a_formula(client):
    body = {"program": "f = x**2 + 3*x", "values": {"x": 5}}
    told = client.post("/api/v1/grade", json={**body, "formula": {"of": "x", "text": "df = 2*x + 3"}}).json()
    schemas.GradeAnswer.model_validate(told)
    assert told["formula"] == {"agrees": True, "points": 24, "worst": None, "slip": None, "error": None}
    told = client.post("/api/v1/grade", json={**body, "formula": {"of": "x", "text": "2*x"}}).json()["formula"]
    schemas.GradedFormula.model_validate(told)
    assert told["slip"]["kind"] == "dropped"
    assert told["worst"]["wanted"] == pytest.approx(2 * told["worst"]["point"]["x"] + 3)
    told = client.post("/api/v1/grade", json={**body, "formula": {"of": "x", "text": "2*"}}).json()["formula"]
    assert (told["agrees"], told["error"]["line"]) == (None, 1)


def test_numbers_that_are_not_finite_are_spelled(client):
    body = {"program": "y = log(x)", "values": {"x": 0}, "backward": "dy = 1\ndx = dy / x"}
    lines = client.post("/api/v1/grade", json=body).json()["lines"]
    assert (lines[1]["value"], lines[1]["adjoint"], lines[1]["agrees"]) == ("Infinity", "Infinity", True)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 422),
        ({"backward": 3}, 422),
        ({"guess": {"node": "q", "value": 1}}, 422),
        ({"guess": {"node": "z1"}}, 422),
        ({"guess": {"node": "z1", "value": {}}}, 422),
        ({"guess": {"node": "z1", "value": 1, "index": [0]}}, 422),
        ({"guess": {"node": "z1", "value": 1, "tolerance": 2}}, 422),
        ({"backward": "dy = 1\n" * 600}, 413),
        ({"formula": {"of": "z1", "text": "1"}}, 422),
        ({"formula": {"of": "x", "text": "1" * 2001}}, 422),
        ({"formula": {"of": "x", "text": "n" * 101}}, 413),
        ({"backward": "d" + "y" * 101 + " = 1"}, 413),
        ({"backward": "dy = 1", "program": "y = ("}, 422),
    ],
)
def test_what_cannot_be_graded_is_a_problem(client, mini, more, status):
    answer = ask(client, mini, **more)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["message"]


LOOP = "def f(x):\n    for i in range(10000):\n        x = x + 1\n    return x\n"
HEAVY = {
    "matrix products": ("y = np.sum(A @ A)", {"A": [[0.5] * 150] * 150}, "dA = A @ A @ A\n" * 490),
    "large arrays": ("y = np.sum(A * A)", {"A": [[0.5] * 200] * 200}, "dA = A * A * A\n" * 490),
    "wrong everywhere": ("y = np.sum(A @ A)", {"A": [[0.5] * 100] * 100}, "dA = 3 * A\n" * 60),
    "small right sides": ("y = np.sum(A)", {"A": [[0.5] * 200] * 200}, "dA = 1.0\n" * 490),
    "many slips": ("y = tanh(x * w + b) * x", {"x": 0.5, "w": 2, "b": 1}, "dx = 9.9\ndw = 8.8\n" * 240),
    "long sums": ("y = x\nfor i in range(3000):\n    y = y + x * x", {"x": 0.5}, "dx = 3.0"),
    "calls": ("y = x * 2", {"x": 1}, "def f(x):\n    return f(f(x))\n" + "dx = f(1)\n" * 400),
    "brackets": ("y = x * 2", {"x": 1}, "dx = (\n" * 490),
    "loops": ("y = x * 2", {"x": 1}, LOOP + "dx = f(1)\n" * 400),
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_passes_are_answered_soon_and_with_little(client, name):
    program, values, backward = HEAVY[name]
    start = time.process_time()
    answer = client.post("/api/v1/grade", json={"program": program, "values": values, "backward": backward})
    seconds = time.process_time() - start
    assert answer.status_code in {200, 413}
    assert len(answer.content) < 20_000_000
    assert seconds < 6, "a second of the processor is the aim; more is allowed to a busy machine that runs tests"


@pytest.mark.parametrize("x", [1e308, "Infinity", "NaN"])
@pytest.mark.parametrize("path", ["grade", "nudge", "check"])
def test_numbers_at_the_edges_warn_of_nothing(client, path, x):
    program = "h = logsumexp(np.stack((x, a)))\ny = h * 2 + np.sqrt(relu(x))"
    asked = {"grade": {"guess": {"node": "x", "value": 1.0}}, "nudge": {"node": "x", "delta": 0.1}, "check": {}}[path]
    answer = client.post(f"/api/v1/{path}", json={"program": program, "values": {"x": x, "a": 0}, **asked})
    assert answer.status_code == 200


def test_an_engine_of_the_programs_own(client):
    text = (
        "class V:\n    def __init__(self, x):\n        self.x, self.g = x, 0.0\n        self.back = lambda: None\n"
        "    def __mul__(self, o):\n        out = V(self.x * o.x)\n        def back():\n"
        "            self.g += self.x * out.g\n"
        "            o.g += o.x * out.g\n        out.back = back\n        return out\n"
        "    def run(self):\n        self.g = 1.0\n        self.back()\n"
        "\na = V(3.0)\nb = V(5.0)\ny = a * b\ny.run()\n"
    )
    answer = client.post("/api/v1/grade", json={"program": text, "engine": True}).json()["engine"]
    assert (answer["done"], answer["wanted"]) == (1, 3)
    (fault,) = answer["faults"]
    assert (fault["kind"], fault["method"], fault["line"]) == ("own_factor", "V.__mul__", 8)
    assert fault["code"] == "self.g += self.x * out.g"
    assert (fault["slope"], fault["true"], fault["rule"]) == (3.0, 5.0, "other.x")
    assert fault["smallest"] == "a = V(2.0); b = V(-3.0); out = a * b; out.run(); print(a.g)"
    assert (fault["prints"], fault["right"]) == ("2", "−3")
    moved = {"program": text, "engine": True, "values": {"a.x": 5.0}}
    assert client.post("/api/v1/grade", json=moved).json()["engine"]["done"] == 3
    assert client.post("/api/v1/trace", json={"program": text}).json()["engine"] is True
    none = client.post("/api/v1/grade", json={"program": "y = x * 2", "values": {"x": 1}, "engine": True}).json()
    assert none["engine"] is None
