"""Whose gradient a line is: what is graded right, what wrong, and what is left alone."""

import pytest

from app.engine import compile_program

HEAD = "import numpy as np\nx = np.array([[1., 2.]]); w = np.array([[3.], [4.]])\n"
REGULARIZED = "out = x @ w\nloss = 0.5 * np.sum(out ** 2) + 0.05 * np.sum(w ** 2)\n"
CASES = {
    # A gradient handed in from above.
    "given": ("out = x @ w\ndout = np.random.randn(*out.shape)\ndw = x.T @ dout", {"dw": True}),
    "given, with a slip": ("out = x @ w\ndout = np.random.randn(*out.shape)\ndw = 2 * x.T @ dout", {"dw": False}),
    "given, and added up": (
        "out = x @ w\ndout = np.random.randn(*out.shape)\ntotal = (out * dout).sum()\ndw = 2 * x.T @ dout",
        {"dw": False},
    ),
    "given to a function, whose own name for it is the same": (
        (
            "def back(dout, x):\n    dw = x.T @ dout\n    return dw\nout = x @ w\ndout = np.random.randn(*out.shape)\n"
            "dw_analytic = back(dout, x)"
        ),
        {"dw_analytic": True, "dw": True},
    ),
    "given to what gives no gradient a name": (
        "out = x @ w\ndout = np.random.randn(*out.shape)\nprint(x.T @ dout)",
        {},
    ),
    "given to a Jacobian": (
        (
            "p = np.exp(w) / np.sum(np.exp(w))\ndp = np.array([[0.5], [-0.3]])\nJ = np.diag(p[:, 0]) - p @ p.T\n"
            "dw = J.T @ dp\ndw_efficient = p * (dp - np.sum(dp * p))"
        ),
        {"dw": True, "dw_efficient": True},
    ),
    "a step, with the rate in it": (
        (
            "lr = 0.03\nfor i in range(3):\n    loss = np.sum((x @ w - 1) ** 2)\n    dw = lr * (2 * x.T @ (x @ w - 1))"
            "\n    w = w - dw\n"
        ),
        {},
    ),
    "equal numbers are a slip": (
        "out = np.array([1., 2.]) * x[0]\ndout = 2 * np.ones(2)\ndx = dout",
        {"dout": False, "dx": False},
    ),
    # Called after the output itself.
    "the derivative by the only leaf": ("y = 2.0\nf = y ** 3 - 2 * y - 5\ndf = 3 * y ** 2 - 2", {"df": True}),
    "with a slip": ("y = 2.0\nf = y ** 3 - 2 * y - 5\ndf = 3 * y ** 2 + 2", {"df": False}),
    "a step on the way that only happens to be equal": (
        "a = 2.0\nb = 3.0\np = a * b\nf = p ** 2 / 2\ndf = a + 4",
        {"df": False},
    ),
    # A gradient in several lines.
    "a part under a key": (
        REGULARIZED + "grads = {}\ngrads['w'] = x.T @ out\ngrads['w'] += 0.1 * w",
        {'grads["w"]': True},
    ),
    "a part under a key, with a slip": (
        REGULARIZED + "grads = {}\ngrads['w'] = x.T @ out\ngrads['w'] = grads['w'] + 0.2 * w",
        {'grads["w"]': False},
    ),
    "a mean taken of a sum": (
        "out = x @ w\nloss = np.mean(out ** 2) / 2\ndw = x.T @ out * 2\ndw = dw / 2",
        {"dw": True},
    ),
    # A name used again.
    "backwards": (
        (
            "v = np.array([[2.]])\nh = x @ w\nout = h @ v\nloss = 0.5 * np.sum(out ** 2)\ndout = 1 * out\n"
            "dv = h.T @ dout\ndout = dout @ v.T\ndw = x.T @ dout"
        ),
        {"dout": True, "dv": True, "dw": True},
    ),
    "backwards, with a slip": (
        (
            "v = np.array([[2.]])\nh = x @ w\nout = h @ v\nloss = 0.5 * np.sum(out ** 2)\ndout = 1 * out\n"
            "dv = h.T @ dout\ndout = dout @ v.T\ndw = 3 * x.T @ dout"
        ),
        {"dout": True, "dv": True, "dw": False},
    ),
    "in a loop": (
        (
            "p = {}\nloss = 0\nfor t in (0, 1):\n    y = w[t] * x[0]\n    p[t] = y\n    loss += np.sum(y ** 2) / 2\n"
            "for t in [1, 0]:\n    dy = 1 * p[t]"
        ),
        {},
    ),
    # Thrown away.
    "underscore": (
        (
            "p = {'w': w}\nloss = np.sum(p['w'] ** 2)\ng = {'w': 2 * p['w']}\n"
            "def step(p, g):\n    c = {'dw': g['w'] / 0.1}\n    return p, c\np, _ = step(p, g)"
        ),
        {'g["w"]': True},
    ),
    # The items of a dictionary before variables.
    "a number of an optimiser": (
        "p = {'b1': np.ones(2)}\nb1 = 0.9\nloss = np.sum(p['b1'] ** 2) * b1\ng = {}\ng['b1'] = 2 * p['b1'] * b1",
        {'g["b1"]': True},
    ),
    # A loss that is not written down.
    "labels": ("y = np.array([[1.]])\nout = x @ w\ndw = x.T @ (out - y)", {}),
    "a numerical derivative": (
        (
            "def f(w):\n    return (w ** 2).sum()\ny = f(w)\nh = 1e-4\n"
            "dw = np.array([[(f(w + h * np.array([[1.], [0.]])) - f(w - h * np.array([[1.], [0.]]))) / h], [8.]])"
        ),
        {"dw": False},
    ),
    # Two losses.
    "of the other loss": (
        (
            "fake = 2 * x\nloss_a = np.sum((w.T * fake) ** 2)\ngrad_w = 2 * w * fake.T ** 2\n"
            "v = np.array([3.])\nloss_b = np.sum(v ** 2)\ngrad_v = 2 * v"
        ),
        {"grad_w": True, "grad_v": True},
    ),
    "a value of the forward pass": (
        "fake = 2 * x\nd_fake = np.tanh(fake)\nloss = np.sum(d_fake ** 2)\ndx = 4 * d_fake * (1 - d_fake ** 2)",
        {"dx": True},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_graded(name):
    text, expected = CASES[name]
    run = compile_program(HEAD + text).run()
    assert {line.name: line.agrees for line in run.manual} == expected


def test_a_gradient_called_after_the_loss_is_of_what_the_loss_is_a_function_of():
    text = "a, w, t = 2.0, 0.5, 3.0\nguess = w * a\nloss = (guess - t) ** 2\ndloss = 2 * (guess - t)\ndw = dloss * a\n"
    run = compile_program(text).run()
    assert run.structure.output == "loss"
    assert [(line.name, line.agrees) for line in run.manual] == [("dloss", True), ("dw", True)]


def test_a_wrong_derivative_called_after_the_output_is_compared_with_the_one_by_its_only_input():
    (line,) = compile_program("x = 5.0\nf = x ** 2 + 3 * x\ndf = 2 * x + 2").run().manual
    assert (line.target, line.value, line.adjoint, line.agrees) == ("x", 12.0, 13.0, False)
    assert line.note is not None
    assert line.note.startswith("Taken as the derivative of f by x")
    # By which of two it is meant, nobody can say; nor what a number that reads neither is meant for.
    for text in ("x = 5.0\ny = 2.0\nf = x ** 2 * y\ndf = 2 * x", "x = 5.0\nf = x ** 2 + 3 * x\ndf = 2"):
        (line,) = compile_program(text).run().manual
        assert (line.target, line.adjoint, line.agrees) == ("f", 1.0, False)


def test_a_gradient_handed_in_is_told():
    run = compile_program(HEAD + CASES["given"][0]).run()
    assert run.structure.output == "L"
    assert run.structure.program.notes == (
        "dout is handed in from above, so the output is L = np.sum(out * dout): the gradients are those of L.",
    )


def test_the_scalar_that_is_added_can_be_asked_for():
    text = HEAD + CASES["given"][0]
    assert compile_program(text, output="L").run().structure.output == "L"
    # For out itself, what is computed from dout is no gradient.
    assert [line.agrees for line in compile_program(text, output="out").run().manual if line.name == "dw"] == []
