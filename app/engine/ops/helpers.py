"""Python that some words need: printed above emitted code that uses them, and executed for the engine's own."""

from __future__ import annotations

from collections.abc import Mapping

HELPERS: Mapping[str, str] = {
    "erf": "from math import erf as _erf\nerf = np.vectorize(_erf, otypes=[float])  # NumPy has no erf of its own",
    "place": (
        "def place(x, index, shape):\n"
        '    """Zeros of the given shape with x at the index."""\n'
        "    out = np.zeros(shape)\n"
        "    out[index] = x\n"
        "    return out"
    ),
}
"""Python that some words need: printed above emitted code that uses them, and executed for the engine's own."""


def _selecting(name: str, extreme: str, beats: str, torch: bool) -> str:
    """The largest or smallest along axes, whose gradient is selected instead of multiplied with 0 and 1. nan beats
    all, as it does in NumPy."""
    axis, keep = ("dim", "keepdim") if torch else ("axis", "keepdims")
    every = "tuple(range(x.ndim))"
    given = f"{every} if {axis} is None else {axis}"
    return (
        f"def {name}(x, {axis}=None, {keep}=False):\n"
        f'    """{extreme}, but of an infinite gradient nothing reaches what was not selected."""\n'
        f"    {axis} = {given}\n"
        f"    winners = ~(x {beats} {extreme}(x, {axis}, {keep}=True))\n"
        f"    part = x / winners.sum({axis}, {keep}=True)\n"
        f"    return {extreme.split('.', maxsplit=1)[0]}.where(winners, part, 0.0).sum({axis}, {keep}={keep})"
    )


TORCH_HELPERS: Mapping[str, str] = {
    "largest": _selecting("largest", "torch.amax", "<", torch=True),
    "smallest": _selecting("smallest", "torch.amin", ">", torch=True),
    "picked": (
        "import numpy as np\n\n"
        "def picked(x, index):\n"
        '    """x[index]: PyTorch knows no steps below zero."""\n'
        "    places = np.arange(x.numel()).reshape(x.shape)[index].copy()\n"
        "    return x.reshape(-1)[torch.tensor(places)]"
    ),
}


JAX_HELPERS: Mapping[str, str] = {
    "largest": _selecting("largest", "jnp.max", "<", torch=False),
    "smallest": _selecting("smallest", "jnp.min", ">", torch=False),
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
"""The same for programs in PyTorch, JAX and micrograd."""
