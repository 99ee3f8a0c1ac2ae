"""Whatever is sent, the answer is an answer or a problem: never a 500, never a number that JSON does not have."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.api.schemas import MINI_PROGRAM, MINI_VALUES

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
    for path in ("trace", "network", "code", "explain", "grade", "nudge"):
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
        },
    )
)
def test_any_network(client, network):
    post(client, network, "network")
    post(client, {"network": network})
    post(client, {"network": network}, "code")


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_backward_pass(client, text):
    body = {"program": MINI_PROGRAM, "values": MINI_VALUES, "backward": f"dy = 1\n{text}\ndb2 = dy"}
    post(client, body, "grade")
    post(client, {**body, "formula": {"of": "b1", "text": text}, "guess": {"node": "z1", "value": 1}}, "grade")
