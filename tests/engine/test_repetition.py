"""Equal steps that follow each other are one group in a large program; values and gradients stay as they are."""

import numpy as np
import pytest

from app.engine import trace
from app.engine.execution import repetition
from app.engine.program import NO_GROUP

LOOP = "x = 0.5\nw = 0.9\nh = x\nfor t in range({n}):\n    h = np.tanh(w * h + 0.1)\nloss = h ** 2"
LAYERS = "\n".join(
    ["x = 0.5", *[f"h{i} = np.tanh(0.8 * {'x' if i == 1 else f'h{i - 1}'})" for i in range(1, 31)], "y = h30 * 2"]
)
CALLS = """def layer(h, W):
    return np.tanh(h @ W)
W = np.ones((3, 3)) * 0.1
h = np.ones((1, 3))
for i in range(40):
    h = layer(h, W)
loss = np.sum(h)"""
TWO = "a = 1.1\n" + "\n".join(["a = a * 1.01"] * 20 + ["b = np.sin(a)"] + ["b = b + 0.5"] * 20) + "\nc = b * 2"
RECURRENT = """W = np.ones((3, 3)) * 0.1
h = np.ones(3)
loss = 0
for t in range(12):
    h = np.tanh(W @ h + 0.1 * t)
    loss = loss + np.sum(h**2)"""
BESIDE = "x = 1.0\n" + "\n".join(f"y{i} = np.sin(x * {i}.0)" for i in range(40)) + "\nz = y0 + y39"

SUMMED = "w = 0.5\nh = [np.tanh(w * (i + 1)) for i in range(40)]\nloss = sum([(x - 1) ** 2 for x in h])"


# Each layer is four neurons of its own, each of which is computed from all four of the layer before.
NEURONS = "\n".join(
    ["a0 = a1 = a2 = a3 = 0.5"]
    + [
        line
        for k in range(5)
        for line in (
            *(f"b{i} = tanh({' + '.join(f'{0.1 * (k + i + j + 1):.1f} * a{j}' for j in range(4))})" for i in range(4)),
            *(f"a{i} = b{i}" for i in range(4)),
        )
    ]
    + ["y = a0 * a1"]
)


def repeats(program):
    return [group for group in trace(program).structure.groups if group.kind == "repeat"]


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (BESIDE, [("y0 … y39", 40)]),
        (SUMMED, [("h[0] … h[39]", 40), ("40 equal terms", 40)]),
        ("w = 1.0\nloss = sum((w - i) ** 2 for i in range(20))", [("20 equal terms", 20)]),
        (BESIDE.replace("np.sin(x * 20.0)", "np.sin(y7 * 20.0)"), [("y8 … y39", 32)]),
        (LAYERS + "".join(f"\nz{i} = np.sin(x * {i}.0)" for i in range(7)), []),
    ],
    ids=["sines", "terms of two lists", "terms that are summed", "one uses another", "too few"],
)
def test_equal_terms_that_stand_side_by_side_are_one_group(program, found):
    groups = [group for group in trace(program).structure.groups if group.kind == "beside"]
    assert [(group.name, len(group.turns)) for group in groups] == found


def test_a_layer_is_found_though_its_neurons_are_equal_too():
    assert [(group.name, len(group.turns)) for group in repeats(NEURONS)] == [("5 turns of b0", 5)]


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (LOOP.format(n=20), [("20 turns of h", 20)]),
        (LAYERS, [("h1 … h30", 30)]),
        (CALLS, [("40 turns of h", 40)]),
        (TWO, [("20 turns of a", 20), ("20 turns of b", 20)]),
        ("x = 2.0\ny = " + "-" * 40 + "x", [("40 equal steps", 40)]),
        (RECURRENT, [("12 turns of h", 12)]),
        (SUMMED, [("39 equal steps", 39)]),
        # At a glance; too few; steps that do not use each other.
        (LOOP.format(n=8), []),
        (BESIDE, []),
    ],
    ids=[
        "a loop",
        "layers",
        "calls",
        "two",
        "without names",
        "a state and a loss",
        "a sum of many",
        "small",
        "side by side",
    ],
)
def test_chains_are_found(program, found):
    assert [(group.name, len(group.turns)) for group in repeats(program)] == found


