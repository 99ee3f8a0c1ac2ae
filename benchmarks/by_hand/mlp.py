"""MLP 2-8-8-1 on a batch of 64 with the mean squared error as its loss."""

import numpy as np

from benchmarks.case import Array, Hand, Sheet


def full(x: Array, t: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Sheet:
    """Every value, adjoint and message. x is (64, 2), t (64, 1); the layers are 2-8-8-1."""
    p1 = x @ W1
    z1 = p1 + b1
    a1 = np.maximum(z1, 0.0)
    p2 = a1 @ W2
    z2 = p2 + b2
    a2 = np.maximum(z2, 0.0)
    p3 = a2 @ W3
    y = p3 + b3
    e = y - t
    s = e * e
    loss = s.sum() / s.size

    dloss = 1.0
    ds = np.full(s.shape, dloss / s.size)
    de = ds * (2.0 * e)
    dt = -de
    db3 = de.sum(axis=0)
    da2 = de @ W3.T
    dW3 = a2.T @ de
    dz2 = da2 * (z2 > 0)
    db2 = dz2.sum(axis=0)
    da1 = dz2 @ W2.T
    dW2 = a1.T @ dz2
    dz1 = da1 * (z1 > 0)
    db1 = dz1.sum(axis=0)
    dx = dz1 @ W1.T
    dW1 = x.T @ dz1
    return (
        (p1, z1, a1, p2, z2, a2, p3, y, e, s, loss),
        (dx, dW1, db1, dz1, dz1, da1, dW2, db2, dz2, dz2, da2, dW3, db3, de, de, dt, de, ds, dloss),
        [ds, de, de, dt, de, db3, da2, dW3, dz2, dz2, db2, da1, dW2, dz1, dz1, db1, dx, dW1],
    )


def lean(
    x: Array, t: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array
) -> tuple[Array, tuple[Array, ...]]:
    """The loss and the gradients of the weights and biases."""
    a1 = np.maximum(x @ W1 + b1, 0.0)
    a2 = np.maximum(a1 @ W2 + b2, 0.0)
    e = a2 @ W3 + b3 - t
    loss = (e * e).sum() / e.size
    de = e * (2.0 / e.size)
    dz2 = de @ W3.T * (a2 > 0)
    dz1 = dz2 @ W2.T * (a1 > 0)
    return loss, (x.T @ dz1, dz1.sum(axis=0), a1.T @ dz2, dz2.sum(axis=0), a2.T @ de, de.sum(axis=0))


HAND = Hand(
    full,
    ("p1", "z1", "a1", "p2", "z2", "a2", "p3", "y", "e", "s", "loss"),
    ("x", "W1", "b1", "p1", "z1", "a1", "W2", "b2", "p2", "z2", "a2", "W3", "b3", "p3", "y", "t", "e", "s", "loss"),
    lean,
    ("W1", "b1", "W2", "b2", "W3", "b3"),
)
