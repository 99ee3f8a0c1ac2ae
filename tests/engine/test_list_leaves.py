"""Numbers in lists, in texts without NumPy: which are leaves, how they are called, and where a step begins anew."""

import numpy as np
import pytest

from app.engine import compile_program


def _leaves(source):
    run = compile_program(source).run()
    return [node.id for node in run.structure.nodes if node.op.name == "input"], run


@pytest.mark.parametrize(
    ("source", "leaves"),
    [
        ("w = [0.5, 2.0]\ny = w[0] * w[1]", ["w[0]", "w[1]"]),
        ("W = [[0.5, 1.0], [2.0, 3.0]]\ny = W[1][0] * 2 + W[0][1]", ["W[0][1]", "W[1][0]"]),
        ("layer = {'weights': [0.5, 1.0], 'bias': 2.0}\ny = layer['weights'][1] * layer['bias']", None),
        ("w = []\nfor i in range(2):\n    w.append(0.5)\ny = w[0] * w[1]", ["w[0]", "w[1]"]),
        ("def make():\n    a = [0.5, 1.0]\n    return [a]\nnet = make()\ny = net[0][0] * net[0][1]", None),
        ("import numpy as np\nw = [0.5, 2.0]\ny = np.exp(w[0] * w[1])", ["w[0]", "w[1]"]),
        # Whole numbers are meant where the text assigns their gradient.
        ("w = [3, -1]\ny = w[0] * w[1]\ndw = [w[1], w[0]]", ["w[0]", "w[1]"]),
        ("v = [3, -1]\ny = v[0] * v[1]\ngrad_v = [v[1], v[0]]", ["v[0]", "v[1]"]),
    ],
)
def test_items_are_leaves_that_one_can_point_at(source, leaves):
    found, run = _leaves(source)
    expected = {"layer": ['layer["weights"][1]', 'layer["bias"]'], "def m": ["net[0][0]", "net[0][1]"]}
    assert found == (leaves or expected[source[:5]])
    assert all(run.grads[leaf] is not None for leaf in found)


@pytest.mark.parametrize(
    "source",
    [
        # Many numbers that nothing says are trained.
        "rows = [[i + 0.5, i + 1.0] for i in range(7)]\na = 2.0\ny = sum(a * r[0] for r in rows)",
        # A list is one array in NumPy.
        "import numpy as np\nx = [1.0, 2.0]\na = 2.0\ny = np.sum(a * np.array(x))",
        # Whole numbers are sizes and labels.
        "sizes = [2, 3]\na = 2.0\ny = a * sizes[0]",
        # What stands among computed values is one.
        "a = 2.0\nh = [max(0.0, v) for v in [a, -a]]\ny = h[0] + h[1]",
    ],
)
def test_data_is_no_leaf(source):
    assert _leaves(source)[0] == ["a"]


@pytest.mark.parametrize(
    "step",
    [
        "w[0] = w[0] - lr * error * x\n    w[1] = w[1] - lr * error",
        "w[0] -= lr * error * x\n    w[1] -= lr * error",
        "w = [a - lr * g for a, g in zip(w, [error * x, error])]",
        "grad = [error * x, error]\n    w = [w[j] - lr * grad[j] - lr * 0.1 * w[j] for j in range(2)]",
    ],
)
@pytest.mark.parametrize("begun", ["[0.0, 0.0]", "[0, 0]", "[0.5, 0.1]"])
@pytest.mark.parametrize("inside", [False, True])
def test_a_step_of_the_items_begins_a_turn(step, begun, inside):
    body = (
        f"w = {begun}\nlr = 0.1\nfor x, y in [(1.0, 2.0), (2.0, 3.0), (3.0, 5.0)]:\n"
        f"    error = w[0] * x + w[1] - y\n    loss = error ** 2\n    {step}\n"
    )
    if inside:
        body = "def fit():\n    " + body.rstrip().replace("\n", "\n    ") + "\n    return loss, w\nout, w = fit()"
    found, run = _leaves(body)
    trained = [leaf for leaf in found if "w[" in leaf]
    assert len(trained) == 2
    assert all("#" in leaf for leaf in trained)
    assert len(run.structure.nodes) < 12


