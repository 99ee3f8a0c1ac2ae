"""A cell is made whole by the cells before it, and then computes what Python computes in one namespace."""

import contextlib
import io

import numpy as np
import pytest

from app.engine import LimitError, Limits, ProgramError, compile_program
from app.engine.interpreter.cells import with_definitions
from app.engine.support.checkpoints import watched

CASES = {
    "a function": (["def f(x):\n    return x**2"], "print(f(3.0))"),
    "a function that needs another, defined later": (
        ["def f(x):\n    return g(x) + 1", "def g(x):\n    return 2 * x"],
        "print(f(3.0))",
    ),
    "the last definition counts": (["def f(x):\n    return x", "def f(x):\n    return -x"], "print(f(3.0))"),
    "a value, changed by a later cell": (["w = 2.0", "w = w * 3", "w -= 0.5"], "print(w)"),
    "a value, changed in place": (["a = np.zeros(3)\nb = 1.0", "a[1] = 5.0", "a[2] += b"], "print(a)"),
    "a list that grows": (["losses = []", "for i in range(3):\n    losses.append(i * 2.0)"], "print(losses)"),
    "a loop that trains": (["w = 1.0\nrate = 0.1", "for i in range(4):\n    w -= rate * 2 * w"], "print(w)"),
    "a class and its base": (
        ["class Base:\n    k = 2.0\n", "class Layer(Base):\n    def __call__(self, x):\n        return self.k * x"],
        "print(Layer()(4.0))",
    ),
    "a default and a global": (["k = 3.0\ndef f(x, by=k):\n    return x * by + shift", "shift = 1.0"], "print(f(2.0))"),
    "a decorator, a lambda, a comprehension": (
        [
            "def twice(f):\n    return lambda x: f(f(x))",
            "@twice\ndef step(x):\n    return x + by",
            "by = 0.5\nxs = [step(i) for i in range(3)]",
        ],
        "print(xs, step(1.0))",
    ),
    "own names stay": (["x = 1.0\ndef f(x):\n    return x"], "x = 7.0\nprint(f(x), sum([x for x in range(3)]), x)"),
    "an error that is caught, a pattern": (
        ["class Odd(Exception):\n    pass\ndef f(x):\n    raise Odd(str(x))", "v = [1.0, 2.0, 3.0]"],
        "try:\n    f(1.0)\nexcept Odd as e:\n    print(e)\nmatch v:\n    case [a, *rest]:\n        print(a, rest)",
    ),
    "a setting that a function reads when it is called, given anew later": (
        ["rate = 0.5\ndef f(x):\n    return x * rate\na = f(2.0)", "rate, other = 0.25, 1.0\nb = f(2.0)", "rate = 3.0"],
        "print(a, b)",
    ),
    "what was drawn before counts": (
        [
            "np.random.seed(1)",
            "a = np.random.randn(2)\nb = [np.random.rand() for _ in range(2)]",
            "c = np.random.randn()",
        ],
        "print(c)",
    ),
    "a function and a class that draw": (
        [
            "np.random.seed(3)\ndef noise():\n    return np.random.randn()",
            "class Layer:\n    def __init__(self):\n        self.w = noise()",
            "first, other = noise(), Layer()",
            "layer = Layer()",
        ],
        "print(layer.w, np.random.rand())",
    ),
    "a generator that has drawn": (
        ["rng = np.random.default_rng(0)", "x = rng.normal(size=2)", "rng.shuffle(x)"],
        "print(rng.normal())",
    ),
    "the module random": (["import random\nrandom.seed(2)", "a = random.random()"], "print(random.random())"),
    "a function that changes a list": (
        [
            "seen = []\ndef f(x):\n    seen.append(x)\n    return x",
            "y = f(2.0)\ndef g(x):\n    return f(x)",
            "z = g(3.0)",
        ],
        "print(seen)",
    ),
    "a loop that changes what it goes over": (
        ["ws = [np.zeros(2), np.ones(2)]", "for w in ws:\n    w += 1.0"],
        "print(ws[0], ws[1])",
    ),
    "weights that a function reads, trained in place behind it": (
        ["w = np.ones(2)", "def f(x):\n    return x * w", "for p in (w,):\n    p -= 0.25"],
        "print(f(2.0))",
    ),
    "all names of a module": (["from math import *"], "x = 2.0\nprint(e * x, pi)"),
    "what is unreadable is passed over": (["def f(x): return x + 1", "plot(("], "print(f(1.0))"),
}


@pytest.mark.parametrize(("before", "cell"), CASES.values(), ids=CASES)
def test_whole(before, cell):
    whole = with_definitions(cell, before, Limits())
    assert not whole.missing
    one, all_of_them = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(one):
        exec(whole.program, {"np": np})
    with contextlib.redirect_stdout(all_of_them):
        exec("\n".join(text for text in [*before, cell] if "((" not in text), {"np": np})
    assert one.getvalue() == all_of_them.getvalue()


def test_nothing_is_taken_that_is_not_needed():
    before = ["import numpy as np\nx = 5.0\nprint(x)\ndef f(x):\n    return x\n\ndef g(x):\n    return f(x)"]
    whole = with_definitions("x = 2.0\nprint(np.exp(g(x)), relu(x), softmax)", before, Limits())
    assert [(each.name, each.cell) for each in whole.taken] == [("g", 0), ("f", 0)]
    assert "5.0" not in whole.program
    assert "import" not in whole.program


def test_a_backward_pass_takes_what_it_goes_back_from():
    before = [
        "x = 5.0\nf = x + 1.0\ndx = 1.0\nbest = x",
        "x = 2.0\ny = -1.0\ns = x * y\nq = s + x\nf = q * s\nunused = 7.0\nprint(f)",
    ]
    whole = with_definitions("dq = s\nds = q\nds += dq\ndx = ds * y + dq\ndy = ds * x", before, Limits())
    assert "f = q * s" in whole.program
    assert "x + 1.0" not in whole.program
    assert "best" not in whole.program
    assert "unused" not in whole.program
    run = compile_program(whole.program).run()
    assert run.structure.output == "f"
    assert [(line.name, line.agrees) for line in run.manual] == [
        ("dq", True),
        ("ds", True),
        ("dx", True),
        ("dy", True),
    ]
    # A cell that computes something itself is about that.
    other = with_definitions("loss = (s - 1.0) ** 2\nds = 2 * (s - 1.0)", before, Limits())
    assert "f = q * s" not in other.program


def test_what_is_too_deep_is_refused_and_what_is_long_takes_no_time():
    deep = "y = " + "+".join(["x"] * 9_000)
    with pytest.raises(LimitError):
        with_definitions(deep, [], Limits())
    assert with_definitions("z = y", [deep], Limits()).missing == ("y",)
    chain = "x0 = 1.0\n" + "\n".join(f"x{i} = x{i - 1}" for i in range(1, 3_000))
    steps = []
    watched(lambda: steps.append(None), lambda: with_definitions("y = x2999", [chain], Limits()))
    # A few for each statement.
    assert len(steps) < 100


def test_what_nobody_defines_is_named():
    whole = with_definitions("y = helper(x)\nz = y + bias", ["def other(x):\n    return x"], Limits())
    assert whole.missing == ("helper", "x", "bias")
    assert whole.program == "y = helper(x)\nz = y + bias"
    with pytest.raises(ProgramError):
        with_definitions("y = (", [], Limits())
