"""Python that some words need: printed above emitted code that uses them, and executed for the engine's own."""

from __future__ import annotations

from collections.abc import Mapping

HELPERS: Mapping[str, str] = {
    "erf": "from math import erf as _erf\nerf = np.vectorize(_erf, otypes=[float])  # NumPy has no erf of its own",
    "share": (
        "def share(winners, axis=None):\n"
        '    """Winners share what there is equally."""\n'
        "    return winners / np.sum(winners, axis=axis, keepdims=True)"
    ),
    "place": (
        "def place(x, index, shape):\n"
        '    """Zeros of the given shape with x at the index."""\n'
        "    out = np.zeros(shape)\n"
        "    out[index] = x\n"
        "    return out"
    ),
}
"""Python that some words need: printed above emitted code that uses them, and executed for the engine's own."""


TORCH_HELPERS: Mapping[str, str] = {
    "picked": (
        "import numpy as np\n\n"
        "def picked(x, index):\n"
        '    """x[index]: PyTorch knows no steps below zero."""\n'
        "    places = np.arange(x.numel()).reshape(x.shape)[index].copy()\n"
        "    return x.reshape(-1)[torch.tensor(places)]"
    ),
}


MICROGRAD_HELPERS: Mapping[str, str] = {
    "exp": (
        "def exp(x):\n"
        '    """Value has no exp of its own: here is one in its style."""\n'
        "    out = Value(math.exp(x.data), (x,), 'exp')\n\n"
        "    def _backward():\n"
        "        x.grad += out.grad * out.data\n\n"
        "    out._backward = _backward\n"
        "    return out"
    ),
    "tanh": (
        "def tanh(x):\n"
        '    """Value has no tanh of its own: here is one in its style."""\n'
        "    out = Value(math.tanh(x.data), (x,), 'tanh')\n\n"
        "    def _backward():\n"
        "        x.grad += out.grad * (1 - out.data * out.data)\n\n"
        "    out._backward = _backward\n"
        "    return out"
    ),
}
"""The same for programs in PyTorch and micrograd."""
