"""One array under several names: what NumPy changes in place is followed, or refused, and never another number."""

import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import EngineError, ProgramError, compile_program, trace
from tests.engine.aliases import random_aliases
from tests.engine.chance import examples
from tests.engine.python import executed, printed
from tests.engine.test_language_random import texts_agree

X = {"x": [1.0, 2.0]}

REFUSED = [
    # program (x has two elements), the line that stores
    ("a = np.broadcast_to(x * 2, (2, 2))\na += 1\ny = a", 2),
    ("a = np.broadcast_to(x * 2, (2, 2)).T[0]\na += 1\ny = a", 2),
    ("x += np.ones((2, 2))\ny = x * 1", 1),
    ("t = np.array(1.0)\nt += x\ny = t * 1", 2),
    ("x @= x\ny = x * 1", 1),
    ("a = np.array([1, 2])\na /= 2\ny = a * x", 2),
    ("a = np.array([1, 2])\na += 0.5\ny = a * x", 2),
    ("a = np.array([1, 2])\na += x\ny = a * x", 2),
    ("t = np.array(1)\nt += 0.5\ny = t * x", 2),
    ("m = x > 1\nm += 1\ny = m * x", 2),
    ("m = x > 1\nm *= x\ny = m * x", 2),
]


@pytest.mark.parametrize(("source", "line"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_numpy_would_store_elsewhere_is_refused(source, line):
    with pytest.raises(ProgramError) as caught:
        compile_program(source, X, ignore_unknown=True)
    lines = source.split("\n")
    assert caught.value.line == line
    assert re.search(r"(\+|-|\*|/|@)=", lines[line - 1])
    assert caught.value.column == len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1
    # What is advised runs, as Python runs it.
    advised = re.match(r"Write (.*?) for a new array", caught.value.hint)[1]
    indent = lines[line - 1][: caught.value.column - 1]
    mended = "\n".join([*lines[: line - 1], indent + advised, *lines[line:]])
    same(mended, X)


ACCEPTED = [
    "a = x * 1\nb = [[a]]\na *= 2\ny = b[0][0] * 1",
    "a = x * 1\nb = (a, 1.0)\na *= 2\ny = b[0] * 1",
    "a = x * 1\nb = [a]\nfor i in range(3):\n    b = [b]\na *= 2\ny = b[0][0][0][0] * 1",
    "params = [x * 1, x * 2]\nfor p in params:\n    p -= 0.1\ny = params[0] * params[1]",
    "for p in [x, x * 2]:\n    p -= 0.1\ny = x * p",
    "b = [np.array([1.0, 2.0])]\na = b[0]\na += x\ny = b[0] * 1",
    "b = [np.array([1.0, 2.0])]\nfor a in b:\n    a += x\ny = b[0] * 1",
    "def g():\n    v = x * 2\n    return [v, v]\nl = g()\nfor p in l:\n    p += 1\ny = p",
    "for l in [[x * 1]]:\n    p = l[0]\n    p += 1\ny = l[0] * 1",
    "def f(v=np.array([1.0, 2.0])):\n    v += 1\n    return v\na = f() * 1\ny = f() * a",
    "def f(l=[np.array([1.0, 2.0])]):\n    v = l[0]\n    v += 1\n    return v\na = f() * 1\ny = f() * a",
    "def f(*, v=np.array([1.0, 2.0])):\n    v += 1\n    return v\na = f() * 1\ny = f() * a",
    "def f(v):\n    v += 1\n    return v\ny = x + f(x)",
    "def f(l):\n    v = l[0]\n    v += 1\n    return l[0]\ny = f([x * 1]) * 1",
    "def f():\n    w = x * 2\n    return w, lambda: w\na, g = f()\na += 1\ny = g() * 1",
    "def f():\n    w = x * 2\n    return [w, [lambda: w]]\na, g = f()\na += 1\nh = g[0]\ny = h() * 1",
    "g = [lambda: v for v in [x * 1]][0]\na = g()\na += 1\ny = g() * 1",
    "t = np.array(2.0)\nu = t\nu += 1\ny = t * u",
    "t = np.zeros(())\nt += 1\nu = t\nu += 1\ny = t * u",
    "t = np.array(2.0)\nu = t.copy()\nv = u\nv += 1\ny = u * v",
    "t = np.where(x[0] > 0, 1.0, 2.0)\nu = t\nu += 1\ny = t * u",
    "a = x.copy()\nb = a[0:1]\na += 1\ny = b * 1",
    "a = x.copy()\nb = a\na += 1\ny = b * 1",
    "a = np.asarray(x)\na += 1\ny = x * a",
    "a = x.ravel()\na += 1\ny = x * a",
    "a = np.reshape(x, (2, 1))\na += 1\ny = x * a",
    "a = np.expand_dims(x, 0)\na += 1\ny = x * a",
    "a = np.swapaxes(x, 0, 0)\na += 1\ny = x * a",
    "a = x.T[None][0][::-1]\na += 1\ny = x * a",
    "total = x[0]\ntotal += x[1]\ny = total * x[0]",
    "total = x[0]\nfor i in range(2):\n    total += x[i]\ny = total * x",
    "t = x[0]\nx += 1\ny = t * x",
    "a = x[0]\nb = a\na += 1\ny = a * b",
    "t = x.sum()\nu = t\nu += 1\ny = t * u",
    "t = 2.0\nu = t\nu -= 0.1\ny = t * u * x",
    "t = 2\nt /= 4\ny = t * x",
    "t = 0\nt += x\ny = t * x",
    "l = [1.0, 2.0]\nfor p in l:\n    p -= 0.1\ny = p * x",
    "a = np.array(x)\na += 1\ny = x * a",
    "a = np.copy(x)\na += 1\ny = x * a",
    "a = x.copy()\nb = x[0:1]\na += 1\ny = b * a",
    "a = x.flatten()\na += 1\ny = x * a",
    "a = x.astype(float)\na += 1\ny = x * a",
    "a = +x\na += 1\ny = x * a",
    "a = np.array([1, 2]).astype(float)\na += 0.5\ny = x * a",
    "a = np.array([x, x])\na += 1\ny = x * a",
    "t = +np.array(2.0)\nu = t\nu += 1\ny = t * u * x",
    "a = np.broadcast_to(x, (2, 2)).copy()\na += 1\ny = a * x",
    "a = np.array([1, 2])\na += 3\na *= 2\ny = a * x",
    "m = x > 1\nm *= x > 0\ny = m * x",
    "a = x * 1\na += a.T\ny = a * x",
    "for p in [x * 1, x * 2]:\n    p += 1\ny = p * x",
    "def f(v):\n    g = lambda t: t * 2\n    z = g(v)\n    return z\na = f(x)\na += 1\ny = a * x",
    "def f(v=np.array([1.0, 2.0])):\n    return v * 2\na = f()\na += 1\ny = f() * a",
    "l = [v * 2 for v in [x, x]]\na = x * 1\na += l[0]\ny = a * l[1]",
    "a = x * 1\nb = [a]\nb = 0.0\na += 1\ny = a * x + b",
]


@pytest.mark.parametrize("source", ACCEPTED)
def test_what_numpy_copies_or_holds_as_a_number_is_no_reason_to_refuse(source):
    assert same(source, X)


@pytest.mark.parametrize("value", [3.0, [3.0, 4.0]])
def test_whether_a_leaf_is_a_number_follows_the_value_it_is_given(value):
    for source in ("x = 2.0\nt = x\nt -= 0.1\ny = t * x", "t = x\nt -= 0.1\ny = t * x"):
        # A number is kept as it was; an array is one, and changes under both names.
        wanted = 2.9 * 3.0 if value == 3.0 else [2.9**2, 3.9**2]
        np.testing.assert_allclose(trace(source, {"x": value}).output, wanted, rtol=1e-15)


def same(source, values):
    """The output is that of NumPy."""
    space, _ = executed(source, values)
    run = compile_program(source, values, ignore_unknown=True).run()
    assert np.shape(run.output) == np.shape(space["y"])
    np.testing.assert_allclose(run.output, space["y"], rtol=1e-15)
    return True


@examples(200)
@given(st.integers(min_value=0, max_value=2**40))
def test_random_aliases_show_what_numpy_shows_or_are_refused(seed):
    source = random_aliases(random.Random(seed))
    _, text = executed(source)
    try:
        run = compile_program(source).run()
    except EngineError:
        return
    texts_agree(printed(run), text)


def test_enough_random_aliases_are_accepted_and_stored_into():
    """The test above would say nothing if everything was refused, or nothing stored into."""
    accepted = stored = 0
    for seed in range(100):
        source = random_aliases(random.Random(seed))
        try:
            compile_program(source)
        except EngineError:
            continue
        accepted += 1
        stored += bool(re.search(r"^\w+ (\+|-|\*|/|\*\*)= ", source.partition("f = lambda")[2], flags=re.MULTILINE))
    assert accepted >= 30
    assert stored >= 10


@pytest.mark.parametrize(
    "program",
    [
        "v = np.array([2.0])\ny = np.reshape(v, ()) * 3",
        "v = np.array([2.0])\nw = np.reshape(v, ())\ny = np.reshape(w, (1,)) * 3",
        "v = np.array([[2.0]])\ny = np.squeeze(v) * 3",
        "a = np.array(2.0)\nv = np.reshape(a, (-1,))\nv += 1\ny = v * 3",
    ],
)
def test_a_gradient_has_the_shape_of_an_array_that_a_number_is_made_of(program):
    run = compile_program(f"import numpy as np\n{program}").run()
    for id, gradient in run.grads.items():
        if gradient is not None:
            assert np.shape(gradient) == np.shape(run.values[id]), id
    assert np.all(np.asarray(run.grads["v"]) == 3)
