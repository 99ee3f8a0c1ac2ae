"""A single array operation opened to its scalar arithmetic: a group inside, nothing changed outside."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, LimitError, Limits, ValueProblem, compile_program, trace
from tests.engine.chance import examples
from tests.engine.programs import random_network, random_program
from tests.engine.told import MINI

A = np.array([[1.0, 2.0], [3.0, 4.0]])
VALUES = {"A": A, "v": np.array([5.0, -6.0])}
WIDE = {"x": [[1.0], [2.0]], "W1": A, "b1": [[0.5], [-20.0]], "W2": [[2.0, 1.0]], "b2": 1.0}


def same(a, b):
    np.testing.assert_allclose(np.asarray(a, float), np.asarray(b, float), rtol=1e-12, atol=1e-12)


def check(source, values, ids, **options):
    """Opens these nodes; all that was there before is there still, with the same numbers."""
    closed = trace(source, values, **options)
    opened = compile_program(source, values, scalar=ids, **options).run()
    order = [id for id in opened.values if id in closed.values]
    assert order == list(closed.values)
    assert opened.structure.output == closed.structure.output
    for id, value in closed.values.items():
        assert np.shape(opened.values[id]) == np.shape(value)
        same(opened.values[id], value)
        assert (opened.grads[id] is None) == (closed.grads[id] is None), id
        if closed.grads[id] is not None:
            same(opened.grads[id], closed.grads[id])
    assert [line.text for line in opened.prints] == [line.text for line in closed.prints] or values is None
    names = {group.id for group in opened.structure.groups if group.kind == "scalar"}
    assert names == {f"scalar {id}" for id in ids}
    group_ids = [group.id for group in opened.structure.groups]
    assert len(set(group_ids)) == len(group_ids)
    ids_inside = [node.id for node in opened.structure.nodes]
    assert len(set(ids_inside)) == len(ids_inside)
    return opened


def openable(run):
    for node, shape in zip(run.structure.nodes, run.structure.shapes, strict=True):
        shapes = [np.shape(run.values[run.structure.program.nodes[j].id]) for j in node.inputs]
        if node.inputs and (shape or any(shapes)) and 0 not in shape:
            yield node.id


def test_a_matrix_product_becomes_picks_products_and_sums():
    run = check(MINI, WIDE, ["z1.1"])
    inside = [node for node in run.structure.nodes if node.group >= 0]
    assert [node.op.name for node in inside] == [
        *["index"] * 6,
        *["multiply", "multiply", "add"] * 2,
        "stack",
        "reshape",
    ]
    assert run.structure.groups[inside[0].group].name == "@ in z1"
    assert run.values["z1.1[1,0]"] == 11.0
    assert run.values["z1.1:W1[1,0]"] == 3.0


def test_each_alone_and_all_together():
    closed = trace(MINI, WIDE)
    ids = list(openable(closed))
    assert set(ids) == {"z1.1", "z1", "a1", "y.1", "y"}
    for id in ids:
        check(MINI, WIDE, [id])
    check(MINI, WIDE, ids)


@pytest.mark.parametrize(
    "source",
    [
        "s = np.sum(A, axis=0)\ny = s @ v",
        "s = A.mean(axis=1, keepdims=True)\ny = np.sum(s * A)",
        "s = A.var(axis=0)\ny = s @ v",
        "s = np.max(A)\ny = s * v",
        "s = A.T.reshape(-1)[1:3]\ny = s @ v",
        "s = np.concatenate((A, A * 2), axis=1)\ny = np.sum(s)",
        "s = np.array([[1.0, 2.0]]) @ A\ny = np.sum(s @ v)",
        "s = v @ v\ny = s * v",
        "s = np.where(A > 2, A, v)\ny = np.sum(s * s)",
        "def f(x):\n    s = x * 2\n    return s @ v\ny = f(A)",
        "# region r\ns = A @ v\n# endregion\ny = s * s",
    ],
)
def test_of_every_kind(source):
    values = {name: value for name, value in VALUES.items() if name in source}
    run = trace(source, values)
    for id in openable(run):
        opened = check(source, values, [id])
        parents = {group.id: group.parent for group in opened.structure.groups}
        node = next(node for node in run.structure.nodes if node.id == id)
        assert parents[f"scalar {id}"] == node.group


def test_prints_and_manual_gradients_stay():
    source = "x = np.array([1.0, 2.0])\nh = x * x\ny = np.sum(h)\ndx = 2 * x\nprint('h', h, h.shape, dx)"
    run = compile_program(source, scalar=["h", "y"]).run()
    assert run.prints[0].text == trace(source).prints[0].text
    assert [line.agrees for line in run.manual] == [True]


def test_other_values_of_the_same_shape_run_on_the_same_plan():
    plan = compile_program(MINI, WIDE, scalar=["z1.1"])
    same(plan.run({"W1": A * 2}).values["z1.1"], (A * 2) @ np.array([[1.0], [2.0]]))


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["nobody"], "no node nobody"),
        (["W1"], "not computed"),
        (["k"], "single numbers"),
        (["e"], "is empty"),
    ],
)
def test_what_cannot_be_opened(ids, message):
    source = "k = b * 2\ne = np.zeros((0, 2)) * b\ny = np.sum(W1 * k) + np.sum(e)"
    with pytest.raises(ValueProblem, match=message):
        compile_program(source, {"W1": A, "b": 2.0}, scalar=ids)


def test_ids_of_another_program_may_be_left_out():
    plan = compile_program("y = A @ A", {"A": A}, scalar=["y", "gone"], ignore_unknown=True)
    assert [group.id for group in plan.structure.groups] == ["scalar y"]


def test_too_large_says_how_large():
    with pytest.raises(LimitError, match=r"about 6[\d,]+ nodes; at most 1,000"):
        compile_program("y = A @ A", {"A": np.ones((15, 15))}, scalar=["y"], limits=Limits(nodes=1000))
    with pytest.raises(LimitError, match="1,600 elements; at most 1,000"):
        compile_program("y = A * 2", {"A": np.ones((40, 40))}, scalar=["y"])
    with pytest.raises(LimitError, match=r"element by element this would be about [\d,]+ nodes; at most 60,000"):
        compile_program("y = A @ A", {"A": np.ones((100, 100))}, detail="scalar")


def test_whole_scalar_detail_has_a_group_for_each_array():
    plan = compile_program("h = tanh(A @ v)\ny = np.sum(h)", VALUES, detail="scalar")
    assert [(group.id, group.name, group.kind) for group in plan.structure.groups] == [
        ("scalar h.1", "@ in h", "scalar"),
        ("scalar h", "h", "scalar"),
    ], "two numbers are one sum: nothing to close"
    of = {node.id: node.group for node in plan.structure.nodes}
    assert (of["h[0]"], of["h[1]"], of["A[0,0]"]) == (1, 1, -1)


@examples(25)
@given(st.integers(0, 2**32))
def test_random_programs(seed):
    rng = random.Random(seed)
    source = random_program(rng, length=5)
    try:
        run = trace(source)
        ids = list(openable(run))
        chosen = rng.sample(ids, min(len(ids), 3))
        compile_program(source, scalar=chosen)
    except EngineError:
        return
    if all(np.all(np.isfinite(value)) for value in run.values.values()):
        check(source, None, chosen)


@examples(10)
@given(st.integers(0, 2**32))
def test_random_networks(seed):
    rng = random.Random(seed)
    values = {f"x{i}": np.array([rng.uniform(-1, 1) for _ in range(3)]) for i in range(3)}
    source = random_network(rng, 5)
    values = {name: value for name, value in values.items() if name in source}
    ids = list(openable(trace(source, values)))
    check(source, values, rng.sample(ids, min(len(ids), 4)))
