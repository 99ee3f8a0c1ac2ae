"""Imports of what is not read, and contexts that a text makes of a function with one `yield`."""

import numpy as np
import pytest

from app.engine import EngineError, compile_program
from tests.engine.python import executed

DRAWN = """from graphviz import Digraph

def draw(root):
    dot = Digraph(format='svg', graph_attr={'rankdir': 'LR'})
    dot.node(name=str(id(root)), label="%.4f" % root, shape='record')
    return dot

x = 2.0
y = x * x
draw(y)
"""
CONTEXT = """import contextlib
import weakref

class Config:
    enabled = True

@contextlib.contextmanager
def using(value):
    before = Config.enabled
    Config.enabled = value
    try:
        yield value
    finally:
        Config.enabled = before

class Node:
    def __init__(self, data):
        self.data = data

x = 3.0
node = Node(x * 2.0)
held = weakref.ref(node)
told = []
with using(False) as value:
    told.append((Config.enabled, value))
told.append(Config.enabled)
y = held().data + (1.0 if held() is node else 0.0)
print(told, y)
"""


def test_an_import_that_no_line_uses_is_passed_over():
    read = compile_program(
        "import tensorflow as tf\nfrom jax import make_jaxpr, grad\nx = 2.0\ny = grad(lambda a: a * a)(x)\n"
    )
    assert float(read.run().values["y.lambda"]) == 4.0
    notes = " ".join(str(note) for note in read.structure.program.notes)
    assert "tensorflow" in notes
    assert "make_jaxpr" in notes


def test_one_that_a_line_uses_is_refused_where_it_stands():
    with pytest.raises(EngineError, match="tensorflow cannot be imported here") as found:
        compile_program("x = 2.0\nimport tensorflow as tf\ny = tf.square(x)\n")
    assert found.value.line == 2


def test_one_that_is_tried_is_refused_as_before():
    with pytest.raises(EngineError, match="cupy cannot be imported here"):
        compile_program(
            "try:\n    import cupy\n    gpu = True\nexcept ImportError:\n    gpu = False\nx = 2.0\ny = x * gpu\n"
        )


def test_what_is_passed_over_may_be_called():
    assert float(compile_program(DRAWN).run().values["y"]) == 4.0


def test_a_context_of_a_function_does_what_python_does():
    space, printed = executed(CONTEXT, {})
    run = compile_program(CONTEXT).run()
    assert [each.text for each in run.prints] == printed.splitlines()
    assert np.isclose(run.values["y"], space["y"])
    assert run.grads["x"] == 2.0