@pytest.mark.parametrize("program", [LOOP.format(n=20), LAYERS, CALLS, TWO, SUMMED, NEURONS])
def test_nothing_else_changes(program, monkeypatch):
    with_groups = trace(program)
    monkeypatch.setattr(repetition, "AT_A_GLANCE", 10**6)
    without = trace(program + "\n# another text, so that it is read again")
    assert [node.id for node in with_groups.structure.nodes] == [node.id for node in without.structure.nodes]
    for id, gradient in without.grads.items():
        assert np.array_equal(with_groups.grads[id], gradient)


def test_a_group_leaves_and_is_entered_once():
    structure = trace(TWO).structure
    for g, group in enumerate(structure.groups):
        if group.kind == "repeat":
            operations = [node for node in structure.nodes if node.inputs]
            members = [i for i, node in enumerate(operations) if node.group == g]
            assert members == list(range(members[0], members[-1] + 1))


def test_groups_of_calls_lie_within():
    groups = trace(CALLS).structure.groups
    (repeat,) = [g for g, group in enumerate(groups) if group.kind == "repeat"]
    assert groups[repeat].parent == NO_GROUP
    assert {group.parent for group in groups if group.kind == "call"} == {repeat}


def test_a_step_of_several_nodes_is_a_group():
    structure = trace(RECURRENT).structure
    groups = structure.groups
    (repeat,) = [g for g, group in enumerate(groups) if group.kind == "repeat"]
    turns = [g for g, group in enumerate(groups) if group.kind == "turn"]
    assert {groups[g].parent for g in turns} == {repeat}
    assert [groups[g].name for g in turns] == [f"turn {k}" for k in range(1, 13)]
    # Each is known by what it passes on, and holds it.
    group_of = {node.id: node.group for node in structure.nodes}
    assert [groups[g].turns for g in turns] == [(id,) for id in groups[repeat].turns]
    assert [group_of[groups[g].turns[0]] for g in turns] == turns
    # Contiguous in forward order, so that no path leaves a turn and enters it again.
    inside = [node.group for node in structure.nodes if node.inputs and node.group in turns]
    assert inside == sorted(inside)


@pytest.mark.parametrize("program", [LOOP.format(n=20), CALLS])
def test_a_small_step_is_none(program):
    assert not [group for group in trace(program).structure.groups if group.kind == "turn"]


IN_A_FUNCTION = """W = np.ones((3, 3)) * 0.1

def run(h, loss):
    for t in range(12):
        h = np.tanh(W @ h + 0.1 * t)
        loss = loss + np.sum(h**2)
    return loss

loss = run(np.ones(3), 0.0)
after = loss * 2"""


def test_a_loop_in_a_function_folds_within_it():
    structure = trace(IN_A_FUNCTION).structure
    groups = structure.groups
    call, repeat, *turns = range(len(groups))
    assert [group.kind for group in groups] == ["call", "repeat", *["turn"] * 12]
    assert groups[repeat].parent == call
    assert {groups[turn].parent for turn in turns} == {repeat}
    # The same steps as at the top level, and nothing of the call is left beside them.
    assert {node.group for node in structure.nodes if node.inputs} == {NO_GROUP, *turns}


def test_calls_in_the_steps_of_a_function_stay_whole():
    text = (
        "def cell(h):\n    return np.tanh(h * 0.9) + 0.1\n\ndef net(h):\n    for t in range(40):\n"
        "        h = cell(h)\n    return h\n\ny = net(0.5)"
    )
    structure = trace(text).structure
    kinds = {g: group.kind for g, group in enumerate(structure.groups)}
    (repeat,) = [g for g, kind in kinds.items() if kind == "repeat"]
    inner = [group for group in structure.groups if group.parent == repeat]
    assert len(inner) == 40
    assert {group.kind for group in inner} == {"call"}
    assert kinds[structure.groups[repeat].parent] == "call"
