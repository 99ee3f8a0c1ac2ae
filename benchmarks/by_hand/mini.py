"""The notebook's mini network: y = W2 relu(W1 x + b1) + b2."""

import numpy as np

from benchmarks.case import Array, Hand, Sheet

ONE = np.ones((1, 1))


def full(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Sheet:
    """Every value, adjoint and message. x is (2, 1), W1 (1, 2), the rest (1, 1)."""
    p = np.dot(W1, x)
    z1 = p + b1
    a1 = np.maximum(z1, 0.0)
    q = np.dot(W2, a1)
    y = q + b2
    dy = ONE
    dW2 = np.dot(dy, a1.T)
    da1 = np.dot(W2.T, dy)
    dz1 = da1 * (z1 > 0)
    dW1 = np.dot(dz1, x.T)
    dx = np.dot(W1.T, dz1)
    return (
        (p, z1, a1, q, y),
        (dx, dW1, dz1, dz1, dz1, da1, dW2, dy, dy, dy),
        [dy, dy, dW2, da1, dz1, dz1, dz1, dW1, dx],
    )


def lean(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, tuple[Array, ...]]:
    """The output and dW1, db1, dW2, db2, as the notebook's cell writes them."""
    z1 = np.dot(W1, x) + b1
    a1 = np.maximum(z1, 0.0)
    y = np.dot(W2, a1) + b2
    dW2 = ONE * a1
    dz1 = ONE * W2 * (z1 > 0)
    return y, (np.dot(dz1, x.T), dz1, dW2, ONE)


HAND = Hand(
    full,
    ("p", "z1", "a1", "q", "y"),
    ("x", "W1", "b1", "p", "z1", "a1", "W2", "q", "b2", "y"),
    lean,
    ("W1", "b1", "W2", "b2"),
)
