"""The forms of the language, as `GET /api/v1/ops` and the page of the API list them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the language, with a program that runs."""

    form: str
    summary: str
    example: str


SYNTAX: tuple[Form, ...] = (
    Form(
        "name = ...",
        "Names a value. A name may be assigned again.",
        "c = 2.0\nc = c * c",
    ),
    Form(
        "name += ...",
        "Adds and assigns; also -=, *=, /=.",
        "s = 1.0\ns += s * s",
    ),
    Form(
        "+ - * / ** @",
        "Arithmetic and matrix product.",
        "x = 3.0\ny = -x ** 2 / (x + 1)",
    ),
    Form(
        "> < >= <= == !=",
        "Masks: 1 or 0, no gradient.",
        "x = 3.0\ny = (x > 0) * x",
    ),
    Form(
        "np.array([...])",
        "A leaf with the numbers in the list.",
        "A = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = A @ A",
    ),
    Form(
        "x.T, x.sum(), x.reshape(...)",
        "Methods, as in NumPy.",
        "A = np.array([[1.0, 2.0]])\ny = (A.T @ A).sum(axis=0)",
    ),
    Form(
        "x[0], x[:, 1:], x[range(n), labels], x[mask]",
        "Parts of an array, as in NumPy.",
        "A = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = A[0, 1:] * A[range(2), [1, 0]]",
    ),
    Form(
        "x[i] = v, x[mask] += v",
        "Stores into an array; all that shares its memory shows it.",
        "x = np.array([1.0, -2.0])\nh = x * 3\nh[h < 0] = 0\ny = np.sum(h)",
    ),
    Form(
        "def f(x, k=2): return ...",
        "A function of your own; in the picture a group.",
        "def f(x, k=2):\n    return k * x\nx = 3.0\ny = f(x) + f(x, k=5)",
    ),
    Form(
        "for i in range(3):",
        "A loop over a range, a list, an array, zip(...), a dictionary ...; also while, break, continue.",
        "h = 0.5\nfor i in range(3):\n    h = np.tanh(h)",
    ),
    Form(
        "if x > 0: ... elif ...: ... else: ...",
        "Decided by the value; the page reads the program again when a slider decides it otherwise.",
        "x = 3.0\nif x > 0:\n    y = x * x\nelse:\n    y = -x",
    ),
    Form(
        "[...], (...), {...}, [f(v) for v in xs]",
        "Lists, tuples, dictionaries and sets with their methods, and comprehensions.",
        "params = {'w': 2.0, 'b': 1.0}\nx = 3.0\ny = sum([params['w'] * x, params['b']])",
    ),
    Form(
        "class Layer: ...",
        "A class with methods, operators and one base; its arrays are leaves such as net.W.",
        "class Layer:\n    def __init__(self, w):\n        self.w = w\n    def __call__(self, x):\n"
        "        return np.tanh(self.w * x)\nx = 0.5\nlayer = Layer(2.0)\ny = layer(x)",
    ),
    Form(
        "np.random.seed(0), np.random.randn(2, 3)",
        "The numbers that NumPy draws; what is drawn is a leaf.",
        "np.random.seed(0)\nW = np.random.randn(2, 2) * 0.1\ny = np.sum(W ** 2)",
    ),
    Form(
        "w -= 0.1 * dw",
        "A training step: w begins again as a leaf, with its new value.",
        "w = 1.0\nfor i in range(3):\n    loss = (w - 3) ** 2\n    dw = 2 * (w - 3)\n    w -= 0.1 * dw",
    ),
    Form(
        "import torch, w.grad, loss.backward()",
        "PyTorch: tensors, layers, losses and optimizers; the output is what .backward() is called on.",
        "import torch\nx = torch.tensor([1.0, 2.0])\nw = torch.tensor([0.5, -1.0], requires_grad=True)\n"
        "loss = ((w * x).sum() - 1.0) ** 2\nloss.backward()\nwith torch.no_grad():\n    w -= 0.1 * w.grad\nprint(w)",
    ),
    Form(
        "jax.grad(f)(x), jnp, vmap, jax.tree.map",
        "JAX: the output is what f gives, and gradients are values; jax.random draws JAX's numbers.",
        "import jax\nimport jax.numpy as jnp\ndef loss(w, x):\n    return jnp.mean((jnp.tanh(x * w) - 0.5) ** 2)\n"
        "w = jnp.array([0.5, -1.0])\nx = jnp.array([1.0, 2.0])\nfor i in range(3):\n"
        "    w = w - 0.1 * jax.grad(loss)(w, x)\nprint(w)",
    ),
    Form(
        "from autograd import grad",
        "autograd: autograd.numpy is NumPy; grad, value_and_grad, elementwise_grad and jacobian.",
        "import autograd.numpy as np\nfrom autograd import grad\ndef f(x):\n    return np.sin(x) * x\nx = 2.0\n"
        "print(grad(f)(x))",
    ),
    Form(
        "Value(2.0), loss.backward()",
        "micrograd: micrograd.engine.Value, and Neuron, Layer and MLP of micrograd.nn.",
        "from micrograd.engine import Value\na = Value(2.0)\nb = Value(-3.0)\nc = (a * b + a ** 2).relu() + b\n"
        "c.backward()\nprint(a.grad, b.grad)",
    ),
    Form(
        "dx = ...",
        "Your own gradient of x: compared with the true one.",
        "x = 3.0\ny = x * x\ndx = 2 * x",
    ),
    Form(
        "print(...)",
        "Shows what Python would show.",
        "x = 3.0\ny = x * x\nprint('y:', y)",
    ),
    Form(
        "# region NAME ... # endregion",
        "Makes a group of the lines between, at the top level.",
        "x = 3.0\n# region layer 1\ny = x * x\n# endregion",
    ),
)
"""Forms of the language other than operations and functions, each with a program that runs."""
