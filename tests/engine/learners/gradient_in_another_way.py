# output: loss
# graded right: dx dx_alt
# slip: x.shape[0] * g ||| g ||| dx_alt
import numpy as np


def centred(x):
    mu = x.mean(axis=0)
    return (x - mu) ** 2


def backward(g, x):
    mu = x.mean(axis=0)
    dxmu = 2 * (x - mu) * g
    dmu = -dxmu.sum(axis=0)
    dx = dxmu + dmu / len(x)
    return dx


def backward_alt(g, x):
    c = x - x.mean(axis=0)
    dx = 2 / x.shape[0] * (x.shape[0] * g * c - np.sum(g * c, axis=0))
    return dx


np.random.seed(0)
x, w = np.random.randn(5, 3), np.random.randn(5, 3)
loss = np.sum(centred(x) * w)
dx = backward(w, x)
dx_alt = backward_alt(w, x)
print(loss, np.abs(dx - dx_alt).max() < 1e-12)
