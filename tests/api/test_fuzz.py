"""Whatever is sent, the answer is an answer or a problem: never a 500, never a number that JSON does not have."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from app.api.schemas import MINI_PROGRAM, MINI_VALUES
from app.engine.ops import REGISTRY
from tests.engine.chance import examples

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NUMBERS = st.recursive(
    st.floats() | st.integers() | st.sampled_from(["NaN", "Infinity", "-Infinity"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=9,
)
WORDS = st.sampled_from(
    "x W1 y z = + - * / ** @ ( ) [ ] , : \n 1 2.5 1e999 relu np. sum exp log def return for in range print . T dx # '"
    " import lambda 0x1F ~ > == if else True None σ".split(" ")
)


def check(answer):
    assert answer.status_code in {200, 400, 413, 422}, answer.text
    json.loads(answer.content, parse_constant=_refuse)


def _refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


def post(client, body, path="trace"):
    check(client.post(f"/api/v1/{path}", content=json.dumps(body).encode()))


@given(JSON)
def test_any_check(client, body):
    post(client, body, "check")


@given(st.binary(max_size=60))
def test_any_bytes(client, data):
    check(client.post("/api/v1/trace", content=data))


@given(JSON)
def test_any_json(client, body):
    for path in (
        "trace",
        "network",
        "code",
        "explain",
        "grade",
        "nudge",
        "train",
        "surface",
        "diagnosis",
        "histograms",
    ):
        post(client, body, path)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["program", "network", "values", "output", "seed", "detail", "include"], JSON)
    )
)
def test_any_fields(client, body):
    post(client, body)
    post(client, {"program": "y = x * 2", **body})


@given(st.dictionaries(st.sampled_from(["x", "W1", "b1", "W2", "b2"]), NUMBERS), NUMBERS | st.none(), st.booleans())
def test_any_values(client, values, seed, scalar):
    body = {"program": MINI_PROGRAM, "values": {**MINI_VALUES, **values}, "seed": seed}
    body["detail"] = "scalar" if scalar else "tensor"
    post(client, body)
    post(client, {**body, "include": ["numbers"]})
    post(client, body, "code")
    post(client, {**body, "sweep": "b1"}, "check")


EMPTY = [(0,), (0, 3), (2, 0), (2, 0, 1), (0, 0)]
OF_NOTHING = [f"y = {op.example}" for op in REGISTRY.values() if op.example]
OF_NOTHING += [f"y = {name}(x)" for name in ("softmax", "log_softmax", "logsumexp", "silu", "layernorm", "rmsnorm")]
OF_NOTHING += ["y = mse(x, x)", "y = cross_entropy(x, x)", "y = binary_cross_entropy(x, x)", "y = x @ x.T"]
OF_NOTHING += [
    "y = np.sum(x)",
    "y = np.sum(x, axis=0)",
    "y = x[:0]",
    "y = x.T",
    "y = x.reshape(-1)",
    "y = x[..., None]",
]
OF_NOTHING += ["z = x * w\ny = np.sum(z) + w\nprint(z)\ndz = np.ones_like(z)", "y = np.stack((x, x)) * w"]
OF_NOTHING += [
    "def f(a):\n    return a * 2\ny = f(x)",
    "# region all\ny = x * 2\n# endregion",
    "v = w + np.ones(3)\ny = v[:0]",
]
OF_NOTHING += ["e = np.exp(x)\ny = e / np.sum(e)"]


@examples(25)
@given(st.sampled_from(OF_NOTHING), st.sampled_from(EMPTY), st.sampled_from(["tensor", "scalar"]))
def test_arrays_without_elements(client, program, shape, detail):
    """Whatever is asked of a graph in which something is empty."""
    program = re.sub(r"\b[Av]\b", "x", program)
    body = {
        "program": f"x = np.zeros({shape})\n{program}",
        "values": {"w": 2},
        "ignore_unknown": True,
        "detail": detail,
    }
    answer = client.post("/api/v1/trace", json={**body, "include": ["structure", "numbers", "sentences"]})
    check(answer)
    if answer.status_code != 200:
        return
    for include in (["numbers"], ["structure"], ["sentences"]):
        assert client.post("/api/v1/trace", json={**body, "include": include}).status_code == 200
    post(client, {**body, "seed": []})
    for target in ("numpy", "torch", "jax", "micrograd"):
        for kind in ("py", "ipynb"):
            post(client, {**body, "target": target, "format": kind}, "code")
    post(client, {**body, "backward": "dy = np.ones_like(y)\ndx = dy * 2"}, "grade")
    post(client, body, "check")
    told = answer.json()
    for group in told["groups"]:
        post(client, {**body, "node": group["id"]}, "explain")
    for node in told["nodes"]:
        of = {**body, "node": node["id"]}
        index = [0] * len(node["shape"])
        post(client, of, "explain")
        post(client, {**of, "index": index}, "explain")
        post(client, {**of, "index": index, "delta": 0.5, "steps": [0.1]}, "nudge")
        post(client, {**body, "output": node["id"], "include": ["sentences"]})
        post(client, {**body, "scalar": [node["id"]]})
        for method in ("central", "complex"):
            post(client, {**body, "nodes": [node["id"]], "sweep": node["id"], "method": method}, "check")
        for guess in (1, []):
            post(client, {**body, "guess": {"node": node["id"], "value": guess}}, "grade")
        post(client, {**body, "formula": {"of": node["id"], "text": "2 * x"}}, "grade")


def test_an_output_without_elements_is_told(client):
    body = {"program": "y = x * 2", "values": {"x": []}, "include": ["sentences"]}
    told = client.post("/api/v1/trace", json=body).json()["sentences"]
    assert "The output y is empty" in "".join(part["text"] for part in told["seed"])
    assert "y is empty" in "".join(part["text"] for part in told["backward"]["y"])


@given(st.lists(WORDS, max_size=25).map(" ".join), NUMBERS)
def test_any_program(client, program, value):
    post(client, {"program": program, "values": {"x": value}})
    post(client, {"program": f"y = x * 1.0\n{program}", "values": {"x": value}})
    post(client, {"program": f"y = x * 1.0\n{program}", "values": {"x": value}, "sweep": "y"}, "check")


@given(
    st.fixed_dictionaries(
        {
            "inputs": st.integers(-1, 5) | st.just(10**30),
            "layers": st.lists(
                st.fixed_dictionaries(
                    {"units": st.integers(-1, 5) | st.just(10**9)},
                    optional={"activation": st.sampled_from(["relu", "tanh", "softmax", "nothing", "identity"])},
                ),
                max_size=3,
            ),
        },
        optional={
            "loss": st.sampled_from(["none", "mse", "cross_entropy", "binary_cross_entropy", "other"]),
            "init": st.sampled_from(["he", "xavier", "uniform", "zeros", "ones", "other"]),
            "random_seed": st.integers(-1, 2**33),
            "batch": st.integers(-1, 4) | st.just(10**12),
            "data": st.sampled_from([None, "xor", "sine", "nothing"]),
            "points": st.none()
            | st.fixed_dictionaries(
                {
                    "x": st.lists(st.lists(st.floats() | st.just(10**400), max_size=3), max_size=3),
                    "target": st.lists(st.floats() | st.integers(-1, 3), max_size=3),
                },
                optional={"classes": st.integers(-1, 4)},
            ),
            "features": st.lists(st.sampled_from(["squares", "product", "sines", "other"]), max_size=4),
            "residual": st.booleans(),
            "norm": st.booleans(),
            "dropout": st.floats(0, 0.9),
        },
    )
)
def test_any_network(client, network):
    post(client, network, "network")
    post(client, {"network": network})
    post(client, {"network": network}, "code")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "elements": st.lists(
                st.fixed_dictionaries(
                    {"leaf": st.sampled_from(["W1", "b1", "x", "y", "nothing"])},
                    optional={"index": st.lists(st.integers(-2, 3), max_size=3)},
                ),
                max_size=3,
            ),
            "random_seed": st.integers(-1, 2**33),
            "reach": st.floats() | st.integers(-1, 3),
            "last": st.integers(-1, 3),
            "place": st.lists(st.floats(), max_size=3),
        },
    )
)
def test_any_slice(client, wish):
    body = {"program": MINI_PROGRAM + "\nL = np.sum(y)", "values": MINI_VALUES, "resolution": 3}
    post(client, body | {"slice": wish}, "surface")
    post(client, body | {"slice": wish, "run": {}, "step": 1}, "surface")


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_backward_pass(client, text):
    body = {"program": MINI_PROGRAM, "values": MINI_VALUES, "backward": f"dy = 1\n{text}\ndb2 = dy"}
    post(client, body, "grade")
    post(client, {**body, "formula": {"of": "b1", "text": text}, "guess": {"node": "z1", "value": 1}}, "grade")


EDGES = st.sampled_from(["NaN", "Infinity", "-Infinity", 0.0, -0.0, 1e308, -1e308, 5e-324, 1.0, -1.0])
TERMS = st.sampled_from(
    "relu(x)|elu(x)|clip(x, a, b)|np.maximum(x, a)|np.max(np.stack((x, a)))|where(x > a, x, b)|gelu(x)|silu(x)|x ** a|"
    "logsumexp(np.stack((x, a)))|log_softmax(np.stack((x, a)))|np.sqrt(relu(x))|a / x|abs(x)|leaky_relu(x, slope=1)|"
    "(x > a) * b|gelu_tanh(x)|softplus(x)".split("|")
)
ASKED = (
    ("check", {}),
    ("nudge", {"node": "x", "delta": 0.1}),
    ("explain", {"node": "h"}),
    ("grade", {"backward": "dy = 1\ndh = dy * (x > 0)\ndx = dh * 3"}),
    ("grade", {"guess": {"node": "x", "value": 1.0}}),
    ("trace", {"include": ["sentences", "numbers"]}),
)


@examples(60)
@given(first=TERMS, second=TERMS, x=EDGES, a=EDGES, b=EDGES)
def test_every_question_about_numbers_at_the_edges(client, first, second, x, a, b):
    subject = {"program": f"h = {first}\ny = h * 2 + {second}", "values": {"x": x, "a": a, "b": b}}
    for path, asked in ASKED:
        post(client, {**subject, **asked, "ignore_unknown": True}, path)
