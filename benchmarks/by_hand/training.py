"""Training by hand: the loss with the gradients of the parameters, and the updates in place, as one writes them in
NumPy."""

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.case import Array


def mini(x: Array, t: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[float, list[Array]]:
    """2-2-1, tanh, mean squared error."""
    a1 = np.tanh(x @ W1 + b1)
    e = a1 @ W2 + b2 - t
    loss = (e * e).sum() / e.size
    de = e * (2.0 / e.size)
    dz1 = de @ W2.T * (1.0 - a1 * a1)
    return loss, [x.T @ dz1, dz1.sum(axis=0), a1.T @ de, de.sum(axis=0)]


def mlp(
    x: Array, t: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array
) -> tuple[float, list[Array]]:
    """2-8-8-1, tanh, mean squared error."""
    a1 = np.tanh(x @ W1 + b1)
    a2 = np.tanh(a1 @ W2 + b2)
    e = a2 @ W3 + b3 - t
    loss = (e * e).sum() / e.size
    de = e * (2.0 / e.size)
    dz2 = de @ W3.T * (1.0 - a2 * a2)
    dz1 = dz2 @ W2.T * (1.0 - a1 * a1)
    return loss, [x.T @ dz1, dz1.sum(axis=0), a1.T @ dz2, dz2.sum(axis=0), a2.T @ de, de.sum(axis=0)]


def sgd(weights: list[Array], lr: float) -> Callable[[Sequence[Array]], None]:
    """Moves the weights in place."""

    def move(gradients: Sequence[Array]) -> None:
        for k, dw in enumerate(gradients):
            weights[k] -= lr * dw

    return move


def adam(
    weights: list[Array], lr: float, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
) -> Callable[[Sequence[Array]], None]:
    """Moves the weights in place, and what it remembers of them."""
    m = [np.zeros_like(w) for w in weights]
    v = [np.zeros_like(w) for w in weights]
    t = 0

    def move(gradients: Sequence[Array]) -> None:
        nonlocal t
        t += 1
        first, second = 1 - beta1**t, 1 - beta2**t
        for k, dw in enumerate(gradients):
            m[k] *= beta1
            m[k] += (1 - beta1) * dw
            v[k] *= beta2
            v[k] += (1 - beta2) * dw * dw
            weights[k] -= lr * (m[k] / first) / (np.sqrt(v[k] / second) + eps)

    return move


RULES: dict[str, Callable[..., Callable[[Sequence[Array]], None]]] = {"sgd": sgd, "adam": adam}
