"""Functions that call one another as deep as Python lets them, such as the topological sort of a long chain: they go on
in threads of their own, so Python's own limit need not rise."""

import sys
import threading
import time

import pytest

from app.engine import compile_program
from app.engine.errors import LimitError
from app.engine.support.stacks import on_another_stack, processor_seconds
from tests.engine.python import executed, printed

SORTED = """
class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        print(len(order), order[0].data, order[-1].data)

start = Value(1.5)
end = start
for i in range(800):
    end = end * 0.999
end.backward()
loss = end.data
"""
DEEP = {
    "a topological sort": SORTED,
    "in a comprehension": "def f(n):\n    return [f(n - 1) + 1 for _ in range(1)][0] if n > 0 else 0\nprint(f(300))",
    "in functions of Python": "def f(n):\n    return max(map(f, [n - 1])) + 1 if n > 0 else 0\nprint(f(200))",
    "in a method": "class A:\n    def __getitem__(self, n):\n        return self[n - 1] if n else 0\nprint(A()[300])",
    "an error": (
        "def f(n):\n    if n == 0:\n        raise ValueError('far down')\n    f(n - 1)\n"
        "try:\n    f(900)\nexcept ValueError as error:\n    print(error)"
    ),
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_calls_print_what_python_prints(name):
    before, threads = sys.getrecursionlimit(), threading.active_count()
    text = DEEP[name]
    assert printed(compile_program(text + "\nx = 0.5\ny = x * x").run()) == executed(text)[1]
    assert sys.getrecursionlimit() == max(before, 4_000)
    assert threading.active_count() == threads


@pytest.mark.parametrize("called", ["f(x)", "sum([f(x), f(x)])", "[f(x) for _ in range(2)]", "sorted([x], key=f)"])
def test_what_never_ends_is_refused_where_python_ends_it(called):
    with pytest.raises(LimitError) as caught:
        compile_program(f"def f(x):\n    return {called}\ny = f(1.0)")
    assert "more than 1000 deep: f calls itself" in caught.value.message
    assert "in a loop" in caught.value.hint


def test_the_time_of_another_stack_counts():
    def work():
        start = time.thread_time()
        while time.thread_time() - start < 0.02:
            pass
        return processor_seconds()

    def twice():
        return on_another_stack(work), on_another_stack(work)

    start = processor_seconds()
    first, second = on_another_stack(twice)
    assert 0.02 <= first - start < second - start - 0.015
    assert processor_seconds() >= second
