"""Ops with the arguments and shapes that their examples leave out, each against NumPy and checked every way."""

import numpy as np
import pytest

from app.engine import compile_program
from tests.engine.checks import check_everything, check_modes, check_runners

EXPRESSIONS = """
np.transpose(C, (2, 0, 1)) * np.transpose(C, axes=(2, 0, 1))
C.transpose(1, -1, 0) * 2
C.T * C.T
np.swapaxes(C, -1, 0) * np.swapaxes(C, 0, 2)
np.swapaxes(C, 1, 2) @ C
C.reshape(4, -1) @ C.reshape(-1, 4)
C.reshape(24) * C.ravel()
np.reshape(s, (1, 1)) * np.reshape(s, 1)
np.reshape(A[0, 0], ()) * 2
np.concatenate((A, A[:, :1], A * 2), axis=1)
np.concatenate((A, A[:1] * 3), axis=-2)
np.concatenate((v, v * v, v[:1]))
np.stack((v, v * v, v + 1), axis=-1) @ v
np.stack((A, A * A), axis=1)
np.stack((s, s * s))
np.split(A, 3, axis=1)[2] * np.split(A, 3, axis=-1)[0]
np.split(C, 2)[1] * C[:1]
np.broadcast_to(s, (2, 3)) * A
np.broadcast_to(v, (2, 2, 3)) * A
np.broadcast_to(A[:, :1], (2, 3)) * A
C[1] * C[-2]
C[:, 1:, ::2] * 2
C[..., 0] * C[0, ..., -1][:3]
C[::-1, None, 1] * A[0, 0]
C[1, 2, 3] * A
A[:, None, :] * v[None, :, None]
A[0][1] * A[-1][-1]
A[5:] * 2
np.sum(C, axis=(0, 2))
np.sum(C, axis=(0, 2), keepdims=True) * C
np.sum(C, axis=-2)
np.sum(s * s)
np.mean(C, axis=(1, 2), keepdims=True) * C
np.mean(s) * 2
np.var(C, axis=(0, -1))
np.var(C, axis=1, ddof=1, keepdims=True) * C
np.var(s) + s
np.prod(C, axis=(0, 2))
np.prod(C, axis=1, keepdims=True) * C
np.prod(C[:, :2] * 0 + 1.5)
np.prod(A * (A > 0.2)) + s
np.prod(A * (A > v), axis=0)
np.prod(s) * np.prod(A, axis=())
np.cumsum(A) @ np.arange(6.0)
np.cumsum(C, axis=1) * C
np.cumsum(s) * v[:1]
np.cumsum(A, axis=-1) * np.cumsum(v, axis=0)
np.sort(C, axis=1) * C
np.sort(A) * v
np.argsort(C, axis=0) * C
np.argmax(C, axis=1) * s
np.argmin(A) * A
np.argmax(A, axis=0, keepdims=True) * A
np.argmin(s) + s
np.any(C > 1, axis=(0, 2)) * v
np.all(C > -2, axis=(0, 2), keepdims=True) * C
np.count_nonzero(A > 0) * A
np.any(s > 0) * A + np.all(A > 9)
np.isclose(A, v, rtol=0.4) * A
np.round(A, 2) * A + np.round(A * 100, -1)
np.mod(A, v) * np.arctan2(A, v)
np.max(C, axis=(0, 1))
np.max(C, axis=2, keepdims=True) * C
np.min(C, axis=-1) * 2
np.max(s) * np.min(s)
np.std(C, axis=0)
v @ v
A @ v
v @ B
A @ B
C @ B2
v4 @ C.reshape(2, 4, 3)
C @ v4
C.reshape(2, 1, 3, 4) @ C.transpose(0, 2, 1)
B @ C.reshape(2, 3, 4)[:, :2]
C.reshape(2, 3, 4) @ C.reshape(2, 4, 3)[:1]
A[:1] @ C
np.dot(A, B)
np.dot(v, B)
np.dot(A, v)
np.dot(s, A)
np.dot(A, s)
np.dot(s, s)
A.dot(B) * 2
A ** 2
A ** 3
A ** 0
A ** 1
A ** -1
A ** -2.5 * 0 + A * A ** 0.0
P ** 0.5
P ** w3
2 ** A
s ** 2 * s ** 3 * s ** -1
P ** P
np.square(A) * A
np.clip(A, -0.5, v)
np.clip(A, A[:1] - 0.1, 0.7)
np.where(A > 0, v, s)
np.where(A[:, :1] > 0, A, v * s)
np.where(s > 0, A, -A)
np.maximum(A, v) * np.minimum(s, A)
leaky_relu(A, slope=-0.5)
leaky_relu(A, slope=2)
elu(A, alpha=0.3)
abs(A) * np.abs(v)
np.expand_dims(A, -1) * v
np.expand_dims(s, 0) * v
np.ones_like(A) * v + np.zeros_like(s)
A / v / s
s / A
(A > v) * A + (A <= v) * s
np.logical_and(A > 0, v > 0) * A
A.shape[1] * A / v.shape[0]
-(-A) * -s
A - v + (s - A)
np.sum(np.zeros((0, 3)), axis=0) * v
np.array([s, s * s, 2.0]) * v
np.array([[s, 1], [2, s]]) @ B.T[:, :2]
""".strip().split("\n")

RNG = np.random.default_rng(11)
ALL = {
    "A": RNG.normal(size=(2, 3)),
    "B": RNG.normal(size=(3, 2)),
    "B2": RNG.normal(size=(4, 2)),
    "C": RNG.normal(size=(2, 3, 4)),
    "P": RNG.uniform(0.3, 2.0, size=(2, 3)),
    "v": RNG.normal(size=3),
    "v4": RNG.normal(size=4),
    "w3": RNG.normal(size=3),
    "s": 0.7,
}
REFERENCE = {
    "leaky_relu": lambda x, slope=0.01: np.where(x > 0, x, slope * x),
    "elu": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.expm1(x)),
    "abs": np.abs,
    "np": np,
}


def needed(expression):
    names = set(compile(expression, "<expression>", "eval").co_names)
    return {name: value for name, value in ALL.items() if name in names}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression):
    values = needed(expression)
    run = check_everything(f"y = {expression}", values)
    with np.errstate(all="ignore"):
        wanted = np.asarray(eval(expression, REFERENCE | {k: np.asarray(v) for k, v in values.items()}), dtype=float)
    assert np.shape(run.output) == wanted.shape
    np.testing.assert_allclose(run.output, wanted, rtol=3e-15, atol=1e-15)


@pytest.mark.parametrize("shape_a", [(3,), (2, 3), (4, 2, 3), (1, 2, 3), (5, 1, 2, 3)])
@pytest.mark.parametrize("shape_b", [(3,), (3, 2), (4, 3, 2), (1, 3, 2), (4, 3, 1), (5, 4, 3, 2)])
def test_every_product_of_shapes(shape_a, shape_b):
    a, b = RNG.normal(size=shape_a), RNG.normal(size=shape_b)
    try:
        wanted = a @ b
    except ValueError:
        pytest.skip("NumPy does not multiply these")
    plan = compile_program("y = a @ b", {"a": a, "b": b})
    np.testing.assert_allclose(plan.run().output, wanted, rtol=1e-13, atol=1e-14)
    check_modes(plan, RNG)
    check_runners(plan)
    check_everything("y = np.sum(a @ b * 0.5)", {"a": a, "b": b})
