"""Helper functions that some spellings call, as Python text."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.ops import matrix_words, scan_words

HELPERS: Mapping[str, str] = {
    **scan_words.HELPERS,
    **matrix_words.HELPERS,
    "erf": "from math import erf as _erf\nerf = np.vectorize(_erf, otypes=[float])  # NumPy has no erf of its own",
    "erfc": "from math import erfc as _erfc\nerfc = np.vectorize(_erfc, otypes=[float])  # 1 - erf",
    "place": (
        "def place(x, index, shape):\n"
        '    """Zeros of the given shape with x at the index."""\n'
        "    out = np.zeros(shape)\n"
        "    out[index] = x\n"
        "    return out"
    ),
    "stored": (
        "def stored(x, index, value):\n"
        '    """A copy of x in which x[index] is the value."""\n'
        "    out = x.copy()\n"
        "    out[index] = value\n"
        "    return out"
    ),
    "added": (
        "def added(x, index, value):\n"
        '    """A copy of x to which the value is added at the index, as often as a place occurs."""\n'
        "    out = x.copy()\n"
        "    np.add.at(out, index, value)\n"
        "    return out"
    ),
    "scatter": (
        "def scatter(x, index, shape):\n"
        '    """Zeros of the given shape with x added at the index, as often as a place occurs."""\n'
        "    out = np.zeros(shape)\n"
        "    np.add.at(out, index, x)\n"
        "    return out"
    ),
}
"""Helpers in NumPy: printed above emitted code that calls them, and executed for the engine's own kernels."""


def _at_places(name: str, says: str, method: str) -> str:
    """The text of a function that changes elements of a copy in PyTorch: their places are counted in NumPy."""
    return (
        "import numpy as np\n\n"
        f"def {name}(x, index, value):\n"
        f'    """{says}"""\n'
        "    places = np.asarray(np.arange(x.numel()).reshape(x.shape)[index])\n"
        "    spread = torch.broadcast_to(value, places.shape).reshape(-1)\n"
        "    flat, places = x.reshape(-1), torch.tensor(places.ravel())\n"
        f"    return flat.{method}(0, places, spread).reshape(x.shape)"
    )


TORCH_HELPERS: Mapping[str, str] = {
    "ruled": (
        "def ruled(forward, back):\n"
        '    """A function with a rule of its own: what PyTorch would send back is another here."""\n\n'
        "    class Ruled(torch.autograd.Function):\n"
        "        @staticmethod\n"
        "        def forward(ctx, *x):\n"
        "            y = forward(*x)\n"
        "            ctx.save_for_backward(y, *x)\n"
        "            return y\n\n"
        "        @staticmethod\n"
        "        def backward(ctx, g):\n"
        "            return back(g, *ctx.saved_tensors)\n\n"
        "    return Ruled.apply"
    ),
    "stored": _at_places("stored", "A copy of x in which x[index] is the value.", "index_copy"),
    "added": _at_places(
        "added", "A copy of x to which the value is added at the index, as often as a place occurs.", "index_add"
    ),
    "picked": (
        "import numpy as np\n\n"
        "def picked(x, index):\n"
        '    """x[index]: PyTorch knows no steps below zero."""\n'
        "    places = np.arange(x.numel()).reshape(x.shape)[index].copy()\n"
        "    return x.reshape(-1)[torch.tensor(places)]"
    ),
}


JAX_HELPERS: Mapping[str, str] = {
    "ruled": (
        "def ruled(forward, back):\n"
        '    """A function with a rule of its own: what JAX would send back is another here."""\n'
        "    made = jax.custom_vjp(forward)\n"
        "    made.defvjp(lambda *x: (forward(*x), (forward(*x), *x)), lambda kept, g: back(g, *kept))\n"
        "    return made"
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
        "        e = math.exp(-2 * abs(x.data))  # 1 - tanh² without that difference\n"
        "        x.grad += out.grad * 4 * e / (1 + e) ** 2\n\n"
        "    out._backward = _backward\n"
        "    return out"
    ),
}
"""Helpers of emitted code in PyTorch, JAX and micrograd, by their names there."""
