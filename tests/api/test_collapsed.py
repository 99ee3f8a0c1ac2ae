"""`POST /api/v1/trace` with `most` and `open`: a trace of which some groups are told closed is the whole trace, less
what is in them."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import schemas
from tests.scalar_mlp import scalar_mlp

PATH = "/api/v1/trace"

ARRAYS = """
def block(x, W):
    z = x @ W
    return relu(z) + x
def pair(x):
    a = tanh(x)
    return a, a * 2
x = np.array([[1.0, -2.0], [0.5, 3.0]])
W = np.array([[0.1, 0.2], [-0.3, 0.4]])
h = block(x, W)
h = block(h, W)
p, q = pair(h)
m = sum(p * x)
loss = softmax(q)[0, 1] + m + sum(q)
"""
CHAIN = "w = 0.9\nh = 0.5\n" + "for i in range(8):\n    h = tanh(w * h + 0.1) * 1.1\n" + "loss = h * h\n"
BETWEEN = """
def both(x, again):
    a = x * 2
    b = again(a)
    return a, b, b * a
x = 1.5
y = 0.25
a, b, c = both(x, lambda t: sin(t) * y)
loss = a * b + c
"""
PROGRAMS = {"mlp": scalar_mlp(4, 4, 3), "arrays": ARRAYS, "chain": CHAIN, "between": BETWEEN}


def ask(client, **body):
    answer = client.post(PATH, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def wholes(client):
    return {name: ask(client, program=program) for name, program in PROGRAMS.items()}


def numbers(value):
    return None if value is None else np.asarray(value, dtype=float)


def index_in(id):
    return json.loads(id[id.rindex("[") :])


def same(one, other):
    return (one is None) == (other is None) and (one is None or np.allclose(numbers(one), numbers(other), rtol=1e-12))


class Projected:
    """What must be told where these groups are open, read off the whole answer."""

    def __init__(self, whole, told):
        self.whole = whole
        self.nodes = {node["id"]: node for node in whole["nodes"]}
        self.parents = {group["id"]: group["parent"] for group in whole["groups"]}
        self.open = set(told["open"])

    def closed(self, id):
        """The outermost closed group around a node; None if there is none."""
        found, at = None, self.nodes[id]["group"]
        while at is not None:
            if at not in self.open:
                found = at
            at = self.parents[at]
        return found

    def results(self, group):
        """The nodes of a closed group that are used outside of it."""
        return {
            edge["source"]
            for edge in self.whole["edges"]
            if self.closed(edge["source"]) == group and self.closed(edge["target"]) != group
        } | ({self.whole["output"]} if self.closed(self.whole["output"]) == group else set())


def check(whole, told):
    """Every node, edge and number that is told is that of the whole answer."""
    schemas.TraceAnswer.model_validate(told)
    truth = Projected(whole, told)
    groups = {group["id"]: group for group in told["groups"]}
    places = {node["id"]: i for i, node in enumerate(told["nodes"])}
    results = {}
    for node in told["nodes"]:
        if node["op"] == "group":
            continue
        own = truth.nodes[node["id"]]
        closed = truth.closed(node["id"])
        apart = {"inputs", "group"} if closed is not None else {"inputs"}
        assert {key: node[key] for key in own.keys() - apart} == {key: own[key] for key in own.keys() - apart}
        assert node["group"] == (own["group"] if closed is None else closed)
    for group, of in groups.items():
        hidden = [id for id in truth.nodes if truth.closed(id) == group]
        if of["inside"] is None:
            assert hidden == []
            continue
        operations = [id for id in hidden if truth.nodes[id]["inputs"]]
        assert of["inside"] == {"nodes": len(hidden), "operations": len(operations)}
        leaving = truth.results(group)
        if group in places:
            node = told["nodes"][places[group]]
            own = [id for id in truth.nodes if id in leaving]
            assert np.prod(node["shape"]) == len(own) > 1
            # Row-major by index, else in forward order.
            results[group] = sorted(own, key=index_in) if len(node["shape"]) > 1 else own
            assert numbers(node["value"]).ravel().tolist() == [truth.nodes[id]["value"] for id in results[group]]
            assert numbers(node["grad"]).ravel().tolist() == [truth.nodes[id]["grad"] or 0.0 for id in results[group]]
        else:
            assert leaving <= places.keys()
    shown = {id for id in truth.nodes if truth.closed(id) is None}
    assert shown <= places.keys()
    check_edges(truth, told, places, results)


def check_edges(truth, told, places, results):
    whole_edges = [edge for edge in truth.whole["edges"] if crosses(truth, edge)]
    left = len(whole_edges)
    for edge in told["edges"]:
        assert places[edge["source"]] < places[edge["target"]]
        group = told["nodes"][places[edge["target"]]]["group"]
        into = group if truth.parents.get(group, "") is not None or group in truth.parents else None
        into = into if into is not None and into not in truth.open else None
        sources = results.get(edge["source"], [edge["source"]])
        parts = [
            own
            for own in whole_edges
            if own["source"] in sources
            and (truth.closed(own["target"]) == into if into is not None else own["target"] == edge["target"])
        ]
        if into is not None:
            # A closed group that is told as several nodes: its edges are shared among them.
            named = [n["id"] for n in told["nodes"] if n["group"] == into]
            siblings = [e for e in told["edges"] if e["target"] in named and e["source"] == edge["source"]]
            if len(siblings) > 1:
                left -= 0 if edge is not siblings[0] else len(parts)
                total = sum(numbers(e["message"]) for e in siblings if e["message"] is not None)
                assert same(total, sum(numbers(own["message"]) for own in parts if own["message"] is not None))
                continue
        elif edge["source"] not in results:
            parts = [own for own in parts if own["slot"] == edge["slot"]]
        left -= len(parts)
        assert parts
        if edge["source"] in results:
            used = edge["elements"] or range(len(sources))
            assert {sources[i] for i in used} == {own["source"] for own in parts}
            sums = [sum(own["message"] or 0.0 for own in parts if own["source"] == sources[i]) for i in used]
            silent = all(own["message"] is None for own in parts)
            assert same(edge["message"] if silent else np.ravel(edge["message"]), None if silent else sums)
            continue
        sent = [numbers(own["message"]) for own in parts if own["message"] is not None]
        assert same(edge["message"], sum(sent) if sent else None)
        if into is None:
            assert {key: edge[key] for key in parts[0]} == parts[0]
    assert left == 0


def crosses(truth, edge):
    source, target = truth.closed(edge["source"]), truth.closed(edge["target"])
    return target is None or source != target


@pytest.mark.parametrize("name", PROGRAMS)
@given(data=st.data())
def test_what_is_told_is_that_of_the_whole(client, wholes, name, data):
    whole = wholes[name]
    wanted = data.draw(st.lists(st.sampled_from([group["id"] for group in whole["groups"]]), unique=True))
    told = ask(client, program=PROGRAMS[name], most=len(whole["nodes"]) - 1, open=wanted)
    assert set(told["open"]) <= set(wanted)
    check(whole, told)
    alone = ask(client, program=PROGRAMS[name], most=len(whole["nodes"]) - 1, open=told["open"], include=["numbers"])
    assert alone["numbers"] == {
        "values": [node["value"] for node in told["nodes"]],
        "grads": [node["grad"] for node in told["nodes"]],
        "kinks": [node["kink"] for node in told["nodes"]],
        "messages": [edge["message"] for edge in told["edges"]],
        "locals": [edge["local"] for edge in told["edges"]],
    }
    assert alone["strongest"] == told["strongest"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_all_groups_open_are_the_whole(client, wholes, name):
    whole = wholes[name]
    told = ask(client, program=PROGRAMS[name], most=len(whole["nodes"]) - 1, open=[g["id"] for g in whole["groups"]])
    if len(told["nodes"]) == len(whole["nodes"]):
        assert [node["id"] for node in told["nodes"]] == [node["id"] for node in whole["nodes"]]
        assert [node["grad"] for node in told["nodes"]] == [node["grad"] for node in whole["nodes"]]
    check(whole, told)


def test_a_small_trace_is_told_whole(client, wholes):
    whole = client.post(PATH, json={"program": PROGRAMS["mlp"]})
    assert client.post(PATH, json={"program": PROGRAMS["mlp"], "most": 3000, "open": []}).content == whole.content
    assert "open" not in whole.json()


def test_a_group_opens_only_within_open_ones_and_within_the_limit(client, wholes):
    program, whole = PROGRAMS["mlp"], wholes["mlp"]
    inner = next(group for group in whole["groups"] if group["parent"] is not None)
    assert ask(client, program=program, most=20, open=[inner["id"]])["open"] == []
    told = ask(
        client, program=program, most=len(whole["nodes"]) - 1, open=[inner["id"], inner["parent"], "no such group"]
    )
    assert set(told["open"]) == {inner["parent"], inner["id"]}
    closed = ask(client, program=program, most=1, open=[inner["parent"]])
    assert closed["open"] == []


def test_large_traces_have_as_many_levels_open_as_are_few_nodes(client):
    told = ask(client, program=scalar_mlp(12, 24, 24, 8), most=1000)
    assert len(told["nodes"]) <= 400
    assert told["open"]
    assert any(group["inside"] for group in told["groups"])


def test_the_strongest_gradient_may_be_in_a_closed_group(client, wholes):
    told = ask(client, program=PROGRAMS["mlp"], most=10, open=[])
    grads = [node["grad"] for node in wholes["mlp"]["nodes"] if node["grad"] is not None]
    assert told["strongest"] == max(map(abs, grads))


def test_chains_tell_the_strength_of_each_step(client, wholes):
    told = ask(client, program=CHAIN, most=10, open=[])
    (chain,) = [group for group in told["groups"] if group["kind"] == "repeat"]
    grads = {node["id"]: node["grad"] for node in wholes["chain"]["nodes"]}
    assert told["strengths"][chain["id"]] == [abs(grads[id]) for id in chain["turns"]]


def test_open_alone_is_refused(client):
    answer = client.post(PATH, json={"program": "y = 2.0 * x", "values": {"x": 1.0}, "open": []})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "open"
