"""Values that are computed only to be shown: each is called what was written, everywhere, and may be the output."""

import re

import pytest

from app.engine import compile_program
from app.engine.emit import emit_numpy
from app.engine.explain.sentences import tell
from app.engine.explain.sentences.structure import Wording

FIRST = """import numpy as np

def f(x):
    return x**2 + 3*x + 2

# Analytical derivative
def df_dx(x):
    return 2*x + 3

# Numerical derivative (finite difference)
def numerical_derivative(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

x = 5.0
print('Analytical:', df_dx(x))
print('Numerical:', numerical_derivative(f, x))
"""
SECOND = """import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)

def relu(x):
    return np.maximum(0, x)

def relu_derivative(x):
    return (x > 0).astype(float)

x_vals = np.array([-2.0, 0.0, 2.0])
print('Sigmoid derivative:', sigmoid_derivative(x_vals))
print('ReLU derivative:', relu_derivative(x_vals))
"""
THIRD = """def h(x):
    return x**2

def g(h_val):
    return 3*h_val + 1

def f(x):
    return g(h(x))

def df_dx(x):
    dh_dx = 2*x
    dg_dh = 3
    return dg_dh * dh_dx

x = 4.0
print('f(x):', f(x))
print('df/dx (chain rule):', df_dx(x))
print('df/dx (numerical):', numerical_derivative(f, x))
"""
FOURTH = """x = np.array([[1.0], [2.0]])
W1 = np.array([[1.0, -1.0]])
b1 = np.array([[0.5]])
z1 = np.dot(W1, x) + b1
a1 = relu(z1)
W2 = np.array([[2.0]])
b2 = np.array([[1.0]])
y = np.dot(W2, a1) + b2
dy = 1
dW2 = dy * a1
print('dW2:', dW2)
"""
F = "def f(x): return x * x + 1\ndef g(x): return f(x) * 3\nx = 3.0\n"


def output(source, **more):
    """What the output is called in sentences, its name, and the names that it may have."""
    run = compile_program(source, **more).run()
    structure = run.structure
    place = structure.schedule.output
    called = Wording(structure).names[place]
    assert called == structure.nodes[place].name
    return called, structure.program.choices


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (FIRST, "numerical_derivative(f, x)"),
        (SECOND, "sigmoid_derivative(x_vals)"),
        (FIRST + SECOND, "sigmoid_derivative(x_vals)"),
        (FIRST + THIRD, "numerical_derivative(f, x) (2)"),
        (FIRST + SECOND + FOURTH, "y"),
    ],
    ids=["scalar derivatives", "activations", "both", "chain rule", "network"],
)
def test_the_cells_of_the_notebook(source, wanted):
    called, choices = output(source)
    assert called == wanted
    assert wanted in choices


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("print('x', f(x), g(x))", "g(x)"),
        ("print(f'loss: {f(x):.3f}')", "f(x)"),
        ("print('%.3f' % f(x))", "f(x)"),
        ("print('%.3f and %.3f' % (f(x), g(x)))", "g(x)"),
        ("print('{:.3f}'.format(f(x)))", "f(x)"),
        ("print('f: ' + str(f(x)))", "f(x)"),
        ("print([f(x), g(x)])", "g(x)"),
        ("print(2*x+3)", "2 * x + 3"),
        ("print(round(f(x), 3))", "f(x)"),
        ("print(np.round(f(x), 3))", "f(x)"),
        ("print(f(x))\nprint(x)", "f(x)"),
        ("print(f(x))\nprint(2.0 * 3.0, np.ones(2))", "f(x)"),
        ("print(f(x))\nprint(x > 2)", "f(x)"),
        ("f(x)", "f(x)"),
        ("x = 3\nprint(f(x))", "f(x)"),
    ],
)
def test_what_is_shown_is_called_what_was_written(line, wanted):
    called, choices = output(F + line)
    assert called == wanted
    assert wanted in choices


@pytest.mark.parametrize("line", ["print(2.0 * 3.0)", "print(np.ones(3) * 2)", "print(x)", "print(x > 2)"])
def test_a_leaf_is_the_output_only_where_nothing_depends_on_one(line):
    assert output(F + line)[0] == "x"


def test_a_name_of_the_text_stays():
    assert output("x = 2.0\ny = x * 3\nprint(y)\nprint(y)")[0] == "y"
    assert output("x = 2.0\ny = x * 3\nprint(f'{y:.2f}', x ** 2)") == ("y", ("y", "x ** 2"))
    source = "class Net:\n    def run(self, x):\n        self.out = x * 2\n        return self.out\nnet = Net()\n"
    assert output(source + "x = 1.0\nprint(net.run(x))")[0] == "net.out"


def test_prints_of_the_same_text_are_told_apart():
    source = F + "print(f(x))\nx = 4.0\nprint(f(x))\n"
    called, choices = output(source)
    assert (called, choices) == ("f(x) (2)", ("f(x)", "f(x) (2)"))
    assert compile_program(source, output="f(x)").run().value_list[-1] == 10.0
    assert compile_program(source, output="f(x) (2)").run().value_list[-1] == 17.0


def test_of_a_line_in_a_loop_the_last_value_has_the_name():
    source = "w = 2.0\ndef loss_of(w): return w ** 2\nfor i in range(5):\n    print(loss_of(w) * i)\n"
    called, choices = output(source)
    assert (called, choices) == ("loss_of(w) * i", ("loss_of(w) * i",))
    assert compile_program(source, output="loss_of(w) * i").run().value_list[-1] == 16.0


def test_a_long_expression_stays_without_a_name():
    run = compile_program("x = 3.0\nprint(x * x * x * x * x * x * x * x * x * x * x + 1)").run()
    assert run.structure.nodes[run.structure.schedule.output].name is None
    assert run.structure.program.choices == ()


def test_parts_say_what_they_are_parts_of():
    names = Wording(compile_program(FIRST).run().structure).names
    assert "+ in numerical_derivative(f, x) (2)" in names
    assert not [name for name in names if "print" in name]
    names = Wording(compile_program(FIRST + THIRD).run().structure).names
    assert not [name for name in names if "(2) (2)" in name and "−" not in name]


def test_sentences_and_code_name_it():
    run = compile_program(FIRST).run()
    told = tell(run)
    assert "numerical_derivative(f, x)" in "".join(part.text for part in told.start)
    run = compile_program("x = 3.0\nprint(2 * x + 3)").run()
    assert "∂(2 * x + 3)/∂(2 * x + 3) = 1" in "".join(part.text for part in tell(run).seed)
    source = emit_numpy(run).source
    assert re.search(r"^v_2_x_3 = 2 \* x \+ 3$", source, re.MULTILINE)
    space = {}
    exec(source, space)
    assert (space["v_2_x_3"], space["dx"]) == (9.0, 2.0)
