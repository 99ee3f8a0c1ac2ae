"""Every contestant: the module that sets it up, and the function there that does.

`prepare(case)` returns a `Runner`, or raises `Skip` with the reason. All of them compute every value and every adjoint,
in float64, on one thread. `LEAN` holds the variants that do less: the output and the gradients of the leaves or
parameters only. They answer another question, so they stand in a table of their own.

Nothing is imported here: each contestant runs in a process of its own (see `worker.py`), with its own libraries only.
"""

from collections.abc import Mapping

ENGINE = "Backlit"
BY_HAND = "by hand"

FULL: Mapping[str, tuple[str, str]] = {
    ENGINE: ("engine", "prepare"),
    BY_HAND: ("by_hand", "prepare"),
    "micrograd": ("micrograd", "prepare"),
    "JAX jit": ("jax_jit", "prepare"),
    "PyTorch": ("pytorch", "prepare"),
    "autograd": ("hips", "prepare"),
}

LEAN: Mapping[str, tuple[str, str]] = {
    ENGINE: ("engine", "prepare"),
    BY_HAND: ("by_hand", "prepare_lean"),
    "JAX jit": ("jax_jit", "prepare_lean"),
    "PyTorch": ("pytorch", "prepare_lean"),
}
