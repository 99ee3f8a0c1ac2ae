"""What is suggested for free names lets the program run, all together; where nothing is, the reason is told."""

import numpy as np
import pytest

from app.engine import ValueProblem, compile_program
from app.engine.execution import compile as compiling
from app.engine.ops import REGISTRY

LAYERS = "z1 = x @ W1 + b1\na1 = relu(z1)\ny = a1 @ W2 + b2\nloss = cross_entropy(y, target)"


def missing_in(source, values=None):
    with pytest.raises(ValueProblem) as caught:
        compile_program(source, values or {})
    return caught.value.missing


SHAPES = [
    ("y = x * w", {"x": 2.0}, {"w": ()}),
    ("y = x @ W", {"x": np.ones((5, 3))}, {"W": (3, 5)}),
    ("y = W @ x", {"x": np.ones(4)}, {"W": (4, 4)}),
    ("y = x @ w", {"x": np.ones((5, 3))}, {"w": (3,)}),
    ("    y = x @ W", {"x": np.ones((5, 3))}, {"W": (3, 5)}),
    ("y = x[4]", {}, {"x": (5,)}),
    ("y = x[1, -3]", {}, {"x": (2, 3)}),
    ("y = x.reshape(2, 3) @ v", {}, {"x": (6,), "v": (3,)}),
    ("n, m = x.shape\ny = x * n", {}, {"x": (2, 2)}),
    ("y = np.sum(x, axis=2)", {}, {"x": (2, 2, 2)}),
    ("y = np.concatenate((a, b), axis=1)", {"a": np.ones((2, 3))}, {"b": (2, 2)}),
    ("c = np.concatenate((u, v))\ny = W @ c", {"u": np.ones(5), "v": np.ones(6)}, {"W": (5, 11)}),
    ("y = np.stack((a, b)) * c", {"a": np.ones(3)}, {"b": (3,), "c": ()}),
    ("y = broadcast_to(v, (2, 3))", {}, {"v": ()}),
]


@pytest.mark.parametrize(("source", "values", "shapes"), SHAPES, ids=[source for source, *_ in SHAPES])
def test_a_value_has_a_shape_that_runs(source, values, shapes):
    found = {one.name: one.suggested for one in missing_in(source, values)}
    assert {name: np.shape(value) for name, value in found.items()} == shapes
    compile_program(source, {**values, **found}).run()


@pytest.mark.parametrize("given", [(), ("x",), ("W2",), ("x", "W1"), ("b1", "target")], ids=str)
def test_values_of_many_names_fit_together(given):
    known = {"x": np.ones((4, 3)), "W1": np.ones((3, 6)), "W2": np.ones((6, 2)), "b1": np.ones(6), "target": np.ones(2)}
    values = {name: known[name] for name in given}
    found = {one.name: one.suggested for one in missing_in(LAYERS, values)}
    assert set(found) == {"x", "W1", "b1", "W2", "b2", "target"} - set(given)
    compile_program(LAYERS, {**values, **found}).run()


@pytest.mark.parametrize("op", [op for op in REGISTRY.values() if op.example], ids=lambda op: op.name)
def test_every_op_gets_values_for_its_example(op):
    found = {one.name: one.suggested for one in missing_in(f"y = {op.example}")}
    compile_program(f"y = {op.example}", found).run()


def test_what_another_line_forbids_is_told():
    (one,) = missing_in("u = w\nz = A @ B\ny = z + u", {"A": np.ones((2, 3)), "B": np.ones((2, 3))})
    assert one.suggested is None
    assert one.why.startswith("line 2: @ cannot multiply 2×3 by 2×3")
    assert one.advice("Give it", "above").endswith(f"no shape was found with which the program runs ({one.why})")


def test_a_place_that_means_something_else_of_an_array_counts():
    source = "y = ~(x > 0) * v[1]"  # of a number, Python's ~ counts in bits
    found = {one.name: one.suggested for one in missing_in(source)}
    assert np.ndim(found["x"]) > 0
    compile_program(source, found).run()


def test_what_is_out_of_reach_is_not_searched_for_without_end():
    names = [f"a{i}" for i in range(40)]
    source = f"y = np.stack(({', '.join(names)})) @ v" + "".join(f"\ny = y.reshape({n}, -1)" for n in (7, 11, 13))
    assert {one.suggested is None for one in missing_in(source, {"v": np.ones(17)})} == {True}


def test_lines_for_the_notebook_do_not_hinder():
    with pytest.raises(ValueProblem, match="have no value") as caught:
        compile_program("%matplotlib inline\ny = x * t[0:2]\n!pip install numpy")
    assert [each.line for each in caught.value.missing] == [2, 2]


def test_a_text_that_takes_long_to_read_is_tried_less_often(monkeypatch):
    read, readings = compiling._read, []

    def counted(*given, **options):
        readings.append(given)
        return read(*given, **options)

    monkeypatch.setattr(compiling, "_read", counted)
    missing_in("y = unknown[1](3.0)")
    short = len(readings)
    readings.clear()
    missing_in("s = 0\nfor i in range(2000):\n    s = s + i\ny = unknown[1](3.0)")
    assert len(readings) < short
    assert len(readings) < 10


def test_what_python_only_warns_of_is_read():
    # A number and a word, written together.
    assert [each.name for each in missing_in("y = x * (1if True else 2) + i")] == ["x", "i"]
