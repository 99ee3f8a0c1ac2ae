"""Gradients that functions compute are told at the lines that compute them, as gradients of what they are called
after."""

from app.engine import compile_program

NET = """import numpy as np
rng = np.random.default_rng(0)
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))

class Net:
    def __init__(self):
        self.p = {"W1": rng.normal(size=(3, 4)), "W2": rng.normal(size=(4, 2))}
    def forward(self, x):
        self.x = x
        self.z = x @ self.p["W1"]
        self.h = np.tanh(self.z)
        return self.h @ self.p["W2"]
    def backward(self, dout):
        dW2 = self.h.T @ dout
        dh = dout @ self.p["W2"].T
        dz = dh * (1 - self.h ** 2)
        dW1 = self.x.T @ dz
        return {"W1": dW1, "W2": dW2}

net = Net()
out = net.forward(X)
loss = np.mean((out - Y) ** 2)
grads = net.backward(2 * (out - Y) / out.size)
"""
UNIT = """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0]])
W, V = np.array([[0.3, 0.2], [-0.4, 0.6]]), np.array([0.7, -0.5])
H = np.tanh(X @ W)
loss = np.sum((H @ V) ** 2)
dH = np.outer(2 * H @ V, V) * (1 - H ** 2)
dW = X.T @ dH
"""


def told(source):
    return {(m.name, m.line): (m.target, m.agrees) for m in compile_program(source).run().manual}


def line(source, start):
    return next(i for i, text in enumerate(source.split("\n"), 1) if text.strip().startswith(start))


def test_what_a_dictionary_lists_is_told_where_it_is_computed():
    found = told(NET)
    for name in ("W1", "W2"):
        assert found[f"d{name}", line(NET, f"d{name} =")] == (f'net.p["{name}"]', True)
        assert found[f'grads["{name}"]', line(NET, "grads =")] == (f'net.p["{name}"]', True)


def test_a_mistake_is_told_there_too():
    wrong = NET.replace("dW2 = self.h.T @ dout", "dW2 = self.h.T @ dout * 3")
    assert told(wrong)["dW2", line(NET, "dW2 =")] == ('net.p["W2"]', False)


def test_attributes_are_what_local_gradients_are_called_after():
    found = told(NET)
    assert found["dz", line(NET, "dz =")] == ("net.z", True)
    assert found["dh", line(NET, "dh =")] == ("net.h", True)


def test_a_gradient_with_the_derivative_of_the_unit_in_it_is_one_of_what_the_unit_is_given():
    run = compile_program(UNIT).run()
    [found] = [m for m in run.manual if m.name == "dH"]
    assert found.agrees
    assert found.note.startswith("This is the gradient of what H is a function of")