@pytest.mark.parametrize(
    "line",
    [
        "errors[j] += delta * w[j]",
        "grads[j] += 2 * delta * w[j]",
        "sums[j] += lr * w[j]",
    ],
)
def test_a_sum_in_a_list_is_no_step(line):
    name = line.split("[", maxsplit=1)[0]
    source = (
        f"w = [0.5, 2.0]\nlr = 0.1\ntarget = 1.0\ndelta = (w[0] - target) * w[1]\n{name} = [0.0, 0.0]\n"
        f"for i in range(2):\n    for j in range(2):\n        {line}\nloss = {name}[0] + {name}[1]\n"
    )
    found, _ = _leaves(source)
    assert not [leaf for leaf in found if "#" in leaf]


def test_lists_that_numpy_computes_with_are_leaves_where_nothing_else_is_one():
    source = "import numpy as np\nv = [1, 2, 0.5]\nM = [[0.5, -1, 2], [1, 0, 3]]\ny = np.dot(M, v) + [0.5, 1]\n"
    found, run = _leaves(source)
    assert found == ["M", "v"]
    np.testing.assert_array_equal(run.grads["M"], [[1, 2, 0.5], [1, 2, 0.5]])
    np.testing.assert_array_equal(run.grads["v"], [1.5, -1, 5])
    # The same list twice is one leaf; one that was changed in between is none.
    found, run = _leaves("import numpy as np\nv = [1.0, 2.0]\ny = np.dot(v, [3.0, 4.0]) + np.dot(v, v)")
    assert found == ["v"]
    np.testing.assert_array_equal(run.grads["v"], [5, 8])
    found, run = _leaves("import numpy as np\nv = [1.0, 2.0]\ns = np.sum(v)\nv[0] = 5.0\ny = s * np.sum(v)")
    assert run.output == 21
    # Where NumPy gets none of them, each of their numbers is one, as in a text without NumPy.
    source = "def f(w, x):\n    return np.exp(w[0] * x[0])\nw = [0.5, 2.0]\nx = [1.0]\ny = f(w, x) * np.eye(1)[0, 0]\n"
    assert _leaves(source)[0] == ["w[0]", "x[0]"]


def test_a_sum_over_turns_shows_its_last_term():
    source = (
        "w = [0.0]\ndef fit(w, lr):\n    sum_error = 0\n    for x, y in [(1.0, 2.0), (2.0, 3.0), (3.0, 5.0)]:\n"
        "        error = y - w[0] * x\n        sum_error += error ** 2\n        w[0] += lr * error * x\n"
        "    print(sum_error)\nfit(w, 0.1)\n"
    )
    found, run = _leaves(source)
    assert found == ["w[0]#3"]
    assert run.prints[0].text == str(run.output)
    assert len(run.structure.nodes) < 12


def test_lists_that_hold_themselves_are_read():
    source = "a = [1.0]\na.append(a)\nb = [2.0, a]\na = b\nx = 2.0\ny = x * 3\n"
    assert _leaves(source)[0] == ["x"]


def test_what_a_dictionary_holds_for_an_object_or_a_function_is_called_by_its_name():
    text = """class P:
    pass
def square(x):
    return x ** 2
p = P()
held = {P: 2.0, square: 3.0, np.tanh: 4.0, p: 5.0, (0, "a"): 6.0, "b": 7.0}
y = held[P] * held[square] * held[np.tanh] * held[p] * held[0, "a"] * held["b"]
"""
    leaves = [node.name for node in compile_program(text).structure.nodes if node.op.name == "input"]
    assert leaves == ["held[P]", "held[square]", "held[np.tanh]", "held[p]", 'held[(0, "a")]', 'held["b"]']
