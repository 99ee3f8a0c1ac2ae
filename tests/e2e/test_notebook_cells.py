"""The lesson notebook's own cells, pasted one after another."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import Lab
from tests.e2e.test_editing import CELLS

DERIVATIVE = f"{CELLS.partition('def relu')[0]}print('Numerical:', numerical_derivative(f, x))"
ACTIVATIONS = """def relu(x):
    return np.maximum(0, x)

def relu_derivative(x):
    return (x > 0).astype(float)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

x_vals = np.array([-2.0, 0.0, 2.0])
print('Sigmoid:', sigmoid(x_vals))"""
CHAIN = """def h(x):
    return x**2

def g(h_val):
    return 3*h_val + 1

def f(x):
    return g(h(x))

x = 4.0
print('f(x):', f(x))
print('df/dx (numerical):', numerical_derivative(f, x))"""
NETWORK = """x = np.array([[1.0], [2.0]])
W1 = np.array([[1.0, -1.0]])
b1 = np.array([[0.5]])
z1 = np.dot(W1, x) + b1
a1 = relu(z1)
W2 = np.array([[2.0]])
b2 = np.array([[1.0]])
y = np.dot(W2, a1) + b2
dy = 1
da1 = dy * W2
dz1 = da1 * relu_derivative(z1)
print('dW1:', np.dot(dz1, x.T))"""


def test_each_cell_plays_after_those_before_it(lab: Lab) -> None:
    note = lab.page.locator("#note")
    problem = lab.page.locator("#problem")
    # Alone, the third says what it lacks and where that may stand.
    lab.write(CHAIN)
    expect(problem).to_contain_text("there is no function numerical_derivative")
    expect(problem).to_contain_text("paste that cell first")

    for cell, lacking in ((DERIVATIVE, ""), (ACTIVATIONS, ""), (CHAIN, "numerical_derivative"), (NETWORK, "relu")):
        lab.write(cell)
        lab.settle()
        expect(problem).to_be_hidden()
        if lacking:
            expect(note).to_contain_text(lacking)
        # Long lines are shown from their beginning.
        expect(lab.page.locator("#editor .cm-scroller")).to_have_js_property("scrollLeft", 0)
        lab.press("End")
        lab.at_step(lab.steps())
        assert lab.steps() > 3

    # The definitions stand in the program, which is whole by itself; one step back, they are gone.
    editor = lab.page.locator("#editor .cm-content")
    expect(editor).to_contain_text("def relu_derivative(x):")
    lab.press("ControlOrMeta+z")
    expect(editor).not_to_contain_text("def relu_derivative(x):")
    expect(problem).to_contain_text(re.compile("relu_derivative"))


def test_an_empty_editor_has_no_title_of_another_program(lab: Lab) -> None:
    lab.write("")
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("A program of your own")
    expect(lab.page.locator("#values")).not_to_contain_text("Raise b1")
