"""Paragraphs with a name: groups of the lines between `# region` and `# endregion`."""

import numpy as np
import pytest

from app.engine import LimitError, ProgramError, trace
from app.engine.explain.sentences import Wording, plain, tell
from app.engine.interpreter import read
from app.engine.interpreter.network import Layer, Network, network_program
from app.engine.notation.roles import uses

NESTED = """\
# region encoder
h = tanh(x * w)
#region inner part
k = softmax(h)
# endregion
h = h + k
# endregion of the encoder
y = np.sum(h)
"""


def groups_of(source):
    program = read(source)
    names = [group.name for group in program.groups]
    return program, {node.id: names[node.group] if node.group >= 0 else None for node in program.nodes}


def test_nodes_of_a_region_belong_to_it():
    program, of = groups_of(NESTED)
    assert [(g.id, g.name, g.kind, g.parent) for g in program.groups] == [
        ("region encoder", "encoder", "region", -1),
        ("region encoder/inner part", "inner part", "region", 0),
        ("k/softmax", "softmax", "call", 1),
    ]
    assert (of["h"], of["h.1"], of["k"], of["h#2"], of["y"]) == ("encoder", "encoder", "softmax", "encoder", None)
    assert of["x"] is None, "inputs stand outside"


def test_numbers_and_ids_are_those_of_the_program_without_regions():
    bare = "\n".join(line for line in NESTED.split("\n") if "region" not in line)
    values = {"x": [0.5, -1.0], "w": 2.0}
    with_regions, without = trace(NESTED, values), trace(bare, values)
    assert list(with_regions.values) == list(without.values)
    for id in without.grads:
        np.testing.assert_array_equal(with_regions.grads[id], without.grads[id])


def test_prints_manual_gradients_and_literals_within():
    source = "# region all\nx = 3.0\ny = x * x\nprint('y', y)\n# endregion\n# region by hand\ndx = 2 * x\n# endregion"
    run = trace(source)
    assert run.prints[0].text == "y 9.0"
    assert run.manual[0].agrees
    assert run.structure.output == "y"


def test_two_regions_of_one_name():
    program, _ = groups_of("# region a\ny = x * 2\n# endregion\n# region a\ny = y * 2\n# endregion")
    assert [group.id for group in program.groups] == ["region a", "region a#2"]


def test_calls_within_keep_their_ids():
    program, _ = groups_of("# region r\ny = softmax(softmax(x))\n# endregion")
    assert [group.id for group in program.groups] == ["region r", "y/softmax", "y/softmax#2"]


@pytest.mark.parametrize(
    "source",
    [
        '"""\n# region not one\n"""\ny = x * 2',
        "y = x * 2  # region behind code",
        "# regional\ny = x * 2",
        "print('# region')\ny = x * 2",
    ],
)
def test_what_is_no_region(source):
    assert read(source).groups == ()


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("# region a\ny = x * 2", 1, "has no end"),
        ("# region a\n# region b\ny = x * 2\n# endregion", 1, "has no end"),
        ("y = x * 2\n# endregion", 2, "ends no region"),
        ("# region\ny = x * 2\n# endregion", 1, "has no name"),
        ("y = (x\n# region a\n* 2)\n# endregion", 2, "inside a statement"),
        ("def f(x):\n    # region a\n    return x\n# endregion\ny = f(x)", 2, "inside a statement"),
        ("for i in range(2):\n    y = x * 2\n    # region a\n# endregion", 3, "indented"),
        ("# region a\ndef f(x):\n    t = x\n# endregion\n    return t\ny = f(x)", 4, "inside a statement"),
    ],
)
def test_marks_that_do_not_fit(source, line, message):
    with pytest.raises(ProgramError, match=message) as error:
        read(source)
    assert error.value.line == line
    assert error.value.hint


def test_limits():
    with pytest.raises(LimitError):
        read("# region " + "a" * 61 + "\ny = x * 2\n# endregion")
    with pytest.raises(LimitError):
        read("# region a\n" * 201 + "y = x * 2\n" + "# endregion\n" * 201)


def test_a_network_writes_its_layers_as_regions():
    made = network_program(Network(2, (Layer(3, "tanh"), Layer(1)), loss="mse"))
    program = read(made.program, None, made.output)
    assert [group.name for group in program.groups if group.kind == "region"] == ["layer 1", "layer 2", "loss"]
    run = trace(made.program, made.values, made.output)
    told = tell(run)
    forward, backward = told.groups["region layer 1"]
    assert plain(forward).startswith("layer 1 takes x, W1 and b1 and gives a1 = ")
    assert "W1 gets" in plain(backward)
    assert [b.result is not None for b in Wording(run.structure).borders.values()] == [True] * 4
    assert dict(zip([n.id for n in run.structure.nodes], uses(run.structure.nodes), strict=True)).items() >= {
        ("x", "data"),
        ("W1", "parameter"),
        ("b2", "parameter"),
        ("target", "target"),
        ("z1", None),
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("loss = mse(X @ W + b, t)", {"X": "data", "W": "parameter", "b": "parameter", "t": "target"}),
        ("y = w_1 * x_train + bias", {"w_1": "parameter", "x_train": "data", "bias": "parameter"}),
        ("y = layernorm(x, gamma, beta)", {"x": "data", "gamma": "parameter", "beta": "parameter"}),
        ("y = theta * x - y_true", {"theta": "parameter", "x": "data", "y_true": "target"}),
        ("f = a * b + x", {"a": None, "b": None, "x": None}),
        ("f = W * y", {"W": "parameter", "y": None}),
        ("f = W * where_it_is * bottom", {"W": "parameter", "where_it_is": None, "bottom": None}),
    ],
)
def test_what_inputs_are_there_for(source, expected):
    nodes = read(source).nodes
    assert {n.id: use for n, use in zip(nodes, uses(nodes), strict=True) if n.id in expected} == expected
