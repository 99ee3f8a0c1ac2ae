"""Texts whose only numbers are what calls are given: those are leaves, called as the function calls them."""

import numpy as np
import pytest

from app.engine import ProgramError, compile_program
from tests.engine.python import executed, printed

SIGMOID = "import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n"
RELU = "def relu(x):\n    return 2 * x if x > 0 else 0\n"
POWER = "def power(x, n):\n    r = 1\n    for i in range(n):\n        r = r * x\n    return r\n"
MSE = "import numpy as np\ndef mse(a, b):\n    return np.mean((a - b) ** 2)\n"


def _read(source, values=None):
    run = compile_program(source, values).run()
    assert printed(run) == executed(source)[1] or values
    return run, {node.id: run.grads[node.id] for node in run.structure.nodes if node.op.name == "input"}


@pytest.mark.parametrize(
    ("source", "leaves"),
    [
        (SIGMOID + "print(sigmoid(0.5))", {"x": 0.2350037122015945}),
        (SIGMOID + "sigmoid(0.5)", {"x": 0.2350037122015945}),
        (SIGMOID + "y = sigmoid(0)\nprint(y)", {"x": 0.25}),
        (SIGMOID + "print(sigmoid(x=0))", {"x": 0.25}),
        (SIGMOID + "print(sigmoid(1.0), sigmoid(0.0))", {"x#2": 0.25}),
        # A number that leads to nothing is in nobody's way.
        (SIGMOID + "eps = 1e-5\nprint(sigmoid(0.0))", {"x": 0.25}),
        (SIGMOID + "print(sigmoid(np.array([0.0, 0.0])))", {"x": [0.25, 0.25]}),
        (SIGMOID + "print(sigmoid(-np.array([0.0])), sigmoid(0))", {"x": 0.25}),
        (MSE + "print(mse(np.array([1.0, 2.0]), np.array([1.5, 4])))", {"a": [-0.5, -2], "b": [0.5, 2]}),
        ("def mean(v):\n    return sum(v) / len(v)\nprint(mean([1.0, 2.0]))", {"v[0]": 0.5, "v[1]": 0.5}),
        (
            "import numpy as np\ndef total(v):\n    return np.sum(np.array(v) ** 2)\nprint(total([1.0, 2.0]))",
            {"v[0]": 2, "v[1]": 4},
        ),
        ("def mean(v):\n    return sum(v) / len(v)\nprint(mean([3, 5]))", {"v[0]": 0.5, "v[1]": 0.5}),
        (
            "import numpy as np\ndef total(v):\n    return np.exp(v).sum()\nv = [0, 0]\nprint(total(v), v)",
            {"v[0]": 1, "v[1]": 1},
        ),
        ("def take(v, at):\n    return sum(v[i] for i in at)\nprint(take([5, 2, 9], [0, 2]))", {"v[0]": 1, "v[2]": 1}),
        ("def cube(x):\n    return x * x * x\nprint(cube(3), type(cube(3)), [cube(3)], f'{cube(3)}')", {"x#4": 27}),
        ("def cube(x):\n    return x * x * x\ncube(3)", {"x": 27}),
        ("def c(f):\n    return f * 9 / 5 + 32\nprint(c(100), f'{c(37):.1f} F')", {"f#2": 1.8}),
        ("def area(r):\n    return 3 * r ** 2\nprint(area(2), '%d' % area(2))", {"r#2": 12}),
        (RELU + "print(relu(3), relu(-2))", {"x": 2}),
        (POWER + "print(power(2, 3))", {"x": 12}),
        (POWER + "print(power(2.0, n=3))", {"x": 12}),
        ("def p(x, n):\n    return x ** n\nprint(p(2, 3), p(2.0, -1))", {"x#2": -0.25}),
        ("def pick(a, i):\n    return a[i] * 2\nprint(pick([1.0, 2.0, 3.0], 1))", {"a[1]": 2}),
        ("def f(*a, **k):\n    return a[0] * a[1] * k['u']\nprint(f(2.0, 5, u=3))", {"a[0]": 15, "a[1]": 6, "u": 10}),
        (
            "class V:\n    def __init__(self, a):\n        self.a = a\nv = V(2)\ndef sq(k):\n    return k * k\nsq(3)",
            {"k": 6},
        ),
    ],
)
def test_what_a_call_is_given_is_a_leaf_where_nothing_else_is(source, leaves):
    _, found = _read(source)
    assert found.keys() == leaves.keys()
    for id, gradient in leaves.items():
        np.testing.assert_allclose(found[id], gradient, rtol=1e-12)


@pytest.mark.parametrize(
    "call",
    [
        "def fact(n):\n    if n == 0:\n        return 1\n    return n * fact(n - 1)\nprint(fact(5))",
        "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(7))",
        "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a\nprint(gcd(12, 18))",
        "def parts(a, b):\n    return a // b, a % b\nprint(parts(7, 3))",
        "def row(n):\n    return 'a' * n\nprint(row(3))",
        "import numpy as np\ndef zeros(n):\n    return np.zeros(n).sum()\nprint(zeros(3))",
        (
            "import numpy as np\ndef one_hot(k, n):\n    out = np.zeros((len(k), n))\n"
            "    out[np.arange(len(k)), k] = 1\n    return out\nprint(one_hot(np.array([0, 2, 1]), 3))"
        ),
        "def evens(v):\n    return sum(x for x in v if x % 2 == 0)\nprint(evens([5, 2, 4]))",
        (
            "def counted(v):\n    found = {}\n    for x in v:\n        found[x] = found.get(x, 0) + 1\n"
            "    return found\nprint(counted([1, 2]))"
        ),
        RELU + "print(relu(-2))",
        SIGMOID + "print(sigmoid(0.3) > 0.5)",
    ],
)
def test_places_sizes_and_counts_stay_numbers(call):
    with pytest.raises(ProgramError, match="nothing to differentiate: the functions run"):
        compile_program(call)


def test_other_leaves_come_first():
    _, found = _read(SIGMOID + "x = 0.0\ny = sigmoid(x) * sigmoid(3.0)")
    assert found.keys() == {"x"}


def test_such_a_leaf_is_moved_as_any_other():
    run, _ = _read(SIGMOID + "print(sigmoid(0.5))", {"x": 0.0})
    assert run.output == 0.5
    assert printed(run) == "0.5\n"
    run, _ = _read(RELU + "print(relu(3.0))", {"x": 5.0})
    assert (run.output, run.grads["x"]) == (10.0, 2.0)
    # Where the function gives a number of its own, the picture is of the argument alone.
    run, _ = _read(RELU + "print(relu(3.0))", {"x": -1.0})
    assert (run.structure.output, printed(run)) == ("x", "0\n")
