"""Every contestant behind one function: `prepare(case)` returns a `Runner`, or raises `Skip` with the reason.

All of them compute every value and every adjoint, in float64, on one thread. `LEAN` holds the variants that do less:
the output and the gradients of the leaves or parameters only. They answer another question, so they stand in a table
of their own.
"""

from collections.abc import Callable, Mapping

from benchmarks.case import Case, Runner
from benchmarks.peers import by_hand, engine, hips, jax_jit, micrograd, pytorch

ENGINE = "Backlit"
BY_HAND = "by hand"

FULL: Mapping[str, Callable[[Case], Runner]] = {
    ENGINE: engine.prepare,
    BY_HAND: by_hand.prepare,
    "micrograd": micrograd.prepare,
    "JAX jit": jax_jit.prepare,
    "PyTorch": pytorch.prepare,
    "autograd": hips.prepare,
}

LEAN: Mapping[str, Callable[[Case], Runner]] = {
    ENGINE: engine.prepare,
    BY_HAND: by_hand.prepare_lean,
    "JAX jit": jax_jit.prepare_lean,
    "PyTorch": pytorch.prepare_lean,
}
