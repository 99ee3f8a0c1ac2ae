"""Plans and traces as seen from Python: columns, seeds, forward order, what a run leaves behind."""

import dataclasses

import numpy as np
import pytest

from app.engine import EngineError, LimitError, ProgramError, ShapeError, ValueProblem, compile_program, trace
from app.engine.execution.passes.tangent import directional_derivative

NET = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
VALUES = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}


def test_the_dead_net():
    run = trace(NET, VALUES)
    assert [float(v) for v in (run.values["z1.1"][0, 0], run.values["z1"][0, 0], run.values["a1"][0, 0])] == [
        -1,
        -0.5,
        0,
    ]
    assert run.output == [[1.0]]
    assert {name: np.asarray(run.grads[name]).tolist() for name in ("W2", "a1", "z1", "b1", "W1", "x", "b2")} == {
        "W2": [[0.0]],
        "a1": [[2.0]],
        "z1": [[0.0]],
        "b1": [[0.0]],
        "W1": [[0.0, 0.0]],
        "x": [[0.0], [0.0]],
        "b2": [[1.0]],
    }
    assert run.locals["z1", "a1", 0] == [[0.0]]
    assert run.messages["z1", "a1", 0] == [[0.0]]
    awake = compile_program(NET, VALUES).run({"b1": [[1.5]]})
    np.testing.assert_array_equal(awake.grads["W1"], [[2.0, 4.0]])


def test_inputs_precede_users_and_the_backward_order_is_its_mirror():
    plan = compile_program(NET, VALUES)
    place = {node.id: i for i, node in enumerate(plan.structure.nodes)}
    for edge in plan.structure.edges:
        assert edge.source < edge.target
    assert list(plan.structure.backward) == ["y", "y.1", "a1", "z1", "z1.1"]
    assert [place[id] for id in plan.structure.backward] == sorted(
        (place[id] for id in plan.structure.backward), reverse=True
    )
    assert plan.structure.output == "y"


def test_what_does_not_lead_to_the_output_is_not_in_the_graph():
    run = trace("x = 2.0\nunused = x * 5\ny = x * x\nprint(unused)\nlater = 3.0", output="y")
    assert "unused" not in run.values
    assert "later" not in run.values
    assert run.prints[0].text == "10.0"


def test_no_path_is_not_zero():
    run = trace("x = 2.0\nm = x > 1\ny = m * 3.0 + 0 * x")
    assert run.grads["m"] is None  # flat in x: whatever arrived there would go nowhere
    assert run.grads["x"] == 0.0
    run = trace("x = 2.0\ny = (x > 1) * 3.0 + np.ones_like(x)")
    assert run.grads["x"] is None
    assert run.messages["x", "y.3", 0] is None


def test_constants_receive_nothing():
    run = trace("x = 2.0\ny = x * 3.0")
    (constant,) = [node.id for node in run.structure.nodes if node.role == "constant"]
    assert run.grads[constant] is None


def test_roles():
    roles = {node.id: node.role for node in compile_program("x = 2.0\ny = x * 3 + w", {"w": 1.0}).structure.nodes}
    assert roles == {"x": "input", "y.k1": "constant", "y.1": "operation", "w": "input", "y": "operation"}


def test_gradients_are_linear_in_the_seed():
    plan = compile_program("y = np.tanh(A @ A) * 3", {"A": [[0.1, 0.2], [0.3, -0.4]]})
    seed = np.array([[1.0, -2.0], [0.5, 3.0]])
    whole = plan.run(seed=seed).grads["A"]
    parts = sum(
        seed[i, j] * plan.run(seed=np.eye(4)[2 * i + j].reshape(2, 2)).grads["A"] for i in (0, 1) for j in (0, 1)
    )
    np.testing.assert_allclose(whole, parts, rtol=1e-13)


def test_runs_do_not_change_each_other():
    plan = compile_program("y = x * x", {"x": [1.0, 2.0]})
    first = plan.run()
    kept = [np.array(v) for v in first.value_list]
    plan.run({"x": [5.0, 6.0]})
    plan.compile().run({"x": [7.0, 8.0]})
    for before, after in zip(kept, first.value_list, strict=True):
        np.testing.assert_array_equal(before, after)
    np.testing.assert_array_equal(plan.run().values["x"], [1.0, 2.0])


def test_values_given_are_not_written_into():
    given = np.array([1.0, 2.0])
    given.setflags(write=False)
    run = compile_program("x = x + 1\ny = x * x", {"x": given}).run()
    np.testing.assert_array_equal(run.output, [4.0, 9.0])


def test_shapes_of_a_plan_are_fixed():
    plan = compile_program("y = x * 2", {"x": [1.0, 2.0]})
    for value in (1.0, [1.0], [[1.0, 2.0]]):
        with pytest.raises(ValueProblem, match="shape"):
            plan.run({"x": value})
    with pytest.raises(ValueProblem, match="no input"):
        plan.run({"z": 1.0})
    with pytest.raises(ValueProblem, match="computed"):
        plan.run({"y": [1.0, 2.0]})


def test_missing_values_are_named_with_their_lines():
    with pytest.raises(ValueProblem) as caught:
        trace("y = W @ x\nz = y + b")
    missing = caught.value.missing
    assert [(m.name, m.line) for m in missing] == [("W", 1), ("x", 1), ("b", 2)]
    assert all(m.suggested is not None for m in missing)
    assert (caught.value.line, caught.value.column) == (1, 5)


def test_a_trace_can_be_printed():
    text = repr(trace("x = 2.0\ny = x * x"))
    assert "x: 2.0  grad 4.0" in text
    assert "Column" not in repr(trace("x = 2.0\ny = x * x").values)


def test_columns_are_mappings():
    run = trace("x = 2.0\ny = x * x")
    assert dict(run.values) == {"x": 2.0, "y": 4.0}
    assert len(run.grads) == 2
    assert list(run.messages) == [("x", "y", 0), ("x", "y", 1)]
    with pytest.raises(KeyError):
        run.values["nope"]


def test_forward_mode_gives_every_tangent():
    run = trace("x = 2.0\nw = 3.0\nz = x * w\ny = np.sin(z)")
    tangents = directional_derivative(run, {"x": 1.0})
    assert tangents["z"] == 3.0
    assert tangents["w"] == 0.0
    assert tangents["y"] == pytest.approx(3.0 * np.cos(6.0), rel=1e-15)


def test_groups_say_which_call_a_node_was_written_in():
    source = "def inner(x):\n    return x * 2\ndef outer(x):\n    return inner(x) + 1\ny = outer(3.0) * 5"
    plan = compile_program(source)
    groups = {group.id: (group.name, group.parent) for group in plan.structure.groups}
    assert [name for name, _ in groups.values()] == ["outer", "inner"]
    inside = {node.id: plan.structure.groups[node.group].name for node in plan.structure.nodes if node.group >= 0}
    assert set(inside.values()) == {"outer", "inner"}
    assert plan.structure.groups[1].parent == 0


@pytest.mark.parametrize("kind", [ProgramError, ShapeError, ValueProblem, LimitError])
def test_one_root_catches_all(kind):
    assert issubclass(kind, EngineError)
    error = kind("a message", hint="a hint")
    assert (error.message, error.hint, str(error), error.line, error.column) == (
        "a message",
        "a hint",
        "a message",
        None,
        None,
    )


def test_plans_are_frozen():
    plan = compile_program("x = 2.0\ny = x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.seed = 3.0
