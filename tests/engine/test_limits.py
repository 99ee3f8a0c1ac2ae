"""Every limit is checked before the work is done: what would be too much is refused at once."""

import dataclasses
import time

import numpy as np
import pytest

from app.engine import EngineError, LimitError, Limits, compile_program

SECONDS = 20  # of the processor, which a busy machine does not use up faster; one is the promise

CALL_TREE = "def f0(x):\n    return x * 2\n" + "".join(
    f"def f{i}(x):\n    return f{i - 1}(x) + f{i - 1}(x)\n" for i in range(1, 25)
)
EMPTY_TREE = "def f0(x):\n    return x\n" + "".join(
    f"def f{i}(x):\n    a = f{i - 1}(x)\n    b = f{i - 1}(x)\n    return f{i - 1}(x)\n" for i in range(1, 25)
)

TOO_MUCH = {
    # program, options
    "source_characters": ("y = 1.0  #" + "a" * 400_000, {}),
    "source_lines": ("y = 1.0\n" * 20_001, {}),
    "nesting of brackets": ("y = " + "(" * 700 + "1" + ")" * 700, {}),
    "nesting of calls": ("x = np.ones(3)\ny = x" + ".copy()" * 210, {}),
    "recursion": ("def f(x):\n    return f(x - 1)\ny = f(1.0)", {}),
    "recursion between functions": ("def f(x):\n    return g(x)\ndef g(x):\n    return f(x)\ny = f(1.0)", {}),
    "recursion through an argument": ("def f(g, x):\n    return g(g, x)\ny = f(f, 1.0)", {}),
    "nodes, in lines": ("x = 1.0\n" + "x = x * x * x * x * x\n" * 15_100 + "y = x", {}),
    "nodes, in loops": ("x = 1.0\nfor i in range(200):\n    for j in range(200):\n        x = x + 1", {}),
    "nodes, in a call tree": (CALL_TREE + "y = f24(1.0)", {}),
    "nodes, in parts": ("x = np.zeros(200000)\na = np.split(x, 200000)\ny = x", {}),
    "visits, in a call tree": (EMPTY_TREE + "y = f24(1.0)", {}),
    "visits, in loops": ("x = 1.0\nfor i in range(1000):\n    for j in range(1000):\n        pass\ny = x", {}),
    "visits, in a range": ("x = 1.0\nfor i in range(10 ** 9):\n    x = x + 1", {}),
    "visits, in a comprehension": ("a = [0 for i in range(10 ** 8)]\ny = 1.0", {}),
    "visits, in nested comprehensions": ("a = [[0 for j in range(1000)] for i in range(1000)]\ny = 1.0", {}),
    "visits, in a literal read again and again": (
        "for i in range(100):\n    y = np.array([" + "1," * 50_000 + "])",
        {},
    ),
    "a list that doubles": ("a = [1.0]\nfor i in range(60):\n    a = [a, a]\ny = np.array(a)", {}),
    "a list of names that doubles": ("x = 1.0\na = [x]\nfor i in range(60):\n    a = [a, a]\ny = np.array(a)", {}),
    "a list that deepens": ("a = 1.0\nfor i in range(5000):\n    a = [a]\ny = np.array(a)", {}),
    "dimensions of a literal": ("y = np.array([[[[[[[[[1.0]]]]]]]]])", {}),
    "dimensions of zeros": ("y = np.zeros((1, 1, 1, 1, 1, 1, 1, 1, 1))", {}),
    "dimensions by indexing": ("x = np.ones((1, 1, 1, 1, 1, 1, 1))\ny = x[None, None, None]", {}),
    "dimensions by stacking": ("x = np.ones((1, 1, 1, 1, 1, 1, 1, 1))\ny = np.stack([x, x])", {}),
    "elements of zeros": ("y = np.zeros((1000, 1000))", {}),
    "elements of eye": ("y = np.eye(100000)", {}),
    "elements of linspace": ("y = np.linspace(0, 1, 10 ** 9)", {}),
    "elements of arange": ("y = np.arange(10 ** 9)", {}),
    "elements of arange, in tiny steps": ("y = np.arange(0, 1, 1e-12)", {}),
    "elements by broadcasting": ("x = np.ones((1000, 1))\ny = x * x.T", {}),
    "elements by broadcast_to": ("y = np.broadcast_to(1.0, (2000000000, 2000000000))", {}),
    "elements by a product": ("x = np.ones((1000, 1))\ny = x @ x.T", {}),
    "elements by joining": ("x = np.ones(200000)\ny = np.concatenate((x, x))", {}),
    "elements of values": ("y = x", {"values": {"x": np.ones(300_000)}}),
    "elements of nested lists": ("y = x", {"values": {"x": [[0.0] * 1000] * 300}}),
    "parts of an array": ("x = 1.0\ny = np.array([x for i in range(300000)])", {}),
    "parts that are joined": ("x = np.ones(1)\ny = np.concatenate([x for i in range(5000)])", {}),
    "total elements": ("x = np.ones(250000)\n" + "x = x * 1.5\n" * 20, {}),
    "total elements of literals": ("for i in range(100):\n    y = np.zeros(100000)", {}),
    "total elements of literals in a list": ("a = [np.zeros(100000) for i in range(1000)]\ny = a[0]", {}),
    "total elements of one literal in a list": (
        "z = np.zeros(100000)\na = [z for i in range(100)]\ny = np.array(a)",
        {},
    ),
    "multiplications": ("A = np.ones((500, 500))\ny = A @ A @ A", {}),
    "multiplications in a batch": ("A = np.ones((60, 60, 60))\ny = A @ A\nfor i in range(20):\n    y = y @ A", {}),
    "scalar detail of a product": ("A = np.ones((100, 100))\ny = A @ A", {"detail": "scalar"}),
    "scalar detail of a sum": ("A = np.ones(70000)\ny = np.sum(A)", {"detail": "scalar"}),
    "scalar detail of a maximum": ("A = np.ones(1000)\ny = np.max(A)", {"detail": "scalar"}),
    "scalar detail of a softmax": ("A = np.ones((2, 400))\ny = softmax(A)", {"detail": "scalar"}),
    "printed arrays": ("x = np.linspace(0, 1, 900)\ny = x * 2\nfor i in range(1000):\n    print(y)", {}),
    "printed texts": ("x = 1.0\ny = x * 2\nfor i in range(1000):\n    print('a', '" + "b" * 100_000 + "')", {}),
    "graded arrays": ("x = np.ones(200000)\ny = x * 2\n" + "dx = x * 1\n" * 100, {}),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_refused_at_once(name):
    source, options = TOO_MUCH[name]
    start = time.thread_time()
    with pytest.raises(EngineError) as caught:
        compile_program(source, **options)
    assert time.thread_time() - start < SECONDS
    assert isinstance(caught.value, LimitError) or "recursion" in name
    assert caught.value.hint


CHAIN = "def f(n):\n    return f(n - 1) if n > 0 else 2.0\n"
SMALL = {
    # a limit, the largest program that it allows and the smallest that it does not
    "source_characters": (20, "y = 1.0" + " " * 13, "y = 1.0" + " " * 14),
    "source_lines": (3, "y = 1.0\n\n", "y = 1.0\n\n\n"),
    "nesting": (3, "x = 1.0\ny = sin(sin(sin(x)))", "x = 1.0\ny = sin(sin(sin(sin(x))))"),
    "calls": (3, CHAIN + "y = 1.5 * f(2)", CHAIN + "y = 1.5 * f(3)"),
    "nodes": (3, "x = 1.0\ny = x * x + x", "x = 1.0\ny = x * x + x + x"),
    "parts": (3, "x = 1.0\ny = np.stack((x, x, x))", "x = 1.0\ny = np.stack((x, x, x, x))"),
    "visits": (14, "y = 1.0\nfor i in range(3):\n    pass", "y = 1.0\nfor i in range(9):\n    pass"),
    "dimensions": (2, "y = np.ones((2, 2))", "y = np.ones((2, 2, 2))"),
    "array_elements": (6, "y = np.ones((2, 3))", "y = np.ones(7)"),
    "total_elements": (14, "x = np.ones((2, 3))\ny = x * x", "x = np.ones((2, 3))\ny = x * x * x"),
    "multiplications": (8, "x = np.ones((2, 2))\ny = x @ x", "x = np.ones((2, 2))\ny = x @ x @ x"),
}


@pytest.mark.parametrize("name", SMALL)
def test_limits_are_inclusive(name):
    bound, allowed, refused = SMALL[name]
    limits = Limits(**{name: bound})
    compile_program(allowed, limits=limits).run()
    with pytest.raises(LimitError) as caught:
        compile_program(refused, limits=limits)
    assert caught.value.hint


def test_every_limit_is_tried():
    assert set(SMALL) == {field.name for field in dataclasses.fields(Limits)}


def test_a_chain_of_5000_operations():
    source = "x = 0.5\nh = x\n" + "h = np.sin(h)\n" * 5_000 + "y = h"
    plan = compile_program(source)
    run = plan.run()
    value, slope = 0.5, 1.0
    for _ in range(5_000):
        slope *= np.cos(value)
        value = np.sin(value)
    assert run.output == pytest.approx(value, rel=1e-10)
    assert run.grads["x"] == pytest.approx(slope, rel=1e-10)
    again = plan.compile().run()
    assert again.grads["x"] == run.grads["x"]


def test_a_loop_of_5000_rounds_is_the_same_chain():
    run = compile_program("x = 0.5\ny = x\nfor i in range(5000):\n    y = np.sin(y)").run()
    assert len(run.structure.nodes) == 5_001


def test_a_value_that_is_used_5000_times():
    plan = compile_program("x = 2.0\ny = x\nfor i in range(5000):\n    y = y + x * x")
    assert plan.run().grads["x"] == plan.compile().run().grads["x"] == 20_001.0


def test_ten_thousand_lines():
    source = "x0 = 1.5\n" + "".join(f"x{i} = x{i - 1} * 1.0001\n" for i in range(1, 10_000))
    start = time.thread_time()
    plan = compile_program(source)
    print(f"compile_program of 10,000 lines: {time.thread_time() - start:.2f} s")
    run = plan.run()
    assert len(plan.structure.nodes) == 19_999
    assert run.output == pytest.approx(1.5 * 1.0001**9_999, rel=1e-11)


def test_a_thousand_values_put_together():
    plan = compile_program("x = 2.0\ny = np.sum(np.array([x for i in range(1000)]))")
    assert plan.run().grads["x"] == plan.compile().run().grads["x"] == 1000.0


def test_deep_scalar_detail():
    run = compile_program(
        "x = np.ones(3)\nfor i in range(500):\n    x = np.sin(x)\ny = np.sum(x)", detail="scalar"
    ).run()
    assert len(run.structure.nodes) == 3 * 501 + 2


ENDLESS = """
class Value:
    def __init__(self, data):
        self.data = data
    def __mul__(self, other):
        return Value(self.data * other.data)

x, w, tries = Value(1.0), Value(0.5), 0
while True:
    x = x * w
"""


def test_a_loop_that_nothing_ends_is_refused_before_it_has_used_a_limit_up():
    start = time.process_time()
    with pytest.raises(LimitError, match="nothing in this loop ends it") as caught:
        compile_program(ENDLESS)
    assert caught.value.line == 9
    assert time.process_time() - start < SECONDS / 4


def test_a_loop_that_an_error_may_end_is_none():
    begun = "items = [float(i) for i in range(1500)]\ni, total = 0, 0.0\n"
    loop = "try:\n    while True:\n        total += items[i]\n        i += 1\nexcept IndexError:\n    pass\n"
    plan = compile_program(begun + loop + "w = 2.0\ny = w * total")
    assert plan.run().output == 2.0 * sum(range(1500))
